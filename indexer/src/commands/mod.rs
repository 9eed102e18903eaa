//! What a person or a service manager calls: one file for each.

mod add_library;
mod export_sidecars;
mod import;
mod progress;
mod rebuild;
mod report;
mod scan;
mod serve;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use boot::Settings;
use boot::settings::Filter;

use crate::away;

pub use add_library::{NewLibrary, add_library};
pub use export_sidecars::{ExportSidecars, export_sidecars};
pub use import::{Import, import};
pub use rebuild::{rebuild, reindex};
pub use scan::scan;
pub use serve::serve;

/// Threads that never wait. The heavy work is done by children and by threads that may wait.
const THREADS: usize = 2;
/// Threads that may wait are let go after so long without work.
const KEEP_THREADS: Duration = Duration::from_secs(5);

/// How a command ended that did not break off: whether all that was asked for has been done.
pub type Ended = anyhow::Result<bool>;

/// Works until asked to stop; what went wrong is said in words.
pub fn run<F: Future<Output = Ended>>(command: impl FnOnce(Settings) -> F) -> ExitCode {
    work(command, Filter::clone)
}

/// Does something for a person who looks on: the log tells only of trouble, unless more was asked for.
pub fn answer<F: Future<Output = Ended>>(command: impl FnOnce(Settings) -> F) -> ExitCode {
    work(command, quiet)
}

/// The log tells of trouble, but not of servers that went away: that is said once, at the end. Nor of what goes on inside
/// of libraries, which nobody can do anything about; nor of how decoders ended: the report says of each file why it is not
/// shown.
fn quiet(log: &Filter) -> Filter {
    let within = [store::POOL_LOG, store::STATEMENT_LOG, search::LOG, sandbox::POOL_LOG];
    let within = within.map(|part| format!(",{part}=error"));
    log.quiet(&format!("warn,{}=off{}", away::LOG, within.concat()))
}

fn work<F: Future<Output = Ended>>(
    command: impl FnOnce(Settings) -> F,
    log: fn(&Filter) -> Filter,
) -> ExitCode {
    let done = prepare(log).and_then(|(settings, runtime)| {
        let done = runtime.block_on(command(settings));
        // A thread that waits for a dead disk must not hold up the end.
        runtime.shutdown_timeout(Duration::from_secs(1));
        done
    });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "tessera-indexer: {}", in_words(&error)));
            ExitCode::FAILURE
        }
    }
}

/// Why a command broke off, for a person.
fn in_words(error: &anyhow::Error) -> String {
    let Some(server) = away::which(error.as_ref()) else { return format!("{error:#}") };
    tracing::debug!(error = format!("{error:#}"), "{server} went away");
    format!(
        "Tessera was stopped while this ran ({server} can't be reached any more): nothing is lost; \
         start it again with bin/up, then run this again"
    )
}

fn prepare(log: fn(&Filter) -> Filter) -> anyhow::Result<(Settings, tokio::runtime::Runtime)> {
    #[cfg(feature = "faults")]
    boot::faults::arm()?;
    let settings = Settings::load()?;
    boot::tracing::init(&log(&settings.log), settings.log_format)?;
    // Without a thread of its own the allocator gives memory back only while more is asked for.
    if let Err(error) = tikv_jemalloc_ctl::background_thread::write(true) {
        tracing::debug!(%error, "memory that is not needed any more is given back late");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .thread_keep_alive(KEEP_THREADS)
        .thread_name("indexer")
        .enable_all()
        .build()?;
    Ok((settings, runtime))
}

/// Writes an answer for the person who asked. A reader who went away is no error.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_looks_on_is_told_nothing_of_what_goes_on_inside_of_libraries() {
        let log = |asked: &str| {
            let vars = [
                ("TESSERA_LOG", asked),
                ("TESSERA_DATABASE_URL", "postgres:///t"),
                ("TESSERA_REDIS_URL", "redis://r"),
            ];
            quiet(&Settings::from_vars(vars).unwrap().log)
        };
        let parts = "warn,tessera_indexer::away=off,sqlx_core::pool=error,sqlx::query=error,tantivy=error,\
                     sandbox::pool=error";
        assert_eq!(log("info").as_str(), parts);
        assert_eq!(log("debug").as_str(), "debug", "who asks for more gets it");
    }
}
