//! What people are told is theirs alone. What they are told of is in `crate::notifications`.

use serde_json::json;

use super::{Ask, Row, none, read, write};

pub fn queries() -> Vec<Row> {
    vec![
        read(
            "{ notifications { unreadCount nodes { id kind count detail at readAt actor { id name } album { id name } \
             library { id name } } edges { cursor node { id detail } } pageInfo { endCursor } } }",
            none,
            OWN,
        ),
        read("{ notificationChoices { kind app mail push } }", none, "sss nn nnn nnn"),
        Row {
            ask: Ask::Events(
                "subscription { notificationReceived { unreadCount notification { id kind detail } } }",
                none,
            ),
            outcome: "sss nn nnn nnn",
            writes: false,
        },
    ]
}

pub fn mutations() -> Vec<Row> {
    vec![
        write("mutation { notificationsRead(input: {}) { unreadCount userErrors { code } } }", none, OWN),
        write(
            "mutation { notificationChoose(input: { kind: ALBUM_LIKED, channel: MAIL, wanted: true }) \
             { userErrors { code } } }",
            none,
            "sss yy yyy yyy",
        ),
        // No push service is there: it would be asked by the server, in its own network.
        write(
            "mutation { pushSubscribe(input: { endpoint: \"https://127.0.0.1/x\", publicKey: \"BA\", secret: \"AA\" }) \
             { userErrors { code field } } }",
            none,
            "sss ww www www",
        ),
        write(
            "mutation { pushUnsubscribe(input: { endpoint: \"https://fcm.googleapis.com/x\" }) { userErrors { code } } }",
            none,
            "sss nn nnn nnn",
        ),
        // Nobody has this address, and this server sends no letters.
        write(
            "mutation ($input: PasswordResetRequestInput!) { passwordResetRequest(input: $input) { userErrors { code } } }",
            |ids| json!({ "input": { "email": format!("{}@example.com", ids.library) } }),
            "nnn nn nnn nnn",
        ),
    ]
}

/// The owner has been told something; nobody else has.
const OWN: &str = "sss nn nnn nny";
