//! Answers, compressed with brotli where the client takes it.
//!
//! The layer of tower-http could do it too, with a brotli in Rust that takes twice the time of the C library on the
//! columns of a timeline; that is half of what a month costs. It is left to do gzip.

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use brotlic::{CompressionMode, Quality, WindowSize, compress, compress_bound};

use crate::error::ApiError;

/// Shorter answers fit one packet anyway, in bytes.
const SHORTEST: u64 = 1024;
/// Longer ones would keep a thread that serves others busy for milliseconds, in bytes.
const LONG: usize = 256 << 10;
/// As far as more time still makes the columns of a timeline smaller.
const QUALITY: Quality = match Quality::new(4) {
    Ok(quality) => quality,
    Err(_) => Quality::default(),
};

/// Compresses what an inner service answers in one piece.
pub async fn answers(request: Request, next: Next) -> Response {
    let takes = takes_brotli(request.headers());
    let response = next.run(request).await;
    let long = response.body().size_hint().exact().is_some_and(|length| length >= SHORTEST);
    if !takes || !long || response.headers().contains_key(header::CONTENT_ENCODING) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let plain = match to_bytes(body, usize::MAX).await {
        Ok(plain) => plain,
        Err(error) => return ApiError::Internal(error.into()).into_response(),
    };
    let small = if plain.len() > LONG {
        let plain = plain.clone();
        tokio::task::spawn_blocking(move || smaller(&plain)).await.ok().flatten()
    } else {
        smaller(&plain)
    };
    let Some(small) = small else { return Response::from_parts(head, plain.into()) };
    head.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    Response::from_parts(head, Body::from(small))
}

/// `gzip, br;q=0.5` does, `br;q=0` does not.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let all = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
        name.trim().eq_ignore_ascii_case("br") && weight.is_ok_and(|weight| weight > 0.0)
    })
}

/// None if it would not become smaller.
fn smaller(plain: &Bytes) -> Option<Bytes> {
    let mut small = vec![0; compress_bound(plain.len(), QUALITY)?];
    let length = compress(plain, &mut small, QUALITY, WindowSize::default(), CompressionMode::Text).ok()?;
    small.truncate(length);
    // What is sent waits in memory: not the bound, which is longer than the answer itself.
    (length < plain.len()).then(|| Bytes::copy_from_slice(&small))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        for (said, takes) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=0.5", true),
            ("BR ; q=1.0", true),
            ("gzip, br;q=0", false),
            ("gzip", false),
            ("brotli", false),
            ("br;q=much", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(said))]);
            assert_eq!(takes_brotli(&headers), takes, "{said}");
        }
    }

    #[test]
    fn what_is_compressed_is_what_was_said() {
        let plain = Bytes::from("the same again, ".repeat(1000));
        let small = smaller(&plain).unwrap();
        let mut back = vec![0; plain.len()];
        let length = brotlic::decompress(&small, &mut back).unwrap();
        assert!(small.len() < 100 && back[..length] == plain[..]);
        assert!(smaller(&Bytes::from_static(b"x")).is_none());
    }
}
