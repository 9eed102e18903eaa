//! Finds the commit a checkout stands at by reading git's own files, so that no `git` is needed.
//! Shared by the build script and its test.

use std::fs;
use std::path::{Path, PathBuf};

/// The commit, and the files on which that answer depends.
pub struct Found {
    /// The whole hash in hex; `None` outside of a checkout and before its first commit.
    pub commit: Option<String>,
    /// Existing files and folders that change when the answer does.
    pub watch: Vec<PathBuf>,
}

/// Looks at the checkout whose top folder is `root`.
pub fn find(root: &Path) -> Found {
    let mut watch = Vec::new();
    let commit = git_folder(root).and_then(|git| head(&git, &mut watch));
    watch.retain(|path| path.exists());
    Found { commit, watch }
}

/// `.git` is a folder, or (in a linked work tree) a file that names one.
fn git_folder(root: &Path) -> Option<PathBuf> {
    let git = root.join(".git");
    if git.is_dir() {
        return Some(git);
    }
    let text = fs::read_to_string(&git).ok()?;
    Some(root.join(text.strip_prefix("gitdir:")?.trim()))
}

fn head(git: &Path, watch: &mut Vec<PathBuf>) -> Option<String> {
    // Branches of a linked work tree lie with the main one.
    let common = match fs::read_to_string(git.join("commondir")) {
        Ok(path) => git.join(path.trim()),
        Err(_) => git.to_path_buf(),
    };
    watch.extend([git.join("HEAD"), common.join("packed-refs"), common.join("refs/heads")]);
    let head = fs::read_to_string(git.join("HEAD")).ok()?;
    let Some(branch) = head.trim().strip_prefix("ref:").map(str::trim) else {
        return hash(&head);
    };
    fs::read_to_string(common.join(branch))
        .ok()
        .and_then(|text| hash(&text))
        .or_else(|| packed(&common.join("packed-refs"), branch))
}

fn packed(file: &Path, branch: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let (commit, _) =
        text.lines().filter_map(|line| line.split_once(' ')).find(|(_, name)| *name == branch)?;
    hash(commit)
}

fn hash(text: &str) -> Option<String> {
    let text = text.trim();
    (text.len() >= 40 && text.bytes().all(|b| b.is_ascii_hexdigit())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    fn checkout(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn every_way_git_writes_its_head_is_understood() {
        let branch = ("main/.git/HEAD", "ref: refs/heads/main\n");
        let packed = format!("# pack-refs with: peeled\n{B} refs/heads/other\n{A} refs/heads/main\n^{B}\n");
        for (files, expected) in [
            (vec![("main/.git/HEAD", A)], Some(A)),
            (vec![branch, ("main/.git/refs/heads/main", A)], Some(A)),
            (vec![branch, ("main/.git/packed-refs", &packed)], Some(A)),
            // a loose ref is newer than a packed one
            (vec![branch, ("main/.git/packed-refs", &packed), ("main/.git/refs/heads/main", B)], Some(B)),
            (vec![branch], None),
            (vec![("main/README.md", "no checkout")], None),
        ] {
            let folder = checkout(&files);
            assert_eq!(find(&folder.path().join("main")).commit.as_deref(), expected, "{files:?}");
        }
    }

    #[test]
    fn a_linked_work_tree_finds_its_branch_in_the_main_one() {
        let folder = checkout(&[
            ("side/.git", "gitdir: ../main/.git/worktrees/side\n"),
            ("main/.git/HEAD", "ref: refs/heads/main\n"),
            ("main/.git/refs/heads/main", A),
            ("main/.git/refs/heads/side", B),
            ("main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n"),
            ("main/.git/worktrees/side/commondir", "../..\n"),
        ]);
        let found = find(&folder.path().join("side"));
        assert_eq!(found.commit.as_deref(), Some(B));
        assert!(found.watch.iter().any(|path| path.ends_with("refs/heads")), "{:?}", found.watch);
    }
}
