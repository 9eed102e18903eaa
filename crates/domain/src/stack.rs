//! Stacks: pictures and films of one moment, shown as one. What assets have in common is kept as ties; whoever shares
//! one may belong together.

mod groups;
mod series;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use chrono::{NaiveDateTime, TimeDelta};

use crate::asset::AssetLife;
use crate::metadata::{AssetType, Format, Metadata};
use crate::{AssetId, endings};

pub use groups::{Tied, groups};

/// Longest time between two neighbours of a burst that is told by its names.
const WITHIN: TimeDelta = TimeDelta::seconds(10);

/// Something that the members of a stack have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// A picture and the film that was taken with it: the identifier that both carry.
    Film(String),
    /// Pictures that were taken with one press of the button.
    Burst(String),
    /// Pictures whose names say that they are of one burst: their folder, and what the names have in common.
    Series(String, String),
    /// One shot, written by one camera as a raw and as something else: the name without its ending, and the second.
    Shot(String, NaiveDateTime),
}

/// What kind of thing a [`Tie`] is: it says who of those that share one belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TieKind {
    /// A [`Tie::Film`].
    Film,
    /// A [`Tie::Burst`].
    Burst,
    /// A [`Tie::Series`].
    Series,
    /// A [`Tie::Shot`].
    Shot,
}

crate::texts!(TieKind { Film = "film", Burst = "burst", Series = "series", Shot = "shot" });

impl Tie {
    /// What kind of thing it is.
    pub fn kind(&self) -> TieKind {
        match self {
            Self::Film(_) => TieKind::Film,
            Self::Burst(_) => TieKind::Burst,
            Self::Series(..) => TieKind::Series,
            Self::Shot(..) => TieKind::Shot,
        }
    }

    /// As it is kept: kind and value.
    pub fn as_text(&self) -> String {
        match self {
            Self::Film(id) => format!("film:{id}"),
            Self::Burst(id) => format!("burst:{id}"),
            Self::Series(folder, name) => format!("series:{folder}{name}"),
            Self::Shot(stem, at) => format!("shot:{stem}@{}", at.format("%Y-%m-%dT%H:%M:%S")),
        }
    }
}

/// The ties of an asset with this name, behind the folder that it lies in if it lies in one, of which the clock on the
/// wall is known where it was taken (`None` if it is only guessed).
pub fn ties(metadata: &Metadata, path: &str, local: Option<NaiveDateTime>) -> Vec<Tie> {
    let name = endings::name_of(path);
    let folder = path.strip_suffix(name).unwrap_or_default();
    let stem = stem(name);
    let picture = metadata.format.asset_type() == AssetType::Image;
    let film = metadata.content_id.clone().map(Tie::Film);
    let burst = metadata.burst_id.clone().filter(|_| picture).map(Tie::Burst);
    let local = local.filter(|_| picture && !stem.is_empty());
    let series = series::of(&stem).filter(|_| local.is_some());
    let series = series.map(|series| Tie::Series(folder.to_owned(), series.to_owned()));
    let shot = local.map(|local| Tie::Shot(shot_of(&stem).to_owned(), local));
    film.into_iter().chain(burst).chain(series).chain(shot).collect()
}

/// What the name of a file has in common with those that were written beside it: it without its ending.
pub fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
}

/// What the names of one shot's files have in common: Pixels write `PXL_….RAW-01.COVER.jpg` and
/// `PXL_….RAW-02.ORIGINAL.dng`, with `MP` between where a film stands behind the picture. `stem` is in lower case.
fn shot_of(stem: &str) -> &str {
    let Some((shot, rest)) = stem.split_once(".raw-") else { return stem };
    let mut parts = rest.split('.');
    let numbered = parts
        .next()
        .is_some_and(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    let known = parts.all(|part| matches!(part, "cover" | "original" | "mp"));
    if numbered && known && !shot.is_empty() { shot } else { stem }
}

/// A member of a stack, or one that may become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Which asset.
    pub id: AssetId,
    /// Picture or film.
    pub kind: AssetType,
    /// Told by content.
    pub format: Format,
    /// What the clock on the wall said.
    pub local: Option<NaiveDateTime>,
    /// Maker of the camera.
    pub make: Option<String>,
    /// Model of the camera.
    pub model: Option<String>,
    /// It was put into the archive.
    pub archived: bool,
}

