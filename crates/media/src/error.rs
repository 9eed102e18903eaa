//! Why a file has no metadata or no picture.

use std::io;

use domain::metadata::Format;
use sandbox::SandboxError;
use serde::{Deserialize, Serialize};

use crate::words;

/// Why a file could not be read or shown, in words for the person whose file it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum MediaError {
    /// A kind of file that is known, but cannot be shown yet.
    #[error("not readable yet: {0}")]
    Unsupported(String),
    /// The file is damaged.
    #[error("the file is damaged: {0}")]
    Broken(String),
    /// The picture is larger than this server decodes.
    #[error("the picture is too large: {0}")]
    TooLarge(String),
    /// There is not one byte in it.
    #[error("the file is empty")]
    Empty,
    /// Neither a picture nor a film.
    #[error("the file is neither a picture nor a film")]
    NotMedia,
    /// The decoder crashed over it.
    #[error("the decoder gave up on this file: {0}")]
    Crashed(String),
    /// The decoder took too long.
    #[error("the decoder took too long over this file: {0}")]
    TimedOut(String),
    /// The decoder needed more memory or processor time than a file may have.
    #[error("the file needs more than a file may use: {0}")]
    Limit(String),
    /// The file's bytes could not be had (a bad disk, a lost network share).
    #[error("the file could not be read: {0}")]
    Input(String),
    /// The renditions could not be written (a full disk).
    #[error("the smaller pictures could not be written: {0}")]
    Output(String),
    /// The film may be whole, but nothing that every browser plays can be made of it.
    #[error("this film can't be made anew: {0}")]
    Refused(String),
    /// No decoder could be started.
    #[error("no decoder could be started: {0}")]
    Machine(String),
    /// The decoder was ended over it by somebody else, most often because the machine had no memory left.
    #[error("the decoder was ended from outside, {0}")]
    Killed(String),
}

impl MediaError {
    /// Whether asking again may end better, because a busy machine or bad luck may be to blame. Once is enough:
    /// the second time it is the file.
    pub fn worth_another_try(&self) -> bool {
        matches!(self, Self::Crashed(_) | Self::TimedOut(_) | Self::Limit(_)) || self.blames_the_machine()
    }

    /// Whether the machine rather than the file is the cause: the file must not be marked for it.
    pub fn blames_the_machine(&self) -> bool {
        matches!(self, Self::Input(_) | Self::Output(_) | Self::Machine(_) | Self::Killed(_))
    }

    /// Whether the file was cut off.
    pub(crate) fn is_too_early(&self) -> bool {
        matches!(self, Self::Broken(why) if why == words::TOO_EARLY)
    }

    /// Too many pixels.
    pub(crate) fn too_many_pixels(width: u64, height: u64, most: u64) -> Self {
        let pixels = width.saturating_mul(height).div_ceil(1_000_000);
        let most = most / 1_000_000;
        Self::TooLarge(format!(
            "{width} × {height} are {pixels} megapixels, and at most {most} are decoded (setting 'max_megapixels')"
        ))
    }

    /// Too much memory.
    pub(crate) fn too_much_memory(need: u64, most: u64) -> Self {
        let (need, most) = (need.div_ceil(1 << 20), most >> 20);
        Self::TooLarge(format!(
            "decoding it needs {need} MiB of memory, and at most {most} are given (setting 'child_memory_mb')"
        ))
    }

    /// Too much memory, where a decoder does not say how much it needs.
    pub(crate) fn no_memory() -> Self {
        Self::TooLarge("it needs more memory than one file may use (setting 'child_memory_mb')".into())
    }

    /// Too many bytes.
    pub(crate) fn too_many_bytes(length: u64, most: u64) -> Self {
        let (length, most) = (length.div_ceil(1 << 20), most >> 20);
        Self::TooLarge(format!("it has {length} MiB, and a file of its kind may have {most}"))
    }

    /// A kind that is known but not shown yet.
    pub(crate) fn unsupported(format: Format) -> Self {
        Self::Unsupported(name(format).to_owned())
    }

    /// A kind that is shown, in a variety that is not.
    pub(crate) fn rare(kind: &str) -> Self {
        Self::Unsupported(format!("a rare kind of {kind}"))
    }
}

/// What people call it.
fn name(format: Format) -> &'static str {
    match format {
        Format::Jpeg => "JPEG",
        Format::Png => "PNG",
        Format::Webp => "WebP",
        Format::Tiff => "TIFF",
        Format::Gif => "GIF",
        Format::Heic => "HEIC",
        Format::Avif => "AVIF",
        Format::Bmp => "bitmap",
        Format::Jxl => "JPEG XL",
        Format::Jp2 => "JPEG 2000",
        Format::Svg => "SVG",
        Format::Psd => "Photoshop document",
        Format::Raw => "camera raw",
        Format::Mp4 | Format::Matroska | Format::Avi | Format::Mpeg | Format::OtherVideo => "film",
        Format::Unknown => "unknown kind",
    }
}

impl From<io::Error> for MediaError {
    /// Of a read. The kernel's errors are the disk's fault, all others the file's.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            _ if error.raw_os_error().is_some() => Self::Input(error.to_string()),
            io::ErrorKind::UnexpectedEof => Self::Broken(words::TOO_EARLY.into()),
            _ => Self::Broken(words::damage(&error.to_string())),
        }
    }
}

impl From<SandboxError> for MediaError {
    /// In words for the person whose file it is. What a child said at its end, and which signal ended it, tells only
    /// programmers something: the sandbox writes that to the log.
    fn from(error: SandboxError) -> Self {
        match error {
            SandboxError::Crashed { .. } | SandboxError::Protocol(_) => {
                Self::Crashed("it is damaged, or of a kind that the decoder does not know".into())
            }
            SandboxError::Killed { starved: true, .. } => {
                Self::Killed("most likely because the machine ran out of memory".into())
            }
            SandboxError::Killed { .. } => Self::Killed("as programs are told to end".into()),
            SandboxError::TimedOut(most) => Self::TimedOut(format!("more than {} s", most.as_secs_f64())),
            SandboxError::CpuLimit(most) => Self::Limit(format!("more than {most} s of processor time")),
            SandboxError::OutOfMemory { limit, .. } => {
                Self::Limit(format!("more than {} MiB of memory (setting 'child_memory_mb')", limit >> 20))
            }
            SandboxError::OutputLimit(most) | SandboxError::ScratchLimit(most) => {
                Self::Limit(format!("more than {} MiB on the disk", most >> 20))
            }
            SandboxError::Start(_) | SandboxError::Refused(_) | SandboxError::Closed => {
                Self::Machine(error.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_s_last_words_are_not_told_to_people() {
        let (how, stderr) = ("SIGABRT (gave up)".to_owned(), "range start index 9 out of range".to_owned());
        let crashed = MediaError::from(SandboxError::Crashed { how, stderr: stderr.clone() }).to_string();
        let hungry = MediaError::from(SandboxError::OutOfMemory { limit: 1 << 30, stderr }).to_string();
        assert!(hungry.contains("1024 MiB"), "{hungry}");
        let killed = MediaError::from(SandboxError::Killed { how: "SIGKILL".into(), starved: true });
        assert!(killed.blames_the_machine() && killed.to_string().ends_with("out of memory"), "{killed}");
        for told in [crashed, hungry, killed.to_string()] {
            assert!(!told.contains("SIG") && !told.contains("index"), "{told}");
        }
    }
}
