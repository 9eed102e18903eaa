//! Undoing a change, field by field: what was changed again since stays, and all else is as it was.

use super::Edit;

/// What a change made of what was said of an asset. Where both are the same, it changed nothing, or is undone.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What was said before it.
    pub before: Edit,
    /// What was said after it.
    pub after: Edit,
}

/// What comes of undoing a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Undoing {
    /// What is said from now on.
    pub said: Edit,
    /// What is left of the step to be undone another time.
    pub left: Step,
    /// Something is as it was before.
    pub undone: bool,
}

impl Step {
    /// Undoes it, where this is said now, and these changes were made after it.
    pub fn undo(mut self, mut said: Edit, since: &[Self]) -> Undoing {
        let mut undone = false;
        macro_rules! fields {
            ($($field:ident),*) => {
                // A field that is added is not to be forgotten here.
                let Edit { $($field: _),* } = &said;
                $(
                    let again = since.iter().any(|step| step.before.$field != step.after.$field);
                    if self.before.$field != self.after.$field && said.$field == self.after.$field && !again {
                        said.$field.clone_from(&self.before.$field);
                        self.before.$field.clone_from(&self.after.$field);
                        undone = true;
                    }
                )*
            };
        }
        fields!(taken, position, title, caption, creator, copyright, keywords, rating);
        Undoing { said, left: self, undone }
    }

    /// Whether nothing of it is left to be undone.
    pub fn is_undone(&self) -> bool {
        self.before == self.after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(caption: Option<&str>, title: Option<&str>, rating: Option<i16>) -> Edit {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Edit { caption: text(caption), title: text(title), rating, ..Edit::default() }
    }

    #[test]
    fn another_field_is_no_hindrance_and_the_same_one_is_kept_for_later() {
        let none = edit(None, None, None);
        let first = Step { before: none.clone(), after: edit(Some("a"), None, Some(3)) };
        let second = Step { before: first.after.clone(), after: edit(Some("b"), Some("t"), Some(3)) };

        let undoing = first.undo(second.after.clone(), std::slice::from_ref(&second));
        assert!(undoing.undone && !undoing.left.is_undone());
        assert_eq!(undoing.said, edit(Some("b"), Some("t"), None), "the stars alone");

        let again = undoing.left.clone().undo(undoing.said.clone(), std::slice::from_ref(&second));
        assert!(!again.undone && !again.left.is_undone() && again.left == undoing.left);

        let second = second.undo(undoing.said, &[]);
        assert!(second.undone && second.left.is_undone());
        assert_eq!(second.said, edit(Some("a"), None, None));
        let last = undoing.left.undo(second.said, &[second.left]);
        assert!(last.undone && last.left.is_undone());
        assert_eq!(last.said, none);
    }

    #[test]
    fn what_was_said_again_stays() {
        let first = Step { before: edit(None, None, None), after: edit(Some("a"), None, None) };
        let away = Step { before: first.after.clone(), after: edit(Some("b"), None, None) };
        let back = Step { before: away.after.clone(), after: first.after.clone() };
        let undoing = first.undo(back.after.clone(), &[away, back]);
        assert!(!undoing.undone, "somebody has said it anew: {:?}", undoing.said);
    }
}
