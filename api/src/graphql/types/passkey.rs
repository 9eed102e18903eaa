//! Passkeys.

use async_graphql::{ID, Object};
use domain::user;

use crate::graphql::scalars::Moment;

/// A device or password manager that proves by its own lock who somebody is.
pub struct Passkey(pub user::Passkey);

/// A device or password manager that proves by its own lock who somebody is.
#[Object]
impl Passkey {
    /// Global id.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What its person calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// When it was added.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
    }

    /// When somebody last signed in by it; null where nobody has.
    async fn last_used_at(&self) -> Option<Moment> {
        self.0.last_used_at.map(Moment)
    }
}
