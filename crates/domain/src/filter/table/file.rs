//! Keys for files: what they are called, where they lie and how they fare.

use super::{KeyInfo, Kind, number, optional, row, yes_no};
use crate::filter::key::Key;
use crate::filter::unit::Unit;

pub(super) const KEYS: &[KeyInfo] = &[
    optional(row(
        Key::Ext,
        &["extension"],
        Kind::Exact,
        "Ending of the file name, without the point.",
        "ext:jpg",
    )),
    row(Key::Name, &["filename", "file"], Kind::Text, "File name.", "name:IMG_12*"),
    optional(row(
        Key::Folder,
        &["directory", "dir"],
        Kind::Text,
        "Folders that the file lies in, where you may see them.",
        "folder:=\"holidays/2019\"",
    )),
    optional(row(
        Key::Path,
        &[],
        Kind::Text,
        "Folders and name of the file, where you may see them.",
        "path:\"holidays/2019\"",
    )),
    row(
        Key::Size,
        &["filesize", "bytes"],
        number(Unit::Bytes, 50),
        "Size of the file; a single number allows for 5 %.",
        "size:>20MB",
    ),
    row(Key::Id, &["asset"], Kind::Id, "Its id, as addresses and the API have it.", "id:asset_12"),
    row(
        Key::Hash,
        &["checksum", "sha1", "blake3"],
        Kind::Exact,
        "Checksum of the file, SHA-1 or BLAKE3, in hexadecimal digits; a star stands for the rest.",
        "hash:da39a3ee5e6b4b0d3255bfef95601890afd80709",
    ),
    row(
        Key::Copies,
        &["duplicates"],
        number(Unit::Count, 0),
        "At how many places its content lies: in folders, and copied.",
        "copies:>1",
    ),
    yes_no(
        Key::Offline,
        &["missing"],
        "Whether its file is not there at the moment (a disk that is not mounted, say).",
        "offline:yes",
    ),
    yes_no(
        Key::Managed,
        &["copied", "stored"],
        "Whether its file was uploaded or copied, rather than left in its folder.",
        "managed:yes",
    ),
    yes_no(
        Key::Sidecar,
        &["xmp"],
        "Whether a sidecar (XMP) lies beside it or was sent for it.",
        "sidecar:yes",
    ),
    yes_no(
        Key::Noted,
        &["damaged", "notes"],
        "Whether something about its file is odd but stopped nothing.",
        "noted:yes",
    ),
    yes_no(Key::Unreadable, &["broken"], "Whether the file can't be shown.", "unreadable:yes"),
];
