//! The page of a public link, with what others show of it where its address is posted.

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use crate::app::App;
use crate::auth::{Auth, link, token};
use crate::error::ApiError;

/// `GET /share/{path}`: the web app's page, which opens the link by the last part of the path. What is said of the link in it
/// is for programs that show previews; of one with a password nothing is said.
pub async fn page(
    State(app): State<App>,
    auth: Option<Auth>,
    Path(path): Path<String>,
) -> Result<Response, ApiError> {
    let file = app.settings.web_root.join("index.html");
    let page = tokio::fs::read_to_string(file).await.map_err(|_| ApiError::NotFound)?;
    let given = path.rsplit('/').next().unwrap_or_default();
    // A preview is not worth that people can't open the page.
    let said = preview(&app, auth.as_ref(), given).await.unwrap_or_default();
    let mut response = Html(page.replacen("</head>", &format!("{said}</head>"), 1)).into_response();
    let set = response.headers_mut();
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The address is the key: nobody is told where somebody comes from, and no search engine lists it.
    set.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    set.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    Ok(response)
}

async fn preview(app: &App, auth: Option<&Auth>, given: &str) -> Result<String, ApiError> {
    let Some(handle) = link::handle(given) else { return Ok(String::new()) };
    let Some(opened) = app.store.open_link(&token::hash(given)).await? else { return Ok(String::new()) };
    if opened.password_hash.is_some() {
        return Ok(String::new());
    }
    let Some(told) = app.store.told_of_link(opened.viewer.id).await? else { return Ok(String::new()) };
    let title = if told.title.is_empty() { "Tessera" } else { told.title.as_str() };
    let mut said = [("og:type", "website"), ("og:site_name", "Tessera"), ("og:title", title)]
        .map(|(property, content)| tag(property, content))
        .concat();
    if !told.description.is_empty() {
        said.push_str(&tag("og:description", &told.description));
    }
    if let Some(origin) = origin(app, auth).filter(|_| opened.viewer.grants.view && told.assets > 0) {
        said.push_str(&tag("og:image", &format!("{origin}{}{handle}/cover/{given}", link::BELOW)));
    }
    Ok(said)
}

/// The server as others reach it.
fn origin(app: &App, auth: Option<&Auth>) -> Option<String> {
    if let Some(url) = &app.settings.public_url {
        return Some(url.as_str().to_owned());
    }
    let auth = auth?;
    let scheme = if auth.https { "https" } else { "http" };
    auth.host.as_ref().map(|host| format!("{scheme}://{host}"))
}

fn tag(property: &str, content: &str) -> String {
    format!("<meta property=\"{property}\" content=\"{}\">", escaped(content))
}

/// A text that stays within the quotes of an attribute, whatever somebody has called an album.
fn escaped(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).fold(
        String::with_capacity(text.len()),
        |mut out, letter| {
            match letter {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                _ => out.push(letter),
            }
            out
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_can_end_the_attribute_that_it_stands_in() {
        let name = "\"><meta http-equiv='refresh' content='0;url=//evil.example'>&\n";
        assert_eq!(
            tag("og:title", name),
            "<meta property=\"og:title\" content=\"&quot;&gt;&lt;meta http-equiv=&#39;refresh&#39; \
             content=&#39;0;url=//evil.example&#39;&gt;&amp;\">"
        );
    }
}
