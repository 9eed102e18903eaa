//! The parent's side.

use std::{
    fs::File,
    io::{self, Write},
    os::fd::{AsFd, AsRawFd, BorrowedFd},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use domain::metadata::Metadata;
use rustix::fs::{MemfdFlags, memfd_create};
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
    /// The program that decodes.
    pub program: PathBuf,
}

impl Settings {
    /// The usual ones, with this program.
    pub fn new(program: PathBuf) -> Self {
        Self {
            program,
            children: 2,
            bounds: Bounds::default(),
            idle: Duration::from_secs(20),
            time: Budget { wall: Duration::from_secs(120), cpu_seconds: 60 },
            allow_without_landlock: false,
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
    _program: Program,
}

/// The program that decodes, kept open: children are started from this very file, whatever takes its place when
/// Tessera is upgraded.
#[derive(Debug, Clone)]
pub(crate) struct Program(Arc<File>);

impl Program {
    pub(crate) fn open(path: &Path) -> Result<Self, MediaError> {
        let open = File::open(path)
            .map_err(|error| MediaError::Machine(format!("{} can't be opened: {error}", path.display())))?;
        Ok(Self(Arc::new(open)))
    }

    /// For a pool of its children.
    pub(crate) fn settings(&self) -> sandbox::Settings {
        sandbox::Settings::new(format!("/proc/self/fd/{}", self.0.as_raw_fd()))
    }
}

/// What the program itself, its libraries and stacks take of a child's address space, in bytes.
pub const PROGRAM: u64 = 1 << 30;

impl Decoder {
    /// A decoder whose children are a program that does nothing but [`child::main`](crate::child::main). No decoder is
    /// part of the program that asks.
    ///
    /// # Errors
    /// If there is no such program.
    pub fn new(settings: Settings) -> Result<Self, MediaError> {
        let Settings { children, bounds, idle, time, allow_without_landlock, program } = settings;
        let program = Program::open(&program)?;
        let address_space = bounds.memory.saturating_add(PROGRAM);
        let limits = Limits { address_space, allow_without_landlock, ..Limits::default() };
        let pool = sandbox::Settings { size: children, idle, limits, ..program.settings() };
        Ok(Self { pool: Pool::new(pool), bounds, time, _program: program })
    }

    /// What does a file say of itself? `owner` is the library it belongs to: no child sees the files of two. The
    /// file must be open for reading; its position is not moved.
    pub async fn read_metadata(&self, owner: i64, file: &File) -> Result<Metadata, MediaError> {
        match self.ask(owner, Request::ReadMetadata, &[file.as_fd()]).await? {
            Reply::Metadata(metadata) => Ok(*metadata),
            other => Err(unexpected(other)),
        }
    }

    /// What does a sidecar say of the file that it lies beside? `owner` is the library, `content` its bytes.
    pub async fn read_sidecar(&self, owner: i64, content: &[u8]) -> Result<Metadata, MediaError> {
        let file = in_memory(content)?;
        match self.ask(owner, Request::ReadSidecar, &[file.as_fd()]).await? {
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

/// A file that lies nowhere.
fn in_memory(content: &[u8]) -> Result<File, MediaError> {
    let mut file = File::from(memfd_create(c"sidecar", MemfdFlags::CLOEXEC).map_err(io::Error::from)?);
    file.write_all(content)?;
    Ok(file)
}

pub(crate) fn unexpected(reply: Reply) -> MediaError {
    match reply {
        Reply::Failed(error) => error,
        _ => MediaError::Crashed("the answer to another question".into()),
    }
}
