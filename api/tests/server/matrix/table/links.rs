//! Public links: who makes them and knows of them. What they show to those who hold one is in `crate::links`; here nobody has
//! opened any, and whatever account somebody has, it is worth nothing where links are used.

use reqwest::Method;
use serde_json::json;

use super::routes::{speaks, tus};
use super::{ALL, Ask, Row, get, none, read, write};
use crate::world::base64;

/// The owner's, who alone may know of it.
const OWN: &str = "sss .. ... ..y";

/// What is asked and changed.
pub fn rows() -> Vec<Row> {
    let mut rows = queries();
    rows.extend(mutations());
    rows.extend(routes());
    rows
}

fn queries() -> Vec<Row> {
    vec![
        read(
            "{ shareLinks { nodes { id title slug album { name } assetCount hasPassword view download upload metadata location \
             library { name } createdAt expiresAt ended visits visitedAt } edges { cursor node { title } } \
             pageInfo { endCursor } } }",
            none,
            OWN,
        ),
        read(
            "query ($id: ID!) { shareLinks(albumId: $id) { nodes { id title } } }",
            |ids| json!({ "id": ids.album }),
            OWN,
        ),
        read(
            "query ($id: ID!) { node(id: $id) { id ... on ShareLink { title } } }",
            |ids| json!({ "id": ids.link }),
            OWN,
        ),
        // Whoever asks elsewhere than by a link holds none.
        read("{ shared { title sharedBy assetCount } }", none, ALL),
        read(
            "{ sharedAssets { nodes { id name file { name } playback { variant } camera { make } exposure { iso } \
             position { latitude } place { city } } edges { cursor node { id } } pageInfo { endCursor } } }",
            none,
            ALL,
        ),
        read("query ($id: ID!) { sharedAsset(id: $id) { id name } }", |ids| json!({ "id": ids.asset }), ALL),
    ]
}

fn mutations() -> Vec<Row> {
    vec![
        write(
            "mutation ($input: ShareLinkCreateInput!) { shareLinkCreate(input: $input) { shareLink { id title } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "albumId": ids.album } }),
            OWN,
        ),
        write(
            "mutation ($input: ShareLinkCreateInput!) { shareLinkCreate(input: $input) { shareLink { id title } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            "sss .. ... .yy",
        ),
        write(
            "mutation ($input: ShareLinkUpdateInput!) { shareLinkUpdate(input: $input) { shareLink { id } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "id": ids.link, "title": format!("Secret {}", ids.session) } }),
            OWN,
        ),
        write(
            "mutation ($input: ShareLinkInput!) { shareLinkReissue(input: $input) { shareLink { id } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "id": ids.link } }),
            OWN,
        ),
        write(
            "mutation ($input: ShareLinkInput!) { shareLinkRevoke(input: $input) { deletedId userErrors { code message } } }",
            |ids| json!({ "input": { "id": ids.link } }),
            OWN,
        ),
    ]
}

fn routes() -> Vec<Row> {
    let graphql = "/shared/{handle}/graphql";
    vec![
        get("/share/{*path}", |_| "/share/a-slug/abcdefgh".into(), ALL),
        get(graphql, |_| "/shared/abcdefgh/graphql?query=%7Bshared%7Btitle%7D%7D".into(), ALL),
        get(
            graphql,
            |_| {
                "/shared/abcdefgh/graphql?query=%7Bviewer%7Buser%7Bname%7D%7Dalbums%7BtotalCount%7D%7D".into()
            },
            ALL,
        ),
        get(
            "/shared/{handle}/media/{asset}/{variant}",
            |ids| format!("/shared/abcdefgh/media/{}/preview", ids.asset),
            ALL,
        ),
        get(
            "/shared/{handle}/media/{asset}/hls/{file}",
            |ids| format!("/shared/abcdefgh/media/{}/hls/master.m3u8", ids.asset),
            ALL,
        ),
        get(
            "/shared/{handle}/cover/{token}",
            |_| format!("/shared/abcdefgh/cover/{}", "abcdefgh".repeat(5)),
            ALL,
        ),
        tus(Method::OPTIONS, "/shared/{handle}/upload", |_| "/shared/abcdefgh/upload".into(), speaks, ALL),
        tus(
            Method::POST,
            "/shared/{handle}/upload",
            |_| "/shared/abcdefgh/upload".into(),
            |ids| {
                let metadata = format!("library {},filename {}", base64(&ids.library), base64("a.jpg"));
                let length = ("upload-length", "9".into());
                vec![("tus-resumable", "1.0.0".into()), length, ("upload-metadata", metadata)]
            },
            ALL,
        ),
        tus(
            Method::HEAD,
            "/shared/{handle}/upload/{id}",
            |ids| format!("/shared/abcdefgh/upload/{}", ids.upload),
            speaks,
            ALL,
        ),
        tus(
            Method::DELETE,
            "/shared/{handle}/upload/{id}",
            |ids| format!("/shared/abcdefgh/upload/{}", ids.upload),
            speaks,
            ALL,
        ),
        Row {
            ask: Ask::Http(
                Method::POST,
                "/shared/{handle}/open",
                |_| "/shared/abcdefgh/open".into(),
                |_| vec![("graphql-require-preflight", "1".into())],
            ),
            outcome: ALL,
            writes: false,
        },
    ]
}
