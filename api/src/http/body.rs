//! Bodies that neither grow nor stall without end.

use std::io::{Error, ErrorKind};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::{Stream, StreamExt};

/// Why a body was broken off, once it was.
#[derive(Clone, Default)]
pub struct Broken(Arc<OnceLock<ErrorKind>>);

impl Broken {
    /// It brought more than it may.
    pub fn too_large(&self) -> bool {
        self.0.get() == Some(&ErrorKind::FileTooLarge)
    }

    /// It brought nothing for too long.
    pub fn stalled(&self) -> bool {
        self.0.get() == Some(&ErrorKind::TimedOut)
    }

    fn because(&self, kind: ErrorKind, words: &'static str) -> Error {
        // Only the first reason counts.
        let _ = self.0.set(kind);
        Error::new(kind, words)
    }
}

/// Passes a body on until it has brought more than `most` bytes, or nothing for `idle`.
pub fn bounded(
    body: Body,
    most: u64,
    idle: Duration,
    broken: Broken,
) -> impl Stream<Item = Result<Bytes, Error>> + Send + Unpin {
    let pieces = async_stream::try_stream! {
        let mut pieces = body.into_data_stream();
        let mut left = most;
        loop {
            let piece = tokio::time::timeout(idle, pieces.next()).await;
            let Some(piece) = piece.map_err(|_| broken.because(ErrorKind::TimedOut, "nothing came for too long"))?
            else {
                break;
            };
            let piece = piece.map_err(Error::other)?;
            left = left
                .checked_sub(piece.len() as u64)
                .ok_or_else(|| broken.because(ErrorKind::FileTooLarge, "it is too large"))?;
            yield piece;
        }
    };
    Box::pin(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_broken_off_where_it_is_too_long_or_silent() {
        let read = async |body: Body, most| {
            let broken = Broken::default();
            let idle = Duration::from_millis(50);
            let pieces: Vec<_> = bounded(body, most, idle, broken.clone()).collect().await;
            (pieces.iter().flatten().map(Bytes::len).sum::<usize>(), broken)
        };
        let (length, broken) = read(Body::from("12345"), 5).await;
        assert!(length == 5 && !broken.too_large() && !broken.stalled());
        let (length, broken) = read(Body::from("123456"), 5).await;
        assert!(length == 0 && broken.too_large());
        let silent = futures_util::stream::iter([Ok::<_, Error>(Bytes::from("12"))])
            .chain(futures_util::stream::pending());
        let (length, broken) = read(Body::from_stream(silent), 5).await;
        assert!(length == 2 && broken.stalled());
    }
}
