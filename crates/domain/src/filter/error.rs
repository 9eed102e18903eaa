//! What is wrong with a search text, where, and what may have been meant.

use std::ops::Range;

/// A search text could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ParseError {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What is wrong and what is expected, for the person who wrote it.
    pub message: String,
    /// What to put in place of the span, if that can be guessed.
    pub suggestion: Option<String>,
}

impl ParseError {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), suggestion: None }
    }

    pub(super) fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// The span in UTF-16 units, as browsers count.
    pub fn span_utf16(&self, text: &str) -> Range<usize> {
        let units = |until: usize| text.get(..until).map_or(0, |part| part.encode_utf16().count());
        units(self.span.start)..units(self.span.end)
    }

    /// The text with the suggestion in place, if there is one.
    pub fn mended(&self, text: &str) -> Option<String> {
        let (before, after) = (text.get(..self.span.start)?, text.get(self.span.end..)?);
        Some(format!("{before}{}{after}", self.suggestion.as_ref()?))
    }
}
