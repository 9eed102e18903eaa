//! What goes over the socket: frames of a length (four bytes, big endian) and JSON. Descriptors ride on a
//! frame's first byte.

use std::{
    io::{self, IoSlice, IoSliceMut, Read, Write},
    mem::MaybeUninit,
    os::{
        fd::{AsFd, BorrowedFd, OwnedFd},
        unix::net::UnixStream,
    },
};

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage,
    SendFlags,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::Limits;

/// The largest frame either side accepts: the other side may have gone mad.
const FRAME_MAX: usize = 4 << 20;
/// Descriptors that may ride on one frame.
pub(crate) const FILES_MAX: usize = 8;

/// The parent's first frame.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Hello {
    /// The parent's process id, so that a child born an orphan notices.
    pub parent: i32,
    /// What to lock in with.
    pub limits: Limits,
}

/// The child's first frame.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Welcome {
    /// Locked, waiting for jobs.
    Ready,
    /// Could not be locked: why.
    Refused(String),
}

/// One job.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Job<T> {
    /// Counts up from one in each child; the reply repeats it.
    pub number: u32,
    /// Processor seconds this job may use.
    pub cpu_seconds: u64,
    /// How many descriptors ride on the frame.
    pub files: usize,
    /// The caller's request.
    pub request: T,
}

/// One job's answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Answer<T> {
    /// The job's number.
    pub number: u32,
    /// The callee's reply.
    pub reply: T,
}

/// A frame, ready to be sent.
pub(crate) fn frame(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; 4];
    serde_json::to_writer(&mut bytes, value)?;
    let length = bytes.len() - 4;
    if length > FRAME_MAX {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a message of {length} bytes")));
    }
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    Ok(bytes)
}

/// Checks a frame's announced length.
pub(crate) fn length(head: [u8; 4]) -> io::Result<usize> {
    match usize::try_from(u32::from_be_bytes(head)) {
        Ok(n) if n <= FRAME_MAX => Ok(n),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, "a message longer than any should be")),
    }
}

/// Reads a frame's content.
pub(crate) fn parse<T: DeserializeOwned>(content: &[u8]) -> io::Result<T> {
    Ok(serde_json::from_slice(content)?)
}

/// Sends the beginning of a frame with descriptors riding on it; says how much was sent.
pub(crate) fn send_with_files(
    socket: BorrowedFd<'_>,
    bytes: &[u8],
    files: &[BorrowedFd<'_>],
) -> io::Result<usize> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(FILES_MAX))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    if !files.is_empty() && !control.push(SendAncillaryMessage::ScmRights(files)) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "too many files for one job"));
    }
    Ok(rustix::net::sendmsg(socket, &[IoSlice::new(bytes)], &mut control, SendFlags::NOSIGNAL)?)
}

/// The child's side: waits for a frame and what rides on it. `None` when the parent has closed its end.
pub(crate) fn receive<T: DeserializeOwned>(socket: &mut UnixStream) -> io::Result<Option<(T, Vec<OwnedFd>)>> {
    let mut head = [0; 4];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(FILES_MAX))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let flags = RecvFlags::CMSG_CLOEXEC;
    let got = rustix::io::retry_on_intr(|| {
        rustix::net::recvmsg(socket.as_fd(), &mut [IoSliceMut::new(&mut head)], &mut control, flags)
    })?;
    if got.bytes == 0 {
        return Ok(None);
    }
    let files = control
        .drain()
        .filter_map(|message| match message {
            RecvAncillaryMessage::ScmRights(files) => Some(files),
            _ => None,
        })
        .flatten()
        .collect();
    socket.read_exact(&mut head[got.bytes..])?;
    let mut content = vec![0; length(head)?];
    socket.read_exact(&mut content)?;
    Ok(Some((parse(&content)?, files)))
}

/// The child's side: sends a frame.
pub(crate) fn send(socket: &mut UnixStream, value: &impl Serialize) -> io::Result<()> {
    socket.write_all(&frame(value)?)
}
