//! Devices that back up: they make themselves known and tell how much waits. It is for those who may add to libraries, by a key
//! that names that, too.

use chrono::{DateTime, Utc};
use domain::DeviceId;
use domain::access::{Permission, UserViewer};
use domain::device::{Device, Report};
use store::{NamedDevice, Registered};

use super::accounts::{Outcome, name_problem};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// What a device tells of itself.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// How many files wait.
    pub pending: i32,
    /// How many bytes they have.
    pub bytes: Option<i64>,
    /// Since when the oldest of them waits.
    pub oldest: Option<DateTime<Utc>>,
}

fn user(cx: &Cx) -> Result<&UserViewer, ApiError> {
    let user = cx.user()?;
    let words = "only who may upload has devices that back up; a key needs library.upload";
    if user.may_somewhere(Permission::LibraryUpload) { Ok(user) } else { Err(ApiError::Forbidden(words)) }
}

fn no_device() -> Vec<UserError> {
    let words = "there is no such device; it may have been removed. Register it again";
    vec![UserError::of("id", UserErrorCode::NotFound, words)]
}

/// Makes a device known, or names it anew.
pub async fn register(
    cx: &Cx,
    device: Option<DeviceId>,
    name: &str,
    platform: Option<&str>,
) -> Outcome<Device> {
    let user = user(cx)?;
    let (name, platform) = (name.trim(), platform.map(str::trim).filter(|platform| !platform.is_empty()));
    let mut problems: Vec<UserError> = name_problem(name).into_iter().collect();
    if platform.is_some_and(|platform| platform.chars().count() > 100) {
        let words = "a platform has at most 100 characters";
        problems.push(UserError::of("platform", UserErrorCode::TooLong, words));
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let named = NamedDevice { name, platform };
    Ok(match cx.app.store.register_device(user.id, &user.by, device, named).await? {
        Registered::Done(device) => Ok(*device),
        Registered::NoDevice => Err(no_device()),
        Registered::TooMany => {
            let words = "you have 50 devices already; remove one that you do not use any more";
            Err(vec![UserError { code: UserErrorCode::TooLong, field: None, message: words.to_owned() }])
        }
    })
}

/// Writes down what a device tells of itself.
pub async fn report(cx: &Cx, id: DeviceId, told: Told) -> Outcome<Device> {
    let user = user(cx)?;
    if told.pending < 0 || told.bytes.is_some_and(|bytes| bytes < 0) {
        let words = "as many files wait as there are, or none";
        return Ok(Err(vec![UserError::of("pendingCount", UserErrorCode::Invalid, words)]));
    }
    let now = Utc::now();
    // A clock that is ahead has nothing wait since tomorrow; and where nothing waits, nothing has been waiting.
    let oldest = told.oldest.map(|oldest| oldest.min(now)).filter(|_| told.pending > 0);
    let report = Report { at: now, pending: told.pending, bytes: told.bytes, oldest };
    if !cx.app.store.report_device(user.id, &user.by, id, report).await? {
        return Ok(Err(no_device()));
    }
    let all = cx.app.store.devices(&[user.id]).await?;
    Ok(all.into_iter().find(|device| device.id == id).ok_or_else(no_device))
}

/// Forgets a device of the viewer's own. What it has stored stays.
pub async fn remove(cx: &Cx, id: DeviceId) -> Outcome<()> {
    let user = cx.person()?;
    Ok(if cx.app.store.remove_device(user.id, id).await? { Ok(()) } else { Err(no_device()) })
}
