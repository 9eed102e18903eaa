//! One connection, from its beginning to its end.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Data, Request, Response};
use axum::extract::ws::{Message, WebSocket};
use futures_util::future::{AbortHandle, Abortable, BoxFuture};
use futures_util::stream::{self, BoxStream, SelectAll};
use futures_util::{FutureExt, StreamExt};
use serde_json::Value;
use tokio::time::{Instant, sleep_until, timeout};

use super::message::{End, FromClient, ToClient};
use super::subscriptions::Subscriptions;
use crate::graphql::codes::before_it_ran;

/// Who is not known by then is not waited for.
const BEGINNING: Duration = Duration::from_secs(10);
/// A client that says nothing is asked after so long, and given up after twice as long.
const SILENCE: Duration = Duration::from_secs(15);
/// Who does not take what it follows in that time is given up; meanwhile nothing more is asked for it.
const SENDING: Duration = Duration::from_secs(30);

/// Finds out who the client is.
pub type Knowing = Box<dyn FnOnce(Value) -> BoxFuture<'static, async_graphql::Result<Data>> + Send>;

/// An answer, or none at the end, of what the client calls so.
type Told = (String, Option<Response>);

/// A connection.
pub struct Talk {
    socket: WebSocket,
    subscriptions: Subscriptions,
    /// None once the client has begun.
    knowing: Option<Knowing>,
    /// None until the client is known.
    known: Option<Arc<Data>>,
    followed: SelectAll<BoxStream<'static, Told>>,
    handles: HashMap<String, AbortHandle>,
    heard: Instant,
    asked: bool,
}

impl Talk {
    /// With a client of whom nothing is known yet.
    pub fn new(socket: WebSocket, subscriptions: Subscriptions, knowing: Knowing) -> Self {
        let (followed, handles) = (SelectAll::new(), HashMap::new());
        let (known, knowing) = (None, Some(knowing));
        Self { socket, subscriptions, knowing, known, followed, handles, heard: Instant::now(), asked: false }
    }

    /// Goes on until either side ends it, or the server is to stop.
    pub async fn go_on(mut self, stop: impl Future<Output = ()> + Send) {
        let stop = stop.fuse();
        tokio::pin!(stop);
        let end = loop {
            let due = self.due();
            let step = tokio::select! {
                () = &mut stop => Err(Some(End::STOPPED)),
                message = self.socket.recv() => self.heard(message.and_then(Result::ok)).await,
                Some((id, answer)) = self.followed.next(), if !self.followed.is_empty() => {
                    self.tell(&id, answer).await
                }
                () = sleep_until(due) => self.silence().await,
            };
            if let Err(end) = step {
                break end;
            }
        };
        if let Some(end) = end {
            // Whoever is gone need not know.
            let _ = timeout(SENDING, self.socket.send(end.frame())).await;
        }
    }

    fn due(&self) -> Instant {
        match self.known {
            None => self.heard + BEGINNING,
            Some(_) if self.asked => self.heard + SILENCE * 2,
            Some(_) => self.heard + SILENCE,
        }
    }

    async fn silence(&mut self) -> Result<(), Option<End>> {
        match (self.known.is_some(), self.asked) {
            (false, _) => Err(Some(End::NO_BEGINNING)),
            (true, true) => Err(Some(End::SILENT)),
            (true, false) => {
                self.asked = true;
                self.say(&ToClient::Ping).await
            }
        }
    }

    async fn heard(&mut self, message: Option<Message>) -> Result<(), Option<End>> {
        if self.known.is_some() {
            (self.heard, self.asked) = (Instant::now(), false);
        }
        let text = match message {
            None | Some(Message::Close(_)) => return Err(None),
            Some(Message::Ping(_) | Message::Pong(_)) => return Ok(()),
            Some(Message::Binary(_)) => return Err(Some(End::INVALID)),
            Some(Message::Text(text)) => text,
        };
        let Ok(message) = serde_json::from_str(&text) else { return Err(Some(End::INVALID)) };
        match message {
            FromClient::ConnectionInit { payload } => self.begin(payload).await,
            FromClient::Ping {} => self.say(&ToClient::Pong).await,
            FromClient::Pong {} => Ok(()),
            FromClient::Subscribe { id, payload } => self.follow(id, *payload),
            FromClient::Complete { id } => {
                if let Some(handle) = self.handles.remove(&id) {
                    handle.abort();
                }
                Ok(())
            }
        }
    }

    async fn begin(&mut self, payload: Value) -> Result<(), Option<End>> {
        let Some(knowing) = self.knowing.take() else { return Err(Some(End::BEGUN)) };
        match knowing(payload).await {
            Ok(data) => self.known = Some(Arc::new(data)),
            Err(_) => return Err(Some(End::FORBIDDEN)),
        }
        self.heard = Instant::now();
        self.say(&ToClient::ConnectionAck).await
    }

    fn follow(&mut self, id: String, request: Request) -> Result<(), Option<End>> {
        let Some(known) = &self.known else { return Err(Some(End::UNKNOWN)) };
        if self.handles.contains_key(&id) {
            return Err(Some(End::taken(&id)));
        }
        let answers = self.subscriptions.follow(request, Arc::clone(known));
        let answers = answers.map(Some).chain(stream::once(async { None }));
        let (handle, abort) = AbortHandle::new_pair();
        let name = id.clone();
        self.followed.push(Abortable::new(answers, abort).map(move |answer| (name.clone(), answer)).boxed());
        self.handles.insert(id, handle);
        Ok(())
    }

    async fn tell(&mut self, id: &str, answer: Option<Response>) -> Result<(), Option<End>> {
        let refused = answer.as_ref().is_none_or(before_it_ran);
        if refused && let Some(handle) = self.handles.remove(id) {
            handle.abort();
        }
        match &answer {
            None => self.say(&ToClient::Complete { id }).await,
            Some(answer) if refused => self.say(&ToClient::Error { id, payload: &answer.errors }).await,
            Some(answer) => self.say(&ToClient::Next { id, payload: answer }).await,
        }
    }

    async fn say(&mut self, message: &ToClient<'_>) -> Result<(), Option<End>> {
        let text = serde_json::to_string(message).map_err(|_| None)?;
        match timeout(SENDING, self.socket.send(Message::text(text))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(None),
        }
    }
}
