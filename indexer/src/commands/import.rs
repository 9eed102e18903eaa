//! A folder imported while a person looks on.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use boot::{Settings, Shutdown};
use domain::library::{Folder, FolderState, ScanCounts};
use domain::{LibraryId, UserId};
use indicatif::{ProgressBar, ProgressStyle};

use super::add_library::owner;
use super::report::Summary;
use super::{Ended, say};
use crate::crew::Crew;
use crate::cx::Cx;
use crate::register;
use crate::scan::folder::{Scanned, scan};
use crate::scan::tally::Report;

/// How often the bar moves.
const TICK: Duration = Duration::from_millis(500);

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
    let bar = bar();
    let done = work(&cx, &folder, &bar).await;
    bar.finish_and_clear();
    cx.shutdown.request();
    crew.ended(&cx).await?;
    let summary = done?;
    say(&summary.text(&path));
    Ok(summary.all_is_well())
}

/// The folder, registered in the right library.
async fn registered(cx: &Cx, path: &Path, import: &Import) -> anyhow::Result<Folder> {
    let owner = owner(&cx.store, &import.owner).await?;
    let bytes = register::bytes(path);
    if let Some(known) = cx.store.folder_at(bytes).await? {
        let members = cx.store.members(known.library_id).await?;
        ensure!(
            members.contains(&owner),
            "{} belongs to a library that {} is no member of",
            path.display(),
            import.owner
        );
        let other_way = if known.in_place { import.copy } else { import.in_place };
        ensure!(
            !other_way,
            "{} is registered already, with its files {}: that can't be changed",
            path.display(),
            if known.in_place { "left in place" } else { "copied" }
        );
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

async fn work(cx: &Cx, folder: &Folder, bar: &ProgressBar) -> anyhow::Result<Summary> {
    let report = look_through(cx, folder, bar).await?;
    if report.state != FolderState::Offline {
        settle(cx, folder, bar).await?;
    }
    let refused = cx.store.refusals(folder.id).await?;
    let unreadable = cx.store.unreadable_files(folder.id).await?;
    Ok(Summary { report, refused, unreadable })
}

/// Scans the folder, or watches the running indexer do it.
async fn look_through(cx: &Cx, folder: &Folder, bar: &ProgressBar) -> anyhow::Result<Report> {
    let counts = Mutex::new(ScanCounts::default());
    let progress = |now| *counts.lock().unwrap_or_else(PoisonError::into_inner) = now;
    let mut scanning = std::pin::pin!(scan(cx, folder, &progress));
    let scanned = loop {
        tokio::select! {
            scanned = &mut scanning => break scanned?,
            () = tokio::time::sleep(TICK) => {
                let counts = *counts.lock().unwrap_or_else(PoisonError::into_inner);
                show(cx, folder, counts, bar).await?;
            }
        }
    };
    match scanned {
        Scanned::Done(report) => Ok(report),
        Scanned::Busy => watch(cx, folder, bar).await,
    }
}

async fn watch(cx: &Cx, folder: &Folder, bar: &ProgressBar) -> anyhow::Result<Report> {
    loop {
        let now =
            cx.store.folder_at(&folder.path).await?.context("the folder was removed from its library")?;
        show(cx, folder, now.scan, bar).await?;
        if matches!(now.state, FolderState::Idle | FolderState::Offline) {
            return Ok(Report {
                counts: now.scan,
                state: now.state,
                message: now.message,
                ..Report::default()
            });
        }
        pause(cx).await?;
    }
}

/// Waits until nothing is left to be done with the folder's assets, but what is put off for longer.
async fn settle(cx: &Cx, folder: &Folder, bar: &ProgressBar) -> anyhow::Result<()> {
    loop {
        let progress = cx.store.folder_progress(folder.id).await?;
        bar.set_position(
            bar.length().unwrap_or(0).saturating_sub(u64::try_from(progress.pending).unwrap_or(0)),
        );
        if progress.pending == 0 {
            return Ok(());
        }
        pause(cx).await?;
    }
}

async fn pause(cx: &Cx) -> anyhow::Result<()> {
    tokio::time::sleep(TICK).await;
    if cx.shutdown.is_requested() {
        bail!("stopped: the same command goes on from here");
    }
    Ok(())
}

async fn show(cx: &Cx, folder: &Folder, counts: ScanCounts, bar: &ProgressBar) -> anyhow::Result<()> {
    let pending = cx.store.folder_progress(folder.id).await?.pending;
    let found = u64::try_from(counts.found).unwrap_or(0);
    bar.set_length(found);
    bar.set_position(found.saturating_sub(u64::try_from(pending).unwrap_or(0)));
    bar.set_message(format!(
        "{} new, {} duplicates, {} refused",
        counts.imported, counts.duplicates, counts.refused
    ));
    Ok(())
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} files  {msg}  {elapsed}");
    let bar = ProgressBar::new(0);
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}
