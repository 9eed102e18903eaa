//! Who is in a library, and who says so.

use serde_json::json;

use super::{MEMBERS, Row, none, read, write};

pub fn queries() -> Vec<Row> {
    vec![read(
        "query ($id: ID!) { library(id: $id) { members { role user { id name } } } }",
        |ids| json!({ "id": ids.library }),
        MEMBERS,
    )]
}

/// Nobody is a partner here: what partners see is in `crate::partners`.
pub fn partners() -> Vec<Row> {
    vec![
        read(
            "{ viewer { partners { inTimeline addedAt user { name } } partnersLooking { inTimeline addedAt user { name } } } }",
            none,
            "... nn nnn nnn",
        ),
        write(
            "mutation ($input: PartnerAddInput!) { partnerAdd(input: $input) { viewer { user { id } } \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "userId": ids.bystander } }),
            "sss yy fff yyy",
        ),
        write(
            "mutation ($input: PartnerRemoveInput!) { partnerRemove(input: $input) { viewer { user { id } } \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "userId": ids.leaving } }),
            "sss .. ... ...",
        ),
        write(
            "mutation ($input: PartnerLeaveInput!) { partnerLeave(input: $input) { viewer { user { id } } \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "userId": ids.leaving } }),
            "sss .. ... ...",
        ),
        write(
            "mutation ($input: PartnerUpdateInput!) { partnerUpdate(input: $input) { viewer { user { id } } \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "userId": ids.leaving, "inTimeline": false } }),
            "sss .. ... ...",
        ),
    ]
}

pub fn mutations() -> Vec<Row> {
    vec![
        write(
            "mutation ($input: LibraryUpdateInput!) { libraryUpdate(input: $input) { library { id name } \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "libraryId": ids.library, "name": format!("Secret {}", ids.session) } }),
            OWN,
        ),
        write(
            "mutation ($input: LibraryMemberSetInput!) { libraryMemberSet(input: $input) { library { members { role } } \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "libraryId": ids.library, "userIds": [ids.bystander], "role": "VIEWER" } }),
            OWN,
        ),
        // An owner is left as they are, whoever says otherwise.
        write(
            "mutation ($input: LibraryMemberSetInput!) { libraryMemberSet(input: $input) { library { name } \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "libraryId": ids.library, "userIds": [ids.user], "role": null } }),
            "sss .. ... ..w",
        ),
    ]
}

/// Those who may manage it; guests never do.
const OWN: &str = "sss .. ... ..y";
