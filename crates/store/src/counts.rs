//! Day counts and map cells, kept in step with the assets in the same transaction.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::cells::{self, Cell, Resolution};
use domain::metadata::Position;
use domain::{AssetId, LibraryId};
use sqlx::PgTransaction;

use crate::{Result, Store, StoreError};

/// Resolutions up to this one are busy (a whole country is a handful of cells): their changes go through
/// `map_deltas`, so that imports do not wait for each other.
const BUSIEST: u8 = 4;

/// Held by whoever folds.
const FOLDING: i64 = 0x7465_7373_666f_6c64;

/// Where an asset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placement {
    pub library: LibraryId,
    pub day: Option<NaiveDate>,
    pub spot: Option<Spot>,
    pub active: bool,
}

/// A position as the map counts it: whole numbers, so that sums are exact in any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    cell: Cell,
    latitude_e7: i64,
    longitude_e7: i64,
}

impl Spot {
    /// None for positions that H3 has no cell for.
    pub(crate) fn of(position: Position) -> Option<Self> {
        // Degrees times 1e7 fit easily; the cast keeps whole units.
        let e7 = |degrees: f64| (degrees * 1e7).round() as i64;
        let cell = cells::cell(position)?;
        Some(Self { cell, latitude_e7: e7(position.latitude), longitude_e7: e7(position.longitude) })
    }
}

impl Placement {
    /// Where the same asset counts when this is told of it.
    pub(crate) fn told(&self, day: NaiveDate, position: Option<Position>) -> Self {
        Self {
            day: self.active.then_some(day),
            spot: position.filter(|_| self.active).and_then(Spot::of),
            ..*self
        }
    }
}

/// Locks an asset's row and says where it counts now.
pub(crate) async fn placement(tx: &mut PgTransaction<'_>, asset: AssetId) -> Result<Option<Placement>> {
    let row = sqlx::query!(
        "SELECT library_id, state, day, latitude, longitude FROM assets WHERE id = $1 FOR UPDATE",
        asset.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| {
        let active = row.state == "active";
        let position = row.latitude.zip(row.longitude);
        let position = position.map(|(latitude, longitude)| Position { latitude, longitude, altitude: None });
        Placement {
            library: LibraryId(row.library_id),
            day: row.day.filter(|_| active),
            spot: position.filter(|_| active && row.day.is_some()).and_then(Spot::of),
            active,
        }
    }))
}

/// An asset whose row has been written, where it counted, and where it counts.
pub(crate) struct Move {
    pub asset: AssetId,
    pub before: Placement,
    pub after: Placement,
}

/// Moves an asset from where it counted to where it counts. Its row must have been written already.
pub(crate) async fn moved(
    tx: &mut PgTransaction<'_>,
    asset: AssetId,
    before: &Placement,
    after: &Placement,
) -> Result<()> {
    all_moved(tx, &[Move { asset, before: *before, after: *after }]).await
}

/// The same for all assets of a transaction at once: what is counted of them is written in one order.
pub(crate) async fn all_moved(tx: &mut PgTransaction<'_>, moves: &[Move]) -> Result<()> {
    let sides = || {
        let changed = moves.iter().filter(|Move { before, after, .. }| before != after);
        changed.flat_map(|Move { asset, before, after }| [(*asset, before, -1), (*asset, after, 1)])
    };
    let mut days: BTreeMap<(LibraryId, NaiveDate), i32> = BTreeMap::new();
    for (_, place, by) in sides() {
        if let Some(day) = place.day {
            *days.entry((place.library, day)).or_default() += by;
        }
    }
    change_days(tx, days).await?;
    let cells = sides().filter_map(|(asset, place, by)| {
        let (day, spot) = place.day.zip(place.spot)?;
        Some(CellMove { asset, library: place.library, day, spot, by })
    });
    change_cells(tx, &cells.collect::<Vec<_>>()).await
}

