//! Which version is running.
//!
//! The commit is known to the programs alone, which are a page each: in a library it would have everything above it built
//! again with each commit.

use std::sync::OnceLock;

static VERSION: OnceLock<String> = OnceLock::new();

/// Says from which commit the program was built, if that was known (`option_env!("BUILD_COMMIT")`). To be called before
/// anything else: the first word counts.
pub fn built_from(commit: Option<&str>) {
    let _ = VERSION.set(named(commit));
}

/// Version of the program: the release number, and the commit it was built from where that was known
/// (`0.1.0+1a2b3c4d5e6f`).
pub fn version() -> &'static str {
    VERSION.get_or_init(|| named(None))
}

fn named(commit: Option<&str>) -> String {
    let release = env!("CARGO_PKG_VERSION");
    match commit.filter(|commit| !commit.is_empty()) {
        Some(commit) => format!("{release}+{}", commit.chars().take(12).collect::<String>()),
        None => release.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_tells_its_commit_where_it_is_known() {
        let release = env!("CARGO_PKG_VERSION");
        assert_eq!(named(Some("1a2b3c4d5e6f7a8b9c0d")), format!("{release}+1a2b3c4d5e6f"));
        assert_eq!([named(None), named(Some(""))], [release, release]);
    }
}
