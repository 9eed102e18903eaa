//! Assets as they are read: whole, for their page; or what serves their bytes.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::asset::{Asset, ContentHash};
use domain::film::{self, Tracks};
use domain::metadata::Camera;
use domain::metadata::keywords::Keyword;
use domain::metadata::{FaceRegion, Format, Panorama, Position, Words};
use domain::place::Place;
use domain::time::Taken;
use domain::{AssetId, LibraryId};
use sqlx::types::Json;

use crate::error::{hash, text};
use crate::{Result, Store, StoreError};

/// Where the bytes of a current version lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// Under their content hash.
    Stored,
    /// In a folder, in place.
    InFolder {
        /// Absolute, in bytes.
        folder: Vec<u8>,
        /// Below it.
        path: Vec<u8>,
        /// Bytes that the file had when its content was named.
        size: i64,
        /// Its time then, nanoseconds since 1970.
        mtime_ns: i64,
    },
}

/// What serves and processes an asset's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Which asset.
    pub asset: AssetId,
    /// Where it belongs.
    pub library: LibraryId,
    /// File name.
    pub name: String,
    /// As far as it is known.
    pub format: Format,
    /// Of Matroska: it holds what WebM may hold.
    pub webm: bool,
    /// Content tag of the renditions.
    pub tag: i32,
    /// Pixels in all, as far as it is known.
    pub pixels: Option<i64>,
    /// The current content.
    pub hash: ContentHash,
    /// Its file's own time, nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Where it lies; stored copies first, then what was not missing at the last scan.
    pub locations: Vec<Location>,
}

impl Source {
    /// Media type of the original.
    pub fn media_type(&self) -> &'static str {
        if self.webm { "video/webm" } else { self.format.media_type() }
    }
}

impl Store {
    /// Which of these contents (BLAKE3) are no version of any asset, current or not, and were not left by one that was deleted.
    pub async fn unknown_contents(&self, hashes: &[[u8; 32]]) -> Result<Vec<[u8; 32]>> {
        let asked: Vec<Vec<u8>> = hashes.iter().map(|hash| hash.to_vec()).collect();
        let rows = sqlx::query_scalar!(
            r#"SELECT asked AS "asked!" FROM unnest($1::bytea[]) AS asked
               WHERE NOT EXISTS (SELECT FROM libraries l JOIN versions v ON v.library_id = l.id AND v.blake3 = asked)
                 AND NOT EXISTS (SELECT FROM remains r WHERE r.blake3 = asked)"#,
            &asked
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(|row| hash("versions", 0, row)).collect()
    }

    /// Whole assets by id, in no order; missing ones are left out. Ask `allowed_assets` first.
    pub async fn assets_by_ids(&self, ids: &[AssetId]) -> Result<Vec<Asset>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT id, library_id, added_at, name, type AS kind, format, size, state, trashed_at, readable, problem, offline,
                    taken_at, local_at, offset_minutes, time_zone, taken_source, taken_guessed,
                    taken_precision, taken_assumed, width, height,
                    duration_ms, tag, thumbhash, latitude, longitude, altitude, city, region, country, country_code,
                    make, model, lens, f_number, exposure_s, iso, focal_mm, focal_35mm, flash, serial, direction,
                    title, caption, keywords, creator, copyright, rating, projection, film_bytes,
                    panorama AS "panorama: Json<Panorama>", face_regions AS "faces: Json<Vec<FaceRegion>>",
                    exif_orientation,
                    video_codec, audio_codec, frame_rate, pixel_format, hdr, interlaced,
                    metadata_notes, rendition_notes
             FROM assets WHERE id = ANY ($1)"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Asset::try_from).collect()
    }

