//! Partners: whom a person lets look at all that is in their libraries, one way.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::actions::accounts::Outcome;
use crate::actions::partners;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::types::user::Viewer;
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct Partners;

/// Who is to look.
#[derive(InputObject)]
pub struct PartnerAddInput {
    /// An account, as `personSearch` names it.
    user_id: ID,
}

/// Who is to look no more.
#[derive(InputObject)]
pub struct PartnerRemoveInput {
    /// One of those who see what is the viewer's.
    user_id: ID,
}

/// At whose photos the viewer looks no more.
#[derive(InputObject)]
pub struct PartnerLeaveInput {
    /// One of the viewer's partners.
    user_id: ID,
}

/// How the viewer looks at a partner's photos.
#[derive(InputObject)]
pub struct PartnerUpdateInput {
    /// One of the viewer's partners.
    user_id: ID,
    /// Whether they are on the viewer's timeline and map. Searches find them either way.
    in_timeline: bool,
}

/// The viewer with their partners as they are now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct PartnerPayload {
    /// The viewer.
    viewer: Option<Viewer>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Partners {
    /// Lets a person look at what is in all libraries that the viewer owns, now and later: without what is archived, in the trash
    /// or locked. They see and download, and change nothing. Not for API keys.
    async fn partner_add(
        &self,
        context: &Context<'_>,
        input: PartnerAddInput,
    ) -> async_graphql::Result<PartnerPayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        payload(cx, partners::add(&cx.app, &cx.auth, id(&input.user_id)?).await)
    }

    /// Lets them look no more.
    async fn partner_remove(
        &self,
        context: &Context<'_>,
        input: PartnerRemoveInput,
    ) -> async_graphql::Result<PartnerPayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let user = Some(id(&input.user_id)?);
        payload(cx, partners::remove(&cx.app, &cx.auth, None, user).await)
    }

    /// Looks no more at what is a partner's.
    async fn partner_leave(
        &self,
        context: &Context<'_>,
        input: PartnerLeaveInput,
    ) -> async_graphql::Result<PartnerPayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let owner = Some(id(&input.user_id)?);
        payload(cx, partners::remove(&cx.app, &cx.auth, owner, None).await)
    }

    /// Puts what is a partner's on the viewer's timeline and map, or takes it off.
    async fn partner_update(
        &self,
        context: &Context<'_>,
        input: PartnerUpdateInput,
    ) -> async_graphql::Result<PartnerPayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let shown = partners::show(&cx.app, &cx.auth, id(&input.user_id)?, input.in_timeline).await;
        payload(cx, shown)
    }
}

fn payload(cx: &Cx, done: Outcome<()>) -> async_graphql::Result<PartnerPayload> {
    Ok(match done? {
        Ok(()) => PartnerPayload { viewer: Some(Viewer(cx.user()?.clone())), user_errors: Vec::new() },
        Err(user_errors) => PartnerPayload { viewer: None, user_errors },
    })
}
