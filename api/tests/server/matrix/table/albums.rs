//! Albums that are shared with nobody: whoever shares their library knows nothing of them. What sharing does is in
//! `crate::albums`.

use serde_json::json;

use super::{Ask, Row, none, read, write};

/// What is asked.
pub fn queries() -> Vec<Row> {
    vec![
        read(
            "{ albums(sort: NAME) { totalCount nodes { id name } edges { cursor node { name } } pageInfo { endCursor } } }",
            none,
            OWN,
        ),
        read(
            "query ($id: ID!) { album(id: $id) { id name description order role talk live rule text assetCount firstDay \
             lastDay likeCount liked createdAt changedAt owner { id name picture } parent { name } albums { name } \
             cover { id name } members { role inherited user { id name } } \
             contributors { assetCount user { name } } } }",
            |ids| json!({ "id": ids.album }),
            OWN,
        ),
        read("query ($id: ID!) { album(id: $id) { id name } }", |ids| json!({ "id": ids.gone }), NOBODY),
        read(
            "query ($id: ID!) { node(id: $id) { id ... on Album { name } } }",
            |ids| json!({ "id": ids.album }),
            OWN,
        ),
        read(
            "query ($id: ID!) { albumAssets(albumId: $id) { nodes { id name } edges { cursor node { name } } \
             pageInfo { endCursor } } }",
            |ids| json!({ "id": ids.album }),
            OWN,
        ),
        read(
            "query ($id: ID!) { albumComments(albumId: $id) { nodes { id text own createdAt albumId user { name } \
             asset { name } } edges { cursor node { text } } pageInfo { endCursor } } }",
            |ids| json!({ "id": ids.album }),
            OWN,
        ),
        read(
            "query ($id: ID!, $asset: ID!) { albumTalk(albumId: $id, assetId: $asset) { likeCount liked commentCount } }",
            |ids| json!({ "id": ids.album, "asset": ids.asset }),
            "sss .. ... ..n",
        ),
        // Whoever has an account is known by name to those who may share with them. Guests share nothing.
        read("{ personSearch(text: \"secret\") { id name } }", none, "sss yy ... yyy"),
        Row {
            ask: Ask::Events(
                "subscription ($id: ID!) { albumChanged(id: $id) { gone album { id name } } }",
                |ids| json!({ "id": ids.album }),
            ),
            outcome: OWN,
            writes: false,
        },
    ]
}

/// What is changed.
pub fn mutations() -> Vec<Row> {
    let mut rows = vec![
        write(
            "mutation { albumCreate(input: { name: \"Trams\" }) { album { id name } userErrors { code } } }",
            none,
            "sss yy www yyy",
        ),
        write(
            "mutation ($input: AlbumUpdateInput!) { albumUpdate(input: $input) { album { id name } \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "id": ids.album, "name": format!("Secret {}", ids.session), "coverId": ids.asset } }),
            OWN,
        ),
        write(
            "mutation ($input: AlbumInput!) { albumRestore(input: $input) { album { id } userErrors { code message } } }",
            |ids| json!({ "input": { "id": ids.gone } }),
            OWN,
        ),
        write(
            "mutation ($input: AlbumInput!) { albumDelete(input: $input) { deletedId userErrors { code message } } }",
            |ids| json!({ "input": { "id": ids.album } }),
            OWN,
        ),
    ];
    rows.extend(contents());
    rows.extend(people());
    rows
}

fn contents() -> Vec<Row> {
    vec![
        write(
            "mutation ($input: AlbumAssetsAddInput!) { albumAssetsAdd(input: $input) { albums { added album { name } } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "albumIds": [ids.shelf], "assetIds": [ids.asset] } }),
            OWN,
        ),
        write(
            "mutation ($input: AlbumAssetsRemoveInput!) { albumAssetsRemove(input: $input) { album { name } removedIds \
             userErrors { code message } } }",
            |ids| json!({ "input": { "albumId": ids.album, "assetIds": [ids.asset] } }),
            OWN,
        ),
        write(
            "mutation ($input: AlbumAssetsRestoreInput!) { albumAssetsRestore(input: $input) { album { name } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "removalId": ids.removal } }),
            OWN,
        ),
        write(
            "mutation ($input: AlbumAssetsMoveInput!) { albumAssetsMove(input: $input) { album { name } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "albumId": ids.album, "assetIds": [ids.asset] } }),
            OWN,
        ),
        write(
            "mutation ($input: AlbumCommentAddInput!) { albumCommentAdd(input: $input) { comment { text } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "albumId": ids.album, "assetId": ids.asset, "text": "Secret" } }),
            OWN,
        ),
        write(
            "mutation ($input: AlbumCommentDeleteInput!) { albumCommentDelete(input: $input) { deletedId \
             userErrors { code message } } }",
            |ids| json!({ "input": { "id": ids.comment } }),
            OWN,
        ),
        write(
            "mutation ($input: AlbumLikeSetInput!) { albumLikeSet(input: $input) { album { name } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "albumId": ids.album, "likes": true } }),
            OWN,
        ),
    ]
}

fn people() -> Vec<Row> {
    vec![
        write(
            "mutation ($input: AlbumMemberSetInput!) { albumMemberSet(input: $input) { album { name } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "albumId": ids.album, "userIds": [ids.other], "role": "VIEWER" } }),
            OWN,
        ),
        write(
            "mutation ($input: AlbumTransferInput!) { albumTransfer(input: $input) { album { name } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "albumId": ids.album, "userId": ids.other } }),
            OWN,
        ),
    ]
}

/// The owner's, who alone may know of it.
const OWN: &str = "sss .. ... ..y";
/// Gone for everybody.
const NOBODY: &str = "sss .. ... ...";
