//! What the hostile set's own list expects of each file, and which of our outcomes meet that.

use std::fs;
use std::path::Path;

use crate::outcome::End::{self, Damaged, Later, Nothing, Refused, Shown};

/// A made file and what is expected of it.
pub struct Line {
    /// Below the set's folder, in bytes.
    pub path: Vec<u8>,
    pub expected: String,
    pub note: String,
}

const SHOWN: &[End] = &[Shown, Later];
const NOT_SHOWN: &[End] = &[Later, Damaged, Refused];
const ANSWERED: &[End] = &[Shown, Later, Damaged, Refused];
const BESIDE: &[End] = &[Nothing];

/// The list's expectations, by how they begin, and the outcomes that meet them. The first that fits counts.
const EXPECTATIONS: &[(&str, &[End])] = &[
    ("reject sidecar", BESIDE),
    ("reject-or-partial", ANSWERED),
    ("reject or decode true size", ANSWERED),
    ("reject", NOT_SHOWN),
    ("decode-ok", SHOWN),
    ("decode-by-content", SHOWN),
    ("no-crash, image decodes", SHOWN),
    ("bounded time, decodes", SHOWN),
    ("still decodes", SHOWN),
    ("treat as 1", SHOWN),
    ("date dropped unless valid; image decodes", SHOWN),
    ("offset dropped", SHOWN),
    ("values dropped, no NaN", SHOWN),
    ("GPS dropped", SHOWN),
    ("GPS kept", SHOWN),
    ("altitude dropped", SHOWN),
    ("bounded string", SHOWN),
    ("lossy or dropped", SHOWN),
    ("escaped in every view", SHOWN),
    ("as text", SHOWN),
    ("policy: drop or keep, never place a city", SHOWN),
    ("policy", ANSWERED),
    ("no-crash", ANSWERED),
    ("no hang", ANSWERED),
    ("bounded", ANSWERED),
    ("public-fuzz-or-bug", ANSWERED),
    // Of sidecars: what they say is looked for at the pictures beside them.
    ("Rating=5", BESIDE),
    ("values dropped", BESIDE),
];

/// Files that end otherwise than the list says, and why that is right.
const EXCEPTIONS: &[(&str, &[End], &str)] = &[
    ("made/empty/zero.xmp", BESIDE, SIDECAR),
    ("made/empty/zero.json", BESIDE, SIDECAR),
    ("made/sidecar/deep.jpg.xmp", BESIDE, SIDECAR),
    ("made/sidecar/deep.jpg.json", BESIDE, SIDECAR),
    ("made/sidecar/kw.jpg.xmp", BESIDE, SIDECAR),
    ("made/svg/script.svg", SHOWN, DRAWN),
    ("made/svg/script.jpg", SHOWN, DRAWN),
    ("made/names/Thumbs.db", BESIDE, "Windows keeps its thumbnails under this name"),
    ("made/names/@eaDir/SYNOPHOTO_THUMB_M.jpg", BESIDE, LEFT_OUT),
    ("made/names/.trash/old.jpg", BESIDE, LEFT_OUT),
    ("made/names/__MACOSX/._x.jpg", BESIDE, LEFT_OUT),
];
const DRAWN: &str = "told by its content, and drawn without its scripts and what it refers to";
const SIDECAR: &str = "a sidecar is never an asset, whatever is in it";
const LEFT_OUT: &str = "a folder that a program keeps for itself; the import says that it was left out";

/// The outcomes that meet what is expected of a file.
pub fn wanted(line: &Line) -> &'static [End] {
    let path = String::from_utf8_lossy(&line.path);
    if let Some((_, ends, _)) = EXCEPTIONS.iter().find(|(name, ..)| *name == path) {
        return ends;
    }
    let row = EXPECTATIONS.iter().find(|(begin, _)| line.expected.starts_with(begin));
    row.unwrap_or_else(|| panic!("an expectation that the test does not know: {}", line.expected)).1
}

/// The list's lines.
pub fn read(set: &Path) -> Vec<Line> {
    let text = fs::read(set.join("MANIFEST.tsv")).unwrap();
    let text = String::from_utf8(text).unwrap();
    let columns = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    columns
        .map(|columns| Line {
            path: bytes(&unescaped(columns[0])),
            expected: columns[5].to_owned(),
            note: columns[6].to_owned(),
        })
        .collect()
}

/// Letters that are written as `\n`, `\x01`, `\u202e` or `\U0001f4f7`.
fn unescaped(text: &str) -> String {
    let (mut letters, mut plain) = (text.chars(), String::new());
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\\' => match letters.next().unwrap() {
                'n' => '\n',
                't' => '\t',
                'x' => letter_of(&mut letters, 2),
                'u' => letter_of(&mut letters, 4),
                'U' => letter_of(&mut letters, 8),
                other => other,
            },
            other => other,
        });
    }
    plain
}

fn letter_of(letters: &mut std::str::Chars<'_>, digits: usize) -> char {
    let number: String = letters.take(digits).collect();
    char::from_u32(u32::from_str_radix(&number, 16).unwrap()).unwrap()
}

/// Names that are not UTF-8 are written with `\xff` for a byte.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    bytes
}

#[test]
fn names_of_the_list_are_read_as_they_lie_on_disk() {
    for (written, there) in [
        (r"made/new\nline.jpg", &b"made/new\nline.jpg"[..]),
        (r"caf\xe9.jpg", "café.jpg".as_bytes()),
        (r"\U0001f4f7 fam\xedlia.jpg", "📷 família.jpg".as_bytes()),
        (r"..\\..\\windows.jpg", br"..\..\windows.jpg"),
        (r"\\xff\\xfe bad.jpg", b"\xff\xfe bad.jpg"),
        (r"latin1-\\xe9t\\xe9.jpg", b"latin1-\xe9t\xe9.jpg"),
    ] {
        assert_eq!(bytes(&unescaped(written)), there, "{written}");
    }
}
