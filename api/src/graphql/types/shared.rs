//! What a public link shows. These types tell what may be told there, and nothing else can be asked for: what is added to
//! [`Asset`](super::asset::Asset) one day is not told by links.

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::access::{LinkViewer, Permission};
use domain::asset;
use domain::film::{self, ladder};
use domain::metadata;

use super::asset::{AssetState, AssetType, Camera, Exposure, Place, Position};
use super::film::{Playback, Streamed};
use crate::graphql::context::Cx;
use crate::graphql::loaders::TranscodingOf;
use crate::graphql::page::PageInfo;
use crate::graphql::scalars::{LocalDateTime, Long};

/// What the public link shows by which the viewer asks.
#[derive(SimpleObject)]
pub struct Shared {
    /// What it is called; empty if it has no name.
    pub title: String,
    /// What is written about it; empty if nothing is.
    pub description: String,
    /// The name of who made the link, as they write it.
    pub shared_by: String,
    /// How many assets it shows.
    pub asset_count: i32,
    /// Whether it shows anything. Otherwise it only collects.
    pub view: bool,
    /// Whether what it shows may be saved.
    pub download: bool,
    /// Whether people may add to it.
    pub upload: bool,
    /// Whether names, dates, words and cameras are told.
    pub metadata: bool,
    /// Whether it is told where something was taken.
    pub location: bool,
}

/// A picture or film that a public link shows.
#[derive(Clone)]
pub struct SharedAsset {
    /// It.
    pub asset: asset::Asset,
    /// Who asks.
    pub link: LinkViewer,
}

/// What plays a film.
#[derive(Debug, Clone, SimpleObject)]
pub struct SharedPlayback {
    /// Variant of its media addresses; null where there is only the stream.
    pub variant: Option<&'static str>,
    /// Short sides of the films that it is streamed in; empty where it is not.
    pub stream_sizes: Vec<u32>,
}

/// What is saved of an asset.
#[derive(Debug, Clone, SimpleObject)]
pub struct SharedFile {
    /// Variant of its media addresses.
    pub variant: &'static str,
    /// What to call it.
    pub name: String,
}

/// What a link shows, a page at a time.
#[derive(SimpleObject)]
pub struct SharedAssetConnection {
    /// Entries with their cursors.
    pub edges: Vec<SharedAssetEdge>,
    /// The entries alone.
    pub nodes: Vec<SharedAsset>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
}

/// An asset of a link in a page.
#[derive(SimpleObject)]
pub struct SharedAssetEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: SharedAsset,
}

impl SharedAsset {
    /// The asset, if what is known of it may be told.
    fn told(&self) -> Option<&asset::Asset> {
        self.link.grants.metadata.then_some(&self.asset)
    }

    /// The asset, if it may be told where it was taken.
    fn placed(&self) -> Option<&asset::Asset> {
        self.link.grants.location.then_some(&self.asset)
    }

    fn is_film(&self) -> bool {
        self.asset.kind == metadata::AssetType::Video
    }

    /// The variant that plays, if one does: an original only where originals go out.
    async fn variant(&self, cx: &Cx) -> async_graphql::Result<Option<&'static str>> {
        let transcoding = cx.loader.load_one(TranscodingOf(self.asset.id)).await?;
        let variant = Playback::of(transcoding, Streamed::default()).variant;
        Ok(Some(variant)
            .filter(|variant| *variant == film::VARIANT || self.link.may(Permission::AssetDownload)))
    }
}

/// A picture or film that a public link shows: what may be told of it there.
#[Object]
impl SharedAsset {
    /// Global id.
    async fn id(&self) -> ID {
        self.asset.id.to_string().into()
    }

