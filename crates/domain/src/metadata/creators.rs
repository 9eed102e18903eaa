//! Who made something. Several are kept in one text, each on a line of its own: a name has commas, and may have anything
//! else, but never a second line.

/// Stands between two, as they are kept.
const BETWEEN: &str = "\n";
/// Stands between two, as people and programs write them in one line (Metadata Working Group, Guidelines 2.0, "Artist").
const WRITTEN: char = ';';
/// Most that are kept of one asset.
const MOST: usize = 100;

/// Several as they are kept; none where none has a name.
pub fn together(names: impl IntoIterator<Item = impl AsRef<str>>) -> Option<String> {
    let names = names.into_iter().map(|name| one_line(name.as_ref())).filter(|name| !name.is_empty());
    let kept = names.take(MOST).collect::<Vec<_>>().join(BETWEEN);
    (!kept.is_empty()).then_some(kept)
}

/// Each of those that are kept.
pub fn each(kept: &str) -> impl Iterator<Item = &str> {
    kept.split(BETWEEN).filter(|name| !name.is_empty())
}

/// Those that are written in one line, `Doe, Jane; Smith & Sons, Ltd.`, as they are kept; empty for none.
pub fn written(line: &str) -> String {
    together(line.split(WRITTEN)).unwrap_or_default()
}

/// Those that are kept, in one line.
pub fn in_a_line(kept: &str) -> String {
    each(kept).collect::<Vec<_>>().join("; ")
}

fn one_line(name: &str) -> String {
    let lines = name.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_commas_stay_whole() {
        for names in [vec!["Smith & Sons, Ltd."], vec!["Doe, Jane", "Joe"], vec!["Ana"]] {
            let kept = together(&names).unwrap();
            assert_eq!(each(&kept).collect::<Vec<_>>(), names);
            assert_eq!(written(&in_a_line(&kept)), kept, "as a person sees it, changes nothing and saves it");
        }
        assert_eq!(in_a_line(&together(["Doe, Jane", "Joe"]).unwrap()), "Doe, Jane; Joe");
    }

    #[test]
    fn a_name_has_one_line_and_letters() {
        let kept = together([" Jane\nDoe ", "", " \t", "Joe"]).unwrap();
        assert_eq!(each(&kept).collect::<Vec<_>>(), ["Jane Doe", "Joe"]);
        assert_eq!(together([" ", ""]), None);
        assert_eq!(written(" ; "), "");
        assert_eq!(each(&written("Ana;Bo ;")).collect::<Vec<_>>(), ["Ana", "Bo"]);
        assert_eq!(each(&together(vec!["x"; 1000]).unwrap()).count(), MOST);
    }
}
