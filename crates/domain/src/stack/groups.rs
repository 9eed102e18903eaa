//! Who of a stack still belongs together when one of its members has gone or has become another.

use std::collections::BTreeMap;

use super::{Member, TieKind, belong};
use crate::AssetId;

/// A member of a stack with its ties, as the numbers that they are kept as; of some that are old the kind is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tied {
    /// Who.
    pub member: Member,
    /// Its ties.
    pub ties: BTreeMap<i64, Option<TieKind>>,
}

impl Tied {
    fn belongs_to(&self, other: &Self) -> bool {
        self.ties.iter().any(|(tie, kind)| {
            let shared = other.ties.get(tie);
            shared.is_some_and(|same| {
                kind.or(*same).is_none_or(|kind| belong(&self.member, &other.member, kind))
            })
        })
    }
}

/// Those who belong together, directly or through others. The groups stand in the order of their first members.
pub fn groups(members: Vec<Tied>) -> Vec<Vec<AssetId>> {
    let mut groups = Vec::new();
    let mut left = members.into_iter();
    while let Some(first) = left.next() {
        let mut group = Vec::new();
        let mut reached = vec![first];
        while let Some(member) = reached.pop() {
            let (near, far): (Vec<Tied>, Vec<Tied>) = left.partition(|other| member.belongs_to(other));
            left = far.into_iter();
            reached.extend(near);
            group.push(member.member.id);
        }
        group.sort();
        groups.push(group);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Format;

    fn tied(id: i64, format: Format, ties: &[(i64, Option<TieKind>)]) -> Tied {
        let member = Member {
            id: AssetId(id),
            kind: format.asset_type(),
            format,
            local: None,
            make: None,
            model: None,
            archived: false,
        };
        Tied { member, ties: ties.iter().copied().collect() }
    }

    fn of(members: &[Tied]) -> Vec<Vec<i64>> {
        let ids = |group: Vec<AssetId>| group.into_iter().map(|id| id.0).collect();
        groups(members.to_vec()).into_iter().map(ids).collect()
    }

    #[test]
    fn who_had_only_the_one_that_went_in_common_parts() {
        let (shot, live) = ((1, Some(TieKind::Shot)), (2, Some(TieKind::Film)));
        let all = [
            tied(1, Format::Jpeg, &[shot, live]),
            tied(2, Format::Heic, &[shot]),
            tied(3, Format::Mp4, &[live]),
            tied(4, Format::Raw, &[shot]),
        ];
        assert_eq!(of(&all), [vec![1, 2, 3, 4]]);
        assert_eq!(of(&all[..3]), [vec![1, 3], vec![2]], "without the raw");
        assert_eq!(of(&[]), Vec::<Vec<i64>>::new());
    }

    #[test]
    fn a_burst_stays_one_and_so_does_what_nothing_is_known_of() {
        let burst: Vec<Tied> =
            (1..=4).map(|id| tied(id, Format::Jpeg, &[(7, Some(TieKind::Burst))])).collect();
        assert_eq!(of(&burst[1..]), [vec![2, 3, 4]]);
        let old: Vec<Tied> = (1..=2).map(|id| tied(id, Format::Jpeg, &[(7, None)])).collect();
        assert_eq!(of(&old), [vec![1, 2]]);
        let mixed = [old[0].clone(), tied(2, Format::Jpeg, &[(7, Some(TieKind::Shot))])];
        assert_eq!(of(&mixed), [vec![1], vec![2]], "what one of them knows of a tie is so");
    }
}
