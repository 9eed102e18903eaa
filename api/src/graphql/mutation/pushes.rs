//! Browsers that want to be told while the app is closed.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use crate::actions::pushes::{self, Browser};
use crate::graphql::context::Cx;
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct Pushes;

/// A browser, as its `PushSubscription` says.
#[derive(InputObject)]
pub struct PushSubscribeInput {
    /// Where its push service takes what is for it.
    endpoint: String,
    /// `p256dh`, in base64url.
    public_key: String,
    /// `auth`, in base64url.
    secret: String,
}

/// Which browser.
#[derive(InputObject)]
pub struct PushUnsubscribeInput {
    /// Where its push service takes what is for it.
    endpoint: String,
}

/// Whether it is noted.
#[derive(SimpleObject)]
pub struct PushPayload {
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Pushes {
    /// Tells the viewer by this browser, too, as long as this session lives. Not for API keys.
    async fn push_subscribe(
        &self,
        context: &Context<'_>,
        input: PushSubscribeInput,
    ) -> async_graphql::Result<PushPayload> {
        let cx = Cx::of(context)?;
        let browser =
            Browser { endpoint: &input.endpoint, public_key: &input.public_key, secret: &input.secret };
        let done = pushes::subscribe(&cx.app, &cx.auth, &browser).await?;
        Ok(PushPayload { user_errors: done.err().unwrap_or_default() })
    }

    /// Tells the viewer by this browser no more. Not for API keys.
    async fn push_unsubscribe(
        &self,
        context: &Context<'_>,
        input: PushUnsubscribeInput,
    ) -> async_graphql::Result<PushPayload> {
        let cx = Cx::of(context)?;
        pushes::unsubscribe(&cx.app, &cx.auth, &input.endpoint).await?;
        Ok(PushPayload { user_errors: Vec::new() })
    }
}
