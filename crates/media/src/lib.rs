//! A file → its metadata; a picture → smaller ones.
//!
//! All bytes are strangers' bytes: they are read and decoded in a sandboxed child ([`child`]), never in the
//! process that asks. The parent holds a [`Decoder`] and hands open files to it.

pub mod child;
mod container;
mod decoder;
mod error;
mod film;
mod fonts;
mod meta;
mod render;
mod source;
mod transcode;
mod transcoder;
mod words;

pub use decoder::{Decoder, Outputs, PROGRAM, Settings};
pub use error::MediaError;
pub use render::{Bounds, Rendered};
pub use transcode::{Plan, Progress, Rate};
pub use transcoder::Transcoder;
