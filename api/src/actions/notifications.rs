//! What the viewer was told, and what they want to be told.

use chrono::DateTime;
use domain::NotificationId;
use domain::notification::{Channel, NotificationKind};
use store::{Notification, NotificationPlace};

use super::libraries::ring_feed;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Most that are noted as read at once by name.
pub const MOST: usize = 500;

/// A page of what the viewer was told, latest first, and whether there is more.
pub async fn page(
    app: &App,
    auth: &Auth,
    unread: bool,
    after: Option<NotificationPlace>,
    first: usize,
) -> Result<(Vec<Notification>, bool), ApiError> {
    let (user, _) = auth.person()?;
    let limit = i64::try_from(first).unwrap_or(i64::MAX).saturating_add(1);
    let mut all = app.store.notifications(user.id, unread, after, limit).await?;
    let more = all.len() > first;
    all.truncate(first);
    Ok((all, more))
}

/// Notes that the viewer has read these, or all. Answers how many they have still not read.
pub async fn read(app: &App, auth: &Auth, ids: Option<&[NotificationId]>) -> Result<i64, ApiError> {
    let (user, _) = auth.person()?;
    if app.store.read_notifications(user.id, ids).await? > 0 {
        ring_feed(app).await;
    }
    Ok(app.store.unread_notifications(user.id).await?)
}

/// What the viewer is told of, and by what: as they have said, else as it is by default.
pub async fn choices(app: &App, auth: &Auth) -> Result<Vec<(NotificationKind, [bool; 3])>, ApiError> {
    let (user, _) = auth.person()?;
    let said = app.store.notification_choices(user.id).await?;
    let wanted = |kind: NotificationKind, channel: Channel| {
        let own = said.iter().find(|(of, by, _)| (*of, *by) == (kind, channel));
        own.map_or(kind.wanted_by_default(channel), |(_, _, wanted)| *wanted)
    };
    let is_told = |kind: &&NotificationKind| **kind != NotificationKind::JobsFailed || user.is_admin();
    let all = NotificationKind::ALL.iter().filter(is_told);
    let by = [Channel::App, Channel::Mail, Channel::Push];
    Ok(all.map(|&kind| (kind, by.map(|channel| wanted(kind, channel)))).collect())
}

/// Says what the viewer wants to be told of, and by what.
pub async fn choose(
    app: &App,
    auth: &Auth,
    kind: NotificationKind,
    channel: Channel,
    wanted: bool,
) -> Result<(), ApiError> {
    let (user, _) = auth.person()?;
    Ok(app.store.choose_notification(user.id, kind, channel, wanted).await?)
}

/// Where a page goes on, as a cursor says it.
pub fn place(text: &str) -> Result<NotificationPlace, ApiError> {
    let wrong =
        || ApiError::Invalid("this is not a cursor; leave 'after' out to begin at the start".to_owned());
    let (at, id) = text.split_once(' ').ok_or_else(wrong)?;
    let at = at.parse().ok().and_then(DateTime::from_timestamp_micros).ok_or_else(wrong)?;
    Ok((at, id.parse().map_err(|_| wrong())?))
}

/// The cursor's words for where a notification stands.
pub fn words(notification: &Notification) -> String {
    format!("{} {}", notification.at.timestamp_micros(), notification.id)
}
