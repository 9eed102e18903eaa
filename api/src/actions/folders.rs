//! Folders as the trees that they are on disk, for those who may know where files lie.

use std::sync::Arc;

use domain::access::Permission;
use domain::library::Folder;
use domain::{AssetId, FolderId};
use store::FolderPart;

use crate::error::ApiError;
use crate::graphql::context::Cx;

/// Most parts that lie side by side and are told.
const MOST: usize = 5_000;

/// A part of a folder, with all that lies below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Below the folder.
    pub path: Vec<u8>,
    /// How many assets lie in it, and in all of its parts.
    pub count: i64,
    /// How many lie in it itself.
    pub here: i64,
    /// One that came last somewhere in it.
    pub cover: AssetId,
    /// It has parts.
    pub divided: bool,
}

/// A part of a folder and those that lie in it; none where nothing lies there, or it may not be seen.
pub async fn part(cx: &Cx, folder: FolderId, path: &[u8]) -> Result<Option<(Part, Vec<Part>)>, ApiError> {
    let Some(folder) = seen(cx, folder).await? else { return Ok(None) };
    let all = parts(cx, &folder).await?;
    Ok(level(&all, path))
}

/// What lies in a part of a folder itself, by path, and whether there is more; nothing where it may not be seen.
pub async fn assets(
    cx: &Cx,
    folder: FolderId,
    path: &[u8],
    after: Option<&[u8]>,
    first: usize,
) -> Result<(Vec<(Vec<u8>, AssetId)>, bool), ApiError> {
    if seen(cx, folder).await?.is_none() {
        return Ok((Vec::new(), false));
    }
    let mut found = cx.app.store.in_folder_part(folder, path, after, first as i64 + 1).await?;
    let more = found.len() > first;
    found.truncate(first);
    Ok((found, more))
}

/// A folder of a library of which the viewer may see every asset and where it lies.
async fn seen(cx: &Cx, folder: FolderId) -> Result<Option<Folder>, ApiError> {
    cx.user()?;
    let permissions = [Permission::AssetRead, Permission::AssetLocate];
    let [read, located] = cx.app.store.libraries_for(cx.viewer(), permissions).await?;
    let both: Vec<_> = read.into_iter().filter(|library| located.contains(library)).collect();
    Ok(cx.app.store.folders(Some(&both)).await?.into_iter().find(|one| one.id == folder))
}

/// All parts of a folder in which something lies, until the version of its library's timeline is another.
async fn parts(cx: &Cx, folder: &Folder) -> Result<Arc<[FolderPart]>, ApiError> {
    let library = [folder.library_id];
    let mut snapshot = cx.app.store.snapshot().await?;
    let key = (folder.id, snapshot.timeline_version(&library).await?);
    if let Some(known) = cx.app.cache.parts.get(&key) {
        return Ok(known);
    }
    let all: Arc<[FolderPart]> = snapshot.folder_parts(folder.id).await?.into();
    cx.app.cache.parts.insert(key, Arc::clone(&all));
    Ok(all)
}

/// What lies at a path, and the parts one step below it. All come by path, so those below another stand together, after it
/// but for names that begin as it does.
fn level(all: &[FolderPart], path: &[u8]) -> Option<(Part, Vec<Part>)> {
    let mut whole: Option<Part> = None;
    let mut below: Vec<Part> = Vec::new();
    for part in all {
        let Some(rest) = rest(&part.path, path) else { continue };
        add(&mut whole, path, part, rest.is_empty());
        if rest.is_empty() {
            continue;
        }
        let step = rest.iter().position(|byte| *byte == b'/');
        let length = part.path.len() - rest.len() + step.unwrap_or(rest.len());
        let step_path = part.path.get(..length).unwrap_or(&part.path);
        // Names such as `a.b` stand between `a` and `a/c`: the same part may have been met before the last one.
        let known = below.iter().rposition(|known| known.path == step_path);
        let mut one = known.map(|at| below.remove(at));
        add(&mut one, step_path, part, step.is_none());
        below.extend(one);
    }
    below.sort_by(|a, b| a.path.cmp(&b.path));
    below.truncate(MOST);
    Some((whole?, below))
}

/// Counts what lies in a part to one that it lies in, or is.
fn add(to: &mut Option<Part>, path: &[u8], part: &FolderPart, itself: bool) {
    let sum = to.get_or_insert_with(|| Part {
        path: path.to_vec(),
        count: 0,
        here: 0,
        cover: part.cover,
        divided: false,
    });
    sum.count += part.count;
    sum.cover = sum.cover.max(part.cover);
    if itself { sum.here += part.count } else { sum.divided = true }
}

/// What comes after a path and its slash; empty for itself.
fn rest<'a>(path: &'a [u8], beneath: &[u8]) -> Option<&'a [u8]> {
    if beneath.is_empty() {
        return Some(path);
    }
    match path.strip_prefix(beneath)? {
        [] => Some(&[]),
        [b'/', rest @ ..] => Some(rest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_counts_what_lies_below_it() {
        let part = |path: &str, count, cover| FolderPart { path: path.into(), count, cover: AssetId(cover) };
        let all = [
            part("", 1, 9),
            part("a", 2, 3),
            part("a.b", 4, 4),
            part("a/c", 8, 5),
            part("a/c/d", 16, 6),
            part("b/x", 32, 7),
        ];
        let told = |path: &str| {
            let (whole, below) = level(&all, path.as_bytes())?;
            let name = |part: &Part| String::from_utf8_lossy(&part.path).into_owned();
            let below: Vec<_> = below
                .iter()
                .map(|part| (name(part), part.count, part.here, part.cover.0, part.divided))
                .collect();
            Some((whole.count, whole.here, below))
        };
        let (a, dotted, b) = ("a".to_owned(), "a.b".to_owned(), "b".to_owned());
        assert_eq!(
            told(""),
            Some((63, 1, vec![(a, 26, 2, 6, true), (dotted, 4, 4, 4, false), (b, 32, 0, 7, true)]))
        );
        assert_eq!(told("a"), Some((26, 2, vec![("a/c".to_owned(), 24, 8, 6, true)])));
        assert_eq!(told("a/c/d"), Some((16, 16, vec![])));
        assert_eq!(told("a/"), None);
        assert_eq!(told("c"), None);
    }
}
