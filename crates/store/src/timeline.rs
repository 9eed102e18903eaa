//! The timeline of whole libraries: day counts, ratio bytes, and stretches in columns, all of one moment.

use chrono::{Days, NaiveDate, NaiveDateTime};
use domain::{AssetId, LibraryId};
use sqlx::PgTransaction;

use crate::{ONE_MOMENT, Result, Store};

/// The first and last day of which a timeline can hold anything: four digits of years, as people write them.
const FIRST: NaiveDate = day(1, 1, 1);
const LAST: NaiveDate = day(9999, 12, 30);

/// A span of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineSpan {
    /// Earliest day.
    pub from: NaiveDate,
    /// Latest day.
    pub to: NaiveDate,
}

/// One asset of a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StretchRow {
    /// Which.
    pub id: AssetId,
    /// Its place in the order.
    pub local_at: NaiveDateTime,
    /// Its columns.
    pub columns: Columns,
}

/// What the grid needs of an asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// `domain::ratio` byte.
    pub ratio: i16,
    /// Content tag of the renditions.
    pub tag: i32,
    /// Flags: 1 film, 2 can't be read, 4 pending, 8 offline, 16 animated, 32 stacked with others,
    /// 64 with a film of the moment.
    pub flags: i32,
    /// Placeholder.
    pub thumbhash: Option<Vec<u8>>,
}

/// [`StretchRow`]s as Postgres answers them: in columns of equal length, because a row of its own for each asset costs
/// both sides more than all that is in it.
struct Answer {
    ids: Vec<i64>,
    local_ats: Vec<NaiveDateTime>,
    ratios: Vec<i16>,
    tags: Vec<i32>,
    thumbhashes: Vec<Option<Vec<u8>>>,
    flags: Vec<i32>,
}

impl Answer {
    fn rows(self) -> Vec<StretchRow> {
        let Self { ids, local_ats, ratios, tags, thumbhashes, flags } = self;
        let places = ids.into_iter().map(AssetId).zip(local_ats);
        let columns = ratios.into_iter().zip(tags).zip(flags).zip(thumbhashes);
        places
            .zip(columns)
            .map(|((id, local_at), (((ratio, tag), flags), thumbhash))| StretchRow {
                id,
                local_at,
                columns: Columns { ratio, tag, flags, thumbhash },
            })
            .collect()
    }
}

impl TimelineSpan {
    /// From the earliest to the latest day; what is left out, or lies beyond all time, is as far as there is any.
    pub fn new(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Self {
        let within = |day: NaiveDate| day.clamp(FIRST, LAST);
        Self { from: from.map_or(FIRST, within), to: to.map_or(LAST, within) }
    }
}

/// The database as it was at one moment, so that days, ratios and stretches of one answer agree while an import
/// runs. It holds a connection: ask, and let it go.
pub struct Snapshot {
    pub(crate) tx: PgTransaction<'static>,
}

impl Store {
    /// What is to be asked of the timeline at one moment, which is that of the first question.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        Ok(Snapshot { tx: self.pool.begin_with(ONE_MOMENT).await? })
    }

    /// The grid columns of single assets, in no order; for timelines that a filter made.
    pub async fn columns_by_ids(&self, ids: &[AssetId]) -> Result<Vec<StretchRow>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let answer = sqlx::query_as!(
            Answer,
            r#"SELECT coalesce(array_agg(id), '{}') AS "ids!", coalesce(array_agg(local_at), '{}') AS "local_ats!",
                      coalesce(array_agg(ratio), '{}') AS "ratios!", coalesce(array_agg(tag), '{}') AS "tags!",
                      coalesce(array_agg(thumbhash), '{}') AS "thumbhashes!: Vec<Option<Vec<u8>>>",
                      coalesce(array_agg(flags), '{}') AS "flags!"
               FROM assets WHERE id = ANY ($1) AND local_at IS NOT NULL"#,
            &ids
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(answer.rows())
    }

    /// Ratio bytes of single assets, in the order given.
    pub async fn ratios_by_ids(&self, ids: &[AssetId]) -> Result<Vec<u8>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        Ok(sqlx::query_scalar!(
            r#"SELECT string_agg(set_byte('\x00'::bytea, 0, coalesce(a.ratio, 0)::integer), ''::bytea ORDER BY w.n)
               FROM unnest($1::bigint[]) WITH ORDINALITY AS w (id, n) LEFT JOIN assets a ON a.id = w.id"#,
            &ids
        )
        .fetch_one(&self.pool)
        .await?
        .unwrap_or_default())
    }
}

