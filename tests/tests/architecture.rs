//! The laws of the house, kept by machine: who may lean on whom, who alone may name what, and how big a room may
//! grow. Every law is a row of a table with the sentence it enforces; one failing run tells all breaches.

#![expect(clippy::unwrap_used, reason = "these are tests throughout")]

use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// A room, and the rooms that it may lean on. Tests may also use `testkit`.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("queue", &["domain"]),
    ("files", &["domain"]),
    ("search", &["domain"]),
    ("sandbox", &[]),
    ("media", &["domain", "sandbox"]),
    ("boot", &["domain"]),
    ("post", &[]),
    ("testkit", &["domain", "store", "queue", "files", "search"]),
    ("tessera-api", &["boot", "domain", "store", "queue", "files", "search"]),
    ("tessera-indexer", &["boot", "domain", "store", "queue", "files", "search", "sandbox", "media", "post"]),
    ("e2e", &[]),
];

/// Libraries, and the rooms that alone may name them.
const SOLE: &[(&[&str], &[&str])] = &[
    (&["sqlx"], &["store", "testkit"]),
    (&["redis"], &["queue", "testkit"]),
    (&["tantivy"], &["search"]),
    (&["h3o", "geo", "tzf-rs", "country-boundaries", "cities-json"], &["domain"]),
    (
        &["image", "kamadak-exif", "turbojpeg", "webp", "libheif-rs", "fast_image_resize", "thumbhash"],
        &["media"],
    ),
    (
        &["ffmpeg-next", "hayro-jpeg2000", "jxl-oxide", "moxcms", "png", "rawler", "resvg", "tiff", "fax"],
        &["media"],
    ),
    (&["landlock", "seccompiler", "libc"], &["sandbox"]),
    (&["axum", "axum-extra", "tower-http", "async-graphql", "async-graphql-axum"], &["tessera-api"]),
    (&["argon2", "totp-rs", "webauthn-rs"], &["tessera-api"]),
    (&["toml", "tracing-subscriber", "metrics-exporter-prometheus"], &["boot"]),
    (&["lettre", "tokio-rustls", "webpki-roots"], &["post"]),
    (&["ring"], &["post", "tessera-api"]),
    (&["object_store"], &["files"]),
];

/// A law: its sentence, and what finds the places that break it.
struct Law(&'static str, fn(&House) -> Vec<String>);

const LAWS: &[Law] = &[
    Law("every room has its row in the table of arrows", rooms_without_row),
    Law("rooms lean only on the rooms below them (docs/ARCHITECTURE.md)", wrong_arrows),
    Law("each heavy library is named by one room only", wrong_names),
    Law("testkit is for tests: only a dev-dependency", testkit_in_products),
    Law("no Rust file has more than 500 lines", |h| h.longer("rs", 500)),
    Law("the median Rust file has at most 130 lines", |h| h.median_above(130)),
    Law("no Svelte file has more than 400 lines", |h| h.longer("svelte", 400)),
    Law("only boot reads environment variables", |h| {
        h.naming(reads_environment, &["crates/boot/", "crates/testkit/"])
    }),
    Law("only sandbox starts processes", |h| {
        h.naming(starts_processes, &["crates/sandbox/", "crates/testkit/"])
    }),
    Law("what is to be done is an issue, not a comment", comments_of_intent),
];

#[test]
fn the_house_keeps_its_laws() {
    let house = House::open();
    eprintln!("median Rust file: {} lines, of {}", house.median(), house.product_rust().count());
    let mut report = String::new();
    for Law(sentence, breaches) in LAWS {
        for place in breaches(&house) {
            report += &format!("\n  {sentence}: {place}");
        }
    }
    assert!(report.is_empty(), "laws are broken:{report}");
}

/// The laws over text are only as good as what they recognise.
#[test]
fn breaches_are_recognised() {
    for line in ["let x = std::env::var(\"X\");", "env::var_os(name)", "for (k, v) in env::vars() {"] {
        assert!(reads_environment(line), "{line}");
    }
    for line in ["env!(\"CARGO_PKG_VERSION\")", "env::args()", "env::current_dir()"] {
        assert!(!reads_environment(line), "{line}");
    }
    for line in
        ["std::process::Command::new(x)", "use tokio::process;", "use std::process::{Child, Command};"]
    {
        assert!(starts_processes(line), "{line}");
    }
    for line in ["std::process::exit(1)", "use std::process::ExitCode;", "rustix::process::getpid()"] {
        assert!(!starts_processes(line), "{line}");
    }
    let text = "#[cfg(test)]\nmod tests;\n/// env::var\nenv::var(x)\n#[cfg(test)]\nmod tests {\n    env::var(y)\n}\n";
    let found: Vec<_> = code(text).filter(|(_, line)| reads_environment(line)).collect();
    assert_eq!(found, [(4, "env::var(x)")]);
}

struct House {
    packages: Vec<Package>,
    /// Path from the top folder, and text.
    files: Vec<(PathBuf, String)>,
}

impl House {
    fn open() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let metadata: Metadata =
            MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec().unwrap();
        let mut files = Vec::new();
        gather(root, root, &mut files);
        assert!(files.len() > 100, "the sources were not found under {}", root.display());
        Self { packages: metadata.packages, files }
    }

    fn of_kind(&self, extension: &str) -> impl Iterator<Item = &(PathBuf, String)> {
        self.files.iter().filter(move |(path, _)| path.extension().is_some_and(|e| e == extension))
    }

    /// What is built into the programs: `src` of each room, without its tests.
    fn product_rust(&self) -> impl Iterator<Item = &(PathBuf, String)> {
        let is_test = |path: &Path| path.iter().any(|part| part == "tests" || part == "tests.rs");
        self.of_kind("rs").filter(move |(path, _)| path.iter().any(|part| part == "src") && !is_test(path))
    }

    fn longer(&self, extension: &str, limit: usize) -> Vec<String> {
        let lines = self.of_kind(extension).map(|(path, text)| (path, text.lines().count()));
        lines.filter(|(_, n)| *n > limit).map(|(path, n)| format!("{} has {n}", path.display())).collect()
    }

    fn median(&self) -> usize {
        let mut lines: Vec<_> = self.product_rust().map(|(_, text)| text.lines().count()).collect();
        lines.sort_unstable();
        lines[lines.len() / 2]
    }

    fn median_above(&self, limit: usize) -> Vec<String> {
        let median = self.median();
        if median > limit { vec![format!("it has {median}")] } else { Vec::new() }
    }

    /// Lines of product code that name what only `owners` may name.
    fn naming(&self, names: fn(&str) -> bool, owners: &[&str]) -> Vec<String> {
        let foreign =
            self.product_rust().filter(|(path, _)| !owners.iter().any(|owner| path.starts_with(owner)));
        let lines = foreign.flat_map(|(path, text)| code(text).map(move |line| (path, line)));
        lines
            .filter(|(_, (_, line))| names(line))
            .map(|(path, (number, line))| format!("{}:{number}: {}", path.display(), line.trim()))
            .collect()
    }

    /// (who, whom, as what) for every dependency.
    fn dependencies(&self) -> impl Iterator<Item = (&str, &str, DependencyKind)> {
        self.packages.iter().flat_map(|who| {
            who.dependencies.iter().map(|dep| (who.name.as_str(), dep.name.as_str(), dep.kind))
        })
    }

    fn has_room(&self, name: &str) -> bool {
        self.packages.iter().any(|package| package.name.as_str() == name)
    }
}

