//! One choice among a few, by arrow keys, for commands that work on files and have no run to
//! interrupt.

use dialoguer::Select;
use dialoguer::console::Term;

/// Asks a question that may have no answer yet; the outer `None`: it was interrupted.
pub fn yes_no_or_unknown(question: &str) -> Option<Option<bool>> {
    const ANSWERS: [(&str, Option<bool>); 3] =
        [("yes", Some(true)), ("no", Some(false)), ("not known", None)];
    let term = Term::stderr();

    let select =
        Select::new().with_prompt(question).items(ANSWERS.map(|(word, _)| word)).default(2);
    match select.interact_on_opt(&term) {
        Ok(Some(at)) => Some(ANSWERS.get(at).and_then(|(_, answer)| *answer)),
        // Escape says that nobody knows.
        Ok(None) => Some(None),
        Err(_) => {
            // It hides the cursor while it asks; a terminal that is gone has none.
            let _ = term.show_cursor();
            None
        }
    }
}
