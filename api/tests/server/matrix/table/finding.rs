//! What helps to find.

use serde_json::json;

use super::{MEMBERS, Row, none, read, write};

/// What is asked.
pub fn queries() -> Vec<Row> {
    vec![
        read(
            "{ searchFacets(filter: { text: \"type:image\" }, keys: [CITY, CAMERA, TAG, LIBRARY]) { key valueCount \
             values { value label count text search } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ searchSuggestions(text: \"secr\") { kind key label help example count replacement start end } }",
            none,
            MEMBERS,
        ),
        read("{ searchSuggestions(text: \"library:s\") { label count replacement } }", none, MEMBERS),
        // What somebody searches for is nobody else's business, whoever shares their library.
        read("{ savedSearches { id name text createdAt usedAt } }", none, OWN),
        read("{ searchHistory { text usedAt } }", none, OWN),
        read(
            "query ($id: ID!) { node(id: $id) { id ... on SavedSearch { name text } } }",
            |ids| json!({ "id": ids.saved }),
            OWN,
        ),
    ]
}

/// What is changed.
pub fn mutations() -> Vec<Row> {
    vec![
        write(
            "mutation { savedSearchCreate(input: { name: \"Trams\", text: \"tram\" }) { savedSearch { id name } \
             userErrors { code } } }",
            none,
            EACH,
        ),
        write(
            "mutation ($input: SavedSearchUpdateInput!) { savedSearchUpdate(input: $input) { savedSearch { id text } \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "id": ids.saved, "name": format!("Secret {}", ids.session) } }),
            OWN,
        ),
        write(
            "mutation ($input: SavedSearchDeleteInput!) { savedSearchDelete(input: $input) { deletedId \
             userErrors { code field message } } }",
            |ids| json!({ "input": { "id": ids.saved } }),
            OWN,
        ),
        write("mutation { searchRemember(input: { text: \"tram\" }) { userErrors { code } } }", none, EACH),
        // Each forgets what the row above has made them remember.
        write("mutation { searchHistoryClear { cleared userErrors { code } } }", none, EACH),
    ]
}

/// The owner's, who alone may know of it.
const OWN: &str = "sss .. ... ..y";
/// Everybody's for themselves.
const EACH: &str = "sss yy yyy yyy";