impl Snapshot {
    /// Assets per day, new to old.
    pub async fn day_counts(&mut self, libraries: &[LibraryId]) -> Result<Vec<(NaiveDate, i64)>> {
        let libraries = numbers(libraries);
        let columns = sqlx::query!(
            r#"SELECT coalesce(array_agg(day), '{}') AS "days!", coalesce(array_agg(count), '{}') AS "counts!" FROM (
                   SELECT day, sum(count)::bigint AS count FROM day_counts WHERE library_id = ANY ($1)
                   GROUP BY day HAVING sum(count) > 0 ORDER BY day DESC) d"#,
            &libraries
        )
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(columns.days.into_iter().zip(columns.counts).collect())
    }

    /// A text that differs whenever these libraries' assets do. The newest transaction's number alone would not: one
    /// with a lower number may still be on its way. Those that are go into the text.
    pub async fn timeline_version(&mut self, libraries: &[LibraryId]) -> Result<String> {
        let libraries = numbers(libraries);
        let row = sqlx::query!(
            r#"SELECT f.epoch, coalesce(max(c.newest)::text, '0') AS "newest!",
                      coalesce((SELECT string_agg(xid::text, '.') FROM pg_snapshot_xip(pg_current_snapshot()) AS xid), '')
                          AS "running!"
               FROM feed f LEFT JOIN unnest($1::bigint[]) AS l (id) ON true
               LEFT JOIN LATERAL
                   (SELECT xid AS newest FROM changes WHERE library_id = l.id AND user_id = 0
                    ORDER BY xid DESC LIMIT 1) c ON true
               GROUP BY f.epoch"#,
            &libraries
        )
        .fetch_one(&mut *self.tx)
        .await?;
        let running = if row.running.is_empty() { String::new() } else { format!("~{}", row.running) };
        Ok(format!("{}.{}{running}", row.epoch, row.newest))
    }

    /// Ratio bytes in layout order, of a span or of all days.
    pub async fn ratios(&mut self, libraries: &[LibraryId], span: Option<TimelineSpan>) -> Result<Vec<u8>> {
        let libraries = numbers(libraries);
        let (from, until) = bounds(span);
        // One value instead of a row per asset: a million bytes, not a million rows.
        Ok(sqlx::query_scalar!(
            r#"SELECT string_agg(set_byte('\x00'::bytea, 0, ratio::integer), ''::bytea) FROM (
                   SELECT ratio FROM assets
                   WHERE library_id = ANY ($1) AND state = 'active' AND local_at IS NOT NULL
                     AND local_at >= $2 AND local_at < $3
                   ORDER BY local_at DESC, id DESC) a"#,
            &libraries,
            from,
            until
        )
        .fetch_one(&mut *self.tx)
        .await?
        .unwrap_or_default())
    }

    /// The assets of a span in layout order, after a keyset cursor, at most `limit`. Each library is asked by itself:
    /// together, Postgres would read and sort the whole span.
    pub async fn stretch(
        &mut self,
        libraries: &[LibraryId],
        span: TimelineSpan,
        after: Option<(NaiveDateTime, AssetId)>,
        limit: i64,
    ) -> Result<Vec<StretchRow>> {
        let libraries = numbers(libraries);
        let (from, until) = bounds(Some(span));
        let answer = sqlx::query_as!(
            Answer,
            r#"SELECT coalesce(array_agg(id), '{}') AS "ids!", coalesce(array_agg(local_at), '{}') AS "local_ats!",
                      coalesce(array_agg(ratio), '{}') AS "ratios!", coalesce(array_agg(tag), '{}') AS "tags!",
                      coalesce(array_agg(thumbhash), '{}') AS "thumbhashes!: Vec<Option<Vec<u8>>>",
                      coalesce(array_agg(flags), '{}') AS "flags!"
               FROM (SELECT a.*
                     FROM unnest($1::bigint[]) AS l (id)
                     CROSS JOIN LATERAL
                         (SELECT id, local_at, ratio, tag, thumbhash, flags
                          FROM assets
                          WHERE library_id = l.id AND state = 'active' AND local_at IS NOT NULL
                            AND local_at >= $2 AND local_at < $3
                            AND (local_at, id) < (coalesce($4::timestamp, $3), coalesce($5::bigint, 0))
                          ORDER BY local_at DESC, id DESC LIMIT $6) a
                     ORDER BY local_at DESC, id DESC LIMIT $6) a"#,
            &libraries,
            from,
            until,
            after.map(|(at, _)| at),
            after.map(|(_, id)| id.0),
            limit
        )
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(answer.rows())
    }
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

fn numbers(libraries: &[LibraryId]) -> Vec<i64> {
    libraries.iter().map(|id| id.0).collect()
}

/// The span as half-open timestamps.
fn bounds(span: Option<TimelineSpan>) -> (NaiveDateTime, NaiveDateTime) {
    let midnight = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN);
    let span =
        span.map_or(TimelineSpan::new(None, None), |span| TimelineSpan::new(Some(span.from), Some(span.to)));
    (midnight(span.from), midnight(span.to.checked_add_days(Days::new(1)).unwrap_or(span.to)))
}
