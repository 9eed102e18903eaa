//! The parent's side.

use std::{
    fs::File,
    os::fd::{AsFd, BorrowedFd},
    path::PathBuf,
    time::Duration,
};

use domain::metadata::Metadata;
use sandbox::{Budget, ChildInfo, Limits, Pool};

use crate::{
    Bounds, MediaError, Rendered,
    child::{Reply, Request},
};

/// How many children decode, and within which bounds.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Children at once.
    pub children: usize,
    /// What is too large to be decoded.
    pub bounds: Bounds,
    /// How long a child may sit idle before it is ended.
    pub idle: Duration,
    /// How long one file may take.
    pub time: Budget,
    /// Decode although the kernel has no landlock.
    pub allow_without_landlock: bool,
    /// Another program than the running one, for tests.
    pub program: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            children: 2,
            bounds: Bounds::default(),
            idle: Duration::from_secs(20),
            time: Budget { wall: Duration::from_secs(120), cpu_seconds: 60 },
            allow_without_landlock: false,
            program: None,
        }
    }
}

/// Where the renditions go: files that the parent has opened for writing. What is in them after an error is
/// of no use.
#[derive(Debug)]
pub struct Outputs {
    /// JPEG.
    pub preview: File,
    /// WebP.
    pub thumbnail: File,
}

/// Reads and renders files in sandboxed children. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Decoder {
    pool: Pool,
    bounds: Bounds,
    time: Budget,
}

impl Decoder {
    /// A decoder whose children are the running program, called with this hidden subcommand, which must do
    /// nothing but [`child::main`](crate::child::main).
    pub fn new(settings: Settings, subcommand: &str) -> Self {
        let Settings { children, bounds, idle, time, allow_without_landlock, program } = settings;
        // The program itself, its libraries and stacks need some, too.
        let address_space = bounds.memory.saturating_add(512 << 20);
        let limits = Limits { address_space, allow_without_landlock, ..Limits::default() };
        let mut pool =
            sandbox::Settings { size: children, idle, limits, ..sandbox::Settings::new(subcommand) };
        if let Some(program) = program {
            pool.program = program;
        }
        Self { pool: Pool::new(pool), bounds, time }
    }

    /// What does a file say of itself? `owner` is the library it belongs to: no child sees the files of two. The
    /// file must be open for reading; its position is not moved.
    pub async fn read_metadata(&self, owner: i64, file: &File) -> Result<Metadata, MediaError> {
        match self.ask(owner, Request::ReadMetadata, &[file.as_fd()]).await? {
            Reply::Metadata(metadata) => Ok(*metadata),
            other => Err(unexpected(other)),
        }
    }

    /// Makes the smaller pictures of a picture. Flushing and renaming the outputs is the caller's part.
    pub async fn render(&self, owner: i64, file: &File, outputs: &Outputs) -> Result<Rendered, MediaError> {
        let files = [file.as_fd(), outputs.preview.as_fd(), outputs.thumbnail.as_fd()];
        match self.ask(owner, Request::Render { bounds: self.bounds }, &files).await? {
            Reply::Rendered(rendered) => Ok(rendered),
            other => Err(unexpected(other)),
        }
    }

    /// The children that wait for work, for health pages and measurements.
    pub fn idle_children(&self) -> Vec<ChildInfo> {
        self.pool.idle_children()
    }

    /// Ends the children that wait for work and takes no more; those at work finish.
    pub fn close(&self) {
        self.pool.close();
    }

    async fn ask(&self, owner: i64, request: Request, files: &[BorrowedFd<'_>]) -> Result<Reply, MediaError> {
        Ok(self.pool.run(owner, self.time, &request, files).await?)
    }
}

fn unexpected(reply: Reply) -> MediaError {
    match reply {
        Reply::Failed(error) => error,
        _ => MediaError::Crashed("the answer to another question".into()),
    }
}
