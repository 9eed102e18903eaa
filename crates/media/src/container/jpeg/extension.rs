//! XMP that does not fit into one segment of a JPEG: the packet says by what name the rest goes, and the rest comes in
//! pieces of that name ("XMP Specification Part 3", 1.1.3.1).

use crate::container::{PACKET, bytes};

/// What a piece begins with.
pub(super) const NAME: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
/// In the packet, what stands before the rest's name.
const MENTION: &[u8] = b"HasExtendedXMP";
/// A digest in hexadecimal digits.
const DIGEST: usize = 32;
/// Most pieces that are kept: of full length, a few hold as much as is read.
const MOST: usize = 1_000;

/// All pieces, of whatever name.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    kept: Vec<Piece>,
    /// Bytes in them.
    length: usize,
}

#[derive(Debug)]
struct Piece {
    name: [u8; DIGEST],
    /// Bytes of the rest before it.
    offset: usize,
    content: Vec<u8>,
}

impl Pieces {
    /// Keeps a piece: the rest's name, its whole length, where the piece belongs, and the piece. A rest that is longer
    /// than any packet that is read holds a picture (depths, the other half of a stereo pair) and is passed over.
    pub(super) fn keep(&mut self, piece: &[u8]) {
        let Some((name, tail)) = piece.split_first_chunk::<DIGEST>() else { return };
        let (Some(whole), Some(offset)) = (bytes::be32(tail, 0), bytes::be32(tail, 4)) else { return };
        let content = tail.get(8..).unwrap_or_default();
        let room = usize::try_from(PACKET).unwrap_or(usize::MAX).saturating_sub(self.length);
        let fits = u64::from(whole) <= PACKET && content.len() <= room && self.kept.len() < MOST;
        if let (true, Ok(offset)) = (fits && offset < whole && !content.is_empty(), usize::try_from(offset)) {
            self.length += content.len();
            self.kept.push(Piece { name: *name, offset, content: content.to_vec() });
        }
    }

    /// The rest that a packet names, put together up to the first gap.
    pub(super) fn of(mut self, packet: &[u8]) -> Option<Vec<u8>> {
        let name = mentioned(packet)?;
        self.kept.retain(|piece| piece.name == name);
        self.kept.sort_by_key(|piece| piece.offset);
        let mut rest = Vec::new();
        for piece in self.kept {
            if piece.offset == rest.len() {
                rest.extend(piece.content);
            }
        }
        (!rest.is_empty()).then_some(rest)
    }
}

/// The name that stands in a packet, as an attribute or an element.
fn mentioned(packet: &[u8]) -> Option<[u8; DIGEST]> {
    let at = packet.windows(MENTION.len()).position(|window| window == MENTION)?;
    let rest = packet.get(at + MENTION.len()..)?;
    let start = rest.iter().take(8).position(u8::is_ascii_hexdigit)?;
    rest.get(start..)?.first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &[u8] = b"0123456789ABCDEF0123456789ABCDEF";
    const OTHERS: &[u8] = b"FEDCBA9876543210FEDCBA9876543210";

    fn piece(name: &[u8], whole: u32, offset: u32, content: &[u8]) -> Vec<u8> {
        [name, &whole.to_be_bytes(), &offset.to_be_bytes(), content].concat()
    }

    fn read(pieces: &[Vec<u8>], packet: &[u8]) -> Option<Vec<u8>> {
        let mut kept = Pieces::default();
        pieces.iter().for_each(|piece| kept.keep(piece));
        assert!(kept.kept.len() <= MOST && kept.length <= usize::try_from(PACKET).unwrap());
        kept.of(packet)
    }

    #[test]
    fn pieces_are_put_together_as_the_packet_says() {
        let element = [b"<n:HasExtendedXMP>".as_slice(), OURS, b"</n:HasExtendedXMP>"].concat();
        let attribute = [b"n:HasExtendedXMP = \"".as_slice(), OURS, b"\""].concat();
        let pieces = [
            piece(OURS, 9, 6, b"ghi"),
            piece(OTHERS, 9, 0, b"xyz"),
            piece(OURS, 9, 0, b"abc"),
            piece(OURS, 9, 3, b"def"),
            piece(OURS, 9, 3, b"DEF"),
        ];
        for packet in [element, attribute] {
            assert_eq!(read(&pieces, &packet).as_deref(), Some(b"abcdefghi".as_slice()));
            assert_eq!(read(&pieces[..3], &packet).as_deref(), Some(b"abc".as_slice()), "up to the gap");
            assert_eq!(read(&pieces[1..2], &packet), None);
            assert_eq!(read(&[piece(OURS, u32::MAX, 0, b"a picture")], &packet), None);
            assert_eq!(
                read(&[OURS.to_vec(), piece(OURS, 9, 9, b"behind"), piece(OURS, 9, 0, b"")], &packet),
                None
            );
            let crumbs = vec![piece(OURS, 9, 0, b"a"); 2 * MOST];
            assert_eq!(read(&crumbs, &packet).as_deref(), Some(b"a".as_slice()));
            let many = vec![piece(OURS, 1 << 22, 0, &vec![b'a'; 60_000]); 200];
            assert_eq!(read(&many, &packet).unwrap().len(), 60_000);
        }
        assert_eq!(read(&pieces, b"HasExtendedXMP"), None);
        assert_eq!(read(&pieces, b""), None);
    }
}
