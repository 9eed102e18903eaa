//! Partners: whom a person lets look at all that is in their libraries, one way.

use domain::UserId;
use domain::notification::NotificationKind;
use domain::user::UserRole;
use store::News;

use super::accounts::Outcome;
use super::libraries::ring_feed;
use super::notices;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

const NOBODY: &str = "there is no such person on this server";
const NO_PARTNER: &str = "there is no such partner";

/// Lets somebody look at what is in all libraries that the viewer owns.
pub async fn add(app: &App, auth: &Auth, user: UserId) -> Outcome<()> {
    let (viewer, _) = auth.person()?;
    if viewer.role == UserRole::Guest {
        return Err(ApiError::Forbidden("guests share nothing"));
    }
    if user == viewer.id || app.store.users_by_ids(&[user]).await?.is_empty() {
        return Ok(Err(vec![UserError::of("userId", UserErrorCode::NotFound, NOBODY)]));
    }
    let added = app.store.add_partner(viewer.id, user, &auth.origin()).await?;
    told(app).await;
    if added {
        notices::tell(app, &[user], &News::of(NotificationKind::PartnerAdded, Some(viewer.id))).await;
    }
    Ok(Ok(()))
}

/// Ends it, from whichever side: the viewer lets a person look no more, or looks no more at what is theirs.
pub async fn remove(app: &App, auth: &Auth, owner: Option<UserId>, user: Option<UserId>) -> Outcome<()> {
    let (viewer, _) = auth.person()?;
    let (owner, user) = (owner.unwrap_or(viewer.id), user.unwrap_or(viewer.id));
    let removed = app.store.remove_partner(owner, user, &auth.origin()).await?;
    told(app).await;
    Ok(if removed { Ok(()) } else { Err(vec![UserError::of("userId", UserErrorCode::NotFound, NO_PARTNER)]) })
}

/// Puts what a partner lets the viewer see on their timeline and map, or takes it off.
pub async fn show(app: &App, auth: &Auth, owner: UserId, in_timeline: bool) -> Outcome<()> {
    let (viewer, _) = auth.person()?;
    let known = app.store.show_partner(owner, viewer.id, in_timeline).await?;
    told(app).await;
    Ok(if known { Ok(()) } else { Err(vec![UserError::of("userId", UserErrorCode::NotFound, NO_PARTNER)]) })
}

async fn told(app: &App) {
    app.forget_decisions();
    ring_feed(app).await;
}
