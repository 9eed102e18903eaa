//! A file → its metadata; a picture → smaller ones.
//!
//! All bytes are strangers' bytes: they are read and decoded in a sandboxed child ([`child`]), never in the
//! process that asks. The parent holds a [`Decoder`] and hands open files to it.

#![cfg_attr(
    not(feature = "codecs"),
    expect(
        dead_code,
        reason = "parsers also find what only decoders need, and fuzzing builds parsers alone"
    )
)]

#[cfg(feature = "codecs")]
pub mod child;
mod container;
#[cfg(feature = "codecs")]
mod decoder;
mod error;
#[cfg(feature = "codecs")]
mod film;
#[cfg(feature = "codecs")]
mod fonts;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod meta;
#[cfg(feature = "codecs")]
mod render;
mod source;
#[cfg(feature = "codecs")]
mod transcode;
#[cfg(feature = "codecs")]
mod transcoder;
mod words;

#[cfg(feature = "codecs")]
pub use decoder::{Decoder, Outputs, PROGRAM, Settings};
pub use error::MediaError;
#[cfg(feature = "codecs")]
pub use render::{Bounds, Rendered};
#[cfg(feature = "codecs")]
pub use transcode::{Plan, Progress, Rate};
#[cfg(feature = "codecs")]
pub use transcoder::Transcoder;
