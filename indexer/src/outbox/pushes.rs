//! Pushes: each to all browsers of its person.

use domain::notification::Channel;
use post::{Browser, Key, PostError, Push, Pusher};
use store::{Content, Outgoing};

use super::{BATCH, path, settle, told};
use crate::cx::Cx;

/// The way to push services, with a key that is made if there is none.
pub(super) async fn pusher(cx: &Cx) -> anyhow::Result<Pusher> {
    if cx.store.push_private_key().await?.is_none() {
        let made = Key::generate()?;
        cx.store.put_push_key(&made, Key::read(&made)?.public()).await?;
    }
    // That of another indexer may have been first.
    let kept = cx.store.push_private_key().await?.unwrap_or_default();
    Ok(Pusher::new(Key::read(&kept)?, contact(cx))?)
}

/// Whom push services may turn to.
fn contact(cx: &Cx) -> String {
    match &cx.settings.public_url {
        Some(url) if url.is_https() => url.as_str().to_owned(),
        _ => "mailto:tessera@localhost.localdomain".to_owned(),
    }
}

/// Sends what is due.
pub(super) async fn send(cx: &Cx, pusher: &Pusher) -> anyhow::Result<()> {
    loop {
        let claimed = cx.store.claim_outgoing(Channel::Push, BATCH).await?;
        for outgoing in &claimed {
            if cx.shutdown.is_requested() {
                return Ok(());
            }
            let sent = each(cx, pusher, outgoing).await?;
            settle(cx, outgoing, sent).await?;
        }
        if claimed.is_empty() {
            return Ok(());
        }
    }
}

/// To each browser. If one can't be reached now, all are told again later: a browser shows the same thing once.
async fn each(cx: &Cx, pusher: &Pusher, outgoing: &Outgoing) -> store::Result<Result<(), PostError>> {
    let Content::Notification(id) = &outgoing.content else { return Ok(Ok(())) };
    let Some(notice) = cx.store.notice(*id).await? else { return Ok(Ok(())) };
    let told = told(&notice);
    let push = Push {
        title: told.title(),
        body: told.advice().map(str::to_owned),
        path: path(&notice),
        tag: id.to_string(),
    };
    let mut outcome = Ok(());
    for browser in cx.store.push_subscriptions(notice.user).await? {
        let to =
            Browser { endpoint: &browser.endpoint, public_key: &browser.public_key, secret: &browser.secret };
        match pusher.send(&to, &push).await {
            Ok(()) => {}
            Err(PostError::Gone) => cx.store.forget_push_subscription(browser.id).await?,
            Err(error) => outcome = Err(error),
        }
    }
    Ok(outcome)
}
