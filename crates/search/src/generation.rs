//! Which generation of the index is in use, and how another takes its place.

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::{Error, Result, io};
use crate::schema::VERSION;

const CURRENT: &str = "current";
/// The file in which Tantivy lists the others of a generation.
const META: &str = "meta.json";
const BUILDING: &str = "building.lock";

/// The generation in use, if there is one.
pub(crate) fn current(root: &Path) -> Result<Option<String>> {
    let path = root.join(CURRENT);
    match fs::read_to_string(&path) {
        Ok(name) if number(name.trim()).is_some() => Ok(Some(name.trim().to_owned())),
        Ok(name) => Err(Error::Damaged {
            generation: name.chars().take(32).collect(),
            reason: format!("{} does not name a generation", path.display()),
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(Error::Damaged {
            generation: "?".to_owned(),
            reason: format!("{} does not name a generation", path.display()),
        }),
        Err(error) => Err(io(&path)(error)),
    }
}

/// The generation in use, unless its files are gone. Cheap: one small file is read, another looked for.
///
/// # Errors
/// [`Error::Damaged`] if what should name it does not.
pub fn in_use(root: &Path) -> Result<Option<String>> {
    let name = current(root)?;
    Ok(name.filter(|name| root.join(name).join(META).exists()))
}

/// Makes the folder of a new generation, after all that are there. Its number is the time, so that it does not take the
/// name of one that was lost, which somebody may still have open.
pub(crate) fn create(root: &Path) -> Result<String> {
    fs::create_dir_all(root).map_err(io(root))?;
    let last = names(root)?.iter().filter_map(|name| number(name)).max().unwrap_or(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let number = u64::try_from(now).unwrap_or(0).max(last.saturating_add(1));
    let name = format!("v{VERSION}-{number}");
    let path = root.join(&name);
    fs::create_dir(&path).map_err(io(&path))?;
    Ok(name)
}

/// Makes a generation the one in use, at once and for good.
pub(crate) fn publish(root: &Path, name: &str) -> Result<()> {
    let (path, beside) = (root.join(CURRENT), root.join("current.new"));
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&beside)?;
        writeln!(file, "{name}")?;
        file.sync_all()?;
        fs::rename(&beside, &path)?;
        File::open(root)?.sync_all()
    };
    write().map_err(io(&path))
}

/// Held by whoever builds a generation beside the current one.
pub(crate) fn lock_building(root: &Path) -> Result<File> {
    fs::create_dir_all(root).map_err(io(root))?;
    let path = root.join(BUILDING);
    let file = File::create(&path).map_err(io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked(root.to_owned())),
        Err(TryLockError::Error(error)) => Err(io(&path)(error)),
    }
}

/// Removes all generations but the current one: what was replaced, and what a build that was
/// stopped has left behind. The building lock has to be held.
pub(crate) fn clean(root: &Path) -> Result<()> {
    let current = current(root)?;
    for name in names(root)?.into_iter().filter(|name| Some(name) != current.as_ref()) {
        let path = root.join(&name);
        tracing::info!(generation = name, "removing a generation of the search index that is not in use");
        fs::remove_dir_all(&path).map_err(io(&path))?;
    }
    Ok(())
}

fn names(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root).map_err(io(root))? {
        let name = entry.map_err(io(root))?.file_name().to_string_lossy().into_owned();
        if number(&name).is_some() {
            names.push(name);
        }
    }
    Ok(names)
}

/// The number of a generation, which only grows: 7 of `v1-7`. Anything else in the folder is not ours.
fn number(name: &str) -> Option<u64> {
    let (version, number) = name.strip_prefix('v')?.split_once('-')?;
    version.parse::<u32>().ok()?;
    number.parse().ok()
}
