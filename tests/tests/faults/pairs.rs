//! Where the built programs lie.

use std::fs;
use std::path::PathBuf;

use crate::plan;

/// The programs as people run them, and the same with the named points in them.
pub struct Pairs {
    pub ordinary: PathBuf,
    pub faulty: PathBuf,
}

impl Pairs {
    /// None, and a line that says so, where `bin/test --full` has not built them or the test library is missing.
    pub fn find(test: &str) -> Option<Self> {
        let folder = |name: &str| {
            let found = std::env::var_os(name).map(PathBuf::from);
            let found = found.filter(|folder| folder.join("tessera-indexer").is_file());
            if found.is_none() {
                eprintln!("SKIPPED {test}: the programs are not there (set {name}; bin/test --full does)");
            }
            found
        };
        let pairs = Self { ordinary: folder("TESSERA_TEST_BIN")?, faulty: folder("TESSERA_TEST_FAULT_BIN")? };
        testkit::testdata()?;
        Some(pairs)
    }
}

/// What people run must not be able to die on demand, and the other pair must.
#[test]
fn full_the_points_are_in_the_fault_pair_only() {
    let Some(pairs) = Pairs::find("full_the_points_are_in_the_fault_pair_only") else { return };
    let holds = |program: &[u8], name: &str| program.windows(name.len()).any(|part| part == name.as_bytes());
    for (program, room) in [("tessera-api", "api."), ("tessera-indexer", "indexer.")] {
        let ordinary = fs::read(pairs.ordinary.join(program)).unwrap();
        let faulty = fs::read(pairs.faulty.join(program)).unwrap();
        for name in plan::points() {
            assert!(!holds(&ordinary, name), "{program} as people run it holds the point {name}");
            if name.starts_with(room) {
                assert!(holds(&faulty, name), "{program} of the fault pair lacks the point {name}");
            }
        }
    }
}
