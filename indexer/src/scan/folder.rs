//! One folder, looked through from beginning to end.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use domain::AssetId;
use domain::job::{Job, Priority};
use domain::library::{Folder, FolderState, ScanCounts};
use files::FilesError;
use store::{Inserted, KnownFile, Refusal, Store};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

use super::close;
use super::diff::{Verdict, verdict};
use super::later::{Later, Wanted};
use super::pages::{PAGE, Pages, Step};
use super::sidecars::{self, Sidecars};
use super::take::{Stop, Taken, take};
use super::tally::{Report, Tally, event, left_out};
use super::walk::{self, File, Met};
use crate::cx::Cx;

/// Files that are hashed, or sidecars that are read, at once.
const AT_ONCE: usize = 2;
/// How often a scan says how far it has come.
const NOTE: Duration = Duration::from_secs(1);
/// Jobs that are rung for together.
const BATCH: usize = 100;
/// What the walk may be ahead.
const AHEAD: usize = 1024;

/// What became of the wish to scan.
pub enum Scanned {
    /// Somebody else is scanning it.
    Busy,
    /// It was scanned.
    Done(Report),
}

/// Scans a folder, unless somebody else does. `progress` hears how far it has come.
///
/// # Errors
/// If the database does not answer. The folder will be scanned again.
pub async fn scan(
    cx: &Cx,
    folder: &Folder,
    progress: &(dyn Fn(ScanCounts) + Sync),
) -> anyhow::Result<Scanned> {
    let Some(lock) = cx.store.lock_folder(folder.id).await? else { return Ok(Scanned::Busy) };
    let scanned = Scan::new(cx, folder, progress).run().await;
    lock.release().await?;
    Ok(Scanned::Done(scanned?))
}

pub(super) struct Scan<'a> {
    pub(super) cx: &'a Cx,
    pub(super) folder: &'a Folder,
    progress: &'a (dyn Fn(ScanCounts) + Sync),
    pub(super) tally: Tally,
    pub(super) later: Later,
    /// Known files that were missing and are there again.
    found: Vec<Vec<u8>>,
    jobs: Vec<Job>,
    noted: Instant,
    /// It is written down that it is scanned.
    pub(super) begun: bool,
}

/// What is new, or has changed.
enum New {
    Original(Wanted),
    Sidecar(File),
}

/// What came of it.
enum Noted {
    Original(Wanted, Taken),
    Sidecar(Vec<AssetId>),
}

/// Takes a file in, or keeps a sidecar. The database has them take turns, so each is a task of its own: one that nobody
/// goes on with would hold up all others.
async fn note(cx: Cx, folder: Folder, new: New) -> Result<Noted, Stop> {
    Ok(match new {
        New::Original(wanted) => {
            let taken = take(&cx, &folder, &wanted).await?;
            Noted::Original(wanted, taken)
        }
        New::Sidecar(file) => Noted::Sidecar(sidecars::keep(&cx, &folder, file).await?),
    })
}

impl<'a> Scan<'a> {
    fn new(cx: &'a Cx, folder: &'a Folder, progress: &'a (dyn Fn(ScanCounts) + Sync)) -> Self {
        Self {
            cx,
            folder,
            progress,
            tally: Tally::default(),
            later: Later::new(&cx.files),
            found: Vec::new(),
            jobs: Vec::new(),
            noted: Instant::now(),
            begun: false,
        }
    }

