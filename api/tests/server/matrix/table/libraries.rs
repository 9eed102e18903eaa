//! Who is in a library, and who says so.

use serde_json::json;

use super::{MEMBERS, Row, read, write};

pub fn queries() -> Vec<Row> {
    vec![read(
        "query ($id: ID!) { library(id: $id) { members { role user { id name } } } }",
        |ids| json!({ "id": ids.library }),
        MEMBERS,
    )]
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
