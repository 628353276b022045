//! `calha new --add-instance`: asks for what another instance of N+1 needs, and writes its table at
//! the end of the profile. All else follows from defaults. Every other byte of the profile stays;
//! a profile that has problems is mended first.

use std::path::Path;
use std::process::ExitCode;

use super::unanswered::unanswered;
use super::{complain, print, refuse};
use crate::engine::Commands;
use crate::exit;
use crate::file::replace;
use crate::interview::Interview;
use crate::problem::{Problem, codes};
use crate::profile::{self, ProfileFile};
use crate::setting::{Answers, assign, conflicts, evaluate, resolve};
use crate::ui::{Interviewed, Interviewer, Keyboard};

/// Asks, shows the instance, and writes it.
pub fn run(file: &Path, set: &[String]) -> ExitCode {
    let read = ProfileFile::read(file);
    let mut given = Answers::new();
    set.iter().for_each(|assignment| assign(&mut given, assignment));
    let (name, answers) = match described(&read, given) {
        Ok(described) => described,
        Err(problems) => {
            return refuse(&problems.iter().map(|p| read.show(p)).collect::<Vec<_>>());
        }
    };

    let mut interview = Interview::of_added(answers, &name);
    if let Ok(keyboard) = Keyboard::new() {
        match ask(&keyboard, &mut interview, file) {
            Interviewed::Complete => {}
            Interviewed::Interrupted => return left(exit::INTERRUPTED),
            Interviewed::Left => return left(exit::UNANSWERED),
        }
    }

    let answers = interview.answers();
    let about = |key: &String| interview.is_about(key) || key == "cluster.nodes";
    let missing: Vec<String> = evaluate(answers).missing.into_iter().filter(about).collect();
    match resolve(answers) {
        Ok(_) if missing.is_empty() => write(file, read.text(), answers, &name),
        other => unanswered(&missing, other.err().unwrap_or_default()),
    }
}

/// The name of the new instance, and the answers of the profile with those on the command line.
fn described(file: &ProfileFile, given: Answers) -> Result<(String, Answers), Vec<Problem>> {
    if !given.problems().is_empty() {
        return Err(given.problems().to_vec());
    }
    let answers = file.answers();
    if !answers.problems().is_empty() {
        return Err(answers.problems().to_vec());
    }

    let model = evaluate(&answers).text("cluster.model").map(str::to_owned);
    if model.as_deref() != Some("n-plus-one") {
        let what = "only a profile of the model n-plus-one takes another instance";
        let hint = "the asymmetric model has one instance, the symmetric model two (6.1)";
        let problem = Problem::new(codes::SETTING_CONFLICT, what).hint(hint);
        return Err(vec![problem.at(answers.file().unwrap_or_default())]);
    }

    let mut names = given.instances().iter().filter(|name| !answers.instances().contains(name));
    let name = names.next_back().cloned().unwrap_or_else(|| free_name(&answers));
    let own = format!("instance.{name}.");
    let stranger = given.iter().find(|(key, _)| !key.starts_with(&own) && *key != "cluster.nodes");
    if let Some((key, _)) = stranger {
        let what = format!("{key} is not a setting of the new instance {name}");
        let hint = format!("with --add-instance --set takes {own}KEY=VALUE and cluster.nodes");
        return Err(vec![Problem::new(codes::SETTING_CONFLICT, what).at("--set").hint(hint)]);
    }

    let mut all = answers.layer(given);
    all.add_instance(&name);
    let wrong = conflicts(&all).into_iter().filter(|p| p.code != codes::SETTING_INCOMPLETE);
    let wrong: Vec<Problem> = wrong.collect();
    if wrong.is_empty() { Ok((name, all)) } else { Err(wrong) }
}

/// `cs` and the first number behind those that are there.
fn free_name(answers: &Answers) -> String {
    let number = |name: &String| name.strip_prefix("cs")?.parse::<usize>().ok();
    let last = answers.instances().iter().filter_map(number).max();
    format!("cs{}", last.unwrap_or(answers.instances().len()) + 1)
}

fn ask(keyboard: &Keyboard, interview: &mut Interview, file: &Path) -> Interviewed {
    let mut keep = |_: &Interview| {};
    let mut read = |_: &Interview, _: &str| {
        Err(Problem::new(codes::SETTING_INTERNAL, "no node is asked for an instance"))
    };
    let purpose = format!("adds it to {}", file.display());
    Interviewer { keyboard, keep: &mut keep, read: &mut read, purpose }.run(interview)
}

fn left(status: u8) -> ExitCode {
    complain("nothing was written");
    ExitCode::from(status)
}

fn write(file: &Path, text: &str, answers: &Answers, name: &str) -> ExitCode {
    let written = profile::with_instance(text, answers, name).and_then(|new| {
        replace(file, new.as_bytes())
            .map_err(|error| Problem::new(codes::PROFILE_UNWRITABLE, error.to_string()))
    });
    if let Err(problem) = written {
        complain(&problem.at(file.display().to_string()).to_string());
        return ExitCode::from(exit::FAILED);
    }

    let values = evaluate(answers);
    let nodes = values.texts(&format!("instance.{name}.nodes")).join(", then ");
    let group = values.text(&format!("instance.{name}.resource-group")).unwrap_or_default();
    let reached =
        |node: &&str| !answers.iter().any(|(key, _)| key.starts_with(&format!("node.{node}.")));
    let of_others = answers.iter().any(|(key, _)| key.starts_with("node."));
    let new = values.texts("cluster.nodes").into_iter().find(|node| of_others && reached(node));
    let by_ssh = new.map_or(String::new(), |node| {
        format!("{node} is reached by ssh; write a table [node.{node}] for another way.\n")
    });

    let commands = Commands { profile: file.into(), ..Commands::default() };
    print(&format!(
        "{} has the instance {name}: group {group} on {nodes}. Next:\n  \
         {}   what is to be done; changes nothing\n  \
         {}          asks before each step\n{by_ssh}",
        file.display(),
        commands.of("plan") + " --changes",
        commands.of("install"),
    ))
}
