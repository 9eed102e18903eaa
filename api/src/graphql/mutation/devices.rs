//! Devices that back up.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::actions::accounts::Outcome;
use crate::actions::devices::{self, Told};
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::scalars::{Long, Moment};
use crate::graphql::types::device::Device;
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct Devices;

/// A device that makes itself known.
#[derive(InputObject)]
pub struct DeviceRegisterInput {
    /// The device that it was before; without it that of the session or key by which this is asked, or a new one.
    id: Option<ID>,
    /// What its person calls it; at most 100 characters.
    name: String,
    /// What it is: `Android 16`; at most 100 characters.
    platform: Option<String>,
}

/// What a device tells of itself.
#[derive(InputObject)]
pub struct DeviceReportInput {
    /// Which device.
    id: ID,
    /// How many files wait to be stored.
    pending_count: i32,
    /// How many bytes they have, where it is known.
    pending_bytes: Option<Long>,
    /// Since when the oldest of them waits.
    oldest_unsaved_at: Option<Moment>,
}

/// Which device.
#[derive(InputObject)]
pub struct DeviceRemoveInput {
    /// Its global id.
    id: ID,
}

/// The device as it stands now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct DevicePayload {
    /// It.
    device: Option<Device>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which device is gone.
#[derive(SimpleObject)]
pub struct DeviceRemovePayload {
    /// Global id of what is gone.
    deleted_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Devices {
    /// Makes a device known that backs up, or names it anew; at most 50 each. Whoever signs in by one session or key is one
    /// device. For those who may upload.
    async fn device_register(
        &self,
        context: &Context<'_>,
        input: DeviceRegisterInput,
    ) -> async_graphql::Result<DevicePayload> {
        let cx = Cx::of(context)?;
        let device = input.id.as_ref().map(id).transpose()?;
        payload(devices::register(cx, device, &input.name, input.platform.as_deref()).await)
    }

    /// Tells how much waits on a device to be stored. A key tells of its own device.
    async fn device_report(
        &self,
        context: &Context<'_>,
        input: DeviceReportInput,
    ) -> async_graphql::Result<DevicePayload> {
        let cx = Cx::of(context)?;
        let told = Told {
            pending: input.pending_count,
            bytes: input.pending_bytes.map(|bytes| bytes.0),
            oldest: input.oldest_unsaved_at.map(|at| at.0),
        };
        payload(devices::report(cx, id(&input.id)?, told).await)
    }

    /// Forgets a device of the viewer's own. What it has stored stays, and so does its session. Not for API keys.
    async fn device_remove(
        &self,
        context: &Context<'_>,
        input: DeviceRemoveInput,
    ) -> async_graphql::Result<DeviceRemovePayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        Ok(match devices::remove(cx, id(&input.id)?).await? {
            Ok(()) => DeviceRemovePayload { deleted_id: Some(input.id), user_errors: Vec::new() },
            Err(user_errors) => DeviceRemovePayload { deleted_id: None, user_errors },
        })
    }
}

fn payload(done: Outcome<domain::device::Device>) -> async_graphql::Result<DevicePayload> {
    Ok(match done? {
        Ok(device) => DevicePayload { device: Some(Device(device)), user_errors: Vec::new() },
        Err(user_errors) => DevicePayload { device: None, user_errors },
    })
}
