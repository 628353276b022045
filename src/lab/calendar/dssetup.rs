//! comm_dssetup.pl: its questions, its options, and the mark that the directory is prepared. A
//! missing or wrong option is refused before anything changes. No directory server is run:
//! ldapsearch answers from that mark.

use std::collections::BTreeMap;

use crate::lab::call::Call;
use crate::lab::dialogue::{AnswerKind, ProgramQuestion};
use crate::lab::refusal::{Refusal, of_io};
use crate::lab::request::Request;
use crate::lab::world::World;
use crate::lab::{Fault, Trouble};
use crate::node::{Mode, Owner};

/// What it asks without options, in the order of the directory server releases from 6 on; the words
/// are the lab's.
///
/// Assumption: nothing is changed before the last answer (documented for a later release).
pub(crate) fn questions(world: &mut World<'_>, request: &Request) -> Option<Vec<ProgramQuestion>> {
    let asks = match (request.name.as_str(), &request.args[..]) {
        ("comm_dssetup.pl", []) => true,
        ("perl", [script]) => {
            let path = request.inside(script);
            let place = world.files(&request.host).resolve(&path, true).ok()?.path;
            world.cluster.programs.get(&place).is_some_and(|name| name == "comm_dssetup.pl")
        }
        _ => false,
    };
    if !asks {
        return None;
    }

    let ask =
        |key, text: &str, default: &str, answer| ProgramQuestion::new(key, text, default, answer);
    Some(vec![
        ask("begin", "Do you want to continue?", "yes", AnswerKind::GoOn),
        ask("-c", "Directory server root", "/var/opt/mps/serverroot", AnswerKind::Path),
        ask(
            "-d",
            "Directory server instance",
            &format!("slapd-{}", request.host),
            AnswerKind::Text,
        ),
        ask("-D", "Directory Manager DN", "cn=Directory Manager", AnswerKind::Text),
        ask("-w", "Directory Manager password", "", AnswerKind::Text),
        ask(
            "-b",
            "Will this directory server be used for users and groups?",
            "yes",
            AnswerKind::YesNo,
        ),
        ask("-u", "Users/groups base suffix", "o=usergroup", AnswerKind::Text),
        ask("-t", "Schema type (1, 1.5 or 2)", "2", AnswerKind::Schema),
        ProgramQuestion {
            only: Some(("-t", &["1", "1.5"])),
            ..ask("-r", "DC tree base suffix", "o=internet", AnswerKind::Text)
        },
        ask("-s", "Do you want to update the schema files?", "yes", AnswerKind::YesNo),
        ask("-i", "Do you want to configure new indexes?", "yes", AnswerKind::YesNo),
        ask("-R", "Do you want to reindex now?", "yes", AnswerKind::YesNo),
        ask("ready", "Are you ready to proceed?", "yes", AnswerKind::GoOn),
    ])
}

