//! What an import or a scan has done, in words.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use domain::library::FolderState;
use store::{Refusal, Unreadable};

use crate::register::place;
use crate::scan::tally::Report;

/// Paths that are listed for one reason.
const LISTED: usize = 20;

/// What an import or a scan has done.
#[derive(Debug)]
pub struct Summary {
    /// The folder's files stay where they are; otherwise they are copied.
    pub in_place: bool,
    /// The scan.
    pub report: Report,
    /// What was refused.
    pub refused: Vec<Refusal>,
    /// What can't be shown.
    pub unreadable: Vec<Unreadable>,
}

impl Summary {
    /// Whether every file came in, and every one of a kind that this version knows can be shown.
    pub fn all_is_well(&self) -> bool {
        let complete = self.report.state == FolderState::Idle && self.report.trouble.is_none();
        complete && self.refused.is_empty() && self.unreadable.iter().all(|file| file.skipped)
    }

    /// For the person who asked.
    pub fn text<'a>(&'a self, folder: &Path) -> String {
        let (kept, numbers) = (place(self.in_place), in_numbers(&self.report));
        let mut text = format!("{} ({kept}): {numbers}\n", folder.display());
        let unreadable = |wanted: fn(&Unreadable) -> bool| {
            let files = self.unreadable.iter().filter(move |file| wanted(file));
            // What is said above need not be said again.
            let reason =
                |file: &'a Unreadable| file.reason.strip_prefix("not readable yet: ").unwrap_or(&file.reason);
            files.map(move |file| (reason(file), file.path.as_slice()))
        };
        let refused = self.refused.iter().map(|file| (file.reason.as_str(), file.path.as_slice()));
        let damaged = unreadable(|file| !file.skipped && !file.postponed);
        part(&mut text, "imported, but not readable yet", &by_reason(unreadable(|file| file.skipped)));
        part(&mut text, "imported, but can't be read", &by_kind(damaged));
        part(&mut text, "put off, and tried again later", &by_kind(unreadable(|file| file.postponed)));
        part(&mut text, "refused", &by_reason(refused));
        if let Some(names) = &self.report.left_out {
            text += &format!("folders left out: {names}\n");
        }
        if let Some(trouble) = &self.report.trouble {
            text += &format!("{trouble}\n");
        }
        text
    }
}

/// `11 files, 5 new, 1 duplicate`: what did not happen is not said, but that nothing is new.
fn in_numbers(report: &Report) -> String {
    let Report { counts, moved, changed, unchanged, .. } = report;
    let count = |number: i32| usize::try_from(number).unwrap_or(0);
    let (found, duplicates) = (count(counts.found), count(counts.duplicates));
    let mut text = format!("{}, {} new", several(found, "file"), counts.imported);
    if duplicates > 0 {
        text += &format!(", {}", several(duplicates, "duplicate"));
    }
    let rest = [
        (*moved, "moved"),
        (*changed, "changed"),
        (*unchanged, "unchanged"),
        (count(counts.refused), "refused"),
    ];
    for (number, word) in rest.into_iter().filter(|(number, _)| *number > 0) {
        text += &format!(", {number} {word}");
    }
    text
}

fn several(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

/// Lines, by what stands above them.
type Groups<'a> = BTreeMap<&'a str, Vec<String>>;

fn by_reason<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Groups<'a> {
    let mut groups = Groups::new();
    for (reason, path) in files {
        groups.entry(reason).or_default().push(shown(path));
    }
    groups
}

/// Damages are as many as files: what stands before the colon is the kind, and the rest stands by the path.
fn by_kind<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Groups<'a> {
    let mut groups = Groups::new();
    for (reason, path) in files {
        let (kind, line) = match reason.split_once(": ") {
            Some((kind, detail)) => (kind, format!("{}: {}", shown(path), shown(detail.as_bytes()))),
            None => (reason, shown(path)),
        };
        groups.entry(kind).or_default().push(line);
    }
    groups
}

fn part(text: &mut String, title: &str, groups: &Groups<'_>) {
    let files: usize = groups.values().map(Vec::len).sum();
    if files == 0 {
        return;
    }
    // Writing to a string can't fail.
    let _ = writeln!(text, "{files} {title}:");
    for (reason, lines) in groups {
        let _ = writeln!(text, "  {reason} ({})", lines.len());
        for line in lines.iter().take(LISTED) {
            let _ = writeln!(text, "    {line}");
        }
        if lines.len() > LISTED {
            let _ = writeln!(text, "    … and {} more", lines.len() - LISTED);
        }
    }
}

/// A path that can do nothing to a terminal.
fn shown(path: &[u8]) -> String {
    let mut shown = String::with_capacity(path.len());
    for letter in String::from_utf8_lossy(path).chars() {
        if letter.is_control() {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use domain::library::ScanCounts;

    use super::*;

    #[test]
    fn a_summary_groups_by_reason_and_says_whether_all_is_well() {
        let unreadable = |path: &[u8], reason: &str, skipped| Unreadable {
            path: path.into(),
            reason: reason.into(),
            skipped,
            postponed: false,
        };
        let mut summary = Summary {
            in_place: true,
            report: Report::default(),
            refused: Vec::new(),
            unreadable: vec![
                unreadable(b"a.mp4", "not readable yet: film", true),
                unreadable(b"new\nline\xff.mp4", "not readable yet: film", true),
            ],
        };
        assert!(summary.all_is_well());
        let text = summary.text(Path::new("/photos"));
        assert!(text.contains(
            "2 imported, but not readable yet:\n  film (2)\n    a.mp4\n    new\\nline\u{fffd}.mp4\n"
        ));
        summary.unreadable.push(unreadable(b"b.jpg", "damaged: it ends too early", false));
        assert!(!summary.all_is_well());
        assert!(summary.text(Path::new("/photos")).contains("  damaged (1)\n    b.jpg: it ends too early\n"));
        summary.unreadable.clear();
        summary.report.state = FolderState::Offline;
        assert!(!summary.all_is_well());
    }

    #[test]
    fn folders_that_are_left_out_are_no_trouble_and_hide_none() {
        let left_out = Some("@eaDir".to_owned());
        let mut summary = Summary {
            in_place: true,
            report: Report { left_out, ..Report::default() },
            refused: Vec::new(),
            unreadable: Vec::new(),
        };
        assert!(summary.all_is_well());
        summary.report.trouble = Some("not everything was imported: the disk is full".to_owned());
        assert!(!summary.all_is_well());
        let text = summary.text(Path::new("/photos"));
        assert!(
            text.ends_with("folders left out: @eaDir\nnot everything was imported: the disk is full\n"),
            "{text}"
        );
    }

    #[test]
    fn numbers_say_what_happened_and_nothing_else() {
        let counts =
            |found, imported, duplicates, refused| ScanCounts { found, imported, duplicates, refused };
        let first = Report { counts: counts(11, 5, 1, 5), ..Report::default() };
        assert_eq!(in_numbers(&first), "11 files, 5 new, 1 duplicate, 5 refused");
        let again = Report { counts: counts(9, 0, 2, 0), moved: 3, changed: 1, unchanged: 3, ..first };
        assert_eq!(in_numbers(&again), "9 files, 0 new, 2 duplicates, 3 moved, 1 changed, 3 unchanged");
        let one = Report { counts: counts(1, 1, 0, 0), ..Report::default() };
        assert_eq!(in_numbers(&one), "1 file, 1 new");
    }
}
