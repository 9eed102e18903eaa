//! What is no GraphQL: media, tiles, uploads, health.

use reqwest::Method;

use super::{ADDERS, ALL, Ask, MEMBERS, Row, get};
use crate::world::{Ids, TAG, base64};

pub(super) fn rows() -> Vec<Row> {
    let media = "/media/{asset}/{variant}";
    let hls = "/media/{asset}/hls/{file}";
    let upload = "/upload/{id}";
    let tile = "/tiles/{z}/{x}/{y}";
    vec![
        get("/graphql", |_| "/graphql?query=%7Bserver%7Bname%7D%7D".into(), ALL),
        get(
            "/graphql",
            |_| {
                "/graphql?query=mutation%7BlibraryCreate(input%3A%7Bname%3A%22x%22%7D)%7BuserErrors%7Bcode%7D%7D%7D".into()
            },
            ALL,
        ),
        get("/graphql/ws", |_| "/graphql/ws".into(), ALL),
        get("/livez", |_| "/livez".into(), ALL),
        get("/readyz", |_| "/readyz".into(), ALL),
        get("/healthz", |_| "/healthz".into(), ALL),
        get("/metrics", |_| "/metrics".into(), ALL),
        get("the web app", |_| "/".into(), ALL),
        get("the web app", |ids| format!("/photos/{}", ids.asset), ALL),
        get(media, |ids| format!("/media/{}/thumbnail?v={TAG}", ids.asset), MEMBERS),
        get(media, |ids| format!("/media/{}/thumbnail", ids.asset), MEMBERS),
        get(media, |ids| format!("/media/{}/preview?v={TAG}", ids.asset), MEMBERS),
        get(media, |ids| format!("/media/{}/preview?v=1", ids.asset), MEMBERS),
        get(media, |ids| format!("/media/{}/original", ids.asset), MEMBERS),
        get(media, |ids| format!("/media/{}/film", ids.asset), MEMBERS),
        get(media, |ids| format!("/media/{}/motion", ids.asset), MEMBERS),
        get(media, |ids| format!("/media/{}/sidecar", ids.asset), MEMBERS),
        get(media, |ids| format!("/media/{}/something", ids.asset), "sss .. ... ..."),
        get(hls, |ids| format!("/media/{}/hls/master.m3u8", ids.asset), MEMBERS),
        get(hls, |ids| format!("/media/{}/hls/180.m3u8", ids.asset), MEMBERS),
        get(hls, |ids| format!("/media/{}/hls/180.mp4", ids.asset), MEMBERS),
        get(hls, |ids| format!("/media/{}/hls/720.mp4", ids.asset), "sss .. ... ..."),
        get(hls, |ids| format!("/media/{}/hls/something.m3u8", ids.asset), "sss .. ... ..."),
        get("/picture/{user}", |ids| format!("/picture/{}?v=1", ids.user), "sss yy yyy yyy"),
        get("/download/{ticket}", |ids| format!("/download/{}", ids.ticket), "sss .. ... ..y"),
        // Everybody has a map; what is on it is another thing (`tiles.rs`).
        get(tile, |_| "/tiles/2/1/1.mvt".into(), MEMBERS),
        get(tile, |_| "/tiles/18/124423/100457.mvt".into(), MEMBERS),
        get(tile, |_| "/tiles/2/1/1.mvt?filter=type:image".into(), MEMBERS),
        get(tile, |_| "/tiles/2/4/1.mvt".into(), "sss .. ... ..."),
        // None is set; who gets one that is set stands in `ground.rs`.
        get("/map/ground.pmtiles", |_| "/map/ground.pmtiles".into(), "sss .. ... ..."),
        Row {
            ask: Ask::Http(
                Method::HEAD,
                media,
                |ids| format!("/media/{}/original", ids.asset),
                |_| vec![("range", "bytes=0-3".into())],
            ),
            outcome: MEMBERS,
            writes: false,
        },
        tus(Method::OPTIONS, "/upload", |_| "/upload".into(), speaks, ALL),
        tus(Method::OPTIONS, upload, |ids| format!("/upload/{}", ids.upload), speaks, ALL),
        tus(
            Method::POST,
            "/upload",
            |_| "/upload".into(),
            |ids| {
                let metadata = format!("library {},filename {}", base64(&ids.library), base64("secret.jpg"));
                vec![
                    ("tus-resumable", "1.0.0".into()),
                    ("upload-length", "10".into()),
                    ("upload-metadata", metadata),
                ]
            },
            ADDERS,
        ),
        tus(Method::HEAD, upload, |ids| format!("/upload/{}", ids.upload), speaks, "sss .. ... ..y"),
        tus(
            Method::PATCH,
            upload,
            |ids| format!("/upload/{}", ids.upload),
            |_| {
                vec![
                    ("tus-resumable", "1.0.0".into()),
                    ("upload-offset", "0".into()),
                    ("content-type", "application/offset+octet-stream".into()),
                    ("body", "some bytes".into()),
                ]
            },
            "sss .. ... ..y",
        ),
        tus(Method::DELETE, upload, |ids| format!("/upload/{}", ids.upload), speaks, "sss .. ... ..y"),
    ]
}

pub(super) fn tus(
    method: Method,
    route: &'static str,
    path: fn(&Ids) -> String,
    headers: fn(&Ids) -> Vec<(&'static str, String)>,
    outcome: &'static str,
) -> Row {
    let writes = method != Method::HEAD && method != Method::OPTIONS;
    Row { ask: Ask::Http(method, route, path, headers), outcome, writes }
}

pub(super) fn speaks(_: &Ids) -> Vec<(&'static str, String)> {
    vec![("tus-resumable", "1.0.0".into())]
}