/// comm_dssetup.pl: without options it asks; else every option is required (Communications Suite 5
/// Installation Guide, chapter 8).
///
/// The password comes with `-w` or, since 6.3, from a file; the letter of that option is a setting
/// because it is unknown.
pub(crate) fn dssetup(call: &mut Call<'_>) -> Result<(), Refusal> {
    let by_file = call.cluster().site.password_file_option.clone();
    let given = match call.answers() {
        Some(answers) => {
            let mut given = answers.clone();
            given.entry("-r".into()).or_insert_with(|| "o=internet".into());
            given.insert("-m".into(), "yes".into());
            given
        }
        None => options(call.args(), &by_file)?,
    };

    for needed in ["-i", "-R", "-c", "-d", "-r", "-u", "-s", "-D", "-b", "-t", "-m"] {
        if !given.contains_key(needed) {
            return Err(Refusal::new(1, format!("option {needed} is required")));
        }
    }
    for yes_no in ["-i", "-R", "-s", "-b", "-m"] {
        if !matches!(given[yes_no].as_str(), "yes" | "no") {
            return Err(Refusal::new(1, format!("{yes_no}: yes or no")));
        }
    }
    if !matches!(given["-t"].as_str(), "1" | "1.5" | "2") {
        return Err(Refusal::new(1, "-t: 1, 1.5 or 2"));
    }

    let password = match (given.get("-w"), given.get(&by_file)) {
        (Some(word), None) => word.clone().into_bytes(),
        (None, Some(file)) => call.input(file)?,
        _ => return Err(Refusal::new(1, "the password is required, once")),
    };
    if !is_the_managers(call, &password) {
        return Err(Refusal::new(1, "ldap_simple_bind: Invalid credentials"));
    }

    for path in [given["-c"].clone(), format!("{}/{}", given["-c"], given["-d"])] {
        if !call.files().is_directory(&path) {
            return Err(Refusal::new(1, format!("{path}: no such directory server instance")));
        }
    }
    if call.host().as_str() != call.cluster().site.directory_host {
        return Err(Refusal::new(1, "this is not the directory server's host"));
    }

    let stamp = call.now("%Y%m%d%H%M%S");
    for (ending, text) in [
        ("ldif", "dn: cn=schema\nchangetype: modify\n"),
        ("sh", "#!/bin/sh\nldapmodify -f dssetup.ldif\n"),
    ] {
        let path = format!("/var/tmp/dssetup_{stamp}.{ending}");
        call.files()
            .save(&path, text.as_bytes(), Mode(0o644), Owner::ROOT)
            .map_err(|e| of_io(&path, &e))?;
    }

    if given["-m"] == "yes" {
        prepare(call);
    }
    call.say("Successful Completion of Directory Server Setup");
    Ok(())
}

/// All of it; where a fault says so half, or in another directory server.
fn prepare(call: &mut Call<'_>) {
    let trouble = call.trouble().cloned();
    let cluster = &mut call.world().cluster;
    match trouble {
        Some(Trouble::Misplaces { .. }) => {}
        Some(Trouble::Pretends { after }) => cluster.directory_parts = after as usize,
        _ => (cluster.directory_prepared, cluster.directory_parts) = (true, 0),
    }
}

/// Whether the directory takes the password; of a file its first line counts.
fn is_the_managers(call: &mut Call<'_>, given: &[u8]) -> bool {
    let given = given.split(|byte| *byte == b'\n').next().unwrap_or_default();
    call.cluster().faults.iter().all(|fault| match fault {
        Fault::ManagerPassword { password } => password.as_bytes() == given,
        _ => true,
    })
}

fn options(args: &[String], by_file: &str) -> Result<BTreeMap<String, String>, Refusal> {
    let mut given = BTreeMap::new();
    let mut rest = args.iter();
    while let Some(option) = rest.next() {
        let known = matches!(
            option.as_str(),
            "-i" | "-R"
                | "-c"
                | "-d"
                | "-r"
                | "-u"
                | "-s"
                | "-D"
                | "-w"
                | "-b"
                | "-t"
                | "-m"
                | "-S"
        ) || option == by_file;
        let value = rest.next().filter(|_| known);
        let value = value.ok_or_else(|| {
            Refusal::usage(
                "comm_dssetup.pl -i yes|no -R yes|no -c \
            root -d instance -r dc -u ug -s yes|no -D dn -w password \
            -b yes|no -t 1|1.5|2 -m yes|no",
            )
        })?;
        given.insert(option.clone(), value.clone());
    }

    Ok(given)
}

/// `perl comm_dssetup.pl ...`: the lab has no other script.
pub(crate) fn perl(call: &mut Call<'_>) -> Result<(), Refusal> {
    let Some((script, rest)) =
        call.args().to_vec().split_first().map(|(s, r)| (s.clone(), r.to_vec()))
    else {
        return Err(Refusal::usage("perl script [arguments]"));
    };
    let path = call.inside(&script);
    let place = call.files().resolve(&path, true).map_err(|e| of_io(&script, &e))?;
    if call.cluster().programs.get(&place.path).map(String::as_str) != Some("comm_dssetup.pl") {
        return Err(Refusal::new(2, format!("Can't open perl script \"{script}\"")));
    }
    call.start(dssetup, rest)
}
