//! Stacks: pictures and films of one moment, shown as one. What assets have in common is kept as ties; whoever shares
//! one may belong together.

mod groups;

use std::cmp::Ordering;

use chrono::NaiveDateTime;

use crate::AssetId;
use crate::metadata::{AssetType, Format, Metadata};

pub use groups::{Tied, groups};

/// Something that the members of a stack have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// A picture and the film that was taken with it: the identifier that both carry.
    Film(String),
    /// Pictures that were taken with one press of the button.
    Burst(String),
    /// One shot, written by the camera as a raw and as something else: the name without its ending, and the second.
    Shot(String, NaiveDateTime),
}

/// What kind of thing a [`Tie`] is: it says who of those that share one belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TieKind {
    /// A [`Tie::Film`].
    Film,
    /// A [`Tie::Burst`].
    Burst,
    /// A [`Tie::Shot`].
    Shot,
}

crate::texts!(TieKind { Film = "film", Burst = "burst", Shot = "shot" });

impl Tie {
    /// What kind of thing it is.
    pub fn kind(&self) -> TieKind {
        match self {
            Self::Film(_) => TieKind::Film,
            Self::Burst(_) => TieKind::Burst,
            Self::Shot(..) => TieKind::Shot,
        }
    }

    /// As it is kept: kind and value.
    pub fn as_text(&self) -> String {
        match self {
            Self::Film(id) => format!("film:{id}"),
            Self::Burst(id) => format!("burst:{id}"),
            Self::Shot(stem, at) => format!("shot:{stem}@{}", at.format("%Y-%m-%dT%H:%M:%S")),
        }
    }
}

/// The ties of an asset with this name, of which the clock on the wall is known where it was taken (`None` if it is
/// only guessed).
pub fn ties(metadata: &Metadata, name: &str, local: Option<NaiveDateTime>) -> Vec<Tie> {
    let stem = stem(name);
    let picture = metadata.format.asset_type() == AssetType::Image;
    let film = metadata.content_id.clone().map(Tie::Film);
    let burst = metadata.burst_id.clone().filter(|_| picture).map(Tie::Burst);
    let shot = local.filter(|_| picture && !stem.is_empty()).map(|local| Tie::Shot(stem, local));
    film.into_iter().chain(burst).chain(shot).collect()
}

/// What the name of a file has in common with those that were written beside it: it without its ending.
pub fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
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
}

impl Member {
    fn is_raw(&self) -> bool {
        self.format == Format::Raw
    }
}

/// Whether two assets that share a tie of this kind belong together.
pub fn belong(a: &Member, b: &Member, tie: TieKind) -> bool {
    match tie {
        TieKind::Film => a.kind != b.kind,
        TieKind::Burst => a.kind == b.kind,
        TieKind::Shot => a.is_raw() != b.is_raw(),
    }
}

/// Which member stands for a stack: a picture rather than a film, what the camera developed rather than its raw, the
/// earliest.
pub fn cover(members: &[Member]) -> Option<AssetId> {
    members.iter().min_by(|a, b| before(a, b)).map(|member| member.id)
}

fn before(a: &Member, b: &Member) -> Ordering {
    let rank = |member: &Member| (member.kind != AssetType::Image, member.is_raw(), member.local, member.id);
    rank(a).cmp(&rank(b))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn member(id: i64, format: Format) -> Member {
        let local = NaiveDate::from_ymd_opt(2024, 5, 17).and_then(|day| day.and_hms_opt(14, 3, 0));
        Member { id: AssetId(id), kind: format.asset_type(), format, local }
    }

    #[test]
    fn what_belongs_together_is_of_different_kinds_but_for_bursts() {
        let (picture, film, raw) = (member(1, Format::Jpeg), member(2, Format::Mp4), member(3, Format::Raw));
        let heic = member(4, Format::Heic);
        assert!(belong(&picture, &film, TieKind::Film) && !belong(&picture, &heic, TieKind::Film));
        assert!(belong(&picture, &raw, TieKind::Shot) && !belong(&picture, &heic, TieKind::Shot));
        assert!(belong(&picture, &member(5, Format::Jpeg), TieKind::Burst));
        assert_eq!(cover(&[raw, film, picture.clone(), member(9, Format::Jpeg)]), Some(picture.id));
    }

    #[test]
    fn ties_are_made_of_what_the_file_says() {
        let mut metadata = Metadata::silent(Format::Heic);
        metadata.content_id = Some("ABC".into());
        let local = member(1, Format::Heic).local;
        let texts: Vec<String> = ties(&metadata, "IMG_7.HEIC", local).iter().map(Tie::as_text).collect();
        assert_eq!(texts, ["film:ABC", "shot:img_7@2024-05-17T14:03:00"]);
        assert_eq!(ties(&Metadata::silent(Format::Jpeg), "a.jpg", None), []);
    }
}
