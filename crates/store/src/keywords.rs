//! Keywords of libraries: which there are, what colour they have, and what has them.

use domain::metadata::keywords::{Keyword, KeywordColour};
use domain::{AssetId, LibraryId};

use crate::error::text;
use crate::timeline::Snapshot;
use crate::{Result, Store};

/// A keyword in a library, with those below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordCount {
    /// Where.
    pub library: LibraryId,
    /// Its whole path.
    pub keyword: Keyword,
    /// How many assets have it, or one below it.
    pub count: i64,
    /// The one of them that came last.
    pub cover: AssetId,
}

impl Snapshot {
    /// The keywords of these libraries and those above them, each library's by path. All assets that have any are counted: ask
    /// again only when the timeline's version is another.
    pub async fn keyword_counts(&mut self, libraries: &[LibraryId]) -> Result<Vec<KeywordCount>> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT a.library_id, p.path AS "path!", count(DISTINCT a.id) AS "count!", max(a.id) AS "cover!"
               FROM assets a CROSS JOIN LATERAL unnest(a.keywords) AS k (path)
               CROSS JOIN LATERAL string_to_array(k.path, '|') AS s (parts)
               CROSS JOIN LATERAL generate_series(1, cardinality(s.parts)) AS n (depth)
               CROSS JOIN LATERAL array_to_string(s.parts[1:n.depth], '|') AS p (path)
               WHERE a.library_id = ANY ($1) AND a.keywords <> '{}' AND a.state IN ('active', 'archived')
               GROUP BY a.library_id, p.path ORDER BY a.library_id, p.path"#,
            &libraries
        )
        .fetch_all(&mut *self.tx)
        .await?;
        let counts = rows.into_iter().filter_map(|row| {
            let keyword = Keyword::stored(row.path)?;
            let library = LibraryId(row.library_id);
            Some(KeywordCount { library, keyword, count: row.count, cover: AssetId(row.cover) })
        });
        Ok(counts.collect())
    }
}

impl Store {
    /// What colours keywords have in these libraries.
    pub async fn keyword_colours(
        &self,
        libraries: &[LibraryId],
    ) -> Result<Vec<(LibraryId, Keyword, KeywordColour)>> {
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            "SELECT library_id, path, colour FROM keyword_colours WHERE library_id = ANY ($1)",
            &libraries
        )
        .fetch_all(&self.pool)
        .await?;
        let mut colours = Vec::with_capacity(rows.len());
        for row in rows {
            let colour = text("keyword_colours", row.library_id, &row.colour)?;
            colours.extend(
                Keyword::stored(row.path).map(|keyword| (LibraryId(row.library_id), keyword, colour)),
            );
        }
        Ok(colours)
    }

    /// Gives a keyword a colour in a library, or none.
    pub async fn set_keyword_colour(
        &self,
        library: LibraryId,
        keyword: &Keyword,
        colour: Option<KeywordColour>,
    ) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "DELETE FROM keyword_colours WHERE library_id = $1 AND path = $2",
            library.0,
            keyword.as_str()
        )
        .execute(&mut *tx)
        .await?;
        if let Some(colour) = colour {
            sqlx::query!(
                "INSERT INTO keyword_colours (library_id, path, colour) VALUES ($1, $2, $3)
                 ON CONFLICT (library_id, path) DO UPDATE SET colour = excluded.colour",
                library.0,
                keyword.as_str(),
                colour.as_str()
            )
            .execute(&mut *tx)
            .await?;
        }
        Ok(tx.commit().await?)
    }

    /// A keyword and all below it take their colours with them, to where there are none yet.
    pub async fn copy_keyword_colours(&self, library: LibraryId, from: &Keyword, to: &Keyword) -> Result<()> {
        sqlx::query!(
            "INSERT INTO keyword_colours (library_id, path, colour)
             SELECT library_id, $3 || substr(path, length($2) + 1), colour FROM keyword_colours
             WHERE library_id = $1 AND (path = $2 OR starts_with(path, $2 || '|'))
             ON CONFLICT (library_id, path) DO NOTHING",
            library.0,
            from.as_str(),
            to.as_str()
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// What of a library has a keyword or one below it, wherever it is kept, at most so many. Ask `allowed_assets` before
    /// anything of it is changed or told.
    pub async fn assets_with_keyword(
        &self,
        library: LibraryId,
        keyword: &Keyword,
        limit: i64,
    ) -> Result<Vec<AssetId>> {
        let ids = sqlx::query_scalar!(
            "SELECT id FROM assets WHERE library_id = $1 AND keywords <> '{}' AND EXISTS (
                 SELECT FROM unnest(keywords) AS path WHERE path = $2 OR starts_with(path, $2 || '|'))
             ORDER BY id LIMIT $3",
            library.0,
            keyword.as_str(),
            limit
        );
        Ok(ids.fetch_all(&self.pool).await?.into_iter().map(AssetId).collect())
    }
}
