//! Partners.

use async_graphql::SimpleObject;

use super::album::Profile;
use crate::graphql::scalars::Moment;

/// Somebody whose photos the viewer sees as their partner, or who sees the viewer's.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct Partner {
    /// The other one.
    pub user: Profile,
    /// Whether theirs are on the viewer's timeline and map. Of those who see the viewer's it is null: that is for them to know.
    pub in_timeline: Option<bool>,
    /// Since when.
    pub added_at: Moment,
}
