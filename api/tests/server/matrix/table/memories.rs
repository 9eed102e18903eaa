//! Memories: of what is in each viewer's timeline.

use serde_json::json;

use super::{MEMBERS, Row, none, read, write};

/// What is asked.
pub fn queries() -> Vec<Row> {
    vec![
        read(
            "{ memories(day: \"2025-05-17\") { key kind from to count place text saved yearsAgo(day: \"2025-05-17\") \
             cover { id name } } }",
            none,
            MEMBERS,
        ),
        read(
            "{ memory(key: \"day-2024-05-17-2024-05-17\") { key count place cover { id name } } }",
            none,
            MEMBERS,
        ),
        // Nobody keeps any that they see.
        read("{ savedMemories { key cover { id } } }", none, "sss == === ==="),
    ]
}

/// What is changed. Everybody keeps what they like for themselves, also of days of which they see nothing.
pub fn mutations() -> Vec<Row> {
    vec![write(
        "mutation ($input: MemoryUpdateInput!) { memoryUpdate(input: $input) { memory { key cover { id } } \
         userErrors { code } } }",
        |_| json!({ "input": { "key": "day-1999-05-17-1999-05-17", "hidden": true } }),
        "sss yy yyy yyy",
    )]
}
