//! Where the test library lies, which is too large and too little ours to be kept here.

use std::path::{Path, PathBuf};

const TESTDATA: &str = "TESSERA_TESTDATA";

/// The folder of the test data. `None`, and a line that says so, where there is none.
pub fn testdata() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/testdata");
    let folder = std::env::var_os(TESTDATA).map_or_else(beside, PathBuf::from);
    if folder.join("library").is_dir() {
        return Some(folder);
    }
    #[expect(clippy::print_stderr, reason = "a test that did not run must not look like one that passed")]
    {
        eprintln!("SKIPPED: there is no test library in {} (set {TESTDATA})", folder.display());
    }
    None
}

/// A file or folder of the test library.
pub fn library(path: &str) -> Option<PathBuf> {
    Some(testdata()?.join("library").join(path))
}
