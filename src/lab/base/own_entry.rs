//! find(1) for another question: which of the names that it is given answer to an expression of
//! type, owner and mode. It goes into no directory, and a link is looked at itself.

use crate::lab::call::Call;
use crate::lab::refusal::Refusal;
use crate::lab::storage::Raw;

/// `name ... -prune ( expression ) -print`, with `-type`, `-user`, `-perm -mode`, `!` and `-o`.
pub(crate) struct Asked<'a> {
    names: &'a [String],
    expression: &'a [String],
}

/// What an expression looks at.
struct Seen {
    letter: &'static str,
    uid: u32,
    mode: u32,
}

impl<'a> Asked<'a> {
    /// The question of a command line, if it is this one.
    pub(crate) fn of(words: &'a [String]) -> Option<Self> {
        let cut = words.iter().position(|word| word == "-prune")?;
        let (names, rest) = words.split_at(cut);
        let [_, open, expression @ .., close, print] = rest else { return None };
        let asked = (open, close, print) == (&"(".into(), &")".into(), &"-print".into());
        let nothing = Seen { letter: "f", uid: 0, mode: 0 };
        (asked && holds(expression, &nothing).is_some()).then_some(Self { names, expression })
    }

    /// Prints the names to which the expression applies.
    pub(crate) fn answer(&self, call: &mut Call<'_>) -> Result<(), Refusal> {
        let mut result = Ok(());
        for name in self.names {
            let path = call.inside(name);
            let Ok(Some(raw)) = call.files().look(&path, false) else {
                call.complain(format!("find: cannot access {name}: No such file or directory"));
                result = Err(Refusal::quiet(1));
                continue;
            };
            if holds(self.expression, &seen(&raw)) == Some(true) {
                call.say(name);
            }
        }
        result
    }
}

/// Whether one of the parts between `-o` applies with all its tests; nothing of words that are no
/// expression.
fn holds(expression: &[String], seen: &Seen) -> Option<bool> {
    let mut any = false;
    for part in expression.split(|word| word == "-o") {
        let mut all = true;
        let mut words = part.iter().map(String::as_str);
        while let Some(word) = words.next() {
            let (not, test) = if word == "!" { (true, words.next()?) } else { (false, word) };
            let value = words.next()?;
            let applies = match test {
                "-type" => seen.letter == value,
                "-user" => seen.uid == value.parse::<u32>().ok()?,
                "-perm" => {
                    let bits = u32::from_str_radix(value.strip_prefix('-')?, 8).ok()?;
                    seen.mode & bits == bits
                }
                _ => return None,
            };
            all &= applies != not;
        }
        any |= all;
    }
    Some(any)
}

fn seen(raw: &Raw) -> Seen {
    let uid = raw.owner().uid;
    let (letter, mode) = match raw {
        Raw::File { mode, .. } => ("f", mode.0),
        Raw::Directory { mode, .. } => ("d", mode.0),
        Raw::Link { .. } => ("l", 0o777),
        Raw::Program { .. } => ("f", 0o755),
    };
    Seen { letter, uid, mode }
}
