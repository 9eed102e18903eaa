//! Accounts, invitations, and what happened.

use async_graphql::{Context, ID, Object};
use domain::{AuditEntryId, UserId};

use crate::actions::{audit, invitations};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::page;
use crate::graphql::scalars::Moment;
use crate::graphql::types::account::{Account, AccountConnection, AccountEdge, Invitation, InvitationOffer};
use crate::graphql::types::audit::{AuditEntry, AuditEntryConnection, AuditEntryEdge};

/// Part of the query type.
#[derive(Default)]
pub struct Accounts;

#[Object]
impl Accounts {
    /// All accounts, in the order in which they were made. For administrators.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn users(
        &self,
        context: &Context<'_>,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<AccountConnection> {
        let cx = Cx::of(context)?;
        cx.auth.admin()?;
        let first = page::first(first, page::MOST)?;
        let after: Option<UserId> =
            after.as_deref().map(|cursor| id(&page::parts(cursor)?.into())).transpose()?;
        let limit = i64::try_from(first).unwrap_or(i64::MAX).saturating_add(1);
        let mut all = cx.app.store.accounts(after, limit).await.map_err(ApiError::from)?;
        let more = all.len() > first;
        all.truncate(first);
        let cursors: Vec<String> = all.iter().map(|one| page::cursor(&one.user.id.to_string())).collect();
        let nodes: Vec<Account> = all.into_iter().map(Account).collect();
        let edges = cursors.iter().cloned().zip(nodes.iter().cloned());
        let edges = edges.map(|(cursor, node)| AccountEdge { cursor, node }).collect();
        Ok(AccountConnection { edges, nodes, page_info: page::info(&cursors, more, after.is_some()) })
    }

    /// Invitations that can still be used, newest first; at most 500. For administrators.
    #[graphql(complexity = "50 * child_complexity")]
    async fn invitations(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Invitation>> {
        let cx = Cx::of(context)?;
        cx.auth.admin()?;
        let all = cx.app.store.invitations().await.map_err(ApiError::from)?;
        Ok(all.into_iter().map(Invitation::from).collect())
    }

    /// What an invitation says to whoever holds its link; null where it can't be used. Readable by anyone.
    async fn invitation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What stands behind the `#` of the link.")] token: String,
    ) -> async_graphql::Result<Option<InvitationOffer>> {
        let cx = Cx::of(context)?;
        let offered = invitations::offered(&cx.app, &cx.auth, &token).await?;
        Ok(offered.map(|offered| InvitationOffer {
            email: offered.email,
            role: offered.role.into(),
            expires_at: Moment(offered.expires_at),
        }))
    }

    /// What happened to accounts, latest first. Without a person, administrators read all of it, everybody else what is
    /// about themselves. Of other people, others than administrators read nothing.
    #[graphql(complexity = "first.max(1) as usize * child_complexity")]
    async fn audit_log(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose account it is about.")] user_id: Option<ID>,
        #[graphql(default = 50, desc = "At most 500.")] first: i32,
        #[graphql(desc = "A cursor of an earlier page.")] after: Option<String>,
    ) -> async_graphql::Result<AuditEntryConnection> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let first = page::first(first, page::MOST)?;
        let of: Option<UserId> = user_id.as_ref().map(id).transpose()?;
        let before: Option<AuditEntryId> =
            after.as_deref().map(|cursor| id(&page::parts(cursor)?.into())).transpose()?;
        let (all, more) = audit::entries(&cx.app, &cx.auth, of, before, first).await?;
        let cursors: Vec<String> = all.iter().map(|entry| page::cursor(&entry.id.to_string())).collect();
        let nodes: Vec<AuditEntry> = all.into_iter().map(AuditEntry).collect();
        let edges = cursors.iter().cloned().zip(nodes.iter().cloned());
        let edges = edges.map(|(cursor, node)| AuditEntryEdge { cursor, node }).collect();
        Ok(AuditEntryConnection { edges, nodes, page_info: page::info(&cursors, more, before.is_some()) })
    }
}
