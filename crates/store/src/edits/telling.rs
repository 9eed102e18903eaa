//! The columns that people can change.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::edit::Telling;
use domain::metadata::keywords::Keyword;
use domain::metadata::{Position, Words};
use domain::place::Place;
use domain::time::Taken;
use domain::{AssetId, cells};
use sqlx::PgTransaction;

use crate::Result;
use crate::error::text;

struct Row {
    taken_at: DateTime<Utc>,
    local_at: NaiveDateTime,
    offset_minutes: i16,
    time_zone: Option<String>,
    taken_source: String,
    taken_guessed: bool,
    taken_precision: String,
    taken_assumed: bool,
    latitude: Option<f64>,
    longitude: Option<f64>,
    altitude: Option<f64>,
    direction: Option<f64>,
    title: Option<String>,
    caption: Option<String>,
    keywords: Vec<String>,
    creator: Option<String>,
    copyright: Option<String>,
    rating: Option<i16>,
}

/// What is told of an asset; none while it has not been read.
pub async fn read(tx: &mut PgTransaction<'_>, asset: AssetId) -> Result<Option<Telling>> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT taken_at AS "taken_at!", local_at AS "local_at!", offset_minutes AS "offset_minutes!", time_zone,
                  taken_source AS "taken_source!", taken_guessed, taken_precision, taken_assumed, latitude,
                  longitude, altitude, direction, title, caption, keywords, creator, copyright, rating
           FROM assets
           WHERE id = $1 AND taken_at IS NOT NULL AND local_at IS NOT NULL AND offset_minutes IS NOT NULL
             AND taken_source IS NOT NULL"#,
        asset.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| telling(asset, row)).transpose()
}

fn telling(asset: AssetId, row: Row) -> Result<Telling> {
    let position = row.latitude.zip(row.longitude);
    Ok(Telling {
        taken: Taken {
            utc: row.taken_at,
            local: row.local_at,
            offset_minutes: i32::from(row.offset_minutes),
            zone: row.time_zone,
            source: text("assets", asset.0, &row.taken_source)?,
            guessed: row.taken_guessed,
            precision: text("assets", asset.0, &row.taken_precision)?,
            assumed: row.taken_assumed,
        },
        position: position.map(|(latitude, longitude)| Position {
            latitude,
            longitude,
            altitude: row.altitude,
        }),
        direction: row.direction,
        words: Words {
            title: row.title,
            caption: row.caption,
            keywords: row.keywords.into_iter().filter_map(Keyword::stored).collect(),
            creator: row.creator,
            copyright: row.copyright,
        },
        rating: row.rating,
    })
}

/// Writes what is told of an asset.
pub async fn write(
    tx: &mut PgTransaction<'_>,
    asset: AssetId,
    told: &Telling,
    place: Option<&Place>,
) -> Result<()> {
    let Telling { taken, position, direction, words, rating } = told;
    let keywords: Vec<String> = words.keywords.iter().map(|word| word.as_str().to_owned()).collect();
    sqlx::query!(
        "UPDATE assets SET taken_at = $2, local_at = $3, offset_minutes = $4, time_zone = $5, taken_source = $6,
            taken_guessed = $7, latitude = $8, longitude = $9, altitude = $10, direction = $11, cell = $12,
            city = $13, region = $14, country = $15, country_code = $16, title = $17, caption = $18, keywords = $19,
            creator = $20, copyright = $21, rating = $22, taken_precision = $23, taken_assumed = $24
         WHERE id = $1",
        asset.0,
        taken.utc,
        taken.local,
        i16::try_from(taken.offset_minutes).unwrap_or_default(),
        taken.zone.as_deref(),
        taken.source.as_str(),
        taken.guessed,
        position.map(|position| position.latitude),
        position.map(|position| position.longitude),
        position.and_then(|position| position.altitude),
        *direction,
        position.and_then(cells::cell).map(i64::from),
        place.and_then(|place| place.city.as_deref()),
        place.and_then(|place| place.region.as_deref()),
        place.map(|place| place.country.as_str()),
        place.map(|place| place.country_code.as_str()),
        words.title.as_deref(),
        words.caption.as_deref(),
        &keywords,
        words.creator.as_deref(),
        words.copyright.as_deref(),
        *rating,
        taken.precision.as_str(),
        taken.assumed
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
