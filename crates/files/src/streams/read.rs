//! What there is of a stream: the fragments that all sizes have, which never change.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use domain::film::fragment::{self, Fragment, Head, Header};
use domain::film::playlist::Rung;

use super::Stream;
use crate::error::{At, blocking};
use crate::{FilesError, Opened};

/// More than any box but that of the pictures needs, in bytes.
const BOX: u64 = 4 << 20;
/// Boxes that are passed over before the header.
const BOXES: usize = 16;

/// What there is of a stream. It is read on from where it ended before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    made: String,
    whole: bool,
    sizes: Vec<Size>,
}

/// What there is of one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    short_side: u32,
    header: Header,
    header_length: u64,
    fragments: Vec<Fragment>,
    whole: bool,
}

impl Stream {
    /// Reads what there is of it, on from what was known before; none until each size has a fragment.
    pub async fn index(&self, known: Option<Arc<Index>>) -> Result<Option<Arc<Index>>, FilesError> {
        let known = known.filter(|known| known.made == self.made);
        let still_is = |(side, opened): &(u32, Opened), known: &Index| {
            known.size(*side).map(Size::end) == Some(opened.size)
        };
        if let Some(known) = known.as_ref().filter(|known| known.whole)
            && self.sizes.len() == known.sizes.len()
            && self.sizes.iter().all(|size| still_is(size, known))
        {
            return Ok(Some(Arc::clone(known)));
        }
        let files = self.sizes.iter().map(|(side, opened)| Ok((*side, opened.twin()?)));
        let files: Vec<(u32, Opened)> = files.collect::<Result<_, FilesError>>()?;
        let (made, whole, folder) = (self.made.clone(), self.whole, self.folder.clone());
        blocking(move || {
            let mut sizes = Vec::new();
            for (short_side, opened) in &files {
                let before = known.as_ref().and_then(|known| known.size(*short_side));
                match Size::read(*short_side, opened, before, whole)? {
                    Some(size) => sizes.push(size),
                    None if whole => return Err(FilesError::Damaged { path: opened.path.clone() }),
                    None => return Ok(None),
                }
            }
            // After a crash, what one size has more than another is made again.
            let common = sizes.iter().map(|size| size.fragments.len()).min().unwrap_or(0);
            if common == 0 || whole && sizes.iter().any(|size| size.fragments.len() != common) {
                return if whole { Err(FilesError::Damaged { path: folder }) } else { Ok(None) };
            }
            sizes.iter_mut().for_each(|size| size.fragments.truncate(common));
            Ok(Some(Arc::new(Index { made, whole, sizes })))
        })
        .await
    }
}

impl Index {
    /// What there is of one size.
    pub fn size(&self, short_side: u32) -> Option<&Size> {
        self.sizes.iter().find(|size| size.short_side == short_side)
    }

    /// All sizes, as playlists have them.
    pub fn rungs(&self) -> Vec<Rung<'_>> {
        self.sizes.iter().map(Size::rung).collect()
    }

    /// No more is to come.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// About how much memory it takes.
    pub fn weight(&self) -> usize {
        self.sizes.iter().map(|size| 512 + size.fragments.len() * size_of::<Fragment>()).sum()
    }
}

impl Size {
    /// As playlists have it.
    pub fn rung(&self) -> Rung<'_> {
        let Self { short_side, header, header_length, fragments, whole } = self;
        Rung { short_side: *short_side, header, header_length: *header_length, fragments, whole: *whole }
    }

    /// How many bytes of its file never change.
    pub fn end(&self) -> u64 {
        self.fragments.last().map_or(self.header_length, |last| last.start + last.length)
    }

    fn read(
        short_side: u32,
        opened: &Opened,
        before: Option<&Self>,
        whole: bool,
    ) -> Result<Option<Self>, FilesError> {
        let walk = Walk { file: &opened.file, path: &opened.path, length: opened.size };
        let mut size = match before {
            Some(before) => before.clone(),
            None => match walk.header()? {
                Some((header, header_length)) => {
                    Self { short_side, header, header_length, fragments: Vec::new(), whole }
                }
                None => return Ok(None),
            },
        };
        size.whole = whole;
        let mut at = size.end();
        while let Some(fragment) = walk.fragment(at, &size.header)? {
            size.fragments.push(fragment);
            at = size.end();
        }
        if whole && at != opened.size { Err(walk.damaged()) } else { Ok(Some(size)) }
    }
}

/// A walk over the boxes of a film that may still grow.
struct Walk<'a> {
    file: &'a File,
    path: &'a Path,
    length: u64,
}

impl Walk<'_> {
    /// What stands before the first fragment, and how long it is; none if not all of it is there.
    fn header(&self) -> Result<Option<(Header, u64)>, FilesError> {
        let mut at = 0;
        for _ in 0..BOXES {
            let Some(head) = self.head(at)? else { return Ok(None) };
            let end = at + head.size;
            match &head.kind {
                b"moov" => {
                    let header = Header::read(&self.content(at, &head)?).ok_or_else(|| self.damaged())?;
                    return Ok(Some((header, end)));
                }
                b"ftyp" | b"free" => at = end,
                _ => return Err(self.damaged()),
            }
        }
        Err(self.damaged())
    }

    /// The fragment that begins at a place; none if not all of it is there.
    fn fragment(&self, start: u64, header: &Header) -> Result<Option<Fragment>, FilesError> {
        let Some(about) = self.head(start)? else { return Ok(None) };
        if &about.kind != b"moof" {
            return Err(self.damaged());
        }
        let Some(bytes) = self.head(start + about.size)? else { return Ok(None) };
        if &bytes.kind != b"mdat" {
            return Err(self.damaged());
        }
        let moment = header.moment(&self.content(start, &about)?).ok_or_else(|| self.damaged())?;
        Ok(Some(Fragment { start, length: about.size + bytes.size, moment }))
    }

    /// The head of a box; none if not all of the box is there.
    fn head(&self, at: u64) -> Result<Option<Head>, FilesError> {
        let left = self.length.saturating_sub(at);
        let mut bytes = [0; fragment::HEAD];
        let there = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
        let bytes = bytes.get_mut(..there).unwrap_or_default();
        self.file.read_exact_at(bytes, at).at(self.path)?;
        Ok(fragment::head(bytes).filter(|head| head.size <= left))
    }

    fn content(&self, at: u64, head: &Head) -> Result<Vec<u8>, FilesError> {
        let length = head.size - head.length;
        if length > BOX {
            return Err(self.damaged());
        }
        let mut content = vec![0; usize::try_from(length).map_err(|_| self.damaged())?];
        self.file.read_exact_at(&mut content, at + head.length).at(self.path)?;
        Ok(content)
    }

    fn damaged(&self) -> FilesError {
        FilesError::Damaged { path: self.path.to_owned() }
    }
}
