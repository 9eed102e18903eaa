//! Pictures that people show of themselves. They come small and cut out, for nothing is decoded here.

use domain::metadata::Format;
use domain::sniff::sniff;
use files::Received;

use super::accounts::Outcome;
use crate::app::App;
use crate::auth::Auth;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Most bytes of one; a picture of 256 by 256 has a tenth of it.
const MOST: usize = 64 << 10;
/// How the parts of files begin that may say where somebody was.
const TELLING: [&[u8]; 5] =
    [b"Exif\0\0", b"eXIf", b"EXIF", b"http://ns.adobe.com/xap/", b"XML:com.adobe.xmp"];

/// Shows a picture of the viewer.
pub async fn set(app: &App, auth: &Auth, file: &Received) -> Outcome<()> {
    let (user, _) = auth.person()?;
    let content = file.head(MOST + 1).await?;
    let format = sniff(&content);
    let media_type = match format {
        Format::Jpeg | Format::Png | Format::Webp => format.media_type(),
        _ => return Ok(Err(vec![refused("it has to be a JPEG, PNG or WebP picture")])),
    };
    if content.len() > MOST {
        return Ok(Err(vec![refused("it has at most 64 KiB: make it smaller")]));
    }
    if TELLING.iter().any(|begin| content.windows(begin.len()).any(|part| part == *begin)) {
        let words = "it says more than it shows, perhaps where it was taken: leave its metadata out";
        return Ok(Err(vec![refused(words)]));
    }
    app.store.set_picture(user.id, &content, media_type).await?;
    Ok(Ok(()))
}

/// Shows none any more.
pub async fn remove(app: &App, auth: &Auth) -> Outcome<()> {
    let (user, _) = auth.person()?;
    if app.store.remove_picture(user.id).await? {
        return Ok(Ok(()));
    }
    let words = "there is no picture of you";
    Ok(Err(vec![UserError { code: UserErrorCode::NotFound, field: None, message: words.to_owned() }]))
}

fn refused(words: &str) -> UserError {
    UserError::of("file", UserErrorCode::Invalid, words)
}