    /// The hashes of current versions.
    pub async fn hashes(&self, ids: &[AssetId]) -> Result<Vec<(AssetId, ContentHash)>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            "SELECT asset_id, blake3, sha1 FROM versions WHERE asset_id = ANY ($1) AND current",
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                let hash = ContentHash {
                    blake3: hash("versions", row.asset_id, &row.blake3)?,
                    sha1: hash("versions", row.asset_id, &row.sha1)?,
                };
                Ok((AssetId(row.asset_id), hash))
            })
            .collect()
    }

    /// Which of these contents a library shows and has the bytes of, by either hash; same order as asked.
    pub async fn assets_with_content(
        &self,
        library: LibraryId,
        hashes: &[Vec<u8>],
    ) -> Result<Vec<Option<AssetId>>> {
        let rows = sqlx::query!(
            r#"SELECT (SELECT v.asset_id FROM versions v
                       WHERE v.library_id = $1 AND v.current AND ((length(h.hash) = 32 AND v.blake3 = h.hash)
                          OR (length(h.hash) = 20 AND v.sha1 = h.hash))
                         AND EXISTS (SELECT FROM locations l WHERE l.version_id = v.id AND l.missing_since IS NULL)
                       LIMIT 1) AS asset_id
               FROM unnest($2::bytea[]) WITH ORDINALITY AS h (hash, n) ORDER BY h.n"#,
            library.0,
            hashes
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|row| row.asset_id.map(AssetId)).collect())
    }

    /// Where an asset's bytes lie.
    pub async fn source(&self, asset: AssetId) -> Result<Option<Source>> {
        let rows = sqlx::query!(
            r#"SELECT a.library_id, a.name, a.format, a.tag, a.width::bigint * a.height AS pixels, v.blake3, v.sha1,
                      a.video_codec, a.audio_codec, l.size, l.mtime_ns, l.path, f.path AS "folder?"
               FROM assets a JOIN versions v ON v.asset_id = a.id AND v.current
               JOIN locations l ON l.version_id = v.id LEFT JOIN folders f ON f.id = l.folder_id
               WHERE a.id = $1 ORDER BY l.folder_id NULLS FIRST, l.missing_since NULLS FIRST, l.id LIMIT 20"#,
            asset.0
        )
        .fetch_all(&self.pool)
        .await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let format = text("assets", asset.0, &first.format)?;
        let webm = |codec: &String| film::is_webm(codec, first.audio_codec.as_deref());
        let source = Source {
            asset,
            library: LibraryId(first.library_id),
            name: first.name.clone(),
            format,
            webm: format == Format::Matroska && first.video_codec.as_ref().is_some_and(webm),
            tag: first.tag,
            pixels: first.pixels,
            hash: ContentHash {
                blake3: hash("versions", asset.0, &first.blake3)?,
                sha1: hash("versions", asset.0, &first.sha1)?,
            },
            mtime_ns: first.mtime_ns,
            locations: rows
                .iter()
                .map(|row| match (&row.folder, &row.path) {
                    (Some(folder), Some(path)) => Location::InFolder {
                        folder: folder.clone(),
                        path: path.clone(),
                        size: row.size,
                        mtime_ns: row.mtime_ns,
                    },
                    _ => Location::Stored,
                })
                .collect(),
        };
        Ok(Some(source))
    }

    /// Where assets lie in watched folders, as text, for their page; of one that lies nowhere any more, where it lay.
    pub async fn folder_paths(&self, ids: &[AssetId]) -> Result<Vec<(AssetId, String)>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT v.asset_id, f.path AS folder, l.path AS "path!"
               FROM versions v JOIN assets a ON a.id = v.asset_id
               JOIN locations l ON l.version_id = v.id JOIN folders f ON f.id = l.folder_id
               WHERE v.asset_id = ANY ($1) AND v.current AND (a.offline OR l.missing_since IS NULL)
               ORDER BY v.asset_id, l.id"#,
            &ids
        )
        .fetch_all(&self.pool)
        .await?;
        let text = |bytes: &[u8]| PathBuf::from(String::from_utf8_lossy(bytes).into_owned());
        let path = |folder: &[u8], path: &[u8]| text(folder).join(text(path)).to_string_lossy().into_owned();
        Ok(rows.iter().map(|row| (AssetId(row.asset_id), path(&row.folder, &row.path))).collect())
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
    trashed_at: Option<DateTime<Utc>>,
    readable: String,
    problem: Option<String>,
    offline: bool,
    taken_at: Option<DateTime<Utc>>,
    local_at: Option<NaiveDateTime>,
    offset_minutes: Option<i16>,
    time_zone: Option<String>,
    taken_source: Option<String>,
    taken_guessed: bool,
    taken_precision: String,
    taken_assumed: bool,
    width: Option<i32>,
    height: Option<i32>,
    duration_ms: Option<i64>,
    tag: i32,
    thumbhash: Option<Vec<u8>>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    altitude: Option<f64>,
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
    serial: Option<String>,
    direction: Option<f64>,
    title: Option<String>,
    caption: Option<String>,
    keywords: Vec<String>,
    creator: Option<String>,
    copyright: Option<String>,
    rating: Option<i16>,
    exif_orientation: Option<i16>,
    faces: Option<Json<Vec<FaceRegion>>>,
    projection: Option<String>,
    panorama: Option<Json<Panorama>>,
    film_bytes: Option<i64>,
    video_codec: Option<String>,
    audio_codec: Option<String>,
    frame_rate: Option<f64>,
    pixel_format: Option<String>,
    hdr: bool,
    interlaced: bool,
    metadata_notes: Vec<String>,
    rendition_notes: Vec<String>,
}

