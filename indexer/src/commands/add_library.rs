//! A folder becomes a library.

use std::path::PathBuf;

use anyhow::Context;
use boot::Settings;
use queue::{Event, Queue};
use store::Store;

use super::{Ended, say};
use crate::cx;
use crate::register::{self, Asked};
use domain::UserId;

/// What is to become a library.
#[derive(Debug)]
pub struct NewLibrary {
    /// The folder.
    pub folder: PathBuf,
    /// E-mail address of its owner.
    pub owner: Option<String>,
    /// What it is called.
    pub name: Option<String>,
    /// Whether its files are copied.
    pub copy: bool,
}

/// Registers a folder as a library. The running indexer imports it.
///
/// # Errors
/// In words for the person who named the folder.
pub async fn add_library(settings: Settings, new: NewLibrary) -> Ended {
    let folder = register::find(&new.folder)?;
    let store = cx::store(&settings).await?;
    let owner = match &new.owner {
        Some(email) => Some(owner(&store, email).await?),
        None => None,
    };
    let path = register::bytes(&folder);
    let known = store.folder_at(path).await?;
    if let Some(known) = &known {
        let owner = owner.zip(new.owner.as_deref());
        let asked = Asked { owner, library: new.name.as_deref(), in_place: false, copy: new.copy };
        register::check_known(&store, known, &asked).await?;
    } else {
        register::check(&settings, &store, &folder).await?;
    }
    let name = new.name.unwrap_or_else(|| register::name(&folder));
    store.add_folder_library(&name, owner, path, !new.copy).await?;
    tell(&settings).await;
    if known.is_some() {
        say(&format!("{} is a library already; it is looked through again\n", folder.display()));
    } else {
        say(&format!("{} is the library {name} now\n", folder.display()));
    }
    Ok(true)
}

/// The account of an e-mail address.
pub(super) async fn owner(store: &Store, email: &str) -> anyhow::Result<UserId> {
    let user = store.user_by_email(email).await?;
    let user = user.with_context(|| {
        let make = boot::command("tessera-api user add");
        format!("nobody has the e-mail address {email} here: make the account first, with {make}")
    })?;
    Ok(user.id)
}

/// Whoever shows libraries should show this one soon. The indexer looks by itself.
async fn tell(settings: &Settings) {
    let told = async {
        let queue = Queue::connect(settings.redis_url.expose(), settings.redis_prefix.as_str()).await?;
        queue.announce(&Event::Feed).await
    };
    if let Err(error) = told.await {
        tracing::debug!(%error, "could not tell of the new library");
    }
}
