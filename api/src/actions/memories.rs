//! Memories: found when they are asked for, in the timeline that the viewer sees, with what they keep and hide of them.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::AssetId;
use domain::memory::{Memory, MemoryKind, Trip, is_shown, on_this_day, place_name, trips};
use domain::metadata::Position;
use store::{DaysAway, MemoryMark};

use crate::error::ApiError;
use crate::graphql::context::Cx;

/// Most memories of a day; and most that are told of those that somebody keeps.
const MOST: usize = 20;
const MOST_SAVED: usize = 200;

/// A memory with what was taken then.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// Which.
    pub memory: Memory,
    /// Where home was, on a trip.
    pub home: Option<Position>,
    /// How many were taken.
    pub count: i64,
    /// The one that stands for them.
    pub cover: AssetId,
    /// Where most of them were taken.
    pub place: Option<String>,
    /// The viewer keeps it.
    pub saved: bool,
}

/// What is shown on a day: its like in earlier years, and trips, latest first. Not what the viewer has hidden.
pub async fn of_day(cx: &Cx, day: NaiveDate) -> Result<Vec<Remembered>, ApiError> {
    let marks = cx.app.store.memory_marks(cx.user()?.id).await?;
    let hidden = |memory: &Memory| marks.iter().any(|mark| mark.hidden && mark.memory.meets(memory));
    let away = away(cx).await?;
    let days = on_this_day(day).into_iter().map(|memory| (memory, None));
    let again = away.iter().filter(|trip| is_shown(&trip.memory, day));
    let mut wanted: Vec<(Memory, Option<Position>)> =
        days.chain(again.map(|trip| (trip.memory, Some(trip.home)))).collect();
    wanted.retain(|(memory, _)| !hidden(memory));
    let mut found = look_up(cx, &wanted, &marks).await?;
    found.sort_by(|a, b| b.memory.from.cmp(&a.memory.from).then(b.memory.to.cmp(&a.memory.to)));
    found.truncate(MOST);
    Ok(found)
}

/// What the viewer keeps, latest first.
pub async fn saved(cx: &Cx) -> Result<Vec<Remembered>, ApiError> {
    let marks = cx.app.store.memory_marks(cx.user()?.id).await?;
    let kept = marks.iter().filter(|mark| mark.saved).take(MOST_SAVED).map(|mark| mark.memory);
    let kept: Vec<Memory> = kept.collect();
    with_homes(cx, &kept, &marks).await
}

/// One memory; none where nothing was taken then.
pub async fn one(cx: &Cx, memory: Memory) -> Result<Option<Remembered>, ApiError> {
    let marks = cx.app.store.memory_marks(cx.user()?.id).await?;
    Ok(with_homes(cx, &[memory], &marks).await?.pop())
}

/// Keeps or hides a memory, or neither.
pub async fn mark(
    cx: &Cx,
    memory: Memory,
    saved: Option<bool>,
    hidden: Option<bool>,
) -> Result<Option<Remembered>, ApiError> {
    let user = cx.person()?.id;
    if !cx.app.store.mark_memory(user, &memory, saved, hidden).await? {
        return Err(ApiError::Invalid("you keep and hide as many memories as there may be".to_owned()));
    }
    one(cx, memory).await
}

async fn with_homes(cx: &Cx, memories: &[Memory], marks: &[MemoryMark]) -> Result<Vec<Remembered>, ApiError> {
    let trips = if memories.iter().any(|memory| memory.kind == MemoryKind::Trip) {
        away(cx).await?
    } else {
        Arc::default()
    };
    let home = |memory: &Memory| trips.iter().find(|trip| trip.memory.meets(memory)).map(|trip| trip.home);
    let wanted: Vec<_> = memories.iter().map(|memory| (*memory, home(memory))).collect();
    look_up(cx, &wanted, marks).await
}

/// What was taken then, as far as anything was.
async fn look_up(
    cx: &Cx,
    wanted: &[(Memory, Option<Position>)],
    marks: &[MemoryMark],
) -> Result<Vec<Remembered>, ApiError> {
    let libraries = cx.timeline_libraries().await?;
    let days = wanted.iter().map(|(memory, home)| DaysAway { from: memory.from, to: memory.to, home: *home });
    let days: Vec<DaysAway> = days.collect();
    let found = cx.app.store.taken_then(&libraries, &days).await?;
    let remembered = found.into_iter().filter_map(|then| {
        let (memory, home) = *wanted.get(then.index)?;
        let saved = marks.iter().any(|mark| mark.saved && mark.memory.meets(&memory));
        let place = place_name(&then.places);
        Some(Remembered { memory, home, count: then.count, cover: then.cover, place, saved })
    });
    Ok(remembered.collect())
}

/// All trips in the libraries on the viewer's timeline, until the version of that is another. Where
/// those of several libraries meet they are one.
async fn away(cx: &Cx) -> Result<Arc<[Trip]>, ApiError> {
    let libraries = cx.timeline_libraries().await?;
    let mut snapshot = cx.app.store.snapshot().await?;
    let key = (Arc::clone(&libraries), snapshot.timeline_version(&libraries).await?);
    if let Some(known) = cx.app.cache.trips.get(&key) {
        return Ok(known);
    }
    let spent = snapshot.days_spent(&libraries).await?;
    drop(snapshot);
    let all = tokio::task::spawn_blocking(move || spent.iter().flat_map(|(_, days)| trips(days)).collect());
    let all: Arc<[Trip]> = joined(all.await.map_err(anyhow::Error::from)?).into();
    cx.app.cache.trips.insert(key, Arc::clone(&all));
    Ok(all)
}

fn joined(mut all: Vec<Trip>) -> Vec<Trip> {
    all.sort_by_key(|trip| (trip.memory.from, trip.memory.to));
    let mut joined: Vec<Trip> = Vec::with_capacity(all.len());
    for trip in all {
        match joined.last_mut().filter(|last| last.memory.meets(&trip.memory)) {
            Some(last) => last.memory.to = last.memory.to.max(trip.memory.to),
            None => joined.push(trip),
        }
    }
    joined
}
