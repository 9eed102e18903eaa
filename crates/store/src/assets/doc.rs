//! What the search index holds of an asset.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::asset::{AssetLife, ContentHash, Readable};
use domain::cells::Cell;
use domain::film::Tracks;
use domain::metadata::Camera;
use domain::metadata::keywords::Keyword;
use domain::metadata::{Format, Position, Words};
use domain::place::Place;
use domain::search_doc::{FileState, SearchDoc};
use domain::{AlbumId, AssetId, LibraryId, endings};

use crate::error::{hash, text};
use crate::{Result, Store, StoreError, sidecars};

impl Store {
    /// The documents of these assets, in no order. Those that are gone or locked, or whose metadata has not been read yet,
    /// are left out: they are not in the index.
    pub async fn search_docs(&self, ids: &[AssetId]) -> Result<Vec<SearchDoc>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let mut tx = self.pool.begin().await?;
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT a.id, a.library_id, a.added_at, a.name, a.type AS kind, a.format, a.size, a.state, a.readable,
                      a.offline, a.taken_at AS "taken_at!", a.local_at AS "local_at!", a.time_zone, a.taken_guessed,
                      a.width, a.height, a.duration_ms, a.latitude, a.longitude, a.altitude, a.direction, a.cell,
                      a.city, a.region, a.country, a.country_code, a.make, a.model, a.lens, a.f_number, a.exposure_s,
                      a.iso, a.focal_mm, a.focal_35mm, a.flash, a.serial, a.video_codec, a.audio_codec, a.frame_rate,
                      a.pixel_format, a.hdr, a.interlaced, a.title, a.caption, a.keywords, a.creator, a.copyright,
                      a.rating, a.live OR coalesce(a.film_bytes, 0) > 0 AS "live!",
                      a.projection IS NOT NULL AS "panorama!",
                      CASE jsonb_typeof(a.face_regions) WHEN 'array' THEN jsonb_array_length(a.face_regions)
                          ELSE 0 END AS "faces!",
                      a.metadata_notes <> '{}' OR a.rendition_notes <> '{}' AS "noted!",
                      EXISTS (SELECT FROM asset_edits e WHERE e.asset_id = a.id AND e.said <> '{}') AS "edited!",
                      EXISTS (SELECT FROM given_sidecars g WHERE g.asset_id = a.id) AS "given!",
                      (SELECT count(*) FROM assets o
                       WHERE o.stack_id = a.stack_id AND o.state NOT IN ('trashed', 'locked')) AS "stack!",
                      ARRAY(SELECT e.album_id FROM album_assets e WHERE e.asset_id = a.id ORDER BY 1) AS "albums!",
                      v.blake3 AS "blake3?", v.sha1 AS "sha1?", l.path AS "path?", p.copies AS "copies!",
                      p.managed AS "managed!", p.mtime_ns, p.paths
               FROM assets a LEFT JOIN versions v ON v.asset_id = a.id AND v.current
               LEFT JOIN LATERAL (
                   SELECT l.path FROM locations l WHERE l.version_id = v.id AND l.path IS NOT NULL
                   ORDER BY l.missing_since NULLS FIRST, l.id LIMIT 1) l ON true
               LEFT JOIN LATERAL (
                   SELECT count(*) FILTER (WHERE l.missing_since IS NULL) AS copies,
                          coalesce(bool_or(l.folder_id IS NULL), false) AS managed, min(l.mtime_ns) AS mtime_ns,
                          array_agg(l.path) FILTER (WHERE l.path IS NOT NULL AND l.missing_since IS NULL) AS paths
                   FROM locations l WHERE l.version_id = v.id) p ON true
               WHERE a.id = ANY ($1) AND a.taken_at IS NOT NULL AND a.local_at IS NOT NULL"#,
            &ids
        )
        .fetch_all(&mut *tx)
        .await?;
        let beside = sidecars::beside(&mut tx, &ids).await?;
        tx.commit().await?;
        rows.into_iter()
            .filter(|row| row.state != AssetLife::Locked.as_str())
            .map(|row| {
                let mut doc = SearchDoc::try_from(row)?;
                doc.file.sidecar |= beside.contains(&doc.asset.0);
                Ok(doc)
            })
            .collect()
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
    offline: bool,
    taken_at: DateTime<Utc>,
    local_at: NaiveDateTime,
    time_zone: Option<String>,
    taken_guessed: bool,
    width: Option<i32>,
    height: Option<i32>,
    duration_ms: Option<i64>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    altitude: Option<f64>,
    direction: Option<f64>,
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
    serial: Option<String>,
    video_codec: Option<String>,
    audio_codec: Option<String>,
    frame_rate: Option<f64>,
    pixel_format: Option<String>,
    hdr: bool,
    interlaced: bool,
    title: Option<String>,
    caption: Option<String>,
    keywords: Vec<String>,
    creator: Option<String>,
    copyright: Option<String>,
    rating: Option<i16>,
    live: bool,
    panorama: bool,
    faces: i32,
    noted: bool,
    edited: bool,
    given: bool,
    stack: i64,
    albums: Vec<i64>,
    blake3: Option<Vec<u8>>,
    sha1: Option<Vec<u8>>,
    path: Option<Vec<u8>>,
    copies: i64,
    managed: bool,
    mtime_ns: Option<i64>,
    /// Where it lies in folders.
    paths: Option<Vec<Vec<u8>>>,
}

