//! One child, seen from its parent.

use std::{
    io,
    os::{
        fd::{AsFd, BorrowedFd, OwnedFd},
        unix::net::UnixStream as StdStream,
    },
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use serde::{Serialize, de::DeserializeOwned};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, Interest},
    net::UnixStream,
    process::{Child, Command},
    time::{interval, timeout},
};

use super::{ChildInfo, Settings, scratch::Scratch, spawner, tail::Tail, verdict::verdict};
use crate::{
    Budget, SandboxError,
    wire::{self, Answer, FILES_MAX, Hello, Job, Welcome},
};

/// One child. Dropped, it is killed; its scratch folder goes after it.
#[derive(Debug)]
pub(super) struct Worker {
    process: Child,
    socket: UnixStream,
    tail: Tail,
    info: ChildInfo,
    idle_since: Instant,
    scratch: Option<Scratch>,
}

impl Worker {
    /// Starts a child and waits until it is locked in.
    pub(super) async fn start(settings: &Settings, owner: i64) -> Result<Self, SandboxError> {
        let scratch =
            settings.scratch.as_deref().map(Scratch::create).transpose().map_err(SandboxError::Start)?;
        let (ours, theirs) = StdStream::pair().map_err(SandboxError::Start)?;
        ours.set_nonblocking(true).map_err(SandboxError::Start)?;
        let socket = UnixStream::from_std(ours).map_err(SandboxError::Start)?;
        let command = command(settings, theirs, scratch.as_ref().map(Scratch::path));
        let mut process = spawner::spawn(command).await.map_err(SandboxError::Start)?;
        let (Some(pid), Some(stderr)) = (process.id(), process.stderr.take()) else {
            return Err(SandboxError::Start(io::Error::other("the process ended at once")));
        };
        let info = ChildInfo { pid, owner, jobs: 0 };
        let mut worker =
            Self { process, socket, tail: Tail::of(stderr), info, idle_since: Instant::now(), scratch };
        let parent = rustix::process::getpid().as_raw_nonzero().get();
        let hello = Hello { parent, limits: settings.limits.clone() };
        match timeout(settings.start, worker.greet(&hello)).await {
            Ok(Ok(Welcome::Ready)) => Ok(worker),
            Ok(Ok(Welcome::Refused(why))) => Err(SandboxError::Refused(why)),
            Ok(Err(error)) => Err(worker.autopsy(error, Budget::default(), settings).await),
            Err(_) => Err(SandboxError::TimedOut(settings.start)),
        }
    }

    pub(super) fn info(&self) -> ChildInfo {
        self.info
    }

    pub(super) fn idle_for(&self) -> Duration {
        self.idle_since.elapsed()
    }

    pub(super) fn lives(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// One job. The child comes back with its reply, or is dead.
    pub(super) async fn job<Req, Rep>(
        mut self,
        settings: &Settings,
        budget: Budget,
        request: &Req,
        files: &[BorrowedFd<'_>],
    ) -> Result<(Self, Rep), SandboxError>
    where
        Req: Serialize + Sync,
        Rep: DeserializeOwned,
    {
        if files.len() > FILES_MAX {
            return Err(SandboxError::Protocol(format!("{} files for one job", files.len())));
        }
        self.info.jobs += 1;
        let number = self.info.jobs;
        let job = Job { number, cpu_seconds: budget.cpu_seconds, files: files.len(), request };
        let Self { socket, scratch, .. } = &mut self;
        let outcome = tokio::select! {
            outcome = timeout(budget.wall, exchange(socket, &job, files)) => outcome,
            () = overflow(scratch.as_ref(), settings.scratch_bytes) => {
                return Err(SandboxError::ScratchLimit(settings.scratch_bytes));
            }
        };
        let answer: Answer<Rep> = match outcome {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => return Err(self.autopsy(error, budget, settings).await),
            Err(_) => return Err(SandboxError::TimedOut(budget.wall)),
        };
        if answer.number != number {
            return Err(SandboxError::Protocol("a reply to another job".into()));
        }
        if let Some(scratch) = &self.scratch {
            scratch.empty().map_err(SandboxError::Start)?;
        }
        self.idle_since = Instant::now();
        Ok((self, answer.reply))
    }

    async fn greet(&mut self, hello: &Hello) -> io::Result<Welcome> {
        self.socket.write_all(&wire::frame(hello)?).await?;
        receive(&mut self.socket).await
    }

    /// Why did it hang up, or send nonsense?
    async fn autopsy(mut self, error: io::Error, budget: Budget, settings: &Settings) -> SandboxError {
        let hung_up = matches!(
            error.kind(),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset
        );
        if !hung_up {
            return SandboxError::Protocol(error.to_string());
        }
        // Its socket is closed: it is gone or about to be.
        match timeout(Duration::from_secs(2), self.process.wait()).await {
            Ok(Ok(status)) => verdict(status, self.tail.last_words().await, budget, &settings.limits),
            _ => SandboxError::Protocol("it hung up without ending".into()),
        }
    }
}

fn command(settings: &Settings, socket: StdStream, folder: Option<&Path>) -> Command {
    let mut command = Command::new(&settings.program);
    command
        .args(&settings.arguments)
        .env_clear()
        .envs(settings.environment.iter().map(|(name, value)| (name, value)))
        .current_dir(folder.unwrap_or(Path::new("/")))
        .stdin(Stdio::from(OwnedFd::from(socket)))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

async fn exchange<Req: Serialize + Sync, Rep: DeserializeOwned>(
    socket: &mut UnixStream,
    job: &Job<&Req>,
    files: &[BorrowedFd<'_>],
) -> io::Result<Answer<Rep>> {
    let bytes = wire::frame(job)?;
    let sent =
        socket.async_io(Interest::WRITABLE, || wire::send_with_files(socket.as_fd(), &bytes, files)).await?;
    socket.write_all(&bytes[sent..]).await?;
    receive(socket).await
}

/// Descriptors that a child might send are never accepted: a plain read lets the kernel drop them.
async fn receive<T: DeserializeOwned>(socket: &mut UnixStream) -> io::Result<T> {
    let mut head = [0; 4];
    socket.read_exact(&mut head).await?;
    let mut content = vec![0; wire::length(head)?];
    socket.read_exact(&mut content).await?;
    wire::parse(&content)
}

/// Ends when the scratch folder holds more than it may.
async fn overflow(scratch: Option<&Scratch>, limit: u64) {
    let Some(scratch) = scratch else { return std::future::pending().await };
    let mut tick = interval(Duration::from_millis(200));
    loop {
        tick.tick().await;
        if scratch.size() > limit {
            return;
        }
    }
}
