//! Sends what is in the outbox (ADR 27): letters to a mail server, pushes to browsers. What fails is tried again, with longer and
//! longer pauses, and given up in the end; a letter that was sent just before the program died may be sent twice.

mod pushes;

use std::time::Duration;

use domain::notification::{Channel, Told};
use post::{Letter, Mailer, PostError, Pusher};
use store::{Content, Notice, Outgoing, ReadyLetter};

use crate::away;
use crate::cx::Cx;

/// How often something may be due.
const LOOK: Duration = Duration::from_secs(2);
/// So many at once.
const BATCH: i64 = 20;
/// Tries after which it is given up: the pauses between them are half a day together.
const MOST_TRIES: i16 = 8;
const FIRST_PAUSE_S: f64 = 60.0;

/// Looks again and again, until asked to stop.
pub async fn run(cx: Cx) {
    let mailer = mailer(&cx);
    let mut pusher = None;
    loop {
        if let Err(error) = all(&cx, mailer.as_ref(), &mut pusher).await {
            away::tell!(warn, error.as_ref(), %error, "the outbox could not be looked through; trying again");
        }
        if tokio::time::timeout(LOOK, cx.shutdown.requested()).await.is_ok() {
            return;
        }
    }
}

async fn all(cx: &Cx, mailer: Option<&Mailer>, pusher: &mut Option<Pusher>) -> anyhow::Result<()> {
    letters(cx, mailer).await?;
    if pusher.is_none() {
        *pusher = Some(pushes::pusher(cx).await?);
    }
    match pusher {
        Some(pusher) => pushes::send(cx, pusher).await,
        None => Ok(()),
    }
}

/// The way to the mail server, if there is one.
fn mailer(cx: &Cx) -> Option<Mailer> {
    let (url, from) = (cx.settings.smtp_url.as_ref()?, cx.settings.mail_from.as_ref()?);
    match Mailer::new(url.expose(), from.as_str()) {
        Ok(mailer) => Some(mailer),
        Err(error) => {
            tracing::error!(%error, "letters can't be sent: look at 'smtp_url' and 'mail_from'");
            None
        }
    }
}

async fn letters(cx: &Cx, mailer: Option<&Mailer>) -> anyhow::Result<()> {
    let Some(mailer) = mailer else {
        cx.store.drop_outgoing(Channel::Mail).await?;
        return Ok(());
    };
    loop {
        let claimed = cx.store.claim_outgoing(Channel::Mail, BATCH).await?;
        for outgoing in &claimed {
            if cx.shutdown.is_requested() {
                return Ok(());
            }
            let sent = match letter(cx, outgoing).await? {
                Some(letter) => mailer.send(&letter).await,
                // Read meanwhile, or not theirs to know any more.
                None => Ok(()),
            };
            settle(cx, outgoing, sent).await?;
        }
        if claimed.is_empty() {
            return Ok(());
        }
    }
}

/// What becomes of it. Neither addresses nor words are logged.
async fn settle(cx: &Cx, outgoing: &Outgoing, sent: Result<(), PostError>) -> store::Result<()> {
    match sent {
        Ok(()) => cx.store.settle_outgoing(outgoing.id).await,
        Err(PostError::Later(why)) if outgoing.attempts < MOST_TRIES => {
            tracing::info!(why, tries = outgoing.attempts, "something was not sent; trying again");
            let after_s = FIRST_PAUSE_S * f64::from(1_u32 << outgoing.attempts.clamp(1, 10));
            cx.store.retry_outgoing(outgoing.id, after_s).await
        }
        Err(error) => {
            tracing::warn!(%error, tries = outgoing.attempts, "something that was to be sent is given up");
            cx.store.settle_outgoing(outgoing.id).await
        }
    }
}

async fn letter(cx: &Cx, outgoing: &Outgoing) -> store::Result<Option<Letter>> {
    let at = |path: &str| cx.settings.public_url.as_ref().map(|url| format!("{}{path}", url.as_str()));
    Ok(match &outgoing.content {
        Content::Letter(ReadyLetter { address, title, body, path }) => Some(Letter {
            to: address.clone(),
            title: title.clone(),
            paragraphs: vec![body.clone()],
            link: at(path),
            unsubscribe: None,
        }),
        Content::Notification(id) => cx.store.notice(*id).await?.map(|notice| {
            let told = told(&notice);
            Letter {
                to: notice.email.clone(),
                title: told.title(),
                paragraphs: told.advice().map(str::to_owned).into_iter().collect(),
                link: at(&path(&notice)),
                unsubscribe: at("/settings#notifications"),
            }
        }),
    })
}

fn told(notice: &Notice) -> Told<'_> {
    let album = notice.album.as_ref().map(|(_, name)| name.as_str());
    let library = notice.library.as_ref().map(|(_, name)| name.as_str());
    Told {
        kind: notice.kind,
        actor: notice.actor.as_deref(),
        object: album.or(library),
        count: notice.count,
        detail: notice.detail.as_deref(),
    }
}

/// The page of what it is about.
fn path(notice: &Notice) -> String {
    let album = notice.album.as_ref().map(|(album, _)| format!("/albums/{album}"));
    album.unwrap_or_else(|| notice.kind.page().to_owned())
}
