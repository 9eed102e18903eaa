//! Where the sidecar of an asset lies in the folder that sidecars are written to: as its original lies in the folder
//! that it was imported from, so that one tree can be laid over the other.

use domain::asset::Asset;
use files::LONGEST_NAME;
use store::FolderPath;

/// What was sent by browsers and phones lies in no folder: below this, by its month.
const SENT: &[u8] = b"Uploads";
const ENDING: &[u8] = b".xmp";

/// `<folder's name>/<path in it>.xmp`, or `Uploads/2024-05/<name>.xmp`.
pub fn of(asset: &Asset, place: Option<&FolderPath>) -> Vec<u8> {
    let path = match place {
        Some(place) => [last(&place.folder), b"/", &place.path].concat(),
        None => {
            let month = asset.taken.as_ref().map(|taken| taken.local.format("%Y-%m").to_string());
            let month = month.unwrap_or_else(|| "undated".to_owned());
            [SENT, b"/", month.as_bytes(), b"/", asset.name.as_bytes()].concat()
        }
    };
    if last(&path).len() + ENDING.len() > LONGEST_NAME {
        let name = asset.id.to_string();
        return [folder(&path), b"/", name.as_bytes(), ENDING].concat();
    }
    [&path, ENDING].concat()
}

/// Where it lies if that of another asset is there already: in a folder of its own, under the same name.
pub fn apart(asset: &Asset, path: &[u8]) -> Vec<u8> {
    [folder(path), b"/", asset.id.to_string().as_bytes(), b"/", last(path)].concat()
}

fn last(path: &[u8]) -> &[u8] {
    let trimmed = path.strip_suffix(b"/").unwrap_or(path);
    trimmed.rsplit(|byte| *byte == b'/').next().filter(|name| !name.is_empty()).unwrap_or(b"root")
}

fn folder(path: &[u8]) -> &[u8] {
    path.iter().rposition(|byte| *byte == b'/').and_then(|slash| path.get(..slash)).unwrap_or(b".")
}
