//! What the tests share.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    process::Command,
};

use domain::metadata::Metadata;
use media::{Decoder, MediaError, Outputs, Rendered, Settings};

/// The folder of real and hostile files; `None`, and a word about it, where it is not there.
pub fn testdata(test: &str) -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/testdata");
    let folder = std::env::var_os("TESSERA_TESTDATA").map_or(default, PathBuf::from);
    if folder.join("expected.jsonl").exists() {
        return Some(folder);
    }
    println!("SKIPPED {test}: no test data at {} (set TESSERA_TESTDATA)", folder.display());
    None
}

/// Whether a program that a test checks against is there; if not, a word about it.
pub fn has(program: &str, test: &str) -> bool {
    let version = if program == "exiftool" { "-ver" } else { "-version" };
    let there = Command::new(program).arg(version).output().is_ok();
    if !there {
        println!("SKIPPED {test}: no {program}");
    }
    there
}

/// Lets exiftool write into a file, and reads what the file then says.
pub async fn written(path: &Path, arguments: &[&str]) -> Metadata {
    let mut command = Command::new("exiftool");
    command.args(["-q", "-m", "-overwrite_original"]).args(arguments).arg(path);
    assert!(command.status().expect("exiftool runs").success(), "{}: {arguments:?}", path.display());
    let file = File::open(path).expect("the file is there");
    decoder().read_metadata(1, &file).await.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A decoder whose children are the program built for it.
pub fn decoder() -> Decoder {
    Decoder::new(Settings::new(env!("CARGO_BIN_EXE_tessera-decoder").into())).expect("the program is there")
}

/// The lines of `expected.jsonl`.
pub fn expected(folder: &Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(folder.join("expected.jsonl")).expect("the oracle");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// Renders into files in memory and gives what was written: preview, thumbnail.
pub async fn render(decoder: &Decoder, file: &File) -> Result<(Rendered, Vec<u8>, Vec<u8>), MediaError> {
    let temporary = || tempfile::tempfile().expect("a temporary file");
    let outputs = Outputs { preview: temporary(), thumbnail: temporary() };
    let rendered = decoder.render(1, file, &outputs).await?;
    let read = |mut file: File| {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("readable");
        bytes
    };
    Ok((rendered, read(outputs.preview), read(outputs.thumbnail)))
}

/// The most memory a process ever had resident, in bytes.
pub fn peak(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) << 10
}
