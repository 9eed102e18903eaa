//! What the search index holds of an asset.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::asset::Readable;
use domain::cells::Cell;
use domain::metadata::Camera;
use domain::metadata::keywords::Keyword;
use domain::metadata::{Position, Words};
use domain::place::Place;
use domain::search_doc::SearchDoc;
use domain::{AssetId, LibraryId};

use crate::error::text;
use crate::{Result, Store, StoreError};

impl Store {
    /// The documents of these assets, in no order. Those that are gone, or whose metadata has not been read yet,
    /// are left out: they are not in the index.
    pub async fn search_docs(&self, ids: &[AssetId]) -> Result<Vec<SearchDoc>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT a.id, a.library_id, a.added_at, a.name, a.type AS kind, a.format, a.size, a.state, a.readable,
                      a.taken_at AS "taken_at!", a.local_at AS "local_at!", a.width, a.height, a.duration_ms,
                      a.latitude, a.longitude, a.altitude, a.cell, a.city, a.region, a.country, a.country_code,
                      a.make, a.model, a.lens, a.f_number, a.exposure_s, a.iso, a.focal_mm, a.focal_35mm, a.flash,
                      a.title, a.caption, a.keywords, a.creator, a.copyright, a.rating, l.path AS "path?"
               FROM assets a LEFT JOIN LATERAL (
                   SELECT l.path FROM versions v JOIN locations l ON l.version_id = v.id
                   WHERE v.asset_id = a.id AND v.current AND l.path IS NOT NULL
                   ORDER BY l.missing_since NULLS FIRST, l.id LIMIT 1) l ON true
               WHERE a.id = ANY ($1) AND a.taken_at IS NOT NULL AND a.local_at IS NOT NULL"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(SearchDoc::try_from).collect()
    }

    /// The ids of assets after this one, lowest first, for going through all of them.
    pub async fn asset_ids_after(&self, after: AssetId, limit: i64) -> Result<Vec<AssetId>> {
        let rows =
            sqlx::query_scalar!("SELECT id FROM assets WHERE id > $1 ORDER BY id LIMIT $2", after.0, limit)
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().map(AssetId).collect())
    }
}

struct Row {
    id: i64,
    library_id: i64,
    added_at: DateTime<Utc>,
    name: String,
    kind: String,
    format: String,
    size: i64,
    state: String,
    readable: String,
    taken_at: DateTime<Utc>,
    local_at: NaiveDateTime,
    width: Option<i32>,
    height: Option<i32>,
    duration_ms: Option<i64>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    altitude: Option<f64>,
    cell: Option<i64>,
    city: Option<String>,
    region: Option<String>,
    country: Option<String>,
    country_code: Option<String>,
    make: Option<String>,
    model: Option<String>,
    lens: Option<String>,
    f_number: Option<f64>,
    exposure_s: Option<f64>,
    iso: Option<i32>,
    focal_mm: Option<f64>,
    focal_35mm: Option<f64>,
    flash: Option<bool>,
    title: Option<String>,
    caption: Option<String>,
    keywords: Vec<String>,
    creator: Option<String>,
    copyright: Option<String>,
    rating: Option<i16>,
    path: Option<Vec<u8>>,
}

impl TryFrom<Row> for SearchDoc {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let pixels = |side: Option<i32>| side.and_then(|side| u32::try_from(side).ok());
        let position = row.latitude.zip(row.longitude);
        let cell = row.cell.map(Cell::try_from).transpose();
        Ok(Self {
            asset: AssetId(row.id),
            library: LibraryId(row.library_id),
            kind: text("assets", row.id, &row.kind)?,
            format: text("assets", row.id, &row.format)?,
            taken: row.taken_at.timestamp(),
            local: row.local_at.and_utc().timestamp(),
            added: row.added_at.timestamp(),
            camera: Camera {
                make: row.make,
                model: row.model,
                lens: row.lens,
                f_number: row.f_number,
                exposure_s: row.exposure_s,
                iso: row.iso,
                focal_mm: row.focal_mm,
                focal_35mm: row.focal_35mm,
                flash: row.flash,
                serial: None,
            },
            width: pixels(row.width),
            height: pixels(row.height),
            duration_ms: row.duration_ms,
            size: row.size,
            place: row.country.zip(row.country_code).map(|(country, country_code)| Place {
                city: row.city,
                region: row.region,
                country,
                country_code,
            }),
            position: position.map(|(latitude, longitude)| Position {
                latitude,
                longitude,
                altitude: row.altitude,
            }),
            cell: cell.map_err(|error| StoreError::unknown("assets", row.id, &error))?,
            name: row.name,
            path: row.path.map(|path| String::from_utf8_lossy(&path).into_owned()).unwrap_or_default(),
            words: Words {
                title: row.title,
                caption: row.caption,
                keywords: row.keywords.into_iter().filter_map(Keyword::stored).collect(),
                creator: row.creator,
                copyright: row.copyright,
            },
            rating: row.rating,
            life: text("assets", row.id, &row.state)?,
            unreadable: text::<Readable>("assets", row.id, &row.readable)? == Readable::Unreadable,
        })
    }
}
