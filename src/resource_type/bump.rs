//! `calha rt bump`: another version of a type, written into its registration file without touching
//! anything else.

use super::declaration::Declarations;
use super::lint::forbidden_in_version;
use super::reader::{Place, RegistrationFile};
use super::upgrade::{Meaning, UpgradeFrom, meaning};
use super::{Fix, Span, Tunability};
use crate::problem::{Problem, codes};

/// An earlier version and when its resources may move to the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Empty: a type without a version.
    pub version: String,
    pub tunability: Tunability,
}

/// What has become of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bumped {
    pub bytes: Vec<u8>,
    /// What whoever does this should know, a sentence each.
    pub notes: Vec<String>,
}

/// The file with this RT_version, and with a directive for each of the earlier versions.
///
/// # Errors
/// A version with a character that it must not have, a file without RT_version or with damaged
/// syntax.
pub fn bump(file: &RegistrationFile, to: &str, from: &[Earlier]) -> Result<Bumped, Problem> {
    refuse(file, to, from)?;
    let declared = Declarations::of(file);
    let old = declared.value("RT_version").unwrap_or_default();

    let mut changes = vec![version(&declared, to)?];
    let mut notes = Vec::new();
    let (directives, aware) = directives(file, from, &mut changes);
    if !directives.is_empty() {
        changes.push((Span::at(behind_directives(file)), inserted(file, &directives)));
    }

    if !aware && let Some(name) = declared.plain_name() {
        notes.push(format!(
            "the registered name changes from {name} to {name}:{to}: scripts that look for {name} \
             no longer find it"
        ));
    }
    if from.iter().any(|earlier| earlier.version.is_empty()) {
        notes.push(NO_VERSION.to_owned());
    }
    if !old.is_empty() && old != to && !is_listed(file, from, &old) {
        notes.push(format!(
            "version {old} is not listed: its resources may move only while their group is \
             unmanaged; --from {old}=TUNABILITY says otherwise"
        ));
    }

    Ok(Bumped { bytes: applied(file.bytes(), changes), notes })
}

/// The manuals differ on the empty version, so what the stricter of them says is what counts.
const NO_VERSION: &str = "\"\" means a type without a version; later manuals add: \
                          or any version that is not listed. Until that is known, \
                          a version that is not listed counts as WHEN_UNMANAGED";

fn refuse(file: &RegistrationFile, to: &str, from: &[Earlier]) -> Result<(), Problem> {
    if to.is_empty() {
        return Err(Problem::new(codes::RTR_BUMP, "the new version is empty")
            .hint("give it with --to, for example --to 2.0"));
    }
    let versions = std::iter::once(to).chain(from.iter().map(|earlier| earlier.version.as_str()));
    for version in versions {
        if let Some(wrong) = version.chars().find(|c| forbidden_in_version(*c)) {
            let what = format!("version \"{version}\" has the character '{wrong}'");
            return Err(Problem::new(codes::RTR_BUMP, what)
                .hint("RT_version must not have: blank, tab, / \\ * ? , ; [ ]"));
        }
    }
    if let Some(earlier) = from.iter().find(|earlier| earlier.version == to) {
        let what = format!("\"{}\" is both the new and an earlier version", earlier.version);
        return Err(Problem::new(codes::RTR_BUMP, what).hint("leave that --from out"));
    }
    if !file.faults.is_empty() {
        return Err(Problem::new(codes::RTR_BUMP, "the file has errors of syntax")
            .hint("correct them first: calha rt lint FILE"));
    }
    Ok(())
}

/// The change of RT_version; the quotes stay as they are.
fn version(declared: &Declarations<'_>, to: &str) -> Result<(Span, Vec<u8>), Problem> {
    let missing = || {
        Problem::new(codes::RTR_BUMP, "the file declares no RT_version")
            .hint("declare it behind Vendor_id: RT_version = \"1.0\";")
    };
    let statement = declared.statement("RT_version").ok_or_else(missing)?;
    let value = declared.file.values(statement).first().ok_or_else(missing)?;
    let bytes = match value.quotes {
        Some(_) => to.as_bytes().to_vec(),
        None => format!("\"{to}\"").into_bytes(),
    };
    let span = if value.quotes.is_some() { value.text } else { value.span };
    Ok((span, bytes))
}

/// Changes the words of directives that are there; the lines that have to be added, and whether
/// `#$upgrade` was there.
fn directives(
    file: &RegistrationFile,
    from: &[Earlier],
    changes: &mut Vec<(Span, Vec<u8>)>,
) -> (Vec<String>, bool) {
    let mut aware = false;
    let mut there = Vec::new();
    for directive in &file.directives {
        match meaning(file, directive.span) {
            Meaning::Upgrade => aware = true,
            Meaning::From(UpgradeFrom {
                version: Some(version),
                word,
                word_span,
                tunability,
                ..
            }) => {
                let wanted = from.iter().find(|earlier| earlier.version == version);
                if let Some(earlier) = wanted
                    && tunability != Some(earlier.tunability)
                {
                    let gap = if word.is_some() { "" } else { " " };
                    changes.push((word_span, format!("{gap}{}", earlier.tunability).into_bytes()));
                }
                there.push(version);
            }
            _ => {}
        }
    }

    let mut lines = Vec::new();
    if !aware {
        lines.push("#$upgrade".to_owned());
    }
    for earlier in from.iter().filter(|earlier| !there.contains(&earlier.version)) {
        lines.push(format!("#$upgrade_from \"{}\" {}", earlier.version, earlier.tunability));
    }
    (lines, aware)
}

/// Where a new directive goes: behind the last one, else behind the line of the last property of
/// the type.
fn behind_directives(file: &RegistrationFile) -> usize {
    let known = |d: &&super::reader::Directive| {
        d.place == Place::Between
            && matches!(meaning(file, d.span), Meaning::Upgrade | Meaning::From(_))
    };
    let last = file.directives.iter().rfind(known).map(|directive| directive.span.end());
    let head = || file.head.last().map_or(0, |statement| statement.span.end());
    let place = last.unwrap_or_else(head);
    let first_entry = file.entries.first().map_or(file.bytes().len(), |entry| entry.span.start());

    // What stands behind the last property on its line, a comment for one, stays there.
    let rest = &file.bytes()[place..];
    let line = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
    (place + line).min(first_entry)
}

/// The lines as they go there, with the ends of lines that the file has.
fn inserted(file: &RegistrationFile, lines: &[String]) -> Vec<u8> {
    let bytes = file.bytes();
    let end = if bytes.windows(2).any(|two| two == b"\r\n") { "\r\n" } else { "\n" };
    let place = behind_directives(file);
    let open = place > 0 && bytes[place - 1] != b'\n';

    let mut text = if open { end.to_owned() } else { String::new() };
    for line in lines {
        text.push_str(line);
        text.push_str(end);
    }
    text.into_bytes()
}

fn is_listed(file: &RegistrationFile, from: &[Earlier], version: &str) -> bool {
    let upgrade = super::upgrade::Upgrade::of(file);
    let listed = upgrade.from.iter().any(|(own, _)| own == version);
    listed || from.iter().any(|earlier| earlier.version == version)
}

fn applied(bytes: &[u8], changes: Vec<(Span, Vec<u8>)>) -> Vec<u8> {
    Fix { changes }.applied(bytes)
}
