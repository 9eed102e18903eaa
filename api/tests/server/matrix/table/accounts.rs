//! The rows of accounts: one's own, and those of others for who runs the server.

use serde_json::{Value, json};

use super::{ALL, Row, none, read, write};
use crate::world::{Ids, PASSWORD};

/// For administrators; everybody else is told that it is not for them.
const ADMINS: &str = "sss fy fff fff";

fn bystander(ids: &Ids) -> Value {
    json!({ "input": { "id": ids.bystander } })
}

pub fn queries() -> Vec<Row> {
    vec![
        read(
            "{ viewer { hasTotp recoveryCodesLeft passkeys { id name } apiKey { name } apiKeys { id name scopes lastUsedAt } sessions { address } \
             storage { storedBytes reservedBytes quotaBytes } } }",
            none,
            "... nn nnn nny",
        ),
        read(
            "query ($id: ID!) { node(id: $id) { id ... on ApiKey { name scopes } } }",
            |ids| json!({ "id": ids.key }),
            "sss .. ... ..y",
        ),
        read(
            "{ users { nodes { user { id name email role } disabledAt deleteAt lastSeenAt \
             storage { storedBytes quotaBytes } libraries { id name bytes onlyOwner } devices { count behind silent } } \
             edges { cursor node { user { id } } } pageInfo { endCursor } } }",
            none,
            ADMINS,
        ),
        read("{ invitations { id email role quotaBytes createdAt expiresAt } }", none, ADMINS),
        read("{ invitation(token: \"a wrong one\") { email role expiresAt } }", none, ALL),
        read(
            "{ auditLog { nodes { id at action userName actorName address detail } \
             edges { cursor node { id } } pageInfo { endCursor } } }",
            none,
            "sss ny nnn nny",
        ),
        read(
            "query ($id: ID!) { auditLog(userId: $id) { nodes { action userName detail } } }",
            |ids| json!({ "id": ids.user }),
            "sss .y ... ..y",
        ),
    ]
}

pub fn mutations() -> Vec<Row> {
    vec![
        write(
            "mutation { userInvite(input: { role: USER }) { invitation { id role } token userErrors { code } } }",
            none,
            ADMINS,
        ),
        write(
            "mutation ($input: InvitationRevokeInput!) { invitationRevoke(input: $input) { deletedId \
             userErrors { code } } }",
            |ids| json!({ "input": { "id": ids.invitation } }),
            ADMINS,
        ),
        write(
            "mutation { invitationAccept(input: { token: \"x\", name: \"Eve\", email: \"eve@example.org\", \
             password: \"a long password\" }) { token viewer { user { id } } userErrors { code } } }",
            none,
            "www ww www www",
        ),
        write(
            "mutation { passwordReset(input: { token: \"x\", password: \"a long password\" }) \
             { userErrors { code } } }",
            none,
            "www ww www www",
        ),
        write(
            "mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { account { user { id } \
             storage { quotaBytes } } userErrors { code } } }",
            |ids| json!({ "input": { "id": ids.bystander, "role": "GUEST", "quotaBytes": 1_000_000 } }),
            ADMINS,
        ),
        write(
            "mutation ($input: UserResetLinkInput!) { userResetLink(input: $input) { token userErrors { code } } }",
            bystander,
            ADMINS,
        ),
        write(
            "mutation ($input: UserDeleteInput!) { userDelete(input: $input) { account { deleteAt } \
             userErrors { code } } }",
            bystander,
            ADMINS,
        ),
        write(
            "mutation ($input: UserRestoreInput!) { userRestore(input: $input) { account { deleteAt } \
             userErrors { code } } }",
            |ids| json!({ "input": { "id": ids.leaving } }),
            ADMINS,
        ),
        // Nobody has begun yet: nothing is there to be confirmed.
        write(
            "mutation { totpConfirm(input: { code: \"123456\" }) { recoveryCodes userErrors { code } } }",
            none,
            "sss ww www www",
        ),
        write(
            "mutation { totpBegin(input: { password: \"a wrong password\" }) { secret url userErrors { code } } }",
            none,
            "sss ww www www",
        ),
        write(
            "mutation ($input: TotpBeginInput!) { totpBegin(input: $input) { secret url userErrors { code } } }",
            |_| json!({ "input": { "password": PASSWORD } }),
            "sss yy yyy yyy",
        ),
        write(
            "mutation { totpRemove(input: { password: \"a wrong password\", code: \"123456\" }) \
             { userErrors { code } } }",
            none,
            "sss ww www www",
        ),
        write(
            "mutation ($input: UserTotpRemoveInput!) { userTotpRemove(input: $input) { userErrors { code } } }",
            bystander,
            ADMINS,
        ),
        write(
            "mutation { passkeyBegin(input: { password: \"a wrong password\" }) { challenge options \
             userErrors { code } } }",
            none,
            "sss ww www www",
        ),
        write(
            "mutation { passkeyCreate(input: { challenge: \"x\", credential: \"{}\", name: \"a phone\" }) \
             { passkey { id name } userErrors { code } } }",
            none,
            "sss ww www www",
        ),
        write(
            "mutation { sessionCreateByPasskey(input: { challenge: \"x\", credential: \"{}\" }) \
             { token viewer { user { id } } userErrors { code } } }",
            none,
            "www ww www www",
        ),
        write(
            "mutation { passkeyDelete(input: { id: \"passkey_987654\" }) { deletedId userErrors { code } } }",
            none,
            "sss ww www www",
        ),
        write(
            "mutation { sessionPasskeyBegin { challenge options userErrors { code } } }",
            none,
            "yyy yy yyy yyy",
        ),
        // The bystander is no member, to whom alone an owner may give it; an administrator has to say whose it is.
        write(
            "mutation ($input: LibraryTransferInput!) { libraryTransfer(input: $input) { libraryId \
             userErrors { code field } } }",
            |ids| json!({ "input": { "libraryId": ids.library, "userId": ids.bystander } }),
            "sss .w ... ...",
        ),
        write(
            "mutation { apiKeyCreate(input: { name: \"a program\", scopes: [ASSET_READ] }) \
             { apiKey { id name } token userErrors { code } } }",
            none,
            "sss yy yyy yyy",
        ),
        // What guests may never do, their keys can't.
        write(
            "mutation { apiKeyCreate(input: { name: \"a program\", scopes: [ASSET_READ, LIBRARY_UPLOAD] }) \
             { apiKey { id name } token userErrors { code } } }",
            none,
            "sss yy www yyy",
        ),
        write(
            "mutation ($input: ApiKeyDeleteInput!) { apiKeyDelete(input: $input) { deletedId userErrors { code } } }",
            |ids| json!({ "input": { "id": ids.key } }),
            "sss .. ... ..y",
        ),
        write(
            "mutation { profileUpdate(input: { name: \"Secret name\" }) { user { name } userErrors { code } } }",
            none,
            "sss yy yyy yyy",
        ),
        // Only the owner has another session.
        write("mutation { sessionDeleteOthers { ended userErrors { code } } }", none, "sss nn nnn nny"),
    ]
}
