//! What `tessera-api` can be told to do from a shell.

pub mod accounts;
pub mod serve;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use boot::Settings;
use store::Store;

/// Runs a command to its end.
pub fn run(command: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    #[cfg(feature = "faults")]
    boot::faults::arm()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("api").build()?;
    runtime.block_on(command)
}

/// Says why a command failed, in words.
pub fn exit(done: anyhow::Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell if standard error is gone, too.
            let _ = writeln!(std::io::stderr(), "tessera-api: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the GraphQL schema.
pub fn print_schema() -> anyhow::Result<()> {
    say(crate::graphql::sdl().trim_end())
}

/// Brings the database schema up to date.
pub async fn migrate() -> anyhow::Result<()> {
    let settings = Settings::load()?;
    store(&settings).await?.migrate().await?;
    Ok(())
}

/// After a restore of the database: tells every reader of the change feed to start over.
pub async fn restored() -> anyhow::Result<()> {
    let settings = Settings::load()?;
    let epoch = store(&settings).await?.begin_epoch().await?;
    say(&format!(
        "The change feed begins anew (epoch {epoch}): clients read everything again, and the search index is built anew."
    ))
}

/// A line on standard output.
pub(crate) fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("standard output is closed")
}

/// The database that the settings name.
pub(crate) async fn store(settings: &Settings) -> anyhow::Result<Store> {
    Ok(Store::connect(settings.database_url.expose(), 16).await?)
}
