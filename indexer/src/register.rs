//! Folders that are to be imported from: found, made absolute, and refused where they would be in the way.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use boot::Settings;
use domain::UserId;
use domain::library::Folder;
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
    check_others(store, folder).await
}

async fn check_others(store: &Store, folder: &Path) -> anyhow::Result<()> {
    for known in store.folders(None).await? {
        let other = walk::path(&known.path);
        if folder == other {
            continue;
        }
        if folder.starts_with(&other) {
            let library = library_of(store, &known).await?;
            bail!(
                "{} lies in {}, which is imported already, into the library {library}: its files come in with that folder",
                folder.display(),
                other.display()
            );
        }
        if other.starts_with(folder) {
            let library = library_of(store, &known).await?;
            bail!(
                "{} lies in {} and is imported already, into the library {library}: name the other folders in it",
                other.display(),
                folder.display()
            );
        }
    }
    Ok(())
}

/// What the library of a folder is called.
///
/// # Errors
/// If the database does not answer.
pub async fn library_of(store: &Store, folder: &Folder) -> anyhow::Result<String> {
    let name = store.library_name(folder.library_id).await?;
    name.context("the library was removed just now: try again")
}

/// What a person asks for with a folder; what they don't say is as it is.
#[derive(Debug)]
pub struct Asked<'a> {
    /// Who is to have it, and their e-mail address.
    pub owner: Option<(UserId, &'a str)>,
    /// The name of its library.
    pub library: Option<&'a str>,
    /// Its files stay where they are, for certain.
    pub in_place: bool,
    /// Its files are copied.
    pub copy: bool,
}

/// Refuses what can't be done with a folder that is registered already.
///
/// # Errors
/// In words for the person who asked.
pub async fn check_known(store: &Store, known: &Folder, asked: &Asked<'_>) -> anyhow::Result<()> {
    let (path, library) = (walk::path(&known.path), library_of(store, known).await?);
    let (path, members) = (path.display(), store.members(known.library_id).await?);
    if let Some((owner, email)) = asked.owner {
        ensure!(
            members.is_empty() || members.contains(&owner),
            "{path} belongs to the library {library}, of which {email} is no member: name a member by --owner"
        );
    }
    ensure!(
        asked.library.is_none_or(|asked| asked == library),
        "{path} belongs to the library {library} already, and a folder belongs to one only: leave its name out"
    );
    let other_way = if known.in_place { asked.copy } else { asked.in_place };
    let place = place(known.in_place);
    ensure!(!other_way, "{path} is registered already, with its files {place}: that can't be changed");
    Ok(())
}

/// Where the files of a folder are kept.
pub fn place(in_place: bool) -> &'static str {
    if in_place { "left in place" } else { "copied into the data folder" }
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