impl TryFrom<Row> for SearchDoc {
    type Error = StoreError;

    fn try_from(mut row: Row) -> Result<Self> {
        let pixels = |side: Option<i32>| side.and_then(|side| u32::try_from(side).ok());
        let cell = row.cell.map(Cell::try_from).transpose();
        let format: Format = text("assets", row.id, &row.format)?;
        Ok(Self {
            asset: AssetId(row.id),
            library: LibraryId(row.library_id),
            albums: std::mem::take(&mut row.albums).into_iter().map(AlbumId).collect(),
            kind: text("assets", row.id, &row.kind)?,
            format,
            taken: row.taken_at.timestamp(),
            local: row.local_at.and_utc().timestamp(),
            guessed: row.taken_guessed,
            zone: row.time_zone.take(),
            added: row.added_at.timestamp(),
            camera: row.camera(),
            width: pixels(row.width),
            height: pixels(row.height),
            duration_ms: row.duration_ms,
            tracks: row.tracks(),
            live: row.live,
            panorama: row.panorama,
            faces: row.faces.into(),
            size: row.size,
            place: row.place(),
            position: row.latitude.zip(row.longitude).map(|(latitude, longitude)| Position {
                latitude,
                longitude,
                altitude: row.altitude,
            }),
            direction: row.direction,
            cell: cell.map_err(|error| StoreError::unknown("assets", row.id, &error))?,
            path: row.path.take().map(|path| String::from_utf8_lossy(&path).into_owned()).unwrap_or_default(),
            file: row.file(format)?,
            words: row.words(),
            rating: row.rating,
            edited: row.edited,
            stack: row.stack,
            life: text("assets", row.id, &row.state)?,
            unreadable: text::<Readable>("assets", row.id, &row.readable)? == Readable::Unreadable,
            name: row.name,
        })
    }
}

/// Each takes its part of the row.
impl Row {
    fn camera(&mut self) -> Camera {
        Camera {
            make: self.make.take(),
            model: self.model.take(),
            lens: self.lens.take(),
            f_number: self.f_number,
            exposure_s: self.exposure_s,
            iso: self.iso,
            focal_mm: self.focal_mm,
            focal_35mm: self.focal_35mm,
            flash: self.flash,
            serial: self.serial.take(),
        }
    }

    fn tracks(&mut self) -> Option<Tracks> {
        Some(Tracks {
            video_codec: self.video_codec.take()?,
            audio_codec: self.audio_codec.take(),
            frame_rate: self.frame_rate,
            pixel_format: self.pixel_format.take(),
            hdr: self.hdr,
            interlaced: self.interlaced,
        })
    }

    fn place(&mut self) -> Option<Place> {
        Some(Place {
            country: self.country.take()?,
            country_code: self.country_code.take()?,
            city: self.city.take(),
            region: self.region.take(),
        })
    }

    fn words(&mut self) -> Words {
        Words {
            title: self.title.take(),
            caption: self.caption.take(),
            keywords: std::mem::take(&mut self.keywords).into_iter().filter_map(Keyword::stored).collect(),
            creator: self.creator.take(),
            copyright: self.copyright.take(),
        }
    }

    /// Whether a sidecar lies beside the file is not in the row.
    fn file(&self, format: Format) -> Result<FileState> {
        let content = match (&self.blake3, &self.sha1) {
            (Some(blake3), Some(sha1)) => Some(ContentHash {
                blake3: hash("versions", self.id, blake3)?,
                sha1: hash("versions", self.id, sha1)?,
            }),
            _ => None,
        };
        Ok(FileState {
            hash: content,
            modified: self.mtime_ns.map(|nanoseconds| nanoseconds.div_euclid(1_000_000_000)),
            copies: self.copies,
            managed: self.managed,
            offline: self.offline,
            sidecar: self.given,
            noted: self.noted || self.is_misnamed(format),
        })
    }

    /// What is odd about names is not kept, for they may change without being read again.
    fn is_misnamed(&self, format: Format) -> bool {
        let copy =
            |path: &Vec<u8>| endings::mismatch_of_copy(&String::from_utf8_lossy(path), format).is_some();
        endings::mismatch(&self.name, format).is_some() || self.paths.iter().flatten().any(copy)
    }
}
