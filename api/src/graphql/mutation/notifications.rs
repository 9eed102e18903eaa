//! What the viewer has read, and what they want to be told.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::NotificationId;

use crate::actions::notifications;
use crate::graphql::context::Cx;
use crate::graphql::ids::ids;
use crate::graphql::types::notification::{NotificationChannel, NotificationKind};
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct NotificationActs;

/// What was read.
#[derive(InputObject)]
pub struct NotificationsReadInput {
    /// These, at most 500; all without it.
    ids: Option<Vec<ID>>,
}

/// What is left to be read.
#[derive(SimpleObject)]
pub struct NotificationsReadPayload {
    /// How many.
    unread_count: i32,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// What the viewer wants to be told of, or not any more.
#[derive(InputObject)]
pub struct NotificationChooseInput {
    /// Of what.
    kind: NotificationKind,
    /// By what.
    channel: NotificationChannel,
    /// Whether they want it.
    wanted: bool,
}

/// Whether it is noted.
#[derive(SimpleObject)]
pub struct NotificationChoosePayload {
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl NotificationActs {
    /// Notes that the viewer has read what they were told. What was not sent by e-mail or push yet, is not sent any more. Not for
    /// API keys.
    async fn notifications_read(
        &self,
        context: &Context<'_>,
        input: NotificationsReadInput,
    ) -> async_graphql::Result<NotificationsReadPayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let given: Option<Vec<NotificationId>> =
            input.ids.as_deref().map(|given| ids(given, notifications::MOST)).transpose()?;
        let unread = notifications::read(&cx.app, &cx.auth, given.as_deref()).await?;
        let unread_count = i32::try_from(unread).unwrap_or(i32::MAX);
        Ok(NotificationsReadPayload { unread_count, user_errors: Vec::new() })
    }

    /// Says what the viewer wants to be told of, and by what. Not for API keys.
    async fn notification_choose(
        &self,
        context: &Context<'_>,
        input: NotificationChooseInput,
    ) -> async_graphql::Result<NotificationChoosePayload> {
        let cx = Cx::of(context)?;
        let (kind, channel) = (input.kind.into(), input.channel.into());
        notifications::choose(&cx.app, &cx.auth, kind, channel, input.wanted).await?;
        Ok(NotificationChoosePayload { user_errors: Vec::new() })
    }
}
