//! The message, encrypted for one browser: RFC 8291 over RFC 8188, in one record.

use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};

use super::Browser;
use crate::PostError;

/// Size of a record as it is announced; ours has one, which is shorter.
const RECORD: u32 = 4096;
/// Most bytes that fit in one, with the sign of its end and the proof.
const MOST: usize = RECORD as usize - 17;
/// The sign that ends the last record.
const LAST: u8 = 2;

/// Encrypts a text so that this browser alone reads it.
pub(super) fn seal(to: &Browser<'_>, text: &[u8]) -> Result<Vec<u8>, PostError> {
    if text.len() > MOST {
        return Err(PostError::Never("it is too long for a push".to_owned()));
    }
    let random = SystemRandom::new();
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &random).map_err(|_| failed())?;
    let own_public = own.compute_public_key().map_err(|_| failed())?;
    let own_public = own_public.as_ref();
    let theirs = UnparsedPublicKey::new(&ECDH_P256, to.public_key);
    let info = [b"WebPush: info\0".as_slice(), to.public_key, own_public].concat();
    let shared = agree_ephemeral(own, &theirs, |shared| expand::<32>(to.secret, shared, &info));
    let shared = shared.map_err(|_| PostError::Never("the browser's key is none".to_owned()))??;
    let mut salt = [0; 16];
    random.fill(&mut salt).map_err(|_| failed())?;
    let key: [u8; 16] = expand(&salt, &shared, b"Content-Encoding: aes128gcm\0")?;
    let nonce: [u8; 12] = expand(&salt, &shared, b"Content-Encoding: nonce\0")?;
    let mut sealed = [text, &[LAST]].concat();
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).map_err(|_| failed())?);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)
        .map_err(|_| failed())?;
    let length = u8::try_from(own_public.len()).map_err(|_| failed())?;
    Ok([salt.as_slice(), &RECORD.to_be_bytes(), &[length], own_public, &sealed].concat())
}

/// A length that is asked of HKDF.
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn expand<const N: usize>(salt: &[u8], input: &[u8], info: &[u8]) -> Result<[u8; N], PostError> {
    let mut out = [0; N];
    let info = [info];
    let extracted = Salt::new(HKDF_SHA256, salt).extract(input);
    let expanded = extracted.expand(&info, Length(N)).map_err(|_| failed())?;
    expanded.fill(&mut out).map_err(|_| failed())?;
    Ok(out)
}

fn failed() -> PostError {
    PostError::Never("it could not be encrypted".to_owned())
}
