//! Who somebody is elsewhere (OpenID Connect), and what that says of their account here.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::IdentityId;
use crate::user::UserRole;

/// An account at another provider by which somebody signs in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its number.
    pub id: IdentityId,
    /// The provider.
    pub issuer: String,
    /// What the provider calls the person in words, if it does.
    pub email: Option<String>,
    /// Since when.
    pub linked_at: DateTime<Utc>,
    /// The last sign-in by it.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// What a provider says of somebody who has just signed in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The provider.
    pub issuer: String,
    /// What it calls them for ever.
    pub subject: String,
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address, only if the provider has made sure that it is theirs.
    pub email: Option<String>,
    /// The provider's own session, which it may end later.
    pub session: Option<String>,
    /// What they may do here, where a claim for that is set and says something that is known.
    pub role: Option<UserRole>,
    /// How much they may store, where a claim for that is set and says a number.
    pub quota_bytes: Option<i64>,
}

/// The role that a claim says: a name, or the highest of a list of names. Other names say nothing.
pub fn role_of(claim: &Value) -> Option<UserRole> {
    let named = |value: &Value| value.as_str().and_then(|name| name.parse::<UserRole>().ok());
    let rank = |role: &UserRole| match role {
        UserRole::Guest => 0,
        UserRole::User => 1,
        UserRole::Admin => 2,
    };
    match claim {
        Value::Array(names) => names.iter().filter_map(named).max_by_key(rank),
        value => named(value),
    }
}

/// The bytes that a claim of gibibytes says, as a number or as text.
pub fn quota_of(claim: &Value) -> Option<i64> {
    let gibibytes = claim.as_f64().or_else(|| claim.as_str()?.trim().parse().ok())?;
    let bytes = gibibytes * f64::from(1 << 30);
    (bytes.is_finite() && (0.0..9e18).contains(&bytes)).then_some(bytes as i64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn claims_say_what_is_known_and_nothing_else() {
        for (claim, role) in [
            (json!("admin"), Some(UserRole::Admin)),
            (json!(["staff", "guest", "user"]), Some(UserRole::User)),
            (json!([]), None),
            (json!("root"), None),
            (json!(2), None),
            (json!({ "admin": true }), None),
        ] {
            assert_eq!(role_of(&claim), role, "{claim}");
        }
        for (claim, bytes) in [
            (json!(2), Some(2 << 30)),
            (json!("0.5"), Some(1 << 29)),
            (json!(0), Some(0)),
            (json!(-1), None),
            (json!(1e300), None),
            (json!("much"), None),
            (json!(null), None),
        ] {
            assert_eq!(quota_of(&claim), bytes, "{claim}");
        }
    }
}
