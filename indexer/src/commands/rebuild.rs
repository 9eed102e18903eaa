//! What is derived, made anew.

use boot::Settings;
use indicatif::ProgressBar;

use super::{Ended, say};
use crate::{cx, index};

/// Builds the search index anew. A running indexer goes on with the new one by itself.
///
/// # Errors
/// If the database or the disk is in the way, or it is being built already.
pub async fn reindex(settings: Settings) -> Ended {
    let store = cx::store(&settings).await?;
    let bar = ProgressBar::new_spinner();
    let mut progress = |documents| bar.set_message(format!("{documents} documents"));
    let mut documents = 0;
    let built = index::build(&store, &index::folder(&settings), &mut |written| {
        documents = written;
        progress(written);
    });
    let writer = built.await?;
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
    let stages = store.redo_all().await?;
    say(&format!("{stages} stages are done again by the running indexer, or the next one\n"));
    store.recount().await?;
    say("days and map cells were counted anew\n");
    reindex(settings).await
}