impl Member {
    fn is_raw(&self) -> bool {
        self.format == Format::Raw
    }

    /// Whether all that both say of their cameras is the same. Programs shorten the names of makers, and put them before
    /// those of models: the first word has to do, and is no part of the model.
    fn is_of_the_camera_of(&self, other: &Self) -> bool {
        let makers = [self.maker(), other.maker()];
        let models = [self, other].map(|member| member.model_without(&makers));
        let agree = |[a, b]: [Option<String>; 2]| a.zip(b).is_none_or(|(a, b)| a == b);
        agree(models) && agree(makers)
    }

    fn is_near(&self, other: &Self) -> bool {
        self.local.zip(other.local).is_some_and(|(a, b)| (a - b).abs() <= WITHIN)
    }

    fn maker(&self) -> Option<String> {
        self.make.as_deref().and_then(|make| make.split_whitespace().next()).map(str::to_lowercase)
    }

    fn model_without(&self, makers: &[Option<String>]) -> Option<String> {
        let words = self.model.as_deref()?.split_whitespace().map(str::to_lowercase);
        let bare: Vec<String> =
            words.filter(|word| !makers.iter().flatten().any(|maker| maker == word)).collect();
        (!bare.is_empty()).then(|| bare.join(" "))
    }

    /// What a camera developed itself comes before what a program made of it, and that before its raw.
    fn rank(&self) -> u8 {
        match self.format {
            Format::Jpeg => 0,
            Format::Heic => 1,
            Format::Raw => 3,
            _ => 2,
        }
    }
}

/// Whether two assets that share a tie of this kind belong together.
pub fn belong(a: &Member, b: &Member, tie: TieKind) -> bool {
    match tie {
        TieKind::Film => a.kind != b.kind,
        TieKind::Burst => a.kind == b.kind,
        TieKind::Series => a.kind == b.kind && a.is_of_the_camera_of(b) && a.is_near(b),
        TieKind::Shot => a.is_raw() != b.is_raw() && a.is_of_the_camera_of(b),
    }
}

/// Which member stands for a stack: a picture rather than a film, what the camera developed (a JPEG, else a HEIC) rather
/// than anything else, a raw last; of those the earliest.
pub fn cover(members: &[Member]) -> Option<AssetId> {
    members.iter().min_by(|a, b| before(a, b)).map(|member| member.id)
}

/// How the members of a stack are shown that are neither in the trash nor locked: one in the timeline and the rest of those
/// that belong there beneath it; and so in the archive, for those that were put there. `wanted` stands for its kind.
pub fn lives(members: &[Member], wanted: Option<AssetId>) -> Vec<(AssetId, AssetLife)> {
    let (archived, there): (Vec<Member>, Vec<Member>) =
        members.iter().cloned().partition(|member| member.archived);
    let shelves = [(there, AssetLife::Active), (archived, AssetLife::Archived)];
    let shown = shelves.into_iter().flat_map(|(members, shown)| {
        let wanted = wanted.filter(|wanted| members.iter().any(|member| member.id == *wanted));
        let top = wanted.or_else(|| cover(&members));
        let life = move |id| if Some(id) == top { shown } else { AssetLife::Stacked };
        members.into_iter().map(move |member| (member.id, life(member.id)))
    });
    shown.collect()
}

fn before(a: &Member, b: &Member) -> Ordering {
    let rank = |member: &Member| (member.kind != AssetType::Image, member.rank(), member.local, member.id);
    rank(a).cmp(&rank(b))
}