impl TryFrom<Row> for Asset {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let taken = match (row.taken_at, row.local_at, row.offset_minutes, row.taken_source) {
            (Some(utc), Some(local), Some(offset_minutes), Some(source)) => Some(Taken {
                utc,
                local,
                offset_minutes: i32::from(offset_minutes),
                zone: row.time_zone,
                source: text("assets", row.id, &source)?,
                guessed: row.taken_guessed,
                precision: text("assets", row.id, &row.taken_precision)?,
                assumed: row.taken_assumed,
            }),
            _ => None,
        };
        let position = row.latitude.zip(row.longitude);
        Ok(Self {
            id: AssetId(row.id),
            library_id: LibraryId(row.library_id),
            added_at: row.added_at,
            name: row.name,
            kind: text("assets", row.id, &row.kind)?,
            format: text("assets", row.id, &row.format)?,
            size: row.size,
            life: text("assets", row.id, &row.state)?,
            trashed_at: row.trashed_at,
            readable: text("assets", row.id, &row.readable)?,
            problem: row.problem,
            offline: row.offline,
            taken,
            width: row.width,
            height: row.height,
            duration_ms: row.duration_ms,
            tag: row.tag,
            thumbhash: row.thumbhash,
            position: position.map(|(latitude, longitude)| Position {
                latitude,
                longitude,
                altitude: row.altitude,
            }),
            direction: row.direction,
            place: row.country.zip(row.country_code).map(|(country, country_code)| Place {
                city: row.city,
                region: row.region,
                country,
                country_code,
            }),
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
                serial: row.serial,
            },
            words: Words {
                title: row.title,
                caption: row.caption,
                keywords: row.keywords.into_iter().filter_map(Keyword::stored).collect(),
                creator: row.creator,
                copyright: row.copyright,
            },
            rating: row.rating,
            exif_orientation: row.exif_orientation.and_then(|orientation| u8::try_from(orientation).ok()),
            faces: row.faces.map(|Json(faces)| faces).unwrap_or_default(),
            projection: row.projection,
            panorama: row.panorama.map(|Json(panorama)| panorama),
            film_bytes: row.film_bytes,
            tracks: row.video_codec.map(|video_codec| Tracks {
                video_codec,
                audio_codec: row.audio_codec,
                frame_rate: row.frame_rate,
                pixel_format: row.pixel_format,
                hdr: row.hdr,
                interlaced: row.interlaced,
            }),
            noted: each_once(row.metadata_notes, row.rendition_notes),
        })
    }
}

/// Both stages may have met the same damage.
fn each_once(mut notes: Vec<String>, more: Vec<String>) -> Vec<String> {
    for note in more {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}
