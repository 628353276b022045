//! find(1) for one question: which files of these directories, by the beginning of their names,
//! have a text in them. `own_entry` has another; every other form is the machine's own on disk,
//! and refused in memory.

use super::own_entry;
use crate::lab::call::Call;
use crate::lab::refusal::Refusal;

/// `directory ... -name 'X*' -exec /usr/bin/fgrep -l text {} ;`
pub(crate) struct Asked<'a> {
    directories: &'a [String],
    prefix: &'a str,
    text: &'a str,
}

impl<'a> Asked<'a> {
    /// The question of a command line, if it is this one.
    pub(crate) fn of(words: &'a [String]) -> Option<Self> {
        let cut = words.iter().position(|word| word.starts_with('-'))?;
        let (directories, expression) = words.split_at(cut);
        let [name, pattern, exec, program, list, text, file, end] = expression else { return None };
        let fixed = [name, exec, program, list, file, end].map(String::as_str);
        let wanted = ["-name", "-exec", "/usr/bin/fgrep", "-l", "{}", ";"];
        let prefix = pattern.strip_suffix('*')?;
        (fixed == wanted).then_some(Self { directories, prefix, text })
    }
}

/// find(1)
pub(crate) fn find(call: &mut Call<'_>) -> Result<(), Refusal> {
    let words = call.args().to_vec();
    if let Some(asked) = own_entry::Asked::of(&words) {
        return asked.answer(call);
    }
    let Some(Asked { directories, prefix, text }) = Asked::of(&words) else {
        return Err(Refusal::usage(
            "find directory ... -name 'X*' -exec /usr/bin/fgrep -l text {} ;",
        ));
    };

    let mut result = Ok(());
    for directory in directories {
        let path = call.inside(directory);
        let Ok(names) = call.files().names(&path) else {
            call.complain(format!("find: cannot access {directory}: No such file or directory"));
            result = Err(Refusal::quiet(1));
            continue;
        };
        for name in names.iter().filter(|name| name.starts_with(prefix)) {
            if call.files().text(&format!("{path}/{name}")).contains(text) {
                call.say(format!("{directory}/{name}"));
            }
        }
    }
    result
}
