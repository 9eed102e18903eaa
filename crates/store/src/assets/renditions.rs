//! The renditions stage's result: the asset can be shown.

use domain::asset::Readable;
use domain::{LibraryId, pipeline, ratio};

use super::metadata::follow;
use crate::error::text;
use crate::jobs::{Claim, Settled};
use crate::{Result, Store, counts, feed};

/// What was learnt while the smaller pictures were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Content tag of the new renditions.
    pub tag: i32,
    /// Placeholder.
    pub thumbhash: Vec<u8>,
    /// Pixels, orientation applied.
    pub width: u32,
    /// Pixels, orientation applied.
    pub height: u32,
    /// What was odd, a sentence each.
    pub notes: Vec<String>,
}

impl Store {
    /// Writes that an asset has renditions and settles the stage. False if the lease was lost meanwhile.
    pub async fn rendered(&self, claim: &Claim, rendered: &Rendered) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        // The asset before its stage, as everywhere.
        counts::placement(&mut tx, claim.asset).await?;
        if !claim.settle(&mut tx, &Settled::Done).await? {
            return Ok(false);
        }
        let row = sqlx::query!(
            "UPDATE assets SET tag = $2, thumbhash = $3, width = $4, height = $5, ratio = $6, readable = $7, problem = NULL,
                rendition_notes = $8
             WHERE id = $1 RETURNING library_id, type AS kind",
            claim.asset.0,
            rendered.tag,
            rendered.thumbhash,
            i32::try_from(rendered.width).ok(),
            i32::try_from(rendered.height).ok(),
            i16::from(ratio::ratio_byte(Some(rendered.width), Some(rendered.height))),
            Readable::Ready.as_str(),
            &rendered.notes
        )
        .fetch_one(&mut *tx)
        .await?;
        let kind = text("assets", claim.asset.0, &row.kind)?;
        follow(&mut tx, claim, pipeline::after(claim.stage, kind), &Settled::Done).await?;
        feed::touch_assets(&mut tx, LibraryId(row.library_id), &[claim.asset]).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Writes that an asset can't be shown, and why; if only its bytes can't be had, what was made of them before is
    /// still shown. False if the lease was lost meanwhile.
    pub async fn not_rendered(&self, claim: &Claim, settled: &Settled) -> Result<bool> {
        let mut tx = self.pool.begin().await?;
        // The asset before its stage, as everywhere.
        counts::placement(&mut tx, claim.asset).await?;
        if !claim.settle(&mut tx, settled).await? {
            return Ok(false);
        }
        let library = sqlx::query_scalar!(
            "UPDATE assets SET readable = CASE WHEN kept THEN readable ELSE $2 END,
                problem = CASE WHEN kept THEN problem ELSE $3 END,
                rendition_notes = CASE WHEN kept THEN rendition_notes ELSE '{}' END
             FROM (SELECT readable = $5 AND $4 AS kept FROM assets WHERE id = $1) k
             WHERE id = $1 RETURNING library_id",
            claim.asset.0,
            Readable::Unreadable.as_str(),
            settled.reason(),
            matches!(settled, Settled::Unread(..)),
            Readable::Ready.as_str()
        )
        .fetch_one(&mut *tx)
        .await?;
        feed::touch_assets(&mut tx, LibraryId(library), &[claim.asset]).await?;
        tx.commit().await?;
        Ok(true)
    }
}
