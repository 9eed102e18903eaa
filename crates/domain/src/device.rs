//! Devices that back up, and how they stand.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{DeviceId, UserId};

/// Days after which a device that was not seen is silent.
pub const SILENT_DAYS: i64 = 14;
/// Days after which a device on which something waits is behind.
pub const BEHIND_DAYS: i64 = 3;

/// A device that backs up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Identity.
    pub id: DeviceId,
    /// Whose.
    pub user: UserId,
    /// What its person calls it.
    pub name: String,
    /// What it is, as it says itself.
    pub platform: Option<String>,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
    /// When it last asked for anything, to the nearest few minutes.
    pub last_seen_at: DateTime<Utc>,
    /// When something of it was last stored here.
    pub last_stored_at: Option<DateTime<Utc>>,
    /// What it last told of itself.
    pub report: Option<Report>,
    /// Whether it is signed in.
    pub connected: bool,
}

/// What a device tells of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// When it told so.
    pub at: DateTime<Utc>,
    /// How many files wait to be stored.
    pub pending: i32,
    /// How many bytes they have, where it is known.
    pub bytes: Option<i64>,
    /// Since when the oldest of them waits.
    pub oldest: Option<DateTime<Utc>>,
}

/// How a device stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeviceHealth {
    /// It has told nothing yet.
    Unknown,
    /// Nothing waits.
    Saved,
    /// Something waits, and not for long.
    Waiting,
    /// Something has been waiting for more than [`BEHIND_DAYS`].
    Behind,
    /// It was not seen for more than [`SILENT_DAYS`]: nobody knows what waits there.
    Silent,
}

/// How many devices somebody has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeviceNumbers {
    /// In all.
    pub count: i64,
    /// Of these, behind.
    pub behind: i64,
    /// Of these, silent.
    pub silent: i64,
}

impl Device {
    /// How it stands.
    pub fn health(&self, now: DateTime<Utc>) -> DeviceHealth {
        let Some(report) = self.report else { return DeviceHealth::Unknown };
        let older = |at: DateTime<Utc>, days| now - at > TimeDelta::days(days);
        if older(self.last_seen_at, SILENT_DAYS) {
            DeviceHealth::Silent
        } else if report.pending == 0 {
            DeviceHealth::Saved
        } else if report.oldest.is_some_and(|oldest| older(oldest, BEHIND_DAYS)) {
            DeviceHealth::Behind
        } else {
            DeviceHealth::Waiting
        }
    }
}

impl DeviceNumbers {
    /// Counts devices.
    pub fn of<'a>(devices: impl IntoIterator<Item = &'a Device>, now: DateTime<Utc>) -> Self {
        devices.into_iter().fold(Self::default(), |all, device| {
            let health = device.health(now);
            Self {
                count: all.count + 1,
                behind: all.behind + i64::from(health == DeviceHealth::Behind),
                silent: all.silent + i64::from(health == DeviceHealth::Silent),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out by hand: days since it was seen, files that wait, days that the oldest has waited.
    #[test]
    fn health_is_told_by_what_waits_and_for_how_long() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(100);
        let ago = |days| now - TimeDelta::days(days);
        for (seen, report, health) in [
            (0, None, DeviceHealth::Unknown),
            (30, None, DeviceHealth::Unknown),
            (0, Some((0, None)), DeviceHealth::Saved),
            (14, Some((0, None)), DeviceHealth::Saved),
            (15, Some((0, None)), DeviceHealth::Silent),
            (0, Some((3, None)), DeviceHealth::Waiting),
            (0, Some((3, Some(3))), DeviceHealth::Waiting),
            (0, Some((3, Some(4))), DeviceHealth::Behind),
            (15, Some((3, Some(4))), DeviceHealth::Silent),
        ] {
            let report = report.map(|(pending, oldest)| Report {
                at: ago(seen),
                pending,
                bytes: None,
                oldest: oldest.map(ago),
            });
            let device = Device {
                id: DeviceId(1),
                user: UserId(1),
                name: "phone".into(),
                platform: None,
                created_at: ago(50),
                last_seen_at: ago(seen),
                last_stored_at: None,
                report,
                connected: true,
            };
            assert_eq!(device.health(now), health, "{seen} {report:?}");
            let numbers = DeviceNumbers::of([&device, &device], now);
            let twice = |of| if health == of { 2 } else { 0 };
            let wanted = (2, twice(DeviceHealth::Behind), twice(DeviceHealth::Silent));
            assert_eq!((numbers.count, numbers.behind, numbers.silent), wanted);
        }
    }
}
