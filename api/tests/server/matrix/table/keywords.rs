//! Keywords: told to members, changed by editors.

use serde_json::json;

use super::{ADDERS, MEMBERS, Row, none, read, write};

/// What is asked.
pub fn queries() -> Vec<Row> {
    vec![
        read("{ keywords { libraryId path count colour text cover { id name } } }", none, MEMBERS),
        read(
            "query ($id: ID!) { keywords(libraryId: $id) { path count } }",
            |ids| json!({ "id": ids.library }),
            MEMBERS,
        ),
    ]
}

/// What is changed.
pub fn mutations() -> Vec<Row> {
    vec![
        write(
            "mutation ($input: KeywordMoveInput!) { keywordMove(input: $input) { count editIds userErrors { code field } } }",
            |ids| json!({ "input": { "libraryId": ids.library, "path": ["Secret"], "to": ["Secret", "again"] } }),
            "sss .. ... .ww",
        ),
        write(
            "mutation ($input: KeywordMoveInput!) { keywordMove(input: $input) { count editIds userErrors { code field } } }",
            |ids| json!({ "input": { "libraryId": ids.library, "path": ["Secret"], "to": ["Secret words"] } }),
            ADDERS,
        ),
        write(
            "mutation ($input: KeywordDeleteInput!) { keywordDelete(input: $input) { count editIds userErrors { code field } } }",
            |ids| json!({ "input": { "libraryId": ids.library, "path": ["Secret", "Secret keyword"] } }),
            ADDERS,
        ),
        write(
            "mutation ($input: KeywordUpdateInput!) { keywordUpdate(input: $input) { userErrors { code field } } }",
            |ids| json!({ "input": { "libraryId": ids.library, "path": ["Secret"], "colour": "TEAL" } }),
            ADDERS,
        ),
    ]
}
