//! The parent's side: a bounded set of children that are used again, and replaced.

mod scratch;
mod spawner;
mod tail;
mod verdict;
mod worker;

use std::{
    ffi::OsString,
    os::fd::BorrowedFd,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::Semaphore;

use crate::{Budget, Limits, SandboxError};
use worker::Worker;

/// How a pool starts its children and how many.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The program to run.
    pub program: PathBuf,
    /// What it is told at its start.
    pub arguments: Vec<OsString>,
    /// The child's whole environment: nothing is inherited.
    pub environment: Vec<(OsString, OsString)>,
    /// How many children there may be at once.
    pub size: usize,
    /// How many jobs one child may serve.
    pub jobs_per_child: u32,
    /// How long a child may sit idle before it is ended and its memory given back.
    pub idle: Duration,
    /// How long a child may take to get ready.
    pub start: Duration,
    /// What binds a child for life. `scratch` is set by the pool.
    pub limits: Limits,
    /// The folder in which each child gets an empty folder of its own, if any.
    pub scratch: Option<PathBuf>,
    /// How many bytes a child may have in its scratch folder.
    pub scratch_bytes: u64,
}

impl Settings {
    /// The usual bounds for a program.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            arguments: Vec::new(),
            // One heap for all threads: each further one would reserve address space that counts.
            environment: vec![("MALLOC_ARENA_MAX".into(), "1".into())],
            size: 2,
            // Starting one takes as long as reading the metadata of three hundred files.
            jobs_per_child: 2000,
            idle: Duration::from_secs(20),
            start: Duration::from_secs(30),
            limits: Limits::default(),
            scratch: None,
            scratch_bytes: 1 << 30,
        }
    }
}

/// One child, for health pages and measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChildInfo {
    /// Its process id.
    pub pid: u32,
    /// Whose files it works on.
    pub owner: i64,
    /// How many jobs it has served.
    pub jobs: u32,
}

/// Children that are used again. Cheap to clone; the children end with the last clone.
#[derive(Debug, Clone)]
pub struct Pool {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    settings: Settings,
    /// One permit for each child at work.
    slots: Semaphore,
    idle: Mutex<Idle>,
}

#[derive(Debug, Default)]
struct Idle {
    /// The longest idle first.
    workers: Vec<Worker>,
    /// Whether the task that ends idle children runs.
    swept: bool,
}

impl Pool {
    /// A pool; no child is started before the first job.
    pub fn new(mut settings: Settings) -> Self {
        settings.limits.scratch = settings.scratch.is_some();
        settings.size = settings.size.max(1);
        let slots = Semaphore::new(settings.size);
        Self { inner: Arc::new(Inner { settings, slots, idle: Mutex::default() }) }
    }

    /// Has a child of this owner do one job. `files` ride along; the child gets them in the same order.
    /// Waits while all children are busy. If the returned future is dropped, the child is killed.
    pub async fn run<Req, Rep>(
        &self,
        owner: i64,
        budget: Budget,
        request: &Req,
        files: &[BorrowedFd<'_>],
    ) -> Result<Rep, SandboxError>
    where
        Req: Serialize + Sync,
        Rep: DeserializeOwned,
    {
        let permit = self.inner.slots.acquire().await.map_err(|_| SandboxError::Closed)?;
        let worker = match self.inner.take(owner) {
            Some(worker) => worker,
            None => Worker::start(&self.inner.settings, owner).await?,
        };
        let done = worker.job(&self.inner.settings, budget, request, files).await;
        let (worker, reply) =
            done.inspect_err(|error| tracing::warn!(owner, %error, "a sandboxed process failed at a job"))?;
        self.give_back(worker);
        drop(permit);
        Ok(reply)
    }

    /// The idle children (those at work are not listed).
    pub fn idle_children(&self) -> Vec<ChildInfo> {
        self.inner.lock().workers.iter().map(Worker::info).collect()
    }

    /// Ends the idle children and takes no more jobs; those at work finish.
    pub fn close(&self) {
        self.inner.slots.close();
        self.inner.lock().workers.clear();
    }

    fn give_back(&self, worker: Worker) {
        if worker.info().jobs >= self.inner.settings.jobs_per_child || self.inner.slots.is_closed() {
            return;
        }
        let mut idle = self.inner.lock();
        idle.workers.push(worker);
        if !idle.swept {
            idle.swept = true;
            tokio::spawn(sweep(Arc::downgrade(&self.inner), self.inner.settings.idle));
        }
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An idle child of this owner that still lives. Makes room for a new one if there is none.
    fn take(&self, owner: i64) -> Option<Worker> {
        let mut idle = self.lock();
        idle.workers.retain_mut(Worker::lives);
        if let Some(at) = idle.workers.iter().rposition(|worker| worker.info().owner == owner) {
            return Some(idle.workers.remove(at));
        }
        let busy = self.settings.size - self.slots.available_permits();
        if idle.workers.len() + busy > self.settings.size {
            // Of another owner, and the longest idle.
            idle.workers.remove(0);
        }
        None
    }
}

/// Ends children that were idle for too long, until none is left or the pool is gone.
async fn sweep(pool: Weak<Inner>, patience: Duration) {
    loop {
        tokio::time::sleep(patience / 4 + Duration::from_millis(1)).await;
        let Some(inner) = pool.upgrade() else { return };
        let mut idle = inner.lock();
        idle.workers.retain(|worker| worker.idle_for() < patience);
        if idle.workers.is_empty() {
            idle.swept = false;
            return;
        }
    }
}
