//! Reasons, as whoever sees a photograph reads them.

/// What stands for a path.
const SOMEWHERE: &str = "\u{2026}";

/// A reason without the paths of this machine: they are in the log, for those who run it.
pub fn told(reason: &str) -> String {
    let mut rest = reason;
    let mut told = String::with_capacity(reason.len());
    while let Some((before, quoted)) = rest.split_once("'/") {
        told.push_str(&plain(before));
        told.push_str(SOMEWHERE);
        rest = end_of(quoted);
    }
    told + &plain(rest)
}

/// What comes behind a path in quotes, which may have quotes and blanks in it: behind the last one that can be its end.
/// Without one, all of it may be the path.
fn end_of(quoted: &str) -> &str {
    let quotes = quoted.match_indices('\'').map(|(at, quote)| &quoted[at + quote.len()..]);
    let mut ends = quotes.filter(|behind| behind.chars().next().is_none_or(|next| !next.is_alphanumeric()));
    ends.next_back().unwrap_or_default()
}

/// Words, without those that are paths.
fn plain(words: &str) -> String {
    let opens = |letter: char| matches!(letter, '(' | '"' | '\u{2018}' | '\u{201c}' | '\'' | '=');
    let is_path = |word: &str| {
        let word = word.trim_start_matches(opens);
        word.starts_with('/') && word.len() > 1 || word.contains("=/") || word.contains("(/")
    };
    let words = words.split(' ').map(|word| if is_path(word) { SOMEWHERE } else { word });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use files::FilesError;

    use super::*;

    #[test]
    fn no_path_of_the_machine_is_told() {
        let path = || PathBuf::from("/srv/Ann's secret films/o' x/a 'b'.mp4");
        let full = std::io::Error::other("/srv/secret is odd");
        for error in [
            FilesError::NotMounted { path: path() },
            FilesError::DiskFull { path: path() },
            FilesError::NoRoom { path: path(), needed: 1, free: 2, reserve: 3 },
            FilesError::Forbidden { path: path() },
            FilesError::Missing { path: path() },
            FilesError::NotAFile { path: path(), what: "a folder" },
            FilesError::Io { path: path(), source: full },
        ] {
            let said = error.to_string();
            assert!(said.contains("secret"), "{said}");
            let told = told(&said);
            let leaks = ["secret", "srv", "Ann", ".mp4", "/"].into_iter().find(|part| told.contains(part));
            assert!(leaks.is_none() && told.len() > 5, "{told}");
        }
        for (said, plain) in [
            ("the disk of '/data/films' is full: make room", "the disk of \u{2026} is full: make room"),
            ("can't open /usr/lib/libheif.so.1: gone", "can't open \u{2026} gone"),
            ("a film (/srv/x.mp4) in=/srv/y", "a film \u{2026} \u{2026}"),
            ("cut off '/data/fil", "cut off \u{2026}"),
            ("MP4 and/or MOV, 24/7, 1 / 2", "MP4 and/or MOV, 24/7, 1 / 2"),
            ("it can't be 'read'", "it can't be 'read'"),
            ("", ""),
        ] {
            assert_eq!(told(said), plain, "{said}");
        }
    }
}
