//! Bytes from somewhere slow into a file.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt};

use crate::FilesError;
use crate::data::Data;
use crate::hash::Tally;

/// How much is gathered before it is written: each piece is a trip to a blocking thread and back.
const PIECE: usize = 256 << 10;

/// A file being written, and what has been learnt of its bytes.
pub(crate) struct Spool<T> {
    pub(crate) data: Arc<Data>,
    pub(crate) file: File,
    pub(crate) path: PathBuf,
    pub(crate) tally: T,
    pub(crate) written: u64,
}

impl<T: Tally> Spool<T> {
    /// Writes on at the end. If it fails, `written` still says how much went well.
    pub(crate) fn write(&mut self, mut bytes: &[u8]) -> Result<(), FilesError> {
        self.data.fits(bytes.len() as u64)?;
        while !bytes.is_empty() {
            let count = match self.file.write(bytes) {
                Ok(0) => return Err(FilesError::new(&self.path, io::ErrorKind::WriteZero.into())),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(FilesError::new(&self.path, error)),
                Ok(count) => count,
            };
            self.tally.update(&bytes[..count]);
            self.written += count as u64;
            bytes = &bytes[count..];
        }
        Ok(())
    }
}

/// Writes all that comes, but no more than `limit`. The spool comes back with how it ended, for what had
/// come before an error may be worth keeping.
pub(crate) async fn fill<T: Tally>(
    mut spool: Spool<T>,
    mut source: impl AsyncRead + Unpin,
    limit: u64,
) -> Result<(Spool<T>, Result<(), FilesError>), FilesError> {
    let mut left = limit;
    let mut piece = Vec::with_capacity(PIECE);
    loop {
        let ended = gather(&mut source, &mut piece).await;
        let too_long = piece.len() as u64 > left;
        if too_long {
            piece.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        }
        left -= piece.len() as u64;
        let writing = tokio::task::spawn_blocking(move || {
            let wrote = spool.write(&piece);
            piece.clear();
            (spool, piece, wrote)
        });
        let wrote;
        (spool, piece, wrote) = writing.await.map_err(|_| FilesError::Stopping)?;
        match (wrote, ended) {
            (Err(error), _) => return Ok((spool, Err(error))),
            (Ok(()), _) if too_long => return Ok((spool, Err(FilesError::TooLong))),
            (Ok(()), Err(error)) => return Ok((spool, Err(FilesError::Source(error)))),
            (Ok(()), Ok(true)) => return Ok((spool, Ok(()))),
            (Ok(()), Ok(false)) => {}
        }
    }
}

/// Fills the piece as far as it goes; answers whether the source has ended.
async fn gather(source: &mut (impl AsyncRead + Unpin), piece: &mut Vec<u8>) -> io::Result<bool> {
    while piece.len() < PIECE {
        if source.read_buf(piece).await? == 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Files;

    #[tokio::test]
    async fn a_full_disk_is_told_from_other_errors() {
        let folder = tempfile::TempDir::new().unwrap();
        Files::create(folder.path()).await.unwrap();
        let data = Files::open(folder.path(), 0).await.unwrap().data;
        let path = PathBuf::from("/dev/full");
        let file = File::options().write(true).open(&path).unwrap();
        let spool = Spool { data, file, path, tally: None, written: 0 };
        let (spool, filled) = fill(spool, &b"abc"[..], 3).await.unwrap();
        assert!(matches!(filled, Err(FilesError::DiskFull { .. })), "{filled:?}");
        assert_eq!(spool.written, 0);
    }
}
