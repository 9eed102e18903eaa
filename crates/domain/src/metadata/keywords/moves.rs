//! Keywords that are renamed, moved below others, put together or taken away.

use super::{Keyword, SEPARATOR};

/// What becomes of a keyword and of all below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordMove {
    /// The keyword.
    pub from: Keyword,
    /// What it is from then on; none: it goes.
    pub to: Option<Keyword>,
}

impl KeywordMove {
    /// Whether a keyword is this one or below it.
    pub fn meets(&self, keyword: &Keyword) -> bool {
        self.rest(keyword).is_some()
    }

    /// The keywords of an asset after it. Where two have become one it is there twice: tidy them.
    pub fn apply(&self, keywords: Vec<Keyword>) -> Vec<Keyword> {
        let moved = keywords.into_iter().filter_map(|keyword| match self.rest(&keyword) {
            None => Some(keyword),
            Some(rest) => self.to.as_ref().map(|to| Keyword(format!("{}{rest}", to.0))),
        });
        moved.collect()
    }

    /// What stands behind it in a keyword that is this one or below it.
    fn rest<'a>(&self, keyword: &'a Keyword) -> Option<&'a str> {
        let rest = keyword.0.strip_prefix(&self.from.0)?;
        (rest.is_empty() || rest.starts_with(SEPARATOR)).then_some(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(paths: &[&str]) -> Vec<Keyword> {
        paths.iter().map(|path| Keyword((*path).to_owned())).collect()
    }

    #[test]
    fn what_is_below_a_keyword_moves_with_it_and_what_only_begins_as_it_does_stays() {
        let all = || words(&["Places|Port", "Places|Portugal", "Places|Portugal|Lisbon", "sea"]);
        let moved = |to: Option<&str>| {
            let to = to.map(|to| Keyword(to.to_owned()));
            KeywordMove { from: Keyword("Places|Portugal".to_owned()), to }.apply(all())
        };
        assert_eq!(moved(Some("Iberia")), words(&["Places|Port", "Iberia", "Iberia|Lisbon", "sea"]));
        assert_eq!(moved(Some("sea")), words(&["Places|Port", "sea", "sea|Lisbon", "sea"]));
        assert_eq!(moved(None), words(&["Places|Port", "sea"]));
    }
}
