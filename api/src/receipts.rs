//! Receipts: what this server promises to have stored, signed so that a client can hold it to that (ADR 23).

use domain::AssetId;
use domain::access::{Permission, Viewer};
use rand::RngCore;
use ring::signature::{Ed25519KeyPair, KeyPair};
use store::StoredContent;
use tokio::sync::OnceCell;

use crate::app::App;
use crate::error::ApiError;

/// The key of this server, once it has been asked for.
#[derive(Default)]
pub struct Signer(OnceCell<Ed25519KeyPair>);

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Of what.
    pub content: StoredContent,
    /// Over [`signed_text`].
    pub signature: Vec<u8>,
}

impl Signer {
    async fn key(&self, app: &App) -> Result<&Ed25519KeyPair, ApiError> {
        self.0
            .get_or_try_init(async || {
                let mut fresh = [0; 32];
                rand::rng().fill_bytes(&mut fresh);
                let seed = app.store.receipt_seed(&fresh).await?;
                let key = Ed25519KeyPair::from_seed_unchecked(&seed);
                key.map_err(|error| ApiError::Internal(anyhow::anyhow!("the key for receipts: {error}")))
            })
            .await
    }

    /// What signatures are verified with: 32 bytes.
    pub async fn public_key(&self, app: &App) -> Result<Vec<u8>, ApiError> {
        Ok(self.key(app).await?.public_key().as_ref().to_vec())
    }
}

/// Receipts for these assets, in their order; none for what is not stored here, or what the viewer may not know of: it is for
/// the members of a library to know what lies where.
pub async fn receipts(
    app: &App,
    viewer: &Viewer,
    assets: &[AssetId],
) -> Result<Vec<Option<Receipt>>, ApiError> {
    let allowed = app.store.allowed_assets(viewer, Permission::AssetLocate, assets).await?;
    let known: Vec<AssetId> = assets.iter().copied().filter(|asset| allowed.contains(asset)).collect();
    let key = app.signer.key(app).await?;
    let mut contents: std::collections::HashMap<AssetId, StoredContent> =
        app.store.stored_contents(&known).await?.into_iter().map(|one| (one.asset, one)).collect();
    let sign = |content: StoredContent| {
        let signature = key.sign(signed_text(&content).as_bytes()).as_ref().to_vec();
        Receipt { content, signature }
    };
    Ok(assets.iter().map(|asset| contents.remove(asset).map(sign)).collect())
}

/// What a signature is over: the asset's id, its content, its size and the millisecond since which it is stored.
pub fn signed_text(content: &StoredContent) -> String {
    let hash: String = content.blake3.iter().map(|byte| format!("{byte:02x}")).collect();
    let stored = content.stored_at.timestamp_millis();
    format!("tessera-receipt-1 {} {hash} {} {stored}", content.asset, content.size)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn the_signed_text_is_as_it_is_written_down() {
        let content = StoredContent {
            asset: AssetId(12),
            blake3: vec![0xab; 32],
            size: 345,
            stored_at: DateTime::from_timestamp_millis(1_764_547_200_123).unwrap(),
        };
        let wanted = format!("tessera-receipt-1 asset_12 {} 345 1764547200123", "ab".repeat(32));
        assert_eq!(signed_text(&content), wanted);
    }
}
