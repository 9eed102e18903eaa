//! The timeline: made for laying out a million photographs exactly.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::NaiveDate;
use store::{StretchRow, TimelineSpan};

use crate::actions::timeline::{Position, View};
use crate::graphql::column::Column;
use crate::graphql::context::Cx;
use crate::graphql::page;
use crate::graphql::scalars::{Base64, Date};

/// Most assets of one stretch.
const MOST_IN_STRETCH: i32 = 5_000;

/// The flag of the viewer's own favourites. The others are the asset's, and stand in its row.
const FAVOURITE: i32 = 128;

/// The viewer's assets by day, all of them or those that a filter finds.
pub struct Timeline(pub View);

/// Assets per day, new to old, in columns of equal length.
#[derive(Debug, Clone, SimpleObject)]
pub struct DayColumns {
    /// Int32 little-endian: days since 1970-01-01.
    pub numbers: Base64,
    /// Uint32 little-endian: assets on that day.
    pub counts: Base64,
}

/// Equally long columns; the n-th value of each belongs to the n-th asset.
#[derive(Debug, Clone, SimpleObject)]
pub struct Stretch {
    /// Global ids.
    pub ids: Column<ID>,
    /// Aspect ratio bytes, as in `Timeline.ratios`.
    pub ratios: Base64,
    /// Content tags, the `v` of media addresses.
    pub tags: Column<i32>,
    /// Sum of: 1 film, 2 can't be read, 4 pictures not ready yet, 8 offline, 16 animated, 32 stacked with others,
    /// 64 with a film of the moment, 128 one of the viewer's own favourites.
    pub flags: Column<i32>,
    /// ThumbHashes in planes, which compress better than one after the other: the first byte of each asset's, then
    /// the second of each, and so on, zeros behind the end of the shorter ones. All zeros where there is none.
    pub thumbhashes: Base64,
    /// Pass it as `after` for the rest; null at the end.
    pub next: Option<String>,
}

/// The viewer's assets in layout order: days from new to old, within a day from late to early. A client asks for
/// `version`, `days` and `ratios` once, lays everything out exactly, and then asks for the `stretch` that is near
/// its viewport.
#[Object]
impl Timeline {
    /// Assets in it.
    #[graphql(complexity = "100")]
    async fn count(&self, context: &Context<'_>) -> async_graphql::Result<i32> {
        let days = self.0.days(Cx::of(context)?).await?;
        Ok(i32::try_from(days.iter().map(|(_, count)| count).sum::<i64>()).unwrap_or(i32::MAX))
    }

    /// Changes whenever `days` or `ratios` do (and sometimes more often).
    #[graphql(complexity = "50")]
    async fn version(&self, context: &Context<'_>) -> async_graphql::Result<String> {
        Ok(self.0.version(Cx::of(context)?).await?)
    }

    /// Assets per day.
    #[graphql(complexity = "100 * child_complexity")]
    async fn days(&self, context: &Context<'_>) -> async_graphql::Result<DayColumns> {
        let days = self.0.days(Cx::of(context)?).await?;
        Ok(columns_of(&days))
    }

    /// One byte of aspect ratio per asset in layout order: width/height = 2^((byte − 128) / 32); 0 where it is not
    /// known yet. Of all days, or of those from `from` to `to`, both included.
    #[graphql(complexity = "1_000")]
    async fn ratios(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Earliest day.")] from: Option<Date>,
        #[graphql(desc = "Latest day.")] to: Option<Date>,
    ) -> async_graphql::Result<Base64> {
        let span = (from.is_some() || to.is_some())
            .then(|| TimelineSpan::new(from.map(|day| day.0), to.map(|day| day.0)));
        Ok(Base64(self.0.ratios(Cx::of(context)?, span).await?))
    }

    /// The assets of the days from `from` to `to`, both included, in layout order.
    #[graphql(complexity = "50 + first.max(0) as usize / 10 * child_complexity")]
    async fn stretch(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Earliest day.")] from: Date,
        #[graphql(desc = "Latest day.")] to: Date,
        #[graphql(desc = "`next` of the stretch before.")] after: Option<String>,
        #[graphql(default = 5000, desc = "At most 5,000.")] first: i32,
    ) -> async_graphql::Result<Stretch> {
        let count = page::first(first, MOST_IN_STRETCH)?;
        let span = TimelineSpan::new(Some(from.0), Some(to.0));
        let after = after.as_deref().map(Position::read).transpose()?;
        let cx = Cx::of(context)?;
        let mut rows = self.0.stretch(cx, span, after, count + 1).await?;
        let favourites = self.0.favourites(cx, &rows).await?;
        for row in rows.iter_mut().filter(|row| favourites.contains(&row.id)) {
            row.columns.flags |= FAVOURITE;
        }
        Ok(columns(rows, count))
    }
}

fn columns_of(days: &[(NaiveDate, i64)]) -> DayColumns {
    let epoch = NaiveDate::default();
    let numbers = days.iter().flat_map(|(day, _)| {
        // Days that the database can hold fit an i32 by far.
        i32::try_from(day.signed_duration_since(epoch).num_days()).unwrap_or_default().to_le_bytes()
    });
    let counts = days.iter().flat_map(|(_, count)| u32::try_from(*count).unwrap_or(u32::MAX).to_le_bytes());
    DayColumns { numbers: Base64(numbers.collect()), counts: Base64(counts.collect()) }
}

fn columns(mut rows: Vec<StretchRow>, count: usize) -> Stretch {
    let more = rows.len() > count;
    rows.truncate(count);
    let next =
        rows.last().filter(|_| more).map(|row| Position { local_at: row.local_at, id: row.id }.write());
    let byte = |row: &StretchRow| u8::try_from(row.columns.ratio).unwrap_or_default();
    Stretch {
        ids: rows.iter().map(|row| row.id.to_string().into()).collect(),
        ratios: Base64(rows.iter().map(byte).collect()),
        tags: rows.iter().map(|row| row.columns.tag).collect(),
        flags: rows.iter().map(|row| row.columns.flags).collect(),
        thumbhashes: Base64(planes(&rows)),
        next,
    }
}

/// The placeholders, turned on their side.
fn planes(rows: &[StretchRow]) -> Vec<u8> {
    let hashes: Vec<&[u8]> =
        rows.iter().map(|row| row.columns.thumbhash.as_deref().unwrap_or_default()).collect();
    let longest = hashes.iter().map(|hash| hash.len()).max().unwrap_or_default();
    let plane = |at: usize| hashes.iter().map(move |hash| hash.get(at).copied().unwrap_or_default());
    (0..longest).flat_map(plane).collect()
}