/// In one order, as every transaction does, so that two that exchange their days do not wait in a circle.
async fn change_days(
    tx: &mut PgTransaction<'_>,
    changes: BTreeMap<(LibraryId, NaiveDate), i32>,
) -> Result<()> {
    let changes = changes.into_iter().filter(|(_, by)| *by != 0);
    let (places, counts): (Vec<(LibraryId, NaiveDate)>, Vec<i32>) = changes.unzip();
    if places.is_empty() {
        return Ok(());
    }
    let (libraries, days): (Vec<i64>, Vec<NaiveDate>) =
        places.into_iter().map(|(library, day)| (library.0, day)).unzip();
    sqlx::query!(
        "INSERT INTO day_counts (library_id, day, count)
         SELECT * FROM unnest($1::bigint[], $2::date[], $3::integer[]) AS w (library_id, day, count)
         ORDER BY library_id, day
         ON CONFLICT (library_id, day) DO UPDATE SET count = day_counts.count + excluded.count",
        &libraries,
        &days,
        &counts
    )
    .execute(&mut **tx)
    .await?;
    if counts.iter().any(|by| *by < 0) {
        sqlx::query!(
            "DELETE FROM day_counts d USING unnest($1::bigint[], $2::date[]) AS w (library_id, day)
             WHERE d.library_id = w.library_id AND d.day = w.day AND d.count = 0",
            &libraries,
            &days
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// An asset that comes to (+1) or leaves (−1) a place and day.
struct CellMove {
    asset: AssetId,
    library: LibraryId,
    day: NaiveDate,
    spot: Spot,
    by: i32,
}

async fn change_cells(tx: &mut PgTransaction<'_>, moves: &[CellMove]) -> Result<()> {
    let each =
        moves.iter().flat_map(|change| cells::parents(change.spot.cell).map(move |cell| (cell, change)));
    let (busy, quiet): (Vec<_>, Vec<_>) = each.partition(|(cell, _)| cell.resolution().number() <= BUSIEST);
    add_deltas(tx, &busy).await?;
    // In one order, as every transaction does, so that none waits in a circle.
    let mut sums: BTreeMap<(LibraryId, Cell), CellChange> = BTreeMap::new();
    for (cell, change) in quiet {
        sums.entry((change.library, cell)).or_insert_with(|| CellChange::of(change)).add(change);
    }
    for ((library, cell), change) in sums {
        apply(tx, library, cell, &change).await?;
        if change.left {
            mend(tx, library, cell).await?;
        }
    }
    Ok(())
}

async fn add_deltas(tx: &mut PgTransaction<'_>, changes: &[(Cell, &CellMove)]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let each = |number: fn(&(Cell, &CellMove)) -> i64| changes.iter().map(number).collect::<Vec<i64>>();
    let days: Vec<NaiveDate> = changes.iter().map(|(_, change)| change.day).collect();
    sqlx::query!(
        "INSERT INTO map_deltas (library_id, resolution, cell, count, latitude, longitude, asset_id, day)
         SELECT library_id, resolution::smallint, cell, count::integer, latitude, longitude, asset_id, day
         FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                     $8::date[])
             AS w (library_id, resolution, cell, count, latitude, longitude, asset_id, day)",
        &each(|(_, change)| change.library.0),
        &each(|(cell, _)| i64::from(cell.resolution().number())),
        &each(|(cell, _)| i64::from(*cell)),
        &each(|(_, change)| i64::from(change.by)),
        &each(|(_, change)| change.spot.latitude_e7 * i64::from(change.by)),
        &each(|(_, change)| change.spot.longitude_e7 * i64::from(change.by)),
        &each(|(_, change)| change.asset.0),
        &days
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What changes in a cell.
struct CellChange {
    count: i32,
    latitude: i64,
    longitude: i64,
    cover: i64,
    first: NaiveDate,
    last: NaiveDate,
    /// Something leaves it, or has left it.
    left: bool,
}

impl CellChange {
    /// Nothing yet, where this is to be added.
    fn of(change: &CellMove) -> Self {
        let CellMove { asset, day, .. } = *change;
        Self { count: 0, latitude: 0, longitude: 0, cover: asset.0, first: day, last: day, left: false }
    }

    fn add(&mut self, change: &CellMove) {
        let CellMove { asset, day, spot, by, .. } = change;
        self.count += by;
        self.latitude += spot.latitude_e7 * i64::from(*by);
        self.longitude += spot.longitude_e7 * i64::from(*by);
        self.cover = self.cover.max(asset.0);
        self.first = self.first.min(*day);
        self.last = self.last.max(*day);
        self.left |= *by < 0;
    }
}

async fn apply(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    cell: Cell,
    change: &CellChange,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO map_cells AS c
            (library_id, resolution, cell, count, latitude, longitude, cover_id, first_day, last_day)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (library_id, resolution, cell) DO UPDATE
         SET count = c.count + excluded.count, latitude = c.latitude + excluded.latitude,
             longitude = c.longitude + excluded.longitude, cover_id = greatest(c.cover_id, excluded.cover_id),
             first_day = least(c.first_day, excluded.first_day), last_day = greatest(c.last_day, excluded.last_day)",
        library.0,
        i16::from(cell.resolution()),
        i64::from(cell),
        change.count,
        change.latitude,
        change.longitude,
        change.cover,
        change.first,
        change.last
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// After something left a cell whose row is locked: cover and days are counted anew, empty cells go.
async fn mend(tx: &mut PgTransaction<'_>, library: LibraryId, cell: Cell) -> Result<()> {
    let Some(span) = cell.span(Resolution::STORED) else { return Ok(()) };
    let (resolution, number) = (i16::from(cell.resolution()), i64::from(cell));
    sqlx::query!(
        "UPDATE map_cells c SET cover_id = a.cover, first_day = a.first, last_day = a.last
         FROM (SELECT max(id) AS cover, min(day) AS first, max(day) AS last FROM assets
               WHERE library_id = $1 AND state = 'active' AND cell BETWEEN $4 AND $5 AND day IS NOT NULL) a
         WHERE c.library_id = $1 AND c.resolution = $2 AND c.cell = $3 AND a.cover IS NOT NULL",
        library.0,
        resolution,
        number,
        i64::from(span.first),
        i64::from(span.last)
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "DELETE FROM map_cells WHERE library_id = $1 AND resolution = $2 AND cell = $3 AND count = 0",
        library.0,
        resolution,
        number
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

impl Store {
    /// Folds the waiting changes of the busy resolutions into their cells; answers how many there were. One at a time:
    /// of two, one might fold who left before the other has folded who came.
    pub async fn fold_map(&self) -> Result<u64> {
        let mut tx = self.pool.begin().await?;
        let turn = sqlx::query_scalar!(r#"SELECT pg_try_advisory_xact_lock($1) AS "turn!""#, FOLDING)
            .fetch_one(&mut *tx)
            .await?;
        if !turn {
            return Ok(0);
        }
        let changes = sqlx::query!(
            r#"WITH taken AS (DELETE FROM map_deltas WHERE id IN (
                   SELECT id FROM map_deltas ORDER BY id LIMIT 20000) RETURNING *)
               SELECT library_id, cell, sum(count)::integer AS "count!", sum(latitude)::bigint AS "latitude!",
                      sum(longitude)::bigint AS "longitude!", max(asset_id) AS "cover!", min(day) AS "first!",
                      max(day) AS "last!", bool_or(count < 0) AS "left!", count(*) AS "rows!"
               FROM taken GROUP BY library_id, resolution, cell ORDER BY library_id, resolution, cell"#
        )
        .fetch_all(&mut *tx)
        .await?;
        let mut folded = 0;
        for row in changes {
            let library = LibraryId(row.library_id);
            let cell = Cell::try_from(row.cell)
                .map_err(|error| StoreError::unknown("map_deltas", row.cell, &error))?;
            let change = CellChange {
                count: row.count,
                latitude: row.latitude,
                longitude: row.longitude,
                cover: row.cover,
                first: row.first,
                last: row.last,
                left: row.left,
            };
            apply(&mut tx, library, cell, &change).await?;
            if change.left {
                mend(&mut tx, library, cell).await?;
            }
            folded += row.rows as u64;
        }
        tx.commit().await?;
        Ok(folded)
    }
}
