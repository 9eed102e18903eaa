//! Lists of paths that may grow as long as a folder is large: what has no room in memory lies in the data folder.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Seek, Write};
use std::path::Path;

use files::{Files, FilesError};
use tokio::task::block_in_place;

/// Bytes that are kept in memory.
const ROOM: usize = 1 << 20;

/// Paths with so many numbers each, in the order in which they came.
pub struct Pile<const N: usize> {
    files: Files,
    recent: Vec<u8>,
    /// What came before.
    stored: Option<File>,
    length: usize,
}

/// Numbers and a path.
pub type Entry<const N: usize> = ([i64; N], Vec<u8>);

impl<const N: usize> Pile<N> {
    /// An empty one.
    pub fn new(files: &Files) -> Self {
        Self { files: files.clone(), recent: Vec::new(), stored: None, length: 0 }
    }

    /// Whether nothing has come.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// If there is no room in the data folder.
    pub async fn push(&mut self, numbers: [i64; N], path: &[u8]) -> Result<(), FilesError> {
        for number in numbers {
            self.recent.extend(number.to_le_bytes());
        }
        self.recent.extend((path.len() as u64).to_le_bytes());
        self.recent.extend(path);
        self.length += 1;
        if self.recent.len() >= ROOM { self.put_away().await } else { Ok(()) }
    }

    async fn put_away(&mut self) -> Result<(), FilesError> {
        let stored = match &mut self.stored {
            Some(stored) => stored,
            None => self.stored.insert(self.files.nameless().await?),
        };
        block_in_place(|| stored.write_all(&self.recent)).map_err(failed)?;
        self.recent.clear();
        Ok(())
    }

    /// All that has come, to be read; nothing is left.
    ///
    /// # Errors
    /// If the data folder can't be read.
    pub fn take(&mut self) -> Result<Entries<N>, FilesError> {
        let stored = match self.stored.take() {
            None => None,
            Some(mut file) => {
                file.rewind().map_err(failed)?;
                Some(BufReader::new(file))
            }
        };
        self.length = 0;
        Ok(Entries { stored, recent: Cursor::new(std::mem::take(&mut self.recent)) })
    }
}

/// A pile that is read.
pub struct Entries<const N: usize> {
    stored: Option<BufReader<File>>,
    recent: Cursor<Vec<u8>>,
}

impl<const N: usize> Entries<N> {
    /// The next ones, at most so many; none at the end.
    ///
    /// # Errors
    /// If the data folder can't be read.
    pub fn batch(&mut self, most: usize) -> Result<Option<Vec<Entry<N>>>, FilesError> {
        let mut entries = Vec::new();
        while entries.len() < most {
            match self.one()? {
                Some(entry) => entries.push(entry),
                None => break,
            }
        }
        Ok((!entries.is_empty()).then_some(entries))
    }

    fn one(&mut self) -> Result<Option<Entry<N>>, FilesError> {
        if let Some(file) = &mut self.stored {
            let entry = block_in_place(|| read(file)).map_err(failed)?;
            if entry.is_some() {
                return Ok(entry);
            }
            self.stored = None;
        }
        read(&mut self.recent).map_err(failed)
    }
}

fn read<const N: usize>(from: &mut impl BufRead) -> io::Result<Option<Entry<N>>> {
    if from.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let mut eight = || {
        let mut bytes = [0; 8];
        from.read_exact(&mut bytes).map(|()| bytes)
    };
    let mut numbers = [0; N];
    for number in &mut numbers {
        *number = i64::from_le_bytes(eight()?);
    }
    let length = u64::from_le_bytes(eight()?);
    let mut path = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    from.read_exact(&mut path)?;
    Ok(Some((numbers, path)))
}

fn failed(source: io::Error) -> FilesError {
    let path = Path::new("the data folder").to_owned();
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FilesError::DiskFull { path },
        _ => FilesError::Io { path, source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_has_no_room_in_memory_comes_back_in_its_order() {
        let data = tempfile::tempdir().unwrap();
        Files::create(data.path()).await.unwrap();
        let files = Files::open(data.path(), 0).await.unwrap();
        let path = |number: i64| format!("2019/\u{fffd}/IMG_{number}.jpg").into_bytes();
        for (many, stored) in [(0, false), (10, false), (100_000, true)] {
            let mut pile = Pile::<2>::new(&files);
            for number in 0..many {
                pile.push([number, -number], &path(number)).await.unwrap();
            }
            assert_eq!((pile.is_empty(), pile.stored.is_some()), (many == 0, stored), "{many}");
            assert!(pile.recent.capacity() < 3 * ROOM);
            let (mut entries, mut next) = (pile.take().unwrap(), 0);
            while let Some(batch) = entries.batch(333).unwrap() {
                assert!(batch.len() <= 333);
                for entry in batch {
                    assert_eq!(entry, ([next, -next], path(next)));
                    next += 1;
                }
            }
            assert_eq!(next, many);
            assert!(pile.is_empty());
        }
    }
}