fn rooms_without_row(house: &House) -> Vec<String> {
    let names = house.packages.iter().map(|package| package.name.as_str());
    names.filter(|name| !ARROWS.iter().any(|(room, _)| room == name)).map(str::to_owned).collect()
}

fn wrong_arrows(house: &House) -> Vec<String> {
    let allowed = |who: &str, whom: &str, kind| {
        let below = ARROWS.iter().any(|(room, below)| *room == who && below.contains(&whom));
        below || (whom == "testkit" && kind == DependencyKind::Development)
    };
    let between_rooms = house.dependencies().filter(|(_, whom, _)| house.has_room(whom));
    let wrong = between_rooms.filter(|(who, whom, kind)| !allowed(who, whom, *kind));
    wrong.map(|(who, whom, _)| format!("{who} → {whom}")).collect()
}

fn wrong_names(house: &House) -> Vec<String> {
    // Whole-system tests look at what the programs made with libraries of their own choice.
    let others = house.dependencies().filter(|(who, ..)| *who != "e2e");
    let owners = |whom: &str| SOLE.iter().find(|(names, _)| names.contains(&whom)).map(|(_, owners)| *owners);
    others
        .filter_map(|(who, whom, _)| {
            owners(whom).filter(|owners| !owners.contains(&who)).map(|o| (who, whom, o))
        })
        .map(|(who, whom, owners)| format!("{who} names {whom}, which is for {}", owners.join(" and ")))
        .collect()
}

fn testkit_in_products(house: &House) -> Vec<String> {
    let uses = house.dependencies().filter(|(_, whom, _)| *whom == "testkit");
    uses.filter(|(.., kind)| *kind != DependencyKind::Development).map(|(who, ..)| who.to_owned()).collect()
}

fn reads_environment(line: &str) -> bool {
    ["env::var", "env::set_var", "env::remove_var"].iter().any(|name| line.contains(name))
}

fn starts_processes(line: &str) -> bool {
    let imported = line.contains("process::{") && line.contains("Command");
    line.contains("process::Command") || line.contains("tokio::process") || imported
}

fn comments_of_intent(house: &House) -> Vec<String> {
    // Put together here, so that this file does not name them itself.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let lines =
        house.files.iter().flat_map(|(path, text)| (1..).zip(text.lines()).map(move |line| (path, line)));
    lines
        .filter(|(_, (_, line))| line.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word)))
        .map(|(path, (number, _))| format!("{}:{number}", path.display()))
        .collect()
}

/// Numbered lines of a file without comments, up to its unit tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.split_once("#[cfg(test)]\nmod tests {").map_or(text, |(code, _)| code);
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Every source file below a folder; neither what is built or fetched nor what is hidden.
fn gather(root: &Path, folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    const SOURCES: [&str; 10] = ["rs", "ts", "js", "svelte", "css", "sql", "sh", "toml", "yml", "graphql"];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let built = ["target", "data", "node_modules", "build", "test-results"].contains(&name.as_ref());
        if path.is_dir() && !built && !name.starts_with('.') {
            gather(root, &path, files);
        } else if path.extension().is_some_and(|e| SOURCES.iter().any(|source| e == *source)) {
            files.push((path.strip_prefix(root).unwrap().to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
}
