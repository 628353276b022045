//! The sections of a manual page besides its options: exit status, environment, files and examples.
//! Every page has all four, in the order of man(7). They say what is true of its command, by
//! `man_facts` and by what stands behind its help.

use super::man_facts::Facts;

/// Before the statuses in what stands behind a help.
const STATUS: &str = "Exit status: ";

/// The sections of the command with these words and this text behind its help.
pub fn sections(words: &str, help: &str) -> String {
    let Facts { statuses, environment, files } = Facts::of(words);
    let (examples, own) = help.split_once(STATUS).unwrap_or((help, ""));
    let own = own_statuses(own);
    let statuses = statuses.iter().map(|(status, usual)| {
        let own = own.iter().find(|(of, _)| of == status);
        (*status, own.map_or(*usual, |(_, text)| text))
    });

    section("EXIT STATUS", statuses)
        + &section("ENVIRONMENT", environment)
        + &section("FILES", files)
        + &shown(examples)
}

fn section<'e>(title: &str, entries: impl IntoIterator<Item = (&'e str, &'e str)>) -> String {
    let entry = |(name, text)| format!(".TP\n\\fB{}\\fR\n{}\n", roff(name), roff(text));
    let entries: String = entries.into_iter().map(entry).collect();
    let none = || "None.\n".to_owned();
    format!(".SH \"{title}\"\n{}", Some(entries).filter(|e| !e.is_empty()).unwrap_or_else(none))
}

/// What the statuses mean for this command: "0 healthy, 3 anything else, 5 no node answers."
fn own_statuses(said: &str) -> Vec<(String, String)> {
    let mut own: Vec<(String, String)> = Vec::new();
    for word in said.split_whitespace() {
        match own.last_mut() {
            Some((_, text)) if word.parse::<u8>().is_err() => {
                text.push_str(if text.is_empty() { "" } else { " " });
                text.push_str(word);
            }
            _ => own.push((word.to_owned(), String::new())),
        }
    }
    for (_, text) in &mut own {
        let sentence = text.trim_end_matches([',', ';', '.']);
        let (first, rest) = sentence.split_at(sentence.chars().next().map_or(0, char::len_utf8));
        *text = format!("{}{rest}.", first.to_uppercase());
    }
    own
}

/// What is typed, line by line, and then what is said of it.
fn shown(help: &str) -> String {
    // Data in a form of its own stands as it is.
    if let Some(forms) = help.strip_prefix("Examples, ") {
        let forms = roff(forms.trim_end()).replacen("one", "One", 1);
        return format!(".SH EXAMPLES\n.nf\n.in 2n\n{forms}\n.in\n.fi\n");
    }

    let words = ["Examples: ", "Example: ", "Examples:\n"];
    let begun = words.iter().find_map(|word| help.strip_prefix(word));
    let is_typed = |(at, line): &(usize, &str)| {
        *at == 0 || line.starts_with(' ') || line.starts_with("calha ")
    };
    let lines = begun.unwrap_or(help).lines().enumerate();
    let (typed, told): (Vec<(usize, &str)>, Vec<_>) = lines.partition(is_typed);

    let lines = |of: Vec<(usize, &str)>| -> String {
        of.iter().map(|(_, line)| format!("{}\n", roff(line.trim()))).collect()
    };
    let told = lines(told);
    let told = if told.is_empty() { told } else { format!(".PP\n{told}") };
    format!(".SH EXAMPLES\n.nf\n{}.fi\n{told}", lines(typed))
}

/// A text as roff has it: nothing in it is a request, and a hyphen is one that can be typed.
fn roff(text: &str) -> String {
    let escaped = text.replace('\\', "\\e").replace('-', "\\-");
    let lines: Vec<String> = escaped
        .lines()
        .map(|line| if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line.into() })
        .collect();
    lines.join("\n")
}
