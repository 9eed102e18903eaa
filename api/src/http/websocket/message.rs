//! The messages of `graphql-transport-ws`, and how a connection ends that is spoken wrongly
//! (<https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>).

use std::borrow::Cow;

use async_graphql::{Request, Response, ServerError};
use axum::extract::ws::{CloseFrame, Message};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a client says.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromClient {
    /// The first message, with what says who it is.
    ConnectionInit {
        /// What the client adds.
        #[serde(default)]
        payload: Value,
    },
    /// Asks whether anybody is there.
    Ping {},
    /// Answers a ping.
    Pong {},
    /// Follows something from now on.
    Subscribe {
        /// The client's own name for it.
        id: String,
        /// What is followed.
        payload: Box<Request>,
    },
    /// Follows it no more.
    Complete {
        /// The client's own name for it.
        id: String,
    },
}

/// What the server says.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToClient<'a> {
    /// The client is known.
    ConnectionAck,
    /// Asks whether anybody is there.
    Ping,
    /// Answers a ping.
    Pong,
    /// An answer to what is followed.
    Next {
        /// The client's name for it.
        id: &'a str,
        /// The answer.
        payload: &'a Response,
    },
    /// It can't be followed.
    Error {
        /// The client's name for it.
        id: &'a str,
        /// Why not.
        payload: &'a [ServerError],
    },
    /// There is no more of it.
    Complete {
        /// The client's name for it.
        id: &'a str,
    },
}

/// The end of a connection: the code and the reason that the client is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    code: u16,
    reason: Cow<'static, str>,
}

impl End {
    /// The server stops.
    pub const STOPPED: Self = Self::of(1001, "the server stops; connect again");
    /// Nothing came for too long.
    pub const SILENT: Self = Self::of(3008, "nothing came for too long");
    /// Neither a message of the protocol nor a text.
    pub const INVALID: Self = Self::of(4400, "Invalid message");
    /// Something was to be followed by nobody.
    pub const UNKNOWN: Self = Self::of(4401, "Unauthorized");
    /// It may not connect.
    pub const FORBIDDEN: Self = Self::of(4403, "Forbidden");
    /// It speaks another protocol.
    pub const OTHER_PROTOCOL: Self = Self::of(4406, "Subprotocol not acceptable");
    /// It did not begin.
    pub const NO_BEGINNING: Self = Self::of(4408, "Connection initialisation timeout");
    /// It began twice.
    pub const BEGUN: Self = Self::of(4429, "Too many initialisation requests");

    const fn of(code: u16, reason: &'static str) -> Self {
        Self { code, reason: Cow::Borrowed(reason) }
    }

    /// A name is taken.
    pub fn taken(id: &str) -> Self {
        // A reason has at most 123 bytes.
        let id: String = id.chars().take(20).collect();
        Self { code: 4409, reason: Cow::Owned(format!("Subscriber for {id} already exists")) }
    }

    /// What says so.
    pub fn frame(&self) -> Message {
        Message::Close(Some(CloseFrame { code: self.code, reason: self.reason.as_ref().into() }))
    }
}