    async fn run(mut self) -> anyhow::Result<Report> {
        let root = walk::path(&self.folder.path);
        if let Err(error) = walk::identity(&root) {
            return close::offline(self, &error.to_string()).await;
        }
        let began = self.cx.store.begin_scan(self.folder).await?;
        let began = began.context("the folder was removed from its library")?;
        self.begun = true;
        self.cx.bell.changed();
        let (to, from) = mpsc::channel(AHEAD);
        let avoid = std::path::absolute(&self.cx.settings.data)?;
        let walking = tokio::task::spawn_blocking(move || walk::walk(&root, &avoid, &to));
        let (mut pages, mut sidecars) = (Pages::default(), Sidecars::new(self.cx, self.folder));
        let met = self.meet_all(&mut pages, &mut sidecars, from).await;
        self.ring().await;
        let walked = walking.await?;
        match met {
            Err(stop) => return close::stop(self, stop).await,
            // Stopped halfway: what was not met may well be there.
            Ok(()) if self.cx.shutdown.is_requested() => return self.end(FolderState::Waiting, None).await,
            Ok(()) if walked.vanished => return close::stop(self, Stop::FolderGone).await,
            Ok(()) => {}
        }
        let nothing = self.tally.report.counts.found == 0 && self.later.changed.is_empty();
        if nothing && self.cx.store.knows_files(self.folder.id).await? {
            return close::offline(self, "it is empty although it was not before").await;
        }
        if let Err(stop) = self.pass_rest(&mut pages, &mut sidecars).await {
            return close::stop(self, stop).await;
        }
        self.tally.report.left_out = left_out(&walked.left_out);
        close::finish(self, began).await
    }

    /// Meets everything that the walk hands over.
    async fn meet_all(
        &mut self,
        pages: &mut Pages<KnownFile>,
        sidecars: &mut Sidecars<'_>,
        mut from: mpsc::Receiver<Met>,
    ) -> Result<(), Stop> {
        let (cx, folder) = (self.cx, self.folder);
        let mut taking = JoinSet::new();
        let mut walking = true;
        let mut beat = interval(NOTE);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beat.reset();
        while walking || !taking.is_empty() {
            tokio::select! {
                Some(done) = taking.join_next(), if !taking.is_empty() => match done.map_err(|_| FilesError::Stopping)?? {
                    Noted::Original(wanted, taken) => self.account(&wanted, taken).await?,
                    Noted::Sidecar(concerned) => self.again(concerned),
                },
                met = from.recv(), if walking && taking.len() < AT_ONCE => match met {
                    None => walking = false,
                    Some(Met::File(file)) => if let Some(wanted) = self.meet(pages, file).await? {
                        taking.spawn(note(cx.clone(), folder.clone(), New::Original(wanted)));
                    },
                    Some(Met::Sidecar(file)) => if sidecars.meet(&file, &mut self.later).await? {
                        taking.spawn(note(cx.clone(), folder.clone(), New::Sidecar(file)));
                    },
                    Some(Met::Refused(file, reason)) => {
                        if let Some(known) = self.reach(pages, Some(&file.path)).await? {
                            self.later.left(&known).await?;
                        }
                        self.refuse(&file, reason).await?;
                    }
                    Some(Met::Blind(path, reason)) => {
                        self.refuse(&File::unknown(path.clone()), reason).await?;
                        self.later.blind(path);
                    }
                },
                // Also while one long file is hashed.
                _ = beat.tick() => {}
                () = cx.shutdown.requested() => break,
            }
            self.keep_up().await?;
        }
        Ok(())
    }

    /// Meets a file; answers it if it is to be taken in at once. What has changed is for the end.
    async fn meet(&mut self, pages: &mut Pages<KnownFile>, file: File) -> Result<Option<Wanted>, Stop> {
        let known = self.reach(pages, Some(&file.path)).await?;
        match verdict(known.as_ref(), &file) {
            Verdict::Unchanged => self.tally.unchanged(),
            Verdict::Found => {
                self.tally.unchanged();
                self.found.push(file.path);
            }
            Verdict::StillRefused => self.tally.refused(),
            Verdict::Changed { asset, refused } => self.later.changed(&file, asset, refused).await?,
            Verdict::New { refused } => return Ok(Some(Wanted { file, before: None, refused })),
        }
        Ok(None)
    }

    /// Goes on to a path, or to the end, and answers what was known there; what is passed was not met.
    async fn reach(
        &mut self,
        pages: &mut Pages<KnownFile>,
        path: Option<&[u8]>,
    ) -> Result<Option<KnownFile>, Stop> {
        loop {
            match pages.step(path) {
                Step::There => return Ok(path.and_then(|path| pages.at(path))),
                Step::Passed(passed) => self.later.passed(&passed).await?,
                Step::Wanting => {
                    let page =
                        self.cx.store.known_files(self.folder.id, pages.next_from(), PAGE.into()).await?;
                    pages.add(page, PAGE);
                }
            }
        }
    }

