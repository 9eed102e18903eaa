//! What reading and rendering cost: `cost_per_file FOLDER [ROUNDS]` has one child do every file of a folder and prints
//! processor time per file and the child's peak memory.

use std::{error::Error, fs, fs::File, io::Write, path::PathBuf, process::ExitCode};

use media::{Decoder, Outputs, Settings};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else { return ExitCode::FAILURE };
    let rounds = arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(3);
    match measure(folder.into(), rounds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "{error}"));
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn measure(folder: PathBuf, rounds: u32) -> Result<(), Box<dyn Error>> {
    // Examples lie in a folder below the programs'.
    let program = std::env::current_exe()?.with_file_name("../tessera-decoder");
    let decoder = Decoder::new(Settings { children: 1, ..Settings::new(program) })?;
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for round in 1..=rounds {
        let (mut reading, mut rendering, mut files) = (0.0, 0.0, 0.0);
        let (mut previews, mut thumbnails) = (0, 0);
        for path in &paths {
            let file = File::open(path)?;
            let outputs = Outputs { preview: tempfile::tempfile()?, thumbnail: tempfile::tempfile()? };
            let start = used(&decoder);
            decoder.read_metadata(1, &file).await?;
            let read = used(&decoder);
            decoder.render(1, &file, &outputs).await?;
            let rendered = used(&decoder);
            // A child that was replaced counts from nothing; leave its first file out.
            if start > 0.0 && rendered > read && read > start {
                (reading, rendering, files) =
                    (reading + read - start, rendering + rendered - read, files + 1.0);
                previews += outputs.preview.metadata()?.len();
                thumbnails += outputs.thumbnail.metadata()?.len();
            }
        }
        writeln!(
            std::io::stdout(),
            "round {round}: {files} files; CPU ms per file: metadata {:.2}, renditions {:.1}; KB: preview {:.1}, \
             thumbnail {:.1}; the child's {}",
            reading / files,
            rendering / files,
            previews as f64 / files / 1000.0,
            thumbnails as f64 / files / 1000.0,
            peak(&decoder),
        )?;
    }
    Ok(())
}

/// Milliseconds of processor time of the one child.
fn used(decoder: &Decoder) -> f64 {
    let pid = decoder.idle_children().first().map_or(0, |child| child.pid);
    let text = fs::read_to_string(format!("/proc/{pid}/schedstat")).unwrap_or_default();
    text.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

fn peak(decoder: &Decoder) -> String {
    let pid = decoder.idle_children().first().map_or(0, |child| child.pid);
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
