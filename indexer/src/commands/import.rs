//! A folder imported while a person looks on.

use std::path::{Path, PathBuf};

use anyhow::Context;
use boot::{Settings, Shutdown};
use domain::library::{Folder, FolderState};
use domain::{LibraryId, UserId};

use super::add_library::owner;
use super::progress::Progress;
use super::report::Summary;
use super::{Ended, say};
use crate::away;
use crate::crew::Crew;
use crate::cx::Cx;
use crate::register::{self, Asked};
use crate::scan::folder::{Scanned, scan};
use crate::scan::tally::Report;

/// What is to be imported.
#[derive(Debug)]
pub struct Import {
    /// The folder.
    pub folder: PathBuf,
    /// E-mail address of the person whose library it goes into.
    pub owner: String,
    /// The library's name.
    pub library: Option<String>,
    /// The files stay where they are, for certain.
    pub in_place: bool,
    /// The files are copied.
    pub copy: bool,
}

/// Imports a folder and ends when all of it has been worked on, with or without a running indexer.
///
/// # Errors
/// If it can't begin, or is stopped.
pub async fn import(settings: Settings, import: Import) -> Ended {
    let path = register::find(&import.folder)?;
    let shutdown = Shutdown::on_signals(settings.shutdown_grace())?;
    let cx = Cx::open(settings, shutdown).await?;
    let folder = registered(&cx, &path, &import).await?;
    let crew = Crew::start(&cx);
    let done = tokio::select! {
        done = work(&cx, &folder) => done,
        gone = away::redis_for_good(&cx.queue) => Err(gone.into()),
    };
    cx.shutdown.request();
    let summary = match done {
        // The work in hand can't be given back now: its leases run out by themselves.
        Err(error) if away::which(error.as_ref()).is_some() => return Err(error),
        done => {
            crew.ended(&cx).await?;
            done?
        }
    };
    say(&summary.text(&path));
    Ok(summary.all_is_well())
}

/// The folder, registered in the right library.
async fn registered(cx: &Cx, path: &Path, import: &Import) -> anyhow::Result<Folder> {
    let owner = owner(&cx.store, &import.owner).await?;
    let bytes = register::bytes(path);
    if let Some(known) = cx.store.folder_at(bytes).await? {
        let asked = Asked {
            owner: Some((owner, &import.owner)),
            library: import.library.as_deref(),
            in_place: import.in_place,
            copy: import.copy,
        };
        register::check_known(&cx.store, &known, &asked).await?;
        return Ok(known);
    }
    register::check(&cx.settings, &cx.store, path).await?;
    let library = library(cx, owner, import.library.as_deref()).await?;
    Ok(cx.store.add_folder(library, bytes, !import.copy).await?)
}

async fn library(cx: &Cx, owner: UserId, name: Option<&str>) -> anyhow::Result<LibraryId> {
    let known = match name {
        Some(name) => cx.store.library_named(owner, name).await?,
        None => cx.store.first_library_of(owner).await?,
    };
    match known {
        Some(library) => Ok(library),
        None => Ok(cx.store.add_library(name.unwrap_or("Photos"), Some(owner)).await?),
    }
}

async fn work(cx: &Cx, folder: &Folder) -> anyhow::Result<Summary> {
    let progress = Progress::start(cx, folder.id);
    let report = look_through(cx, folder, &progress).await?;
    if report.state != FolderState::Offline {
        progress.settle().await?;
    }
    let refused = cx.store.refusals(folder.id).await?;
    let unreadable = cx.store.unreadable_files(folder.id).await?;
    Ok(Summary { in_place: folder.in_place, report, refused, unreadable })
}

/// Scans the folder, or watches the running indexer do it.
async fn look_through(cx: &Cx, folder: &Folder, progress: &Progress) -> anyhow::Result<Report> {
    match scan(cx, folder, &|counts| progress.note(counts)).await? {
        Scanned::Done(report) => Ok(report),
        Scanned::Busy => watch(cx, folder, progress).await,
    }
}

async fn watch(cx: &Cx, folder: &Folder, progress: &Progress) -> anyhow::Result<Report> {
    loop {
        let now =
            cx.store.folder_at(&folder.path).await?.context("the folder was removed from its library")?;
        progress.note(now.scan);
        if matches!(now.state, FolderState::Idle | FolderState::Offline) {
            return Ok(Report::of_ended(&now));
        }
        progress.pause().await?;
    }
}
