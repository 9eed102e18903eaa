//! What the viewer was told.

use async_graphql::{Context, Object};

use crate::actions::notifications;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::page;
use crate::graphql::types::notification::{
    Notification, NotificationChoice, NotificationConnection, NotificationEdge,
};

/// Part of the query type.
#[derive(Default)]
pub struct Notifications;

#[Object]
impl Notifications {
    /// What the viewer was told, latest first. Not for API keys.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn notifications(
        &self,
        context: &Context<'_>,
        #[graphql(default = false, desc = "Only what they have not read.")] unread: bool,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<NotificationConnection> {
        let cx = Cx::of(context)?;
        let user = cx.person()?.id;
        let first = page::first(first, page::MOST)?;
        let after = after.as_deref().map(page::parts).transpose()?;
        let after = after.as_deref().map(notifications::place).transpose()?;
        let (all, more) = notifications::page(&cx.app, &cx.auth, unread, after, first).await?;
        let cursors: Vec<String> = all.iter().map(|one| page::cursor(&notifications::words(one))).collect();
        let nodes: Vec<Notification> = all.into_iter().map(Notification).collect();
        let edges = cursors.iter().cloned().zip(nodes.iter().cloned());
        let edges = edges.map(|(cursor, node)| NotificationEdge { cursor, node }).collect();
        let unread = cx.app.store.unread_notifications(user).await.map_err(ApiError::from)?;
        let unread_count = i32::try_from(unread).unwrap_or(i32::MAX);
        Ok(NotificationConnection {
            edges,
            nodes,
            page_info: page::info(&cursors, more, after.is_some()),
            unread_count,
        })
    }

    /// What the viewer is told of, and by what. Not for API keys.
    #[graphql(complexity = "10 * child_complexity")]
    async fn notification_choices(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Vec<NotificationChoice>> {
        let cx = Cx::of(context)?;
        let all = notifications::choices(&cx.app, &cx.auth).await?;
        let choice = |(kind, [app, mail, push]): (domain::notification::NotificationKind, [bool; 3])| {
            NotificationChoice { kind: kind.into(), app, mail, push }
        };
        Ok(all.into_iter().map(choice).collect())
    }
}
