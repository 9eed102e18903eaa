//! Which files beside an original speak of it: `IMG.jpg.xmp`, which names it, and `IMG.xmp`, which speaks of all that
//! are called so, whatever the case of their letters.

pub mod xmp;

/// Longest sidecar that is read, in bytes. Those of crowds with faces have some 100 KiB.
pub const LONGEST: u64 = 1 << 20;

const ENDING: &[u8] = b".xmp";

/// Whether a path is that of a sidecar. The forks that macOS leaves behind (`._IMG.xmp`) are none.
pub fn is_sidecar(path: &[u8]) -> bool {
    subject(path).is_some_and(|subject| {
        let name = &subject[name_at(subject)..];
        !name.is_empty() && !name.starts_with(b"._")
    })
}

/// The path without the sidecar's own ending: that of an original, or what originals' paths begin with.
pub fn subject(path: &[u8]) -> Option<&[u8]> {
    let (subject, ending) = path.split_at_checked(path.len().checked_sub(ENDING.len())?)?;
    ending.eq_ignore_ascii_case(ENDING).then_some(subject)
}

/// Whether a sidecar with this [`subject`] speaks of an original.
pub fn speaks_of(subject: &[u8], original: &[u8]) -> bool {
    trust(subject, original).is_some()
}

/// How far a sidecar with this [`subject`] is believed of an original; none where it does not speak of it.
pub fn trust(subject: &[u8], original: &[u8]) -> Option<Trust> {
    let exact = |base: &[u8]| subject == base;
    match stem(original) {
        _ if exact(original) => Some(Trust::Named),
        _ if is_alike(subject, original) => Some(Trust::NamedAlike),
        Some(stem) if exact(stem) => Some(Trust::Called),
        Some(stem) if is_alike(subject, stem) => Some(Trust::CalledAlike),
        _ => None,
    }
}

/// How far a sidecar is believed, most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// It names the original: `IMG.jpg.xmp`.
    Named,
    /// The same, but for upper and lower case.
    NamedAlike,
    /// It speaks of all that are called so: `IMG.xmp`.
    Called,
    /// The same, but for upper and lower case.
    CalledAlike,
}

impl Trust {
    /// Whether it is not listened to where there is another.
    pub fn yields_to(self, other: Self) -> bool {
        matches!((self, other), (Self::NamedAlike, Self::Named) | (Self::CalledAlike, Self::Called))
    }

    /// Whether it speaks of this original as of one of several.
    pub fn is_of_several(self) -> bool {
        matches!(self, Self::Called | Self::CalledAlike)
    }
}

/// Whether a sidecar that speaks of all that are called so means this original: it may name the ending of the one that it
/// was made for (`photoshop:SidecarForExtension`), as of a raw beside its JPEG.
pub fn means(ending: Option<&str>, original: &[u8]) -> bool {
    let Some(wanted) = ending.map(|ending| ending.trim().trim_start_matches('.')) else { return true };
    let own = stem(original).map_or(&[][..], |stem| &original[stem.len() + 1..]);
    wanted.is_empty() || wanted.as_bytes().eq_ignore_ascii_case(own)
}

/// The paths at which an original's sidecars may lie, but for upper and lower case of the names.
pub fn candidates(original: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    std::iter::once(original).chain(stem(original)).map(|base| [base, ENDING].concat())
}

/// In one folder, and of one name but for upper and lower case.
fn is_alike(a: &[u8], b: &[u8]) -> bool {
    a.eq_ignore_ascii_case(b) && a[..name_at(a)] == b[..name_at(b)]
}

/// A path without the ending of the name.
fn stem(path: &[u8]) -> Option<&[u8]> {
    let dot = path.iter().rposition(|byte| *byte == b'.')?;
    (dot > name_at(path)).then(|| &path[..dot])
}

/// Where the name begins.
fn name_at(path: &[u8]) -> usize {
    path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sidecar_speaks_of_what_it_names_or_of_all_that_are_called_so() {
        for (sidecar, original, speaks) in [
            ("a/IMG.jpg.xmp", "a/IMG.jpg", true),
            ("a/IMG.XMP", "a/IMG.CR3", true),
            ("a/img.xmp", "a/IMG.jpg", true),
            ("a/Img.JPG.Xmp", "a/IMG.jpg", true),
            ("A/IMG.xmp", "a/IMG.jpg", false),
            ("a/IMG.xmp", "b/IMG.jpg", false),
            ("a/IMG.jpg.xmp", "a/IMG.CR3", false),
            ("a/IMG.xmp", "a/IMG.edit.jpg", false),
            ("a.b/IMG.xmp", "a.b/IMG", true),
            ("IMG.xmp", "a.b/IMG", false),
        ] {
            let subject = subject(sidecar.as_bytes()).unwrap();
            assert_eq!(speaks_of(subject, original.as_bytes()), speaks, "{sidecar} {original}");
            let mut listed = candidates(original.as_bytes());
            let folder = &sidecar[..sidecar.find('/').unwrap_or(0)];
            let listed = original.starts_with(folder)
                && listed.any(|path| path.eq_ignore_ascii_case(sidecar.as_bytes()));
            assert_eq!(listed, speaks, "{sidecar} {original}");
        }
        assert!(is_sidecar(b"a/IMG.jpg.xmp") && !is_sidecar(b"a/._IMG.xmp") && !is_sidecar(b"a/.xmp"));
    }
    #[test]
    fn another_spelling_counts_where_there_is_no_other_and_a_raw_s_sidecar_is_not_its_jpeg_s() {
        let of = |sidecar: &str| trust(sidecar.as_bytes(), b"a/IMG.JPG").unwrap();
        let all = ["a/IMG.JPG", "a/img.jpg", "a/IMG", "a/img"].map(of);
        assert!(all.is_sorted() && all[1].yields_to(all[0]) && all[3].yields_to(all[2]));
        assert!(!all[2].yields_to(all[0]) && !all[3].yields_to(all[0]));
        assert_eq!(all.map(Trust::is_of_several), [false, false, true, true]);
        for (ending, meant) in
            [(None, true), (Some("CR3"), false), (Some("jpg"), true), (Some(".JPG"), true), (Some(" "), true)]
        {
            assert_eq!(means(ending, b"a/IMG.JPG"), meant, "{ending:?}");
        }
        assert!(!means(Some("jpg"), b"a.jpg/IMG"));
    }
}
