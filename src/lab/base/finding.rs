//! find(1) for questions about the files of directories: which of them, by the beginning of their
//! names and whether they are newer than another, have a text in them, and what stands there.
//! `own_entry` has another question; every other form is the machine's own on disk, and refused in
//! memory.

use super::own_entry;
use crate::lab::call::Call;
use crate::lab::refusal::Refusal;

/// `directory ... -name 'X*' ... -exec /usr/bin/fgrep -l text {} ; ...`
pub(crate) struct Asked<'a> {
    directories: &'a [String],
    tests: Vec<Test<'a>>,
}

/// One word of the expression with what belongs to it; `{}` stands for the file.
enum Test<'a> {
    /// `-name 'X*'`
    Begins(&'a str),
    /// `-newer file`
    Newer(&'a str),
    /// `-exec /usr/bin/fgrep -l text file ;`, which names the file.
    Has { text: &'a str, file: &'a str },
    /// `-exec /usr/bin/cat {} ;`
    Shown,
    /// `-exec /usr/bin/echo word ;`
    Said(&'a str),
    /// `-print`
    Named,
}

impl<'a> Asked<'a> {
    /// The question of a command line, if it is one of these.
    pub(crate) fn of(words: &'a [String]) -> Option<Self> {
        let cut = words.iter().position(|word| word.starts_with('-'))?;
        let (directories, expression) = words.split_at(cut);
        let expression: Vec<&str> = expression.iter().map(String::as_str).collect();
        let mut tests = Vec::new();
        let mut rest = expression.as_slice();
        while !rest.is_empty() {
            let (test, behind) = next(rest)?;
            tests.push(test);
            rest = behind;
        }
        let looks_inside = tests.iter().any(|test| matches!(test, Test::Has { .. }));
        looks_inside.then_some(Self { directories, tests })
    }
}

/// The first test of an expression, and what stands behind it.
fn next<'a, 'w>(words: &'w [&'a str]) -> Option<(Test<'a>, &'w [&'a str])> {
    Some(match words {
        ["-name", pattern, rest @ ..] => (Test::Begins(pattern.strip_suffix('*')?), rest),
        ["-newer", file, rest @ ..] => (Test::Newer(file), rest),
        ["-exec", "/usr/bin/fgrep", "-l", text, file, ";", rest @ ..] => {
            (Test::Has { text, file }, rest)
        }
        ["-exec", "/usr/bin/cat", "{}", ";", rest @ ..] => (Test::Shown, rest),
        ["-exec", "/usr/bin/echo", word, ";", rest @ ..] => (Test::Said(word), rest),
        ["-print", rest @ ..] => (Test::Named, rest),
        _ => return None,
    })
}

/// find(1)
pub(crate) fn find(call: &mut Call<'_>) -> Result<(), Refusal> {
    let words = call.args().to_vec();
    if let Some(asked) = own_entry::Asked::of(&words) {
        return asked.answer(call);
    }
    let Some(Asked { directories, tests }) = Asked::of(&words) else {
        return Err(Refusal::usage(
            "find directory ... -name 'X*' -exec /usr/bin/fgrep -l text {} ;",
        ));
    };

    for test in &tests {
        let Test::Newer(than) = test else { continue };
        if written(call, than).is_none() {
            call.complain(format!("find: cannot access {than}: No such file or directory"));
            return Err(Refusal::quiet(1));
        }
    }

    let mut result = Ok(());
    for directory in directories {
        let path = call.inside(directory);
        let Ok(names) = call.files().names(&path) else {
            call.complain(format!("find: cannot access {directory}: No such file or directory"));
            result = Err(Refusal::quiet(1));
            continue;
        };
        for name in names {
            let file = format!("{directory}/{name}");
            // Each is tried only where those before it hold.
            let _ = tests.iter().all(|test| holds(call, test, &name, &file));
        }
    }
    result
}

/// When a file was last written.
fn written(call: &mut Call<'_>, file: &str) -> Option<u128> {
    let path = call.inside(file);
    call.files().written(&path)
}

/// Whether a test holds of a file; what it prints is printed.
fn holds(call: &mut Call<'_>, test: &Test<'_>, name: &str, file: &str) -> bool {
    match test {
        Test::Begins(prefix) => name.starts_with(prefix),
        Test::Newer(than) => written(call, file) > written(call, than),
        Test::Has { text, file: looked_at } => {
            let of =
                |word: &'_ &'_ str| if *word == "{}" { file.to_owned() } else { (*word).into() };
            let (text, looked_at): (String, String) = (of(text), of(looked_at));
            let path = call.inside(&looked_at);
            let has = call.files().text(&path).contains(&text);
            if has {
                call.say(looked_at);
            }
            has
        }
        Test::Shown => {
            let path = call.inside(file);
            let bytes = call.files().load(&path).unwrap_or_default();
            call.print(&bytes);
            true
        }
        Test::Said(word) => {
            call.say(word);
            true
        }
        Test::Named => {
            call.say(file);
            true
        }
    }
}
