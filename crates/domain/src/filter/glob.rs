//! Patterns with `*` (any run of signs) and `?` (one sign), matched against a whole text.

use super::text::fold;

/// Most steps of a pattern, after folding.
pub const MAX_STEPS: usize = 500;

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// This sign.
    Sign(char),
    /// Any one sign.
    One,
    /// Any run of signs, also none.
    Many,
}

/// Reads a pattern as it stands in a filter: `\` makes the next sign an ordinary one.
pub fn steps(pattern: &str) -> Vec<Step> {
    let mut steps = Vec::with_capacity(pattern.len());
    let mut signs = pattern.chars();
    while let Some(sign) = signs.next() {
        steps.push(match sign {
            '*' => Step::Many,
            '?' => Step::One,
            '\\' => Step::Sign(signs.next().unwrap_or('\\')),
            other => Step::Sign(other),
        });
    }
    steps
}

/// Writes a pattern so that [`steps`] reads it back.
pub fn pattern(steps: &[Step]) -> String {
    let mut pattern = String::with_capacity(steps.len());
    for step in steps {
        match step {
            Step::Many => pattern.push('*'),
            Step::One => pattern.push('?'),
            Step::Sign(sign) => {
                if matches!(sign, '*' | '?' | '\\') {
                    pattern.push('\\');
                }
                pattern.push(*sign);
            }
        }
    }
    pattern
}

/// The steps with their signs folded, as they are compared with folded texts.
pub fn folded_steps(pattern: &str) -> Vec<Step> {
    let mut folded = Vec::new();
    let mut literal = String::new();
    for step in steps(pattern) {
        if let Step::Sign(sign) = step {
            literal.push(sign);
        } else {
            folded.extend(fold(&std::mem::take(&mut literal)).chars().map(Step::Sign));
            folded.push(step);
        }
    }
    folded.extend(fold(&literal).chars().map(Step::Sign));
    folded
}

/// Whether a folded text as a whole fits the pattern.
pub fn fits(pattern: &str, folded_text: &str) -> bool {
    let steps = folded_steps(pattern);
    let text: Vec<char> = folded_text.chars().collect();
    let (mut at_step, mut at_sign) = (0, 0);
    // Where to go on if the last star has to swallow one sign more.
    let mut retry: Option<(usize, usize)> = None;
    while at_sign < text.len() {
        match steps.get(at_step) {
            Some(Step::Many) => {
                retry = Some((at_step + 1, at_sign));
                at_step += 1;
            }
            Some(Step::One) => {
                at_step += 1;
                at_sign += 1;
            }
            Some(Step::Sign(sign)) if *sign == text[at_sign] => {
                at_step += 1;
                at_sign += 1;
            }
            _ => match retry {
                Some((step, sign)) => {
                    (at_step, at_sign) = (step, sign + 1);
                    retry = Some((step, sign + 1));
                }
                None => return false,
            },
        }
    }
    steps[at_step..].iter().all(|step| *step == Step::Many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_texts() {
        for (pattern, text, expected) in [
            ("img_*", "img_1234.jpg", true),
            ("IMG_????.jpg", "img_1234.jpg", true),
            ("img_????.jpg", "img_123.jpg", false),
            ("*12*4*", "img_1234.jpg", true),
            ("*", "", true),
            ("?", "", false),
            ("img", "img_1", false),
            (r"a\*b", "a*b", true),
            (r"a\*b", "axb", false),
            ("*é", "cafe", true),
            ("*aab", "aaaaab", true),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn patterns_are_written_as_they_are_read() {
        for text in [r"a\*b*?\\c", "plain", "*"] {
            assert_eq!(pattern(&steps(text)), text);
        }
    }
}