    /// The walk is over: what was not met by now is not there.
    async fn pass_rest(
        &mut self,
        pages: &mut Pages<KnownFile>,
        sidecars: &mut Sidecars<'_>,
    ) -> Result<(), Stop> {
        self.note_found().await?;
        self.reach(pages, None).await?;
        sidecars.reach(None, &mut self.later).await
    }

    /// Writes down what is there again.
    async fn note_found(&mut self) -> Result<(), Stop> {
        let found = std::mem::take(&mut self.found);
        if !found.is_empty() {
            self.cx.store.mark_found(self.folder.id, self.folder.library_id, &found).await?;
        }
        Ok(())
    }

    /// Writes down what came of a file.
    pub(super) async fn account(&mut self, wanted: &Wanted, taken: Taken) -> Result<(), Stop> {
        let Wanted { file, before, refused } = wanted;
        match taken {
            Taken::In(inserted) => {
                if let Some(asset) = self.tally.came_in(inserted, *before) {
                    self.later.duplicates.push([asset.0], &file.path).await?;
                }
                if *refused {
                    self.cx.store.forget_refusals(self.folder.id, std::slice::from_ref(&file.path)).await?;
                }
                if before.is_some() || matches!(inserted, Inserted::New(_)) {
                    self.jobs.push(Store::first_job(inserted.asset()));
                }
                self.cx.bell.changed();
            }
            Taken::Refused(reason) => {
                self.refuse(file, reason).await?;
                self.left(wanted).await?;
            }
            Taken::Unread(reason) => self.refuse(&File::unknown(file.path.clone()), reason).await?,
            Taken::Nothing => self.left(wanted).await?,
            Taken::Restless => self.tally.report.restless = true,
        }
        Ok(())
    }

    /// Rings for those whose sidecars have changed.
    pub(super) fn again(&mut self, concerned: Vec<AssetId>) {
        self.jobs.extend(concerned.into_iter().map(Store::first_job));
    }

    /// An asset's file has become something else: the asset is not there any more.
    async fn left(&self, wanted: &Wanted) -> Result<(), Stop> {
        if wanted.before.is_some() {
            let paths = std::slice::from_ref(&wanted.file.path);
            self.cx.store.mark_missing(self.folder.id, self.folder.library_id, paths).await?;
        }
        Ok(())
    }

    async fn refuse(&mut self, file: &File, reason: String) -> Result<(), Stop> {
        self.tally.refused();
        let File { path, size, mtime_ns } = file.clone();
        self.cx.store.refuse(self.folder.id, &Refusal { path, size, mtime_ns, reason }).await?;
        Ok(())
    }

    /// Between two files: rings for what has gathered, and once a second says how far it has come.
    pub(super) async fn keep_up(&mut self) -> Result<(), Stop> {
        if self.jobs.len() >= BATCH {
            self.ring().await;
        }
        if self.found.len() >= close::BATCH {
            self.note_found().await?;
        }
        if self.noted.elapsed() >= NOTE {
            self.noted = Instant::now();
            self.note().await?;
        }
        Ok(())
    }

    async fn note(&self) -> Result<(), Stop> {
        let counts = self.tally.report.counts;
        (self.progress)(counts);
        self.cx.store.note_scan(self.folder, counts).await?;
        self.cx.bell.tell(&event(self.folder.id, counts)).await;
        Ok(())
    }

    pub(super) async fn ring(&mut self) {
        let jobs = std::mem::take(&mut self.jobs);
        if jobs.is_empty() {
            return;
        }
        fail::fail_point!("indexer.before_ring");
        self.cx.bell.ring(&jobs, Priority::Bulk).await;
        fail::fail_point!("indexer.after_ring");
    }

    /// Writes down how it ended, for good.
    pub(super) async fn end(self, state: FolderState, trouble: Option<String>) -> anyhow::Result<Report> {
        let report = Report { state, trouble, ..self.tally.report };
        self.cx.store.end_scan(self.folder, state, report.counts, report.message().as_deref()).await?;
        self.cx.bell.tell(&event(self.folder.id, report.counts)).await;
        self.cx.bell.changed();
        (self.progress)(report.counts);
        Ok(report)
    }
}
