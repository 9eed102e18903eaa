//! Hearts, the archive, the trash and the locked folder.

use serde_json::json;

use super::{Ask, MEMBERS, Row, none, read, write};
use crate::world::{PASSWORD, PREVIEW};

/// Editors and owners.
const EDITORS: &str = "sss .. ... .yy";
/// Owners alone.
const OWNER: &str = "sss .. ... ..y";
/// Everybody's for themselves.
const EACH: &str = "sss yy yyy yyy";

/// What is asked.
pub fn queries() -> Vec<Row> {
    vec![
        read(
            "{ trash { count days assets { nodes { id name trashedAt trashedUntil } edges { cursor node { id life } } \
             pageInfo { endCursor } } } }",
            none,
            MEMBERS,
        ),
        // Nobody has locked anything, and nobody's is open.
        read(
            "{ lockedFolder { hasPin openUntil count assets { nodes { id } edges { node { id } } \
             pageInfo { endCursor } } } }",
            none,
            "sss == === ===",
        ),
        read(
            "query ($id: ID!) { asset(id: $id) { id life favourite trashedAt trashedUntil } }",
            |ids| json!({ "id": ids.trashed }),
            MEMBERS,
        ),
    ]
}

/// What is changed.
pub fn mutations() -> Vec<Row> {
    let mut rows = deeds();
    rows.extend(trash());
    rows.extend(locked());
    rows.extend(downloads());
    rows.extend(pictures());
    rows
}

fn pictures() -> Vec<Row> {
    vec![
        Row {
            ask: Ask::Multipart(
                "mutation ($input: ProfilePictureSetInput!) { profilePictureSet(input: $input) { user { id picture } \
                 userErrors { code } } }",
                |_| json!({ "input": {} }),
                PREVIEW,
            ),
            outcome: EACH,
            writes: true,
        },
        write("mutation { profilePictureRemove { user { id picture } userErrors { code } } }", none, EACH),
    ]
}

fn downloads() -> Vec<Row> {
    vec![
        write(
            "mutation ($input: DownloadCreateInput!) { downloadCreate(input: $input) { download { address name count bytes \
             expiresAt } userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset], "stacked": true, "sidecars": true } }),
            MEMBERS,
        ),
        write(
            "mutation ($input: DownloadCreateInput!) { downloadCreate(input: $input) { download { count } \
             userErrors { code } } }",
            |ids| json!({ "input": { "albumId": ids.album } }),
            "sss .. ... ..y",
        ),
    ]
}

fn deeds() -> Vec<Row> {
    vec![
        write(
            "mutation ($input: ActInput!) { assetsFavourite(input: $input) { count assets { id name } actId \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            MEMBERS,
        ),
        write(
            "mutation ($input: ActInput!) { assetsUnfavourite(input: $input) { count assets { id } \
             userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            MEMBERS,
        ),
        write(
            "mutation ($input: ActInput!) { assetsArchive(input: $input) { count assets { id } userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            EDITORS,
        ),
        // To how many of what they find they may do it: the one that is there, or none.
        read(
            "mutation { assetsArchive(input: { filter: { text: \"type:image\" }, preview: true }) { count \
             userErrors { code } } }",
            none,
            "sss .. nnn nnn",
        ),
        write(
            "mutation ($input: ActInput!) { assetsUnarchive(input: $input) { count assets { id } userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            EDITORS,
        ),
        write(
            "mutation ($input: ActInput!) { assetsTrash(input: $input) { count assets { id } userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            EDITORS,
        ),
        write(
            "mutation ($input: ActInput!) { assetsRestore(input: $input) { count assets { id } userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.trashed] } }),
            EDITORS,
        ),
        write(
            "mutation ($input: ActUndoInput!) { actUndo(input: $input) { count changedSince userErrors { code } } }",
            |ids| json!({ "input": { "actId": ids.act } }),
            OWNER,
        ),
        write(
            "mutation ($input: ActInput!) { assetsLock(input: $input) { count assets { id } userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            OWNER,
        ),
        write(
            "mutation ($input: ActInput!) { assetsUnlock(input: $input) { count assets { id } userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.asset] } }),
            OWNER,
        ),
    ]
}

fn trash() -> Vec<Row> {
    vec![
        write(
            "mutation ($input: TrashInput!) { trashRestore(input: $input) { count userErrors { code } } }",
            |ids| json!({ "input": { "libraryId": ids.library } }),
            EDITORS,
        ),
        write(
            "mutation ($input: TrashInput!) { trashEmpty(input: $input) { count remaining userErrors { code } } }",
            |ids| json!({ "input": { "libraryId": ids.library } }),
            OWNER,
        ),
        write(
            "mutation ($input: AssetsDeleteInput!) { assetsDelete(input: $input) { count userErrors { code } } }",
            |ids| json!({ "input": { "assetIds": [ids.trashed] } }),
            OWNER,
        ),
    ]
}

fn locked() -> Vec<Row> {
    vec![
        write(
            "mutation ($input: LockedFolderSetPinInput!) { lockedFolderSetPin(input: $input) { openUntil \
             userErrors { code } } }",
            |_| json!({ "input": { "password": PASSWORD, "pin": "271828" } }),
            EACH,
        ),
        write(
            "mutation ($input: LockedFolderSetPinInput!) { lockedFolderSetPin(input: $input) { openUntil \
             userErrors { code } } }",
            |_| json!({ "input": { "password": "a wrong password", "pin": "314159" } }),
            "sss ww www www",
        ),
        write(
            "mutation { lockedFolderOpen(input: { pin: \"314159\" }) { openUntil userErrors { code } } }",
            none,
            "sss ww www www",
        ),
        write(
            "mutation { lockedFolderOpen(input: { pin: \"271828\" }) { openUntil userErrors { code } } }",
            none,
            EACH,
        ),
        // Each closes what the row above has opened.
        write("mutation { lockedFolderClose { openUntil userErrors { code } } }", none, EACH),
    ]
}