    /// Picture or film.
    async fn r#type(&self) -> AssetType {
        match self.asset.kind {
            metadata::AssetType::Image => AssetType::Image,
            metadata::AssetType::Video => AssetType::Video,
            metadata::AssetType::Other => AssetType::Other,
        }
    }

    /// Pixels, upright.
    async fn width(&self) -> Option<i32> {
        self.asset.width
    }

    /// Pixels, upright.
    async fn height(&self) -> Option<i32> {
        self.asset.height
    }

    /// Length of a film or animation.
    async fn duration_ms(&self) -> Option<Long> {
        self.asset.duration_ms.map(Long)
    }

    /// ThumbHash in hex.
    async fn thumbhash(&self) -> Option<String> {
        self.asset.thumbhash.as_deref().map(super::asset::hex)
    }

    /// Content tag, the `v` of media addresses: `/shared/{handle}/media/{id}/{variant}?v={tag}`.
    async fn tag(&self) -> i32 {
        self.asset.tag
    }

    /// Whether it can be shown.
    async fn state(&self) -> AssetState {
        match self.asset.readable {
            asset::Readable::Pending => AssetState::Pending,
            asset::Readable::Ready => AssetState::Ready,
            asset::Readable::Unreadable => AssetState::Unreadable,
        }
    }

    /// How it is played, if it is a film.
    async fn playback(&self, context: &Context<'_>) -> async_graphql::Result<Option<SharedPlayback>> {
        if !self.is_film() {
            return Ok(None);
        }
        let cx = Cx::of(context)?;
        let streams = cx.app.settings.stream_cache_gb > 0 && self.asset.tracks.is_some();
        let sizes = || ladder::short_sides_of(self.asset.width, self.asset.height);
        Ok(Some(SharedPlayback {
            variant: self.variant(cx).await?,
            stream_sizes: if streams { sizes() } else { Vec::new() },
        }))
    }

    /// What is saved of it; null where nothing may be, or can be. Where a link does not tell everything that a file may say,
    /// its picture is saved as it was made for looking at, which says nothing, or its film as it was made for playing.
    async fn file(&self, context: &Context<'_>) -> async_graphql::Result<Option<SharedFile>> {
        if !self.link.grants.download {
            return Ok(None);
        }
        let (variant, ending) = if self.link.may(Permission::AssetDownload) {
            let ending = self.asset.name.rsplit_once('.').map_or("bin", |(_, ending)| ending);
            ("original", ending)
        } else if self.is_film() {
            match self.variant(Cx::of(context)?).await? {
                Some(variant) => (variant, "mp4"),
                None => return Ok(None),
            }
        } else {
            ("preview", "jpg")
        };
        let stem =
            self.told().map(|asset| asset.name.rsplit_once('.').map_or(&*asset.name, |(stem, _)| stem));
        let name = stem.map_or_else(|| self.asset.id.to_string(), str::to_owned);
        Ok(Some(SharedFile { variant, name: format!("{name}.{ending}") }))
    }

    /// File name as it came; null where that is not told.
    async fn name(&self) -> Option<&str> {
        self.told().map(|asset| asset.name.as_str())
    }

    /// The wall clock where it was taken; null where that is not told.
    async fn local_taken_at(&self) -> Option<LocalDateTime> {
        self.told()?.taken.as_ref().map(|taken| LocalDateTime(taken.local))
    }

    /// What it is called; null where that is not told.
    async fn title(&self) -> Option<&str> {
        self.told()?.words.title.as_deref()
    }

    /// What is written about it; null where that is not told.
    async fn caption(&self) -> Option<&str> {
        self.told()?.words.caption.as_deref()
    }

    /// With what it was taken; null where that is not told. Serial numbers never are.
    async fn camera(&self) -> Option<Camera> {
        let camera = &self.told()?.camera;
        (camera.make.is_some() || camera.model.is_some() || camera.lens.is_some()).then(|| Camera {
            make: camera.make.clone(),
            model: camera.model.clone(),
            lens: camera.lens.clone(),
            serial: None,
        })
    }

    /// How it was exposed; null where that is not told.
    async fn exposure(&self) -> Option<Exposure> {
        Exposure::of(&self.told()?.camera)
    }

    /// Where it was taken; null where that is not told.
    async fn position(&self) -> Option<Position> {
        Position::of(self.placed()?)
    }

    /// Where it was taken, in words; null where that is not told.
    async fn place(&self) -> Option<Place> {
        self.placed()?.place.clone().map(Place::from)
    }
}
