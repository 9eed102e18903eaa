//! Puts the version and, where it is known, the commit into the program (`boot::version`).

use std::path::Path;

#[path = "src/commit.rs"]
mod commit;

fn main() {
    // An image is built from sources without their history, so the commit may be handed in.
    let given = std::env::var("BUILD_COMMIT").ok().filter(|commit| !commit.is_empty());
    let found = commit::find(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    let mut version = env!("CARGO_PKG_VERSION").to_owned();
    if let Some(commit) = given.or(found.commit) {
        version.push('+');
        version.extend(commit.chars().take(12));
    }
    println!("cargo::rustc-env=BOOT_VERSION={version}");
    println!("cargo::rerun-if-env-changed=BUILD_COMMIT");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/commit.rs");
    for path in found.watch {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}
