//! An asset and its parts.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Days, Utc};
use domain::asset::{self, Readable};
use domain::film::{self, ladder};
use domain::metadata;
use domain::metadata::keywords::Keyword;
use domain::place;

use super::album::Album;
use super::edited::EditedField;
use super::face::FaceRegion;
use super::film::{Film, Playback, Streamed};
use super::library::Library;
use super::panorama::Panorama;
use super::stack::{Live, Stack};
use super::taken::TakenSource;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::loaders::{
    AlbumsOf, EditOf, FavouriteOf, HashOf, PathsOf, SidecarOf, StackOf, TranscodingOf,
};
use crate::graphql::scalars::{LocalDateTime, Long, Moment};
use crate::http::motion::MOTION;
use crate::http::stream;

/// A picture or film.
#[derive(Clone)]
pub struct Asset(pub asset::Asset);

/// A picture or a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum AssetType {
    /// A picture, still or animated.
    Image,
    /// A film.
    Video,
    /// A file that could not be told apart.
    Other,
}

/// Whether an asset can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum AssetState {
    /// Its pictures are being made.
    Pending,
    /// Its pictures are there.
    Ready,
    /// It can't be shown; `problem` says why.
    Unreadable,
}

/// Where in its life an asset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum AssetLife {
    /// In the timeline.
    Active,
    /// Shown beneath another one of its stack.
    Stacked,
    /// In the archive: off the timeline and the map.
    Archived,
    /// In the trash.
    Trashed,
    /// In the viewer's locked folder, which is open.
    Locked,
}

/// With what it was taken.
#[derive(Debug, Clone, SimpleObject)]
pub struct Camera {
    /// Maker.
    pub make: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// Lens model.
    pub lens: Option<String>,
    /// Serial number of the camera.
    pub serial: Option<String>,
}

/// How it was exposed.
#[derive(Debug, Clone, SimpleObject)]
pub struct Exposure {
    /// f-number.
    pub f_number: Option<f64>,
    /// Seconds.
    pub time: Option<f64>,
    /// ISO speed.
    pub iso: Option<i32>,
    /// Millimetres.
    pub focal_length: Option<f64>,
    /// Millimetres, as on 35 mm film.
    pub focal_length35: Option<f64>,
    /// Whether the flash fired.
    pub flash: Option<bool>,
}

/// A point on the Earth, WGS 84.
#[derive(Debug, Clone, SimpleObject)]
pub struct Position {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Metres above the sea.
    pub altitude: Option<f64>,
    /// Degrees clockwise from north in which the camera looked.
    pub direction: Option<f64>,
}

/// A place in words.
#[derive(Debug, Clone, SimpleObject)]
pub struct Place {
    /// Nearest city, town or quarter.
    pub city: Option<String>,
    /// State, county or canton.
    pub region: Option<String>,
    /// English name.
    pub country: Option<String>,
    /// ISO 3166-1 code of two letters.
    pub country_code: Option<String>,
}

impl Exposure {
    /// What is known of it, if anything is.
    pub fn of(camera: &metadata::Camera) -> Option<Self> {
        let exposure = Self {
            f_number: camera.f_number,
            time: camera.exposure_s,
            iso: camera.iso,
            focal_length: camera.focal_mm,
            focal_length35: camera.focal_35mm,
            flash: camera.flash,
        };
        let known = [exposure.f_number, exposure.time, exposure.focal_length, exposure.focal_length35];
        (known.iter().any(Option::is_some) || exposure.iso.is_some() || exposure.flash.is_some())
            .then_some(exposure)
    }
}

impl Position {
    /// Where an asset was taken, if that is known.
    pub fn of(asset: &asset::Asset) -> Option<Self> {
        let position = asset.position?;
        Some(Self {
            latitude: position.latitude,
            longitude: position.longitude,
            altitude: position.altitude,
            direction: asset.direction,
        })
    }
}

impl From<place::Place> for Place {
    fn from(place: place::Place) -> Self {
        Self {
            city: place.city,
            region: place.region,
            country: Some(place.country),
            country_code: Some(place.country_code),
        }
    }
}

