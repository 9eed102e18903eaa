//! Stacks: pictures and films of one moment, shown as one. What assets have in common is kept as ties; whoever shares
//! one may belong together.

use std::cmp::Ordering;

use chrono::NaiveDateTime;

use crate::AssetId;
use crate::asset::AssetLife;
use crate::metadata::{AssetType, Format, Metadata};

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

impl Tie {
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
    /// It was put into the archive.
    pub archived: bool,
}

impl Member {
    fn is_raw(&self) -> bool {
        self.format == Format::Raw
    }
}

/// Whether two assets that share a tie belong together.
pub fn belong(a: &Member, b: &Member, tie: &Tie) -> bool {
    match tie {
        Tie::Film(_) => a.kind != b.kind,
        Tie::Burst(_) => a.kind == b.kind,
        Tie::Shot(..) => a.is_raw() != b.is_raw(),
    }
}

/// Which member stands for a stack: a picture rather than a film, what the camera developed rather than its raw, the
/// earliest.
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
    let rank = |member: &Member| (member.kind != AssetType::Image, member.is_raw(), member.local, member.id);
    rank(a).cmp(&rank(b))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn member(id: i64, format: Format) -> Member {
        let local = NaiveDate::from_ymd_opt(2024, 5, 17).and_then(|day| day.and_hms_opt(14, 3, 0));
        Member { id: AssetId(id), kind: format.asset_type(), format, local, archived: false }
    }

    #[test]
    fn one_member_is_shown_on_each_shelf_and_none_that_is_not_there() {
        use AssetLife::{Active, Archived, Stacked};
        let some = |archived: [bool; 3]| -> Vec<Member> {
            let members = (1..).zip(archived);
            members.map(|(id, archived)| Member { archived, ..member(id, Format::Jpeg) }).collect()
        };
        for (archived, wanted, expected) in [
            ([false, false, false], None, [(1, Active), (2, Stacked), (3, Stacked)]),
            ([false, false, false], Some(2), [(1, Stacked), (2, Active), (3, Stacked)]),
            ([true, false, false], None, [(1, Archived), (2, Active), (3, Stacked)]),
            ([true, false, false], Some(1), [(1, Archived), (2, Active), (3, Stacked)]),
            ([true, true, true], None, [(1, Archived), (2, Stacked), (3, Stacked)]),
            ([false, false, false], Some(9), [(1, Active), (2, Stacked), (3, Stacked)]),
        ] {
            let mut found = lives(&some(archived), wanted.map(AssetId));
            found.sort_unstable_by_key(|(id, _)| *id);
            assert_eq!(found, expected.map(|(id, life)| (AssetId(id), life)), "{archived:?} {wanted:?}");
        }
    }

    #[test]
    fn what_belongs_together_is_of_different_kinds_but_for_bursts() {
        let (picture, film, raw) = (member(1, Format::Jpeg), member(2, Format::Mp4), member(3, Format::Raw));
        let (live, burst) = (Tie::Film("x".into()), Tie::Burst("x".into()));
        let shot = Tie::Shot("img_1".into(), NaiveDateTime::default());
        assert!(belong(&picture, &film, &live) && !belong(&picture, &member(4, Format::Heic), &live));
        assert!(belong(&picture, &raw, &shot) && !belong(&picture, &member(4, Format::Heic), &shot));
        assert!(belong(&picture, &member(4, Format::Jpeg), &burst));
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
