//! The table.

mod accounts;
mod albums;
mod finding;
mod keywords;
mod libraries;
mod links;
mod memories;
mod notifications;
mod routes;
mod states;
mod sync;

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{Ids, ORIGINAL, PASSWORD, SIDECAR, TRACK};

/// How something is asked.
pub enum Ask {
    /// A document with its variables.
    GraphQl(&'static str, fn(&Ids) -> Value),
    /// A document with a file.
    Multipart(&'static str, fn(&Ids) -> Value, &'static [u8]),
    /// A subscription by server-sent events: what comes first.
    Events(&'static str, fn(&Ids) -> Value),
    /// Anything else: method, the router's path, the real one, and what goes with it.
    Http(Method, &'static str, fn(&Ids) -> String, fn(&Ids) -> Vec<(&'static str, String)>),
}

/// What everybody gets, a letter each:
/// - `y` it, with what is in the library;
/// - `n` it in numbers alone;
/// - `.` exactly what they would get if it did not exist;
/// - `s` that they have to sign in;
/// - `w` that it was refused, in words for people, and nothing changed;
/// - `f` that it is not for them, which is no secret;
/// - `=` what everybody gets, which tells nothing of the library.
pub struct Row {
    pub ask: Ask,
    /// Nobody, revoked, disabled; stranger, admin; guests as viewer, editor, owner; viewer, editor, owner.
    pub outcome: &'static str,
    /// Whether it is meant to change something.
    pub writes: bool,
}

const MEMBERS: &str = "sss .. yyy yyy";
const ADDERS: &str = "sss .. ... .yy";
const ALL: &str = "=== == === ===";

fn none(_: &Ids) -> Value {
    json!({})
}

fn read(document: &'static str, variables: fn(&Ids) -> Value, outcome: &'static str) -> Row {
    Row { ask: Ask::GraphQl(document, variables), outcome, writes: false }
}

fn write(document: &'static str, variables: fn(&Ids) -> Value, outcome: &'static str) -> Row {
    Row { ask: Ask::GraphQl(document, variables), outcome, writes: true }
}

fn get(route: &'static str, path: fn(&Ids) -> String, outcome: &'static str) -> Row {
    Row { ask: Ask::Http(Method::GET, route, path, |_| Vec::new()), outcome, writes: false }
}

/// The whole table.
pub fn rows() -> Vec<Row> {
    let mut rows = queries();
    rows.extend(finding::queries());
    rows.extend(libraries::queries());
    rows.extend(libraries::partners());
    rows.extend(notifications::queries());
    rows.extend(notifications::mutations());
    rows.extend(accounts::queries());
    rows.extend(accounts::mutations());
    rows.extend(libraries::mutations());
    rows.extend(albums::queries());
    rows.extend(links::rows());
    rows.extend(states::queries());
    rows.extend(memories::queries());
    rows.extend(keywords::queries());
    rows.extend(sync::queries());
    rows.extend(mutations());
    rows.extend(finding::mutations());
    rows.extend(albums::mutations());
    rows.extend(states::mutations());
    rows.extend(memories::mutations());
    rows.extend(keywords::mutations());
    rows.extend(sync::mutations());
    rows.extend(routes::rows());
    rows
}

fn queries() -> Vec<Row> {
    vec![
        read(
            "{ server { name version needsSetup uploadMaxBytes sendsMail pushKey mapPmtiles mapStyleUrl } }",
            none,
            ALL,
        ),
        read(
            "{ viewer { user { id name email picture } session { id client } sessions { id } } }",
            none,
            "... yy yyy yyy",
        ),
        read("query ($id: ID!) { node(id: $id) { id } }", |ids| json!({ "id": ids.asset }), MEMBERS),
        read("query ($id: ID!) { node(id: $id) { id } }", |ids| json!({ "id": ids.library }), MEMBERS),
        read(
            "query ($id: ID!) { node(id: $id) { id ... on Folder { path refusals { path reason } } } }",
            |ids| json!({ "id": ids.folder }),
            MEMBERS,
        ),
        read(
            "query ($id: ID!) { folderPart(folderId: $id) { key path name count here divided cover { id name } \
             parts { key name cover { id } parts { key } } } }",
            |ids| json!({ "id": ids.folder }),
            MEMBERS,
        ),
        read(
            "query ($id: ID!) { folderAssets(folderId: $id, key: \"cGFydA\") { nodes { id name } edges { cursor node { id } } \
             pageInfo { endCursor } } }",
            |ids| json!({ "id": ids.folder }),
            MEMBERS,
        ),
        read(
            "query ($id: ID!) { node(id: $id) { id ... on User { name email } } }",
            |ids| json!({ "id": ids.user }),
            "sss .. ... ..y",
        ),
        read(
            "query ($id: ID!) { node(id: $id) { id ... on Session { client } } }",
            |ids| json!({ "id": ids.session }),
            "sss .. ... ..y",
        ),
        read(
            "query ($id: ID!) { asset(id: $id) { id name path paths takenSource sha1 blake3 title caption keywords creator copyright sidecar edited faces { name area { x } } projection panorama { crop { left } pose { heading } view { heading } } notes thumbhash tag \
             film { videoCodec } playback { variant reason stream streamSizes } live { assetId } stack { count members { name } } albums { id name } library { id name role } camera { make serial } exposure { iso } position { latitude direction } place { city } } }",
            |ids| json!({ "id": ids.asset }),
            MEMBERS,
        ),
        read(
            "query ($ids: [ID!]!) { assets(ids: $ids) { id name library { name folders { path } } } }",
            |ids| json!({ "ids": [ids.asset] }),
            MEMBERS,
        ),
        read(
            "query ($id: ID!) { library(id: $id) { id name assetCount bytes folders { id path refusals { path } } } }",
            |ids| json!({ "id": ids.library }),
            MEMBERS,
        ),
        read(
            "{ libraries { nodes { id name assetCount } edges { cursor node { name } } pageInfo { endCursor } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ timeline { count version days { numbers counts } ratios \
             stretch(from: \"2000-01-01\", to: \"2030-01-01\") { ids tags thumbhashes next } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ timeline(filter: { text: \"type:image\" }) { count days { counts } ratios \
             stretch(from: \"2000-01-01\", to: \"2030-01-01\") { ids } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ search(filter: {}) { totalCount text nodes { id name library { name } } \
             edges { cursor node { id } } pageInfo { endCursor } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ map(bbox: { west: -180, south: -85, east: 180, north: 85 }, zoom: 2) { cells { coverId count } \
             points { id } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ map(bbox: { west: -9.14, south: 38.7, east: -9.12, north: 38.72 }, zoom: 18) { cells { coverId } \
             points { id latitude } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ map(bbox: { west: -180, south: -85, east: 180, north: 85 }, zoom: 2, \
             filter: { text: \"type:image\" }) { cells { coverId count } points { id } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ places(level: COUNTRY) { totalCount nodes { name country countryCode count cover { id name } text } \
             edges { cursor node { cover { id } } } pageInfo { endCursor } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ places(level: CITY, country: \"PT\") { nodes { name city region count cover { id } text } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ placeSearch(text: \"lisb\") { name otherName region country countryCode latitude longitude population } }",
            none,
            "sss == === ===",
        ),
        read("{ largeCities { names latitudes longitudes populations } }", none, "sss == === ==="),
        // What a track says of an asset is only told to those who may change it.
        Row {
            ask: Ask::Multipart(
                "query ($input: TrackInput!) { trackPreview(input: $input) { from to pointCount count \
                 lines { latitudes longitudes } positions { assetId tag latitude longitude altitude seconds } } }",
                |ids| json!({ "input": { "assetIds": [ids.asset], "onlyWithoutPosition": false } }),
                TRACK,
            ),
            outcome: ADDERS,
            writes: false,
        },
        // Administrators see how many files failed, and none of them.
        read("{ jobs { stages { stage buried } buried { elsewhereCount } } }", none, "sss .n nnn nnn"),
        read(
            "{ jobs { buried { totalCount nodes { assetId name path error } edges { node { assetId } } \
             pageInfo { endCursor } } } }",
            none,
            MEMBERS,
        ),
        read(
            "query ($id: ID!, $hashes: [String!]!) { uploadCheck(libraryId: $id, hashes: $hashes) }",
            |ids| json!({ "id": ids.library, "hashes": [ids.sha1] }),
            ADDERS,
        ),
        read("{ changes(after: \"1.0.0\") { items { kind id gone day } position hasMore } }", none, MEMBERS),
        Row {
            ask: Ask::Events(
                "subscription { changes(after: \"1.0.0\") { items { kind id } position } }",
                none,
            ),
            outcome: MEMBERS,
            writes: false,
        },
    ]
}

fn mutations() -> Vec<Row> {
    vec![
        Row {
            ask: Ask::Multipart(
                "mutation ($input: AssetUploadInput!) { assetUpload(input: $input) { asset { id name } duplicate \
                 userErrors { code field message } } }",
                |ids| json!({ "input": { "libraryId": ids.library } }),
                ORIGINAL,
            ),
            outcome: ADDERS,
            writes: true,
        },
        write(
            "mutation ($input: JobsRetryInput!) { jobsRetry(input: $input) { retried userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            "sss .y ... .yy",
        ),
        // None of them is waited for, so nothing changes.
        read(
            "mutation ($input: AssetTranscodeInput!) { assetTranscode(input: $input) { assets { id name } \
             userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            "sss .. ... .yy",
        ),
        read(
            "mutation ($input: AssetTranscodeInput!) { assetTranscodeCancel(input: $input) { assets { id name } \
             userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            "sss .. ... .yy",
        ),
        // One asset is no stack, and it is in none: nothing changes.
        read(
            "mutation ($input: StackInput!) { stackCreate(input: $input) { assets { id name } userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            "sss .. ... .ww",
        ),
        read(
            "mutation ($input: StackInput!) { stackSeparate(input: $input) { assets { id name } userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            "sss .. ... .yy",
        ),
        write(
            "mutation ($input: AssetUpdateInput!) { assetUpdate(input: $input) { assets { id title edited } editId \
             userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset], "caption": "Secret words" } }),
            "sss .. ... .yy",
        ),
        write(
            "mutation ($input: EditUndoInput!) { editUndo(input: $input) { assets { id title } changedSince \
             userErrors { code } } }",
            |ids| json!({ "input": { "editId": ids.edit } }),
            "sss .. ... ..y",
        ),
        Row {
            ask: Ask::Multipart(
                "mutation ($input: SidecarUploadInput!) { sidecarUpload(input: $input) { asset { id name sidecar } \
                 userErrors { code } } }",
                |ids| json!({ "input": { "assetId": ids.asset } }),
                SIDECAR,
            ),
            outcome: ADDERS,
            writes: true,
        },
        write(
            "mutation ($input: SidecarRemoveInput!) { sidecarRemove(input: $input) { asset { id name } \
             userErrors { code } } }",
            |ids| json!({ "input": { "assetId": ids.asset } }),
            ADDERS,
        ),
        Row {
            ask: Ask::Multipart(
                "mutation ($input: TrackInput!) { trackApply(input: $input) { assets { id name } editId \
                 userErrors { code } } }",
                |ids| json!({ "input": { "assetIds": [ids.asset], "onlyWithoutPosition": false } }),
                TRACK,
            ),
            outcome: ADDERS,
            writes: true,
        },
        write(
            "mutation { libraryCreate(input: { name: \"Another secret\" }) { library { id name } \
             userErrors { code } } }",
            none,
            "sss yy fff yyy",
        ),
        // Its folder is waited for already, so nothing changes.
        read(
            "mutation ($input: LibraryScanInput!) { libraryScan(input: $input) { library { id name } \
             userErrors { code } } }",
            |ids| json!({ "input": { "libraryId": ids.library } }),
            "sss .. ... .yy",
        ),
        write(
            "mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) { user { name } \
             userErrors { code } } }",
            |_| json!({ "input": { "current": PASSWORD, "new": PASSWORD, "signOutOthers": false } }),
            "sss yy yyy yyy",
        ),
        write(
            "mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) { user { name } \
             userErrors { code } } }",
            |_| json!({ "input": { "current": "a wrong password", "new": PASSWORD } }),
            "sss ww www www",
        ),
        write(
            "mutation { sessionCreate(input: { email: \"owner@example.org\", password: \"a wrong password\" }) \
             { token viewer { user { id } } userErrors { code field message } } }",
            none,
            "www ww www www",
        ),
        write(
            "mutation ($input: SessionCreateInput!) { sessionCreate(input: $input) { token \
             viewer { user { name } session { id } } userErrors { code message } } }",
            |ids| json!({ "input": { "email": ids.email, "password": PASSWORD } }),
            "yyy yy yyy yyy",
        ),
        write(
            "mutation ($input: SessionCreateInput!) { sessionCreate(input: $input) { token viewer { user { name } } \
             userErrors { code message } } }",
            |_| json!({ "input": { "email": "disabled@example.org", "password": PASSWORD } }),
            "www ww www www",
        ),
        write(
            "mutation ($input: SessionDeleteInput!) { sessionDelete(input: $input) { deletedId \
             userErrors { code message } } }",
            |ids| json!({ "input": { "id": ids.session } }),
            "sss .. ... ..y",
        ),
        write(
            "mutation { setupComplete(input: { token: \"x\", name: \"Eve\", email: \"eve@example.org\", \
             password: \"a long password\" }) { token viewer { user { id } } userErrors { code } } }",
            none,
            "www ww www www",
        ),
    ]
}

/// Sends what a row asks for.
pub fn request(client: &Client, ask: &Ask, ids: &Ids) -> reqwest::RequestBuilder {
    let document = |document: &str, variables: Value| json!({ "query": document, "variables": variables });
    match ask {
        Ask::GraphQl(text, variables) => {
            client.request(Method::POST, "/graphql").json(&document(text, variables(ids)))
        }
        Ask::Events(text, variables) => client
            .request(Method::POST, "/graphql")
            .header("accept", "text/event-stream")
            .json(&document(text, variables(ids))),
        Ask::Multipart(text, variables, file) => {
            client.multipart(text, variables(ids), ("secret.jpg", file.repeat(2)))
        }
        Ask::Http(method, _, path, headers) => {
            let mut request = client.request(method.clone(), &path(ids));
            for (name, value) in headers(ids) {
                request = if name == "body" { request.body(value) } else { request.header(name, value) };
            }
            request
        }
    }
}
