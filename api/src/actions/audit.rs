//! What happened to accounts: administrators read all of it, everybody what is about themselves.

use domain::audit::AuditEntry;
use domain::{AuditEntryId, UserId};
use store::AuditFilter;

use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Entries before one, latest first, and whether there are more. Of others there is nothing for who may not know.
pub async fn entries(
    app: &App,
    auth: &Auth,
    of: Option<UserId>,
    before: Option<AuditEntryId>,
    first: usize,
) -> Result<(Vec<AuditEntry>, bool), ApiError> {
    let (viewer, _) = auth.person()?;
    let filter = match of {
        Some(user) if user != viewer.id && !viewer.is_admin() => return Ok((Vec::new(), false)),
        Some(user) => AuditFilter::About(user),
        None if viewer.is_admin() => AuditFilter::All,
        None => AuditFilter::About(viewer.id),
    };
    let limit = i64::try_from(first).unwrap_or(i64::MAX);
    let mut entries = app.store.audit_entries(filter, before, limit.saturating_add(1)).await?;
    let more = entries.len() > first;
    entries.truncate(first);
    Ok((entries, more))
}
