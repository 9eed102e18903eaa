//! Folders that are to be imported from: found, made absolute, and refused where they would be in the way.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use boot::Settings;
use store::Store;

use crate::scan::walk;

/// The folder that a person means: absolute, without links, and there.
///
/// # Errors
/// In words for that person.
pub fn find(given: &Path) -> anyhow::Result<PathBuf> {
    let absolute = std::path::absolute(given)?;
    let folder =
        fs::canonicalize(given).with_context(|| format!("there is no folder {}", absolute.display()))?;
    ensure!(folder.is_dir(), "{} is a file, not a folder", folder.display());
    fs::read_dir(&folder).with_context(|| format!("the folder {} can't be read", folder.display()))?;
    Ok(folder)
}

/// Refuses folders that have to do with the data folder or with other registered folders.
///
/// # Errors
/// In words for the person who named the folder.
pub async fn check(settings: &Settings, store: &Store, folder: &Path) -> anyhow::Result<()> {
    let data = fs::canonicalize(&settings.data).or_else(|_| std::path::absolute(&settings.data))?;
    if folder.starts_with(&data) {
        bail!(
            "{} lies in Tessera's own data folder ({}): name another folder",
            folder.display(),
            data.display()
        );
    }
    if data.starts_with(folder) {
        let (folder, data) = (folder.display(), data.display());
        bail!(
            "Tessera's own data folder ({data}) lies in {folder}: name a folder without it, or move the data folder"
        );
    }
    let written = settings.sidecar_folder.as_ref().and_then(|path| fs::canonicalize(path).ok());
    if let Some(written) = written.filter(|written| written.starts_with(folder)) {
        bail!(
            "sidecar_folder ({}) lies in {}: move it out of there first",
            written.display(),
            folder.display()
        );
    }
    for other in store.folders(None).await? {
        let other = walk::path(&other.path);
        if folder == other {
            continue;
        }
        if folder.starts_with(&other) {
            bail!("{} lies in {}, which is imported already", folder.display(), other.display());
        }
        if other.starts_with(folder) {
            bail!(
                "{} lies in {} and is imported already: name the other folders in it",
                other.display(),
                folder.display()
            );
        }
    }
    Ok(())
}

/// Refuses a folder to write to that has to do with folders that are imported: those are never written to (law 3).
/// It need not be there yet.
///
/// # Errors
/// In words for the person who named the folder.
pub async fn check_outside(store: &Store, folder: &Path) -> anyhow::Result<()> {
    let folder = without_links(folder)?;
    for imported in store.folders(None).await? {
        let imported = walk::path(&imported.path);
        if folder.starts_with(&imported) || imported.starts_with(&folder) {
            bail!(
                "{} and {} lie in each other: what is imported is never written to; name another folder",
                folder.display(),
                imported.display()
            );
        }
    }
    Ok(())
}

/// A path as it really is, as far as it is there.
fn without_links(given: &Path) -> anyhow::Result<PathBuf> {
    let absolute = std::path::absolute(given)?;
    let there = absolute.ancestors().find(|part| part.exists()).unwrap_or(Path::new("/"));
    let rest = absolute.strip_prefix(there).unwrap_or(Path::new(""));
    Ok(fs::canonicalize(there)?.join(rest))
}

/// What a library is called that is named after its folder.
pub fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or(OsStr::new("Photos")).to_string_lossy().into_owned()
}

/// The path as the database keeps it.
pub fn bytes(folder: &Path) -> &[u8] {
    folder.as_os_str().as_bytes()
}
