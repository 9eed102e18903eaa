//! One folder, looked through from beginning to end.

use std::time::{Duration, Instant};

use domain::AssetId;
use domain::job::{Job, Priority};
use domain::library::{Folder, FolderState, ScanCounts};
use futures_util::stream::{FuturesUnordered, StreamExt};
use store::{Inserted, KnownFile, Refusal, Store};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

use super::close;
use super::diff::{Diff, Verdict};
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
    let scanned =
        Scan { cx, folder, progress, tally: Tally::default(), jobs: Vec::new(), noted: Instant::now() }
            .run()
            .await;
    lock.release().await?;
    Ok(Scanned::Done(scanned?))
}

pub(super) struct Scan<'a> {
    pub(super) cx: &'a Cx,
    pub(super) folder: &'a Folder,
    progress: &'a (dyn Fn(ScanCounts) + Sync),
    pub(super) tally: Tally,
    jobs: Vec<Job>,
    noted: Instant,
}

/// A file that is to be taken in, and the asset that lay there.
type Wanted = (File, Option<AssetId>);

/// What is new, or has changed.
enum New {
    Original(File),
    Sidecar(File),
}

/// What came of it.
enum Noted {
    Original(File, Taken),
    Sidecar(Vec<AssetId>),
}

/// Takes a file in, or keeps a sidecar. The database has them take turns: all that have begun must go on together, or
/// one would wait for another that nobody goes on with.
async fn note(cx: &Cx, folder: &Folder, new: New) -> Result<Noted, Stop> {
    Ok(match new {
        New::Original(file) => {
            let taken = take(cx, folder, &file, None).await?;
            Noted::Original(file, taken)
        }
        New::Sidecar(file) => Noted::Sidecar(sidecars::keep(cx, folder, file).await?),
    })
}

impl Scan<'_> {
    async fn run(mut self) -> anyhow::Result<Report> {
        let root = walk::path(&self.folder.path);
        if let Err(error) = walk::identity(&root) {
            return close::offline(self, &error.to_string()).await;
        }
        self.cx.store.begin_scan(self.folder).await?;
        self.cx.bell.changed();
        let known: Vec<KnownFile> = self.cx.store.known_files(self.folder.id).await?;
        let mut diff = Diff::new(known);
        let mut sidecars = Sidecars::known(self.cx, self.folder).await?;
        let (to, from) = mpsc::channel(AHEAD);
        let avoid = std::path::absolute(&self.cx.settings.data)?;
        let walking = tokio::task::spawn_blocking(move || walk::walk(&root, &avoid, &to));
        let changed = self.meet_all(&mut diff, &mut sidecars, from).await;
        self.ring().await;
        let walked = walking.await?;
        let changed = match changed {
            Err(Stop::FolderGone) => {
                return close::offline(self, "it went away while it was looked through").await;
            }
            Err(Stop::Store(error)) => return Err(error.into()),
            Err(Stop::Storage(error)) => return close::stopped(self, error.to_string()).await,
            // Stopped halfway: what was not met may well be there.
            Ok(_) if self.cx.shutdown.is_requested() => return self.end(FolderState::Waiting, None).await,
            Ok(_) if walked.vanished => {
                return close::offline(self, "it went away while it was looked through").await;
            }
            Ok(changed) if self.tally.report.counts.found == 0 && changed.is_empty() && diff.knew_any() => {
                return close::offline(self, "it is empty although it was not before").await;
            }
            Ok(changed) => changed,
        };
        self.again(sidecars.finish(|path| diff.hidden(path)).await?);
        self.tally.report.left_out = left_out(&walked.left_out);
        close::finish(self, &diff, changed).await
    }

    /// Meets everything that the walk hands over; answers the files whose content has changed, which are for the end.
    async fn meet_all(
        &mut self,
        diff: &mut Diff,
        sidecars: &mut Sidecars<'_>,
        mut from: mpsc::Receiver<Met>,
    ) -> Result<Vec<Wanted>, Stop> {
        let (cx, folder) = (self.cx, self.folder);
        let mut changed = Vec::new();
        let mut taking = FuturesUnordered::new();
        let mut walking = true;
        let mut beat = interval(NOTE);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beat.reset();
        while walking || !taking.is_empty() {
            tokio::select! {
                Some(done) = taking.next(), if !taking.is_empty() => match done? {
                    Noted::Original(file, taken) => self.account(diff, &file, None, taken).await?,
                    Noted::Sidecar(concerned) => self.again(concerned),
                },
                met = from.recv(), if walking && taking.len() < AT_ONCE => match met {
                    None => walking = false,
                    Some(Met::File(file)) => match diff.meet(&file) {
                        Verdict::Unchanged => self.tally.unchanged(),
                        Verdict::StillRefused => self.tally.refused(),
                        Verdict::Changed(asset) => changed.push((file, Some(asset))),
                        Verdict::New => taking.push(note(cx, folder, New::Original(file))),
                    },
                    Some(Met::Sidecar(file)) => if sidecars.meet(&file) {
                        taking.push(note(cx, folder, New::Sidecar(file)));
                    },
                    Some(Met::Refused(file, reason)) => {
                        diff.refuse(&file.path);
                        self.refuse(&file, reason).await?;
                    }
                    Some(Met::Blind(path, reason)) => {
                        self.refuse(&File::unknown(path.clone()), reason).await?;
                        diff.blind(path);
                    }
                },
                // Also while one long file is hashed.
                _ = beat.tick() => {}
                () = cx.shutdown.requested() => break,
            }
            self.keep_up().await?;
        }
        Ok(changed)
    }

    /// Writes down what came of a file.
    pub(super) async fn account(
        &mut self,
        diff: &Diff,
        file: &File,
        before: Option<AssetId>,
        taken: Taken,
    ) -> Result<(), Stop> {
        match taken {
            Taken::In(inserted) => {
                self.tally.came_in(&file.path, inserted, before);
                if diff.was_refused(&file.path) {
                    self.cx.store.forget_refusals(self.folder.id, std::slice::from_ref(&file.path)).await?;
                }
                if before.is_some() || matches!(inserted, Inserted::New(_)) {
                    self.jobs.push(Store::first_job(inserted.asset()));
                }
                self.cx.bell.changed();
            }
            Taken::Refused(reason) => {
                self.refuse(file, reason).await?;
                self.left(before, file).await?;
            }
            Taken::Unread(reason) => self.refuse(&File::unknown(file.path.clone()), reason).await?,
            Taken::Nothing => self.left(before, file).await?,
            Taken::Restless => self.tally.report.restless = true,
        }
        Ok(())
    }

    /// Rings for those whose sidecars have changed.
    fn again(&mut self, concerned: Vec<AssetId>) {
        self.jobs.extend(concerned.into_iter().map(Store::first_job));
    }

    /// An asset's file has become something else: the asset is not there any more.
    async fn left(&self, before: Option<AssetId>, file: &File) -> Result<(), Stop> {
        if before.is_some() {
            let paths = std::slice::from_ref(&file.path);
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
