//! Films in several sizes, to be streamed: made when somebody asks, kept as long as there is room for them.
//!
//! All sizes of a film lie in one folder, which has its final name only when each is whole; `asked` in it says by its
//! content which making this was, and by its time when somebody last asked.

mod evict;
mod read;

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use domain::AssetId;
use domain::job::Stage;
use rustix::fs::FlockOperation;

use crate::data::{Data, make_folder, sync_folder};
use crate::derived::bucket;
use crate::error::{At, blocking, if_there};
use crate::temp::try_lock;
use crate::{FilesError, Opened};

pub use read::{Index, Size};

/// The ending of folders whose films are being made.
const PART: &str = "part";
/// The file that says which making it is, and when somebody asked last.
const ASKED: &str = "asked";
/// Who asks all the time is noted so often.
const NOTED: Duration = Duration::from_secs(5);

/// The streams. Each is found by its asset and the content it was made of.
#[derive(Clone)]
pub struct Streams {
    data: Arc<Data>,
}

/// A stream in the making: a file for each size, open for reading and writing. It is locked as long as this lives, and
/// stays when it is dropped.
#[derive(Debug)]
pub struct StreamPart {
    folder: PathBuf,
    target: PathBuf,
    asked: File,
    files: Vec<File>,
}

/// What there is of a stream.
#[derive(Debug)]
pub struct Stream {
    /// Which making it is: another one has other bytes.
    pub made: String,
    /// No more is to come.
    pub whole: bool,
    folder: PathBuf,
    /// Short side and file of each size, the largest first.
    sizes: Vec<(u32, Opened)>,
}

impl Streams {
    pub(crate) fn new(data: Arc<Data>) -> Self {
        Self { data }
    }

    /// Opens a stream in the making, with what there is of each size; none if another process is at it.
    pub async fn part(
        &self,
        asset: AssetId,
        content: &[u8; 32],
        short_sides: &[u32],
    ) -> Result<Option<StreamPart>, FilesError> {
        let data = Arc::clone(&self.data);
        let target = self.path(asset, content);
        let names: Vec<String> = short_sides.iter().map(|side| name(*side)).collect();
        blocking(move || {
            data.present()?;
            let folder = target.with_extension(PART);
            make_folder(&folder)?;
            let Some(asked) = begin(&folder, &names)? else { return Ok(None) };
            let files = names.iter().map(|name| open(&folder.join(name))).collect::<Result<_, _>>()?;
            Ok(Some(StreamPart { folder, target, asked, files }))
        })
        .await
    }

    /// Whether all of a stream is there.
    pub async fn is_whole(&self, asset: AssetId, content: &[u8; 32]) -> Result<bool, FilesError> {
        let path = self.path(asset, content);
        blocking(move || Ok(if_there(fs::metadata(&path).at(&path))?.is_some())).await
    }

    /// Opens what there is of a stream, and notes that somebody asked for it; none where nothing has begun.
    pub async fn open(&self, asset: AssetId, content: &[u8; 32]) -> Result<Option<Stream>, FilesError> {
        let data = Arc::clone(&self.data);
        let path = self.path(asset, content);
        blocking(move || {
            // Between two looks it may become whole.
            for (folder, whole) in [(path.clone(), true), (path.with_extension(PART), false), (path, true)] {
                if let Some(stream) = if_there(Stream::open(folder, whole))? {
                    return Ok(Some(stream));
                }
            }
            data.absent()
        })
        .await
    }

    /// Removes all streams of an asset, but that of one content if it is named; answers how many.
    pub async fn remove(&self, asset: AssetId, but: Option<&[u8; 32]>) -> Result<usize, FilesError> {
        let path = self.path(asset, but.unwrap_or(&[0; 32]));
        let (all, kept) = (format!("{asset}-"), but.map(|_| path.clone()));
        blocking(move || {
            let mut removed = 0;
            for folder in evict::entries(path.parent().unwrap_or(&path))? {
                let ours = folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&all));
                if ours && kept.as_ref().is_none_or(|kept| folder.with_extension("") != *kept) {
                    removed += usize::from(evict::remove(&folder)?);
                }
            }
            Ok(removed)
        })
        .await
    }

    /// Removes whole streams, and what nobody goes on making, until the rest is not larger than so many bytes: those
    /// that nobody has asked for longest first, and none that somebody has asked for since then. Answers how many.
    pub async fn evict(&self, most: u64, watched_since: SystemTime) -> Result<usize, FilesError> {
        let root = self.root();
        blocking(move || evict::evict(&root, most, watched_since)).await
    }

    fn root(&self) -> PathBuf {
        self.data.root.join("derived/streams")
    }

    /// Half of the hash tells contents of one asset apart. What an earlier version of the stage made has another name.
    fn path(&self, asset: AssetId, content: &[u8; 32]) -> PathBuf {
        let hash = blake3::Hash::from_bytes(*content).to_hex();
        let name = format!("{asset}-{}-{}", &hash[..32], Stage::Stream.version());
        self.root().join(bucket(asset)).join(name)
    }
}

