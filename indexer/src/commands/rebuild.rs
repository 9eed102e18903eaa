//! What is derived, made anew.

use std::time::{Duration, SystemTime};

use boot::Settings;
use indicatif::ProgressBar;

use super::{Ended, say};
use crate::{cx, index};

/// Also what somebody has asked for just now goes.
const WATCHED: Duration = Duration::from_secs(60);

/// Builds the search index anew. A running indexer goes on with the new one by itself.
///
/// # Errors
/// If the database or the disk is in the way, or it is being built already.
pub async fn reindex(settings: Settings) -> Ended {
    let store = cx::store(&settings).await?;
    let bar = ProgressBar::new_spinner();
    let mut documents = 0;
    let mut progress = |written| {
        documents = written;
        bar.set_message(format!("{written} documents"));
    };
    let writer = index::build(&store, &index::folder(&settings), &mut progress).await?;
    bar.finish_and_clear();
    say(&format!("the search index was built anew as {}: {documents} documents\n", writer.generation()));
    Ok(true)
}

/// Marks everything that is derived as to be made anew, and makes at once what this process can.
///
/// # Errors
/// If the database or the disk is in the way.
pub async fn rebuild(settings: Settings) -> Ended {
    let store = cx::store(&settings).await?;
    let stages = store.redo_all(store::BATCH).await?;
    say(&format!("{stages} stages are done again by the running indexer, or the next one\n"));
    let files = cx::open_files(&settings, &store).await?;
    let streams = files.streams().evict(0, SystemTime::now() + WATCHED).await?;
    say(&format!(
        "{streams} films that were kept to be streamed are made again when somebody asks for them\n"
    ));
    store.recount().await?;
    say("days and map cells were counted anew\n");
    reindex(settings).await
}