/// A picture or film: one content in one library.
#[Object]
impl Asset {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Picture or film.
    async fn r#type(&self) -> AssetType {
        match self.0.kind {
            metadata::AssetType::Image => AssetType::Image,
            metadata::AssetType::Video => AssetType::Video,
            metadata::AssetType::Other => AssetType::Other,
        }
    }

    /// Told by content: `jpeg`, `heic` …
    async fn format(&self) -> &str {
        self.0.format.as_str()
    }

    /// File name as it came (lossy where it is not text).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it lies in a watched folder; null for stored files. Members of the library only.
    async fn path(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(self.paths(context).await?.into_iter().next())
    }

    /// All places where it lies in watched folders, `path` first. Members of the library only.
    async fn paths(&self, context: &Context<'_>) -> async_graphql::Result<Vec<String>> {
        Ok(Cx::of(context)?.loader.load_one(PathsOf(self.0.id)).await?.unwrap_or_default())
    }

    /// The library that it belongs to; null for those who see it in an album and are no members of its library.
    async fn library(&self, context: &Context<'_>) -> async_graphql::Result<Option<Library>> {
        Ok(Cx::of(context)?.loader.load_one(self.0.library_id).await?.map(Library))
    }

    /// The albums that it was put into, of those that the viewer may see, by name.
    async fn albums(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Album>> {
        let loader = &Cx::of(context)?.loader;
        let ids = loader.load_one(AlbumsOf(self.0.id)).await?.unwrap_or_default();
        let mut albums: Vec<Album> = loader.load_many(ids).await?.into_values().map(Album).collect();
        albums.sort_by_cached_key(|album| (album.0.name.to_lowercase(), album.0.id));
        Ok(albums)
    }

    /// Pixels, upright.
    async fn width(&self) -> Option<i32> {
        self.0.width
    }

    /// Pixels, upright.
    async fn height(&self) -> Option<i32> {
        self.0.height
    }

    /// Length of a film or animation.
    async fn duration_ms(&self) -> Option<Long> {
        self.0.duration_ms.map(Long)
    }

    /// Size of the original.
    async fn bytes(&self) -> Long {
        Long(self.0.size)
    }

    /// SHA-1 of the original, hex.
    async fn sha1(&self, context: &Context<'_>) -> async_graphql::Result<String> {
        let hash = Cx::of(context)?.loader.load_one(HashOf(self.0.id)).await?.ok_or(ApiError::NotFound)?;
        Ok(hex(&hash.sha1))
    }

    /// BLAKE3 of the original, hex: its identity.
    async fn blake3(&self, context: &Context<'_>) -> async_graphql::Result<String> {
        let hash = Cx::of(context)?.loader.load_one(HashOf(self.0.id)).await?.ok_or(ApiError::NotFound)?;
        Ok(hex(&hash.blake3))
    }

    /// The instant; while the metadata is still being read, when it came in.
    async fn taken_at(&self) -> Moment {
        Moment(self.0.taken.as_ref().map_or(self.0.added_at, |taken| taken.utc))
    }

    /// The wall clock where it was taken.
    async fn local_taken_at(&self) -> LocalDateTime {
        LocalDateTime(self.0.taken.as_ref().map_or(self.0.added_at.naive_utc(), |taken| taken.local))
    }

    /// Minutes east of UTC.
    async fn offset_minutes(&self) -> i32 {
        self.0.taken.as_ref().map_or(0, |taken| taken.offset_minutes)
    }

    /// IANA name, where known.
    async fn time_zone(&self) -> Option<&str> {
        self.0.taken.as_ref()?.zone.as_deref()
    }

    /// True where no whole date is stated: it is the beginning of a year or month, or when the file was last saved.
    async fn taken_guessed(&self) -> bool {
        self.0.taken.as_ref().is_none_or(|taken| taken.guessed)
    }

    /// What the date was taken from; null while the metadata is still being read.
    async fn taken_source(&self) -> Option<TakenSource> {
        self.0.taken.as_ref().map(|taken| taken.source.into())
    }

    /// When it came in.
    async fn added_at(&self) -> Moment {
        Moment(self.0.added_at)
    }

    /// With what it was taken.
    async fn camera(&self) -> Option<Camera> {
        let camera = &self.0.camera;
        (camera.make.is_some() || camera.model.is_some() || camera.lens.is_some()).then(|| Camera {
            make: camera.make.clone(),
            model: camera.model.clone(),
            lens: camera.lens.clone(),
            serial: camera.serial.clone(),
        })
    }

    /// How it was exposed.
    async fn exposure(&self) -> Option<Exposure> {
        Exposure::of(&self.0.camera)
    }

    /// Where it was taken.
    async fn position(&self) -> Option<Position> {
        Position::of(&self.0)
    }

    /// Where it was taken, in words.
    async fn place(&self) -> Option<Place> {
        self.0.place.clone().map(Place::from)
    }

    /// What is written about it.
    async fn caption(&self) -> Option<&str> {
        self.0.words.caption.as_deref()
    }

    /// What it is called.
    async fn title(&self) -> Option<&str> {
        self.0.words.title.as_deref()
    }

    /// Words it was given, each with those above it, parts apart by `|`: `Places|Portugal|Lisbon`.
    async fn keywords(&self) -> Vec<&str> {
        self.0.words.keywords.iter().map(Keyword::as_str).collect()
    }

    /// Who made it, as the file says; several are separated by commas.
    async fn creator(&self) -> Option<&str> {
        self.0.words.creator.as_deref()
    }

    /// Whose it is, as the file says.
    async fn copyright(&self) -> Option<&str> {
        self.0.words.copyright.as_deref()
    }

    /// Faces that were marked in it before it came here.
    async fn faces(&self) -> Vec<FaceRegion> {
        self.0.faces.iter().cloned().map(FaceRegion::from).collect()
    }

    /// How the world was laid flat, for panoramas: `equirectangular`.
    async fn projection(&self) -> Option<&str> {
        self.0.projection.as_deref()
    }

    /// Which part of the world it shows and how it is looked at first, for panoramas that say so.
    async fn panorama(&self) -> Option<Panorama> {
        self.0.panorama.map(Panorama::from)
    }

    /// Stars, −1 (rejected) to 5.
    async fn rating(&self) -> Option<i32> {
        self.0.rating.map(i32::from)
    }

    /// What of this people have said themselves, instead of the files.
    async fn edited(&self, context: &Context<'_>) -> async_graphql::Result<Vec<EditedField>> {
        let edit = Cx::of(context)?.loader.load_one(EditOf(self.0.id)).await?;
        Ok(edit.map(|edit| EditedField::of(&edit)).unwrap_or_default())
    }

    /// Name of the XMP sidecar that was sent for it (`sidecarUpload`); those that lie beside it in a folder are not told.
    async fn sidecar(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        Cx::of(context)?.loader.load_one(SidecarOf(self.0.id)).await
    }

    /// ThumbHash in hex.
    async fn thumbhash(&self) -> Option<String> {
        self.0.thumbhash.as_deref().map(hex)
    }

    /// The tracks, if it is a film that could be read.
    async fn film(&self) -> Option<Film> {
        let tracks = self.0.tracks.clone().filter(|_| self.0.kind == metadata::AssetType::Video);
        tracks.map(Film::from)
    }

    /// How it is played, if it is a film.
    async fn playback(&self, context: &Context<'_>) -> async_graphql::Result<Option<Playback>> {
        if self.0.kind != metadata::AssetType::Video {
            return Ok(None);
        }
        let transcoding = Cx::of(context)?.loader.load_one(TranscodingOf(self.0.id)).await?;
        let streams = Cx::of(context)?.app.settings.stream_cache_gb > 0 && self.0.tracks.is_some();
        let streamed = Streamed {
            address: Some(stream::address(self.0.id)),
            sizes: ladder::short_sides_of(self.0.width, self.0.height),
        };
        Ok(Some(Playback::of(transcoding, if streams { streamed } else { Streamed::default() })))
    }

    /// What it is stacked with, if with anything.
    async fn stack(&self, context: &Context<'_>) -> async_graphql::Result<Option<Stack>> {
        let stack = Cx::of(context)?.loader.load_one(StackOf(self.0.id)).await?;
        Ok(stack.map(Stack))
    }

    /// The film that was taken with it, if it is a picture that has one.
    async fn live(&self, context: &Context<'_>) -> async_graphql::Result<Option<Live>> {
        if self.0.kind != metadata::AssetType::Image {
            return Ok(None);
        }
        let loader = &Cx::of(context)?.loader;
        if self.0.film_bytes.is_some() {
            let transcoding = loader.load_one(TranscodingOf(self.0.id)).await?;
            let made = Playback::of(transcoding, Streamed::default()).variant;
            return Ok(Some(Live {
                asset_id: self.0.id.to_string().into(),
                variant: if made == film::VARIANT { made } else { MOTION },
                tag: self.0.tag,
            }));
        }
        let members = loader.load_one(StackOf(self.0.id)).await?.unwrap_or_default();
        let found = loader.load_many(members).await?;
        let Some(film) = found.into_values().find(|member| member.kind == metadata::AssetType::Video) else {
            return Ok(None);
        };
        let transcoding = loader.load_one(TranscodingOf(film.id)).await?;
        let variant = Playback::of(transcoding, Streamed::default()).variant;
        Ok(Some(Live { asset_id: film.id.to_string().into(), variant, tag: film.tag }))
    }

    /// Content tag, the `v` of media addresses: `/media/{id}/{thumbnail|preview|original}?v={tag}`.
    async fn tag(&self) -> i32 {
        self.0.tag
    }

    /// Whether it can be shown.
    async fn state(&self) -> AssetState {
        match self.0.readable {
            Readable::Pending => AssetState::Pending,
            Readable::Ready => AssetState::Ready,
            Readable::Unreadable => AssetState::Unreadable,
        }
    }

    /// Why it can't be shown, or not yet, in words.
    async fn problem(&self) -> Option<&str> {
        self.0.problem.as_deref()
    }

    /// What is odd about its file, or the name of a copy of it, but did not stop it from being read or shown, a sentence
    /// each.
    async fn notes(&self, context: &Context<'_>) -> async_graphql::Result<Vec<String>> {
        Ok(self.0.notes(&self.paths(context).await?))
    }

    /// Where in its life it is.
    async fn life(&self) -> AssetLife {
        match self.0.life {
            asset::AssetLife::Active => AssetLife::Active,
            asset::AssetLife::Stacked => AssetLife::Stacked,
            asset::AssetLife::Archived => AssetLife::Archived,
            asset::AssetLife::Trashed => AssetLife::Trashed,
            asset::AssetLife::Locked => AssetLife::Locked,
        }
    }

    /// Whether it is one of the viewer's own favourites; nobody else is told.
    async fn favourite(&self, context: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(Cx::of(context)?.loader.load_one(FavouriteOf(self.0.id)).await?.unwrap_or_default())
    }

    /// When it was put into the trash, if it is there.
    async fn trashed_at(&self) -> Option<Moment> {
        self.0.trashed_at.map(Moment)
    }

    /// When it is deleted for good, if it is in the trash and does not stay there until somebody empties it.
    async fn trashed_until(&self, context: &Context<'_>) -> async_graphql::Result<Option<Moment>> {
        let days = Cx::of(context)?.app.settings.trash_days;
        let until = |at: DateTime<Utc>| at.checked_add_days(Days::new(days.into()));
        Ok(self.0.trashed_at.filter(|_| days > 0).and_then(until).map(Moment))
    }

    /// Its file is not there right now: the folder is not mounted, or it was moved away.
    async fn offline(&self) -> bool {
        self.0.offline
    }
}

/// Bytes as hex digits.
pub fn hex(bytes: &[u8]) -> String {
    // By table: formatting each byte takes ten times as long, and a stretch of the timeline has 80,000.
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
