//! Devices that back up, and receipts for what they have stored.

use async_graphql::{Enum, ID, Object, SimpleObject};
use chrono::Utc;
use domain::device;

use crate::graphql::scalars::{Base64, Long, Moment};
use crate::receipts;

/// A device that backs up, as it tells of itself.
pub struct Device(pub device::Device);

/// How a device stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "device::DeviceHealth")]
pub enum DeviceHealth {
    /// It has told nothing yet.
    Unknown,
    /// Nothing waits.
    Saved,
    /// Something waits, and not for long.
    Waiting,
    /// Something has been waiting for more than three days.
    Behind,
    /// It was not seen for more than two weeks: nobody knows what waits there.
    Silent,
}

/// How many devices back up to somebody's account.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct DeviceNumbers {
    /// In all.
    pub count: i32,
    /// Of these, those on which something has been waiting for more than three days.
    pub behind: i32,
    /// Of these, those that were not seen for more than two weeks.
    pub silent: i32,
}

/// A promise that a file is stored here, signed with the key of this server (Ed25519). The signature is over the text
/// `tessera-receipt-1 {assetId} {blake3} {bytes} {storedAt}`, in ASCII, with `storedAt` as whole milliseconds since 1970, rounded
/// down.
#[derive(Debug, Clone, SimpleObject)]
pub struct Receipt {
    /// Global id of the asset.
    pub asset_id: ID,
    /// BLAKE3 of the file, hex.
    pub blake3: String,
    /// Its size.
    pub bytes: Long,
    /// Since when it is stored.
    pub stored_at: Moment,
    /// 64 bytes.
    pub signature: Base64,
}

/// A device that backs up, as it tells of itself.
#[Object]
impl Device {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What its person calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is, as it says itself.
    async fn platform(&self) -> Option<&str> {
        self.0.platform.as_deref()
    }

    /// Since when it is known.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
    }

    /// When it last asked for anything, to the nearest few minutes.
    async fn last_seen_at(&self) -> Moment {
        Moment(self.0.last_seen_at)
    }

    /// When something of it was last stored here; null where nothing was.
    async fn last_stored_at(&self) -> Option<Moment> {
        self.0.last_stored_at.map(Moment)
    }

    /// When it last told how much waits; null where it never did.
    async fn reported_at(&self) -> Option<Moment> {
        self.0.report.map(|report| Moment(report.at))
    }

    /// How many files wait to be stored, as it last told.
    async fn pending_count(&self) -> i32 {
        self.0.report.map_or(0, |report| report.pending)
    }

    /// How many bytes they have; null where it is not known.
    async fn pending_bytes(&self) -> Option<Long> {
        self.0.report.and_then(|report| report.bytes).map(Long)
    }

    /// Since when the oldest of them waits; null where nothing does, or where it is not known.
    async fn oldest_unsaved_at(&self) -> Option<Moment> {
        self.0.report.and_then(|report| report.oldest).map(Moment)
    }

    /// How it stands.
    async fn health(&self) -> DeviceHealth {
        self.0.health(Utc::now()).into()
    }

    /// Whether it is signed in.
    async fn connected(&self) -> bool {
        self.0.connected
    }
}

impl From<device::DeviceNumbers> for DeviceNumbers {
    fn from(numbers: device::DeviceNumbers) -> Self {
        let number = |count| i32::try_from(count).unwrap_or(i32::MAX);
        Self { count: number(numbers.count), behind: number(numbers.behind), silent: number(numbers.silent) }
    }
}

impl From<receipts::Receipt> for Receipt {
    fn from(receipt: receipts::Receipt) -> Self {
        let content = receipt.content;
        Self {
            asset_id: content.asset.to_string().into(),
            blake3: content.blake3.iter().map(|byte| format!("{byte:02x}")).collect(),
            bytes: Long(content.size),
            stored_at: Moment(content.stored_at),
            signature: Base64(receipt.signature),
        }
    }
}
