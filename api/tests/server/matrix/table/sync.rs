//! What is sent to copies, and the devices that back up.

use serde_json::json;

use super::{Ask, MEMBERS, Row, none, read, write};

/// What is asked.
pub fn queries() -> Vec<Row> {
    vec![
        read(
            "{ changes(after: \"1.0.0\", first: 1000) { items { kind id gone albumId assetId userId asset { id name } \
             library { id name } } hasMore } }",
            none,
            MEMBERS,
        ),
        read(
            "{ changes(after: \"1.0.0\", first: 500) { items { kind album { name } member { user { name } role inherited } \
             entry { place addedAt addedBy { name } } comment { text } talk { likeCount } } } }",
            none,
            OWN,
        ),
        // Within a round, as far as nothing was gained or lost since it began.
        read(
            "{ changes(after: \"1.0.0~9000000000000.2.0\") { items { kind id asset { name } } } }",
            none,
            MEMBERS,
        ),
        read(
            "query ($ids: [ID!]!) { receipts(assetIds: $ids) { assetId blake3 bytes storedAt signature } }",
            |ids| json!({ "ids": [ids.asset] }),
            MEMBERS,
        ),
        read("{ receiptKey }", none, "sss == === ==="),
        // Whoever has just begun is told where they stand; what follows stands in `live.rs`.
        Row {
            ask: Ask::Events(
                "subscription ($ids: [ID!]!) { assetChanged(ids: $ids) { position reset items { id asset { name } } } }",
                |ids| json!({ "ids": [ids.asset] }),
            ),
            outcome: "sss nn nnn nnn",
            writes: false,
        },
        Row {
            ask: Ask::Events(
                "subscription { jobProgress { stages { stage pending running buried } } }",
                none,
            ),
            outcome: "sss nn nnn nnn",
            writes: false,
        },
        read(
            "{ viewer { devices { id name platform createdAt lastSeenAt lastStoredAt reportedAt pendingCount pendingBytes \
             oldestUnsavedAt health connected } } }",
            none,
            "... nn nnn nny",
        ),
        read(
            "query ($id: ID!) { node(id: $id) { id ... on Device { name } } }",
            |ids| json!({ "id": ids.device }),
            OWN,
        ),
    ]
}

/// What is changed. Guests have nothing to back up.
pub fn mutations() -> Vec<Row> {
    vec![
        write(
            "mutation { deviceRegister(input: { name: \"Another phone\", platform: \"Android\" }) { device { id name } \
             userErrors { code } } }",
            none,
            "sss yy fff yyy",
        ),
        write(
            "mutation ($input: DeviceRegisterInput!) { deviceRegister(input: $input) { device { id name } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "id": ids.device, "name": "Secret phone" } }),
            "sss .. fff ..y",
        ),
        write(
            "mutation ($input: DeviceReportInput!) { deviceReport(input: $input) { device { id name pendingCount } \
             userErrors { code message } } }",
            |ids| json!({ "input": { "id": ids.device, "pendingCount": 7, "oldestUnsavedAt": "2025-05-17T14:03:00Z" } }),
            "sss .. fff ..y",
        ),
        write(
            "mutation ($input: DeviceRemoveInput!) { deviceRemove(input: $input) { deletedId userErrors { code message } } }",
            |ids| json!({ "input": { "id": ids.device } }),
            OWN,
        ),
    ]
}

/// The owner's, who alone may know of it.
const OWN: &str = "sss .. ... ..y";
