//! Real and hostile files, read and rendered by real children.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests fail the test, and say what they skip"
)]

mod agreement;
mod avchd;
mod colours;
mod common;
mod crops;
mod cut;
mod exceptions;
mod faces;
mod films;
mod hostile;
mod kinds;
mod large;
mod looks;
mod makers;
mod metadata;
mod motion;
mod raws;
mod render;
mod sequences;
mod ssim;
mod tiff_kinds;
mod tiffs;
mod tracks;
mod transcode;
mod trimmed;
mod written;
