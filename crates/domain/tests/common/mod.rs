//! The test library.

use std::path::PathBuf;

/// A file of the test library, by `TESSERA_TESTDATA` or beside the checkout; `None` where there is no library.
pub fn testdata(name: &str) -> Option<String> {
    let set = std::env::var_os("TESSERA_TESTDATA").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/testdata");
    let folder = set.or_else(|| beside.is_dir().then_some(beside));
    let Some(folder) = folder else {
        eprintln!("skipped: no test library (set TESSERA_TESTDATA)");
        return None;
    };
    Some(std::fs::read_to_string(folder.join(name)).unwrap())
}
