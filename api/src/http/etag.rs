//! Answers that the client has already cost only the question.

use async_graphql::{Response as Answer, Value};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use blake3::Hasher;

/// Marks an answer by what it says, or says that it is the one that the client has. Answers with errors are not kept.
pub fn with_etag(mut response: Response, headers: &HeaderMap, answer: &Answer) -> Response {
    if answer.is_err() {
        return response;
    }
    let mut hasher = Hasher::new();
    let digested = digest(&answer.data, &mut hasher);
    let etag = format!("W/\"{}\"", hasher.finalize().to_hex());
    let (Ok(()), Ok(etag)) = (digested, HeaderValue::from_str(&etag)) else { return response };
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == etag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    response.headers_mut().insert(header::ETAG, etag);
    response
}

/// Fields come in the order in which they were ready, which makes no difference: they are taken by name. What is
/// between brackets can't be mistaken for something else, as texts and names are written as JSON.
fn digest(value: &Value, hasher: &mut Hasher) -> serde_json::Result<()> {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            hasher.update(b"{");
            for (name, value) in fields {
                serde_json::to_writer(&mut *hasher, name)?;
                digest(value, hasher)?;
            }
            hasher.update(b"}");
        }
        Value::List(values) => {
            hasher.update(b"[");
            for value in values {
                digest(value, hasher)?;
                hasher.update(b",");
            }
            hasher.update(b"]");
        }
        plain => serde_json::to_writer(hasher, plain)?,
    }
    Ok(())
}
