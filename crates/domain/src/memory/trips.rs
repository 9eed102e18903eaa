//! Trips: days in a row that were spent far from home. Where home was is where the most days were spent around that time, so
//! that a move makes no trip of a new life.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Memory, MemoryKind};
use crate::cells::Cell;
use crate::metadata::Position;
use crate::place::near::metres;

/// What is nearer to home than this is at home, in metres.
pub const NEIGHBOURHOOD: f64 = 80_000.0;
/// Days before and after a day by which it is decided where home was.
const AROUND: i64 = 180;
/// Days at the same place among them that make it a home.
const FEWEST_AT_HOME: usize = 8;
/// Days in a row of which nothing is known, within a trip.
const GAP: i64 = 2;
/// Fewest pictures of a trip.
const FEWEST: i64 = 10;

/// How many were taken on a day in a cell of [`Resolution::AWAY`](crate::cells::Resolution::AWAY).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpent {
    /// The day.
    pub day: NaiveDate,
    /// The cell.
    pub cell: Cell,
    /// How many.
    pub count: i64,
}

/// A trip, and from where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trip {
    /// Its days.
    pub memory: Memory,
    /// Where home was.
    pub home: Position,
}

/// A day and where it was spent.
struct Day<'a> {
    day: NaiveDate,
    cells: &'a [DaySpent],
}

impl Day<'_> {
    /// Where most of it was.
    fn most(&self) -> Option<Cell> {
        let most = self.cells.iter().max_by_key(|spent| (spent.count, spent.cell));
        most.map(|spent| spent.cell)
    }

    fn count(&self) -> i64 {
        self.cells.iter().map(|spent| spent.count).sum()
    }

    /// Whether more than half of it was far from there.
    fn is_away(&self, home: Position) -> bool {
        let far = self.cells.iter().filter(|spent| metres(spent.cell.centre(), home) > NEIGHBOURHOOD);
        far.map(|spent| spent.count).sum::<i64>() * 2 > self.count()
    }
}

/// The trips of one library, in order. Its days come in order.
pub fn trips(spent: &[DaySpent]) -> Vec<Trip> {
    let days: Vec<Day<'_>> = spent
        .chunk_by(|a, b| a.day == b.day)
        .filter_map(|cells| Some(Day { day: cells.first()?.day, cells }))
        .collect();
    let homes = homes(&days);
    let mut trips = Vec::new();
    let mut run: Vec<&Day<'_>> = Vec::new();
    let mut left = None;
    for (day, home) in days.iter().zip(homes) {
        let away = home.is_some_and(|home| day.is_away(home));
        let joins = run.last().is_some_and(|last| (day.day - last.day).num_days() <= GAP + 1);
        if !away || !joins {
            trips.extend(end(&run, left));
            run.clear();
        }
        if away {
            if run.is_empty() {
                left = home;
            }
            run.push(day);
        }
    }
    trips.extend(end(&run, left));
    trips
}

/// A run of days away, if it is worth the word.
fn end(run: &[&Day<'_>], home: Option<Position>) -> Option<Trip> {
    let (first, last) = (run.first()?, run.last()?);
    let count: i64 = run.iter().map(|day| day.count()).sum();
    let memory = Memory { kind: MemoryKind::Trip, from: first.day, to: last.day };
    (memory.from < memory.to && count >= FEWEST).then_some(Trip { memory, home: home? })
}

/// Where home was on each day: where the most days around it were spent; none where too little is known.
fn homes(days: &[Day<'_>]) -> Vec<Option<Position>> {
    let mut counts: HashMap<Cell, usize> = HashMap::new();
    let (mut begin, mut end) = (0, 0);
    let mut homes = Vec::with_capacity(days.len());
    for day in days {
        while let Some(next) = days.get(end).filter(|next| (next.day - day.day).num_days() <= AROUND) {
            if let Some(cell) = next.most() {
                *counts.entry(cell).or_default() += 1;
            }
            end += 1;
        }
        while let Some(past) = days.get(begin).filter(|past| (day.day - past.day).num_days() > AROUND) {
            if let Some(count) = past.most().and_then(|cell| counts.get_mut(&cell)) {
                *count -= 1;
            }
            begin += 1;
        }
        counts.retain(|_, count| *count > 0);
        let most = counts.iter().max_by_key(|(cell, count)| (**count, **cell));
        let known = most.filter(|(_, count)| **count >= FEWEST_AT_HOME);
        homes.push(known.map(|(cell, _)| cell.centre()));
    }
    homes
}