impl StreamPart {
    /// What is written to, and read again after a crash; in the order of the short sides.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// How long ago somebody asked for it.
    pub async fn unasked_for(&self) -> Result<Duration, FilesError> {
        let path = self.folder.join(ASKED);
        blocking(move || {
            let at = fs::metadata(&path).and_then(|about| about.modified()).at(&path)?;
            Ok(at.elapsed().unwrap_or_default())
        })
        .await
    }

    /// Puts all sizes on disk and gives them their name.
    pub async fn commit(self) -> Result<(), FilesError> {
        blocking(move || {
            let Self { folder, target, files, asked: _lock } = self;
            for file in &files {
                file.set_permissions(Permissions::from_mode(0o444)).at(&folder)?;
                file.sync_all().at(&folder)?;
            }
            sync_folder(&folder)?;
            // One that is there already was found to be damaged.
            if_there(fs::remove_dir_all(&target).at(&target))?;
            fs::rename(&folder, &target).at(&target)?;
            sync_folder(target.parent().unwrap_or(&target))
        })
        .await
    }

    /// Removes it.
    pub async fn remove(self) -> Result<(), FilesError> {
        blocking(move || if_there(fs::remove_dir_all(&self.folder).at(&self.folder)).map(|_| ())).await
    }
}

impl Stream {
    fn open(folder: PathBuf, whole: bool) -> Result<Self, FilesError> {
        let path = folder.join(ASKED);
        let made = fs::read_to_string(&path).at(&path)?;
        if made.is_empty() {
            return Err(FilesError::Missing { path });
        }
        let asked = fs::metadata(&path).and_then(|about| about.modified()).at(&path)?;
        if asked.elapsed().is_ok_and(|since| since >= NOTED) {
            let file = File::options().append(true).open(&path).at(&path)?;
            file.set_modified(SystemTime::now()).at(&path)?;
        }
        let mut sizes = Vec::new();
        for path in evict::entries(&folder)? {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
            if let Some(short_side) = stem {
                sizes.push((short_side, Opened::open(&path)?));
            }
        }
        sizes.sort_by_key(|(short_side, _)| std::cmp::Reverse(*short_side));
        Ok(Self { made, whole, folder, sizes })
    }

    /// Short side and file of one size.
    pub fn take(self, short_side: u32) -> Option<Opened> {
        self.sizes.into_iter().find(|(side, _)| *side == short_side).map(|(_, opened)| opened)
    }
}

/// Locks a folder for making these files in it; none if another process is at it. What is left of a making of other
/// sizes goes.
fn begin(folder: &Path, names: &[String]) -> Result<Option<File>, FilesError> {
    let path = folder.join(ASKED);
    let mut file = open(&path)?;
    if !try_lock(&file, &path, FlockOperation::NonBlockingLockExclusive)? {
        return Ok(None);
    }
    let known = |path: &PathBuf| {
        path.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name == ASKED || names.iter().any(|wanted| wanted == name))
    };
    let there = evict::entries(folder)?;
    let goes_on = there.len() == names.len() + 1 && there.iter().all(known);
    if !goes_on || file.metadata().at(&path)?.len() == 0 {
        for path in there.iter().filter(|other| **other != path) {
            if_there(fs::remove_file(path).at(path))?;
        }
        file.set_len(0).at(&path)?;
        // Nobody else is at it: no other making began at this moment.
        let began = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
        write!(file, "{began:x}").at(&path)?;
    }
    file.set_modified(SystemTime::now()).at(&path)?;
    Ok(Some(file))
}

fn open(path: &Path) -> Result<File, FilesError> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).at(path)
}

fn name(short_side: u32) -> String {
    format!("{short_side}.mp4")
}

#[cfg(test)]
mod tests;
