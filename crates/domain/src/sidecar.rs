//! Which files beside an original speak of it: `IMG.jpg.xmp`, which names it, and `IMG.xmp`, which speaks of all that
//! are called so.

pub mod xmp;

/// Longest sidecar that is read, in bytes. Those of crowds with faces have some 100 KiB.
pub const LONGEST: u64 = 1 << 20;

const ENDINGS: [&[u8]; 2] = [b".xmp", b".XMP"];

/// Whether a path is that of a sidecar. The forks that macOS leaves behind (`._IMG.xmp`) are none.
pub fn is_sidecar(path: &[u8]) -> bool {
    subject(path).is_some_and(|subject| {
        let name = subject.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        !name.is_empty() && !name.starts_with(b"._")
    })
}

/// The path without the sidecar's own ending: that of an original, or what originals' paths begin with.
pub fn subject(path: &[u8]) -> Option<&[u8]> {
    ENDINGS.iter().find_map(|ending| path.strip_suffix(*ending))
}

/// Whether a sidecar with this [`subject`] speaks of an original.
pub fn speaks_of(subject: &[u8], original: &[u8]) -> bool {
    subject == original || stem(original) == Some(subject)
}

/// The paths at which an original's sidecars may lie, the one that is believed most first.
pub fn candidates(original: &[u8]) -> Vec<Vec<u8>> {
    let bases = std::iter::once(original).chain(stem(original));
    bases.flat_map(|base| ENDINGS.map(|ending| [base, ending].concat())).collect()
}

/// A path without the ending of the name.
fn stem(path: &[u8]) -> Option<&[u8]> {
    let dot = path.iter().rposition(|byte| *byte == b'.')?;
    let name = path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    (dot > name).then(|| &path[..dot])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sidecar_speaks_of_what_it_names_or_of_all_that_are_called_so() {
        for (sidecar, original, speaks) in [
            ("a/IMG.jpg.xmp", "a/IMG.jpg", true),
            ("a/IMG.XMP", "a/IMG.CR3", true),
            ("a/IMG.xmp", "b/IMG.jpg", false),
            ("a/IMG.jpg.xmp", "a/IMG.CR3", false),
            ("a/IMG.xmp", "a/IMG.edit.jpg", false),
            ("a.b/IMG.xmp", "a.b/IMG", true),
            ("IMG.xmp", "a.b/IMG", false),
        ] {
            let subject = subject(sidecar.as_bytes()).unwrap();
            assert_eq!(speaks_of(subject, original.as_bytes()), speaks, "{sidecar} {original}");
            let listed = candidates(original.as_bytes()).contains(&sidecar.as_bytes().to_vec());
            assert_eq!(listed, speaks, "{sidecar} {original}");
        }
        assert!(is_sidecar(b"a/IMG.jpg.xmp") && !is_sidecar(b"a/._IMG.xmp") && !is_sidecar(b"a/.xmp"));
    }
}
