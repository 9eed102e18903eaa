//! The file a child was handed.

use std::{
    borrow::Borrow,
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    os::{fd::OwnedFd, unix::fs::FileExt},
};

use domain::{
    metadata::Format,
    sniff::{HEAD, sniff, tiff},
};

use crate::MediaError;

/// An input file, its length, its first bytes and what kind they tell.
pub(crate) struct Source {
    file: File,
    /// Where it begins in the file that was handed over: further back where it stands behind a picture.
    base: u64,
    length: u64,
    head: Vec<u8>,
    format: Format,
}

impl Source {
    /// Looks at the beginning of a file.
    pub(crate) fn open(file: OwnedFd) -> Result<Self, MediaError> {
        Self::open_from(file, 0)
    }

    /// What stands in a file from a place on, as if it were all of it.
    pub(crate) fn open_from(file: OwnedFd, base: u64) -> Result<Self, MediaError> {
        let file = File::from(file);
        let length = file.metadata()?.len().saturating_sub(base);
        if length == 0 {
            return Err(MediaError::Empty);
        }
        let mut source = Self { file, base, length, head: Vec::new(), format: Format::Unknown };
        source.head = source.some(0, HEAD as u64)?;
        source.format = sniff(&source.head);
        let format = source.format;
        if format == Format::Tiff && source.has_raw_directory()? {
            source.format = Format::Raw;
        }
        Ok(source)
    }

    /// Raws that are TIFFs with their first directory further back than the first bytes reach.
    fn has_raw_directory(&self) -> io::Result<bool> {
        let Some(position) = tiff::directory(&self.head).filter(|at| *at >= HEAD as u64 - 2048) else {
            return Ok(false);
        };
        let directory = self.some(position, HEAD as u64)?;
        Ok(tiff::is_raw(&directory, self.head.starts_with(b"II")))
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }

    /// All of it, unless it is longer than this.
    pub(crate) fn all(&self, most: u64) -> Result<Vec<u8>, MediaError> {
        if self.length > most {
            return Err(MediaError::too_many_bytes(self.length, most));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(self.length).unwrap_or(0));
        self.at(0).take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The first bytes, at most so many.
    pub(crate) fn beginning(&self, most: u64) -> Result<Vec<u8>, MediaError> {
        Ok(self.some(0, most)?)
    }

    /// The bytes at a place, at most so many; fewer where the file ends.
    pub(crate) fn some(&self, position: u64, most: u64) -> io::Result<Vec<u8>> {
        // A buffer that has to grow asks the system a dozen times for what it gives at once.
        let there = self.length.saturating_sub(position).min(most);
        let mut bytes = Vec::with_capacity(usize::try_from(there).unwrap_or(0));
        self.at(position).take(there).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// So many bytes from there on, all of them.
    pub(crate) fn piece(&self, position: u64, length: u64) -> Result<Vec<u8>, MediaError> {
        let bytes = self.some(position, length)?;
        let whole = bytes.len() as u64 == length;
        whole.then_some(bytes).ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof).into())
    }

    /// From the beginning, buffered.
    pub(crate) fn reader(&self) -> BufReader<At<&File>> {
        BufReader::with_capacity(16 << 10, self.at(0))
    }

    /// From the beginning, for libraries that want to keep it.
    pub(crate) fn own_reader(&self) -> io::Result<At<File>> {
        Ok(At { file: self.file.try_clone()?, base: self.base, position: 0 })
    }

    /// What stands in the same file from a place on.
    pub(crate) fn behind(&self, position: u64) -> Result<Self, MediaError> {
        Self::open_from(self.file.try_clone()?.into(), self.base.saturating_add(position))
    }

    fn at(&self, position: u64) -> At<&File> {
        At { file: &self.file, base: self.base, position }
    }
}

/// Reads at a position of its own: the file's position is shared with the parent.
pub(crate) struct At<F> {
    file: F,
    /// Where what is read begins in its file.
    base: u64,
    position: u64,
}

impl At<File> {
    /// From the beginning of a file.
    pub(crate) fn start(file: File) -> Self {
        Self { file, base: 0, position: 0 }
    }
}

impl<F: Borrow<File>> Read for At<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.borrow().read_at(buffer, self.base.saturating_add(self.position))?;
        self.position += n as u64;
        Ok(n)
    }
}

impl<F: Borrow<File>> Seek for At<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (base, offset) = match to {
            SeekFrom::Start(position) => (position, 0),
            SeekFrom::Current(offset) => (self.position, offset),
            SeekFrom::End(offset) => (self.file.borrow().metadata()?.len().saturating_sub(self.base), offset),
        };
        self.position =
            base.checked_add_signed(offset).filter(|position| i64::try_from(*position).is_ok()).ok_or_else(
                || io::Error::new(io::ErrorKind::InvalidInput, "a position outside of any file"),
            )?;
        Ok(self.position)
    }
}
