//! Passkeys (WebAuthn), found by the device itself: it says whose they are, after its own lock was opened.

use anyhow::{Context, anyhow};
use domain::UserId;
use serde_json::Value;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder,
};

use super::Auth;
use crate::app::App;

/// What a browser is asked, and what is kept until it answers; both as JSON.
pub struct Asked {
    /// For `navigator.credentials`.
    pub options: String,
    /// Never leaves the server.
    pub state: String,
}

/// Who this server is for passkeys: its public address, or this very machine. None elsewhere: browsers bind passkeys to
/// names.
pub fn server(app: &App, auth: &Auth) -> anyhow::Result<Option<Webauthn>> {
    let local = auth.host.as_deref().filter(|host| host.split(':').next() == Some("localhost"));
    let address = match (&app.settings.public_url, local) {
        (Some(url), _) => url.as_str().to_owned(),
        (None, Some(host)) => format!("http://{host}"),
        (None, None) => return Ok(None),
    };
    let Ok(origin) = Url::parse(&address) else { return Ok(None) };
    let Some(domain) = origin.domain() else { return Ok(None) };
    let server = WebauthnBuilder::new(domain, &origin).and_then(|builder| builder.rp_name("Tessera").build());
    server.map(Some).map_err(|error| anyhow!("passkeys can't be asked for: {error}"))
}

/// Asks for a new passkey of a person.
pub fn begin_adding(
    server: &Webauthn,
    user: UserId,
    email: &str,
    name: &str,
    known: Vec<Vec<u8>>,
) -> anyhow::Result<Asked> {
    let (options, state) = server
        .start_passkey_registration(handle(user), email, name, Some(known))
        .map_err(|error| anyhow!("a passkey can't be asked for: {error}"))?;
    let mut options = serde_json::to_value(options)?;
    // So that the device finds it without being told whose it is.
    let selection = &mut options["publicKey"]["authenticatorSelection"];
    selection["residentKey"] = Value::from("required");
    selection["requireResidentKey"] = Value::from(true);
    Ok(Asked { options: options.to_string(), state: serde_json::to_string(&state)? })
}

/// The new passkey, if the answer is right: how it is known, and what is kept of it as JSON.
pub fn finish_adding(
    server: &Webauthn,
    state: &str,
    answer: &str,
) -> anyhow::Result<Option<(Vec<u8>, String)>> {
    let state: PasskeyRegistration = serde_json::from_str(state).context("a kept challenge is broken")?;
    let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answer) else { return Ok(None) };
    let Ok(passkey) = server.finish_passkey_registration(&answer, &state) else { return Ok(None) };
    Ok(Some((passkey.cred_id().to_vec(), serde_json::to_string(&passkey)?)))
}

/// Asks for any passkey of this server's.
pub fn begin(server: &Webauthn) -> anyhow::Result<Asked> {
    let (options, state) = server
        .start_discoverable_authentication()
        .map_err(|error| anyhow!("a passkey can't be asked for: {error}"))?;
    Ok(Asked { options: serde_json::to_string(&options)?, state: serde_json::to_string(&state)? })
}

/// An answer that says whose it is; nothing is proved yet.
pub struct Claimed {
    answer: PublicKeyCredential,
    /// Whose it says it is.
    pub user: UserId,
    /// By which credential.
    pub credential_id: Vec<u8>,
}

/// Reads an answer.
pub fn claimed(server: &Webauthn, answer: &str) -> Option<Claimed> {
    let answer: PublicKeyCredential = serde_json::from_str(answer).ok()?;
    let (handle, credential_id) = server.identify_discoverable_authentication(&answer).ok()?;
    let (user, credential_id) = (user(handle)?, credential_id.to_vec());
    Some(Claimed { answer, user, credential_id })
}

/// Whether the answer proves what it says; the credential as it is to be kept then. One whose count has gone back was
/// copied.
pub fn finish(
    server: &Webauthn,
    state: &str,
    claimed: &Claimed,
    credential: &str,
) -> anyhow::Result<Option<String>> {
    let state: DiscoverableAuthentication =
        serde_json::from_str(state).context("a kept challenge is broken")?;
    let mut passkey: Passkey = serde_json::from_str(credential).context("a kept passkey is broken")?;
    let proved = server.finish_discoverable_authentication_v2(&claimed.answer, state, &passkey);
    let Some(proved) = proved.ok().filter(AuthenticationResult::user_verified) else { return Ok(None) };
    passkey.update_credential(&proved);
    Ok(Some(serde_json::to_string(&passkey)?))
}

/// By what a device knows a person: their number, which tells nothing of them.
fn handle(user: UserId) -> Uuid {
    Uuid::from_u64_pair(0, user.0.unsigned_abs())
}

fn user(handle: Uuid) -> Option<UserId> {
    let (zero, number) = handle.as_u64_pair();
    (zero == 0).then_some(number).and_then(|number| i64::try_from(number).ok()).map(UserId)
}
