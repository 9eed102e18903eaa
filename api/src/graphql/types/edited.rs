//! What of an asset people have said.

use async_graphql::Enum;
use domain::edit::Edit;

/// What of an asset people can say themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum EditedField {
    /// When it was taken.
    Taken,
    /// Where it was taken.
    Position,
    /// Title.
    Title,
    /// Caption.
    Caption,
    /// Creator.
    Creator,
    /// Copyright.
    Copyright,
    /// Keywords.
    Keywords,
    /// Stars.
    Rating,
}

impl EditedField {
    /// What an edit says something of.
    pub fn of(edit: &Edit) -> Vec<Self> {
        let said = [
            (Self::Taken, edit.taken.is_some()),
            (Self::Position, edit.position.is_some()),
            (Self::Title, edit.title.is_some()),
            (Self::Caption, edit.caption.is_some()),
            (Self::Creator, edit.creator.is_some()),
            (Self::Copyright, edit.copyright.is_some()),
            (Self::Keywords, edit.keywords.is_some()),
            (Self::Rating, edit.rating.is_some()),
        ];
        said.into_iter().filter(|(_, said)| *said).map(|(field, _)| field).collect()
    }
}
