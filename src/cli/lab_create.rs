//! `calha lab create`: makes a simulated cluster for a profile and gives the tables with which a
//! profile reaches it, printed or in a profile of its own. The profile that was given stays as it
//! is.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::new::{create, occupied};
use super::{Nodes, ProfileArguments, SilentProgram, complain, print, refuse};
use crate::engine::{Commands, typed_word};
use crate::exit;
use crate::lab::Disk;
use crate::node::NodeName;
use crate::problem::Problem;
use crate::setting::{Answers, Origin, Settings, Value, assign, resolve};

/// Tables of a profile in the order in which they are printed.
const SECTIONS: [&str; 4] = ["node.", "installer.", "configurator.", "directory."];

/// Make a fresh cluster for a profile in a directory that is missing or empty.
///
/// It prints what to add to the profile; with --profile it writes a profile that has it.
#[derive(Args)]
#[command(after_help = "Examples: \
                  calha lab create /tmp/lab profiles/asymmetric.toml --profile lab.toml\n          \
                  calha lab create /tmp/odd profiles/asymmetric.toml --on odd")]
pub struct LabCreate {
    directory: PathBuf,
    #[command(flatten)]
    profile: ProfileArguments,
    #[command(flatten)]
    nodes: Nodes,
    /// Write the profile with the lab's connections to this new file.
    #[arg(long = "profile", value_name = "OUT")]
    out: Option<PathBuf>,
}

impl LabCreate {
    pub fn run(&self) -> ExitCode {
        if let Some(problem) = self.out.as_deref().and_then(occupied) {
            return refuse(&[problem]);
        }
        let (mut answers, settings) = match self.settings() {
            Ok(both) => both,
            Err(problems) => return refuse(&problems),
        };

        let made = std::env::current_exe().and_then(|program| {
            let lab = Disk::create_on(self.nodes.on, &self.directory, &settings, &program)?;
            let nodes = lab.nodes()?;
            Ok((lab, nodes))
        });
        let (lab, nodes) = match made {
            Ok(made) => made,
            Err(error) => {
                complain(&format!(
                    "{}: {error}\n  hint: name a directory that is missing or empty",
                    self.directory.display()
                ));
                return ExitCode::from(exit::FAILED);
            }
        };

        connect(&mut answers, &settings, &|host| shell(&lab, host));
        let directory = typed_word(self.directory.as_os_str());
        let mut said = String::from("A shell on a host of the lab:\n");
        for node in nodes {
            // Writing into a String cannot fail, here and below.
            let _ = writeln!(said, "  calha lab shell {directory} {node}");
        }

        match &self.out {
            None => said.push_str(&tables(&answers, &settings)),
            Some(file) => {
                if let Err(problem) = create(file, &answers) {
                    return refuse(&[problem]);
                }
                let profile = Commands { profile: file.as_path().into(), ..Commands::default() };
                let install = profile.of("install");
                let silent = SilentProgram::ALL.each_ref().map(|program| program.mode).join(", ");
                let file = file.display();
                let _ = writeln!(said, "{file} is written, with \"silent\" for\n  {silent}.");
                let _ = writeln!(said, "Next:\n  {install}");
            }
        }
        print(&said)
    }

    /// The profile's answers with those by which nobody has to be there, and the settings that
    /// follow.
    fn settings(&self) -> Result<(Answers, Settings), Vec<Problem>> {
        let (resolved, _) = self.profile.load()?;
        let mut answers = self.profile.text().answers();
        self.profile.set.iter().for_each(|assignment| assign(&mut answers, assignment));

        for program in &SilentProgram::ALL {
            for (key, value) in program.settings(|key| answers.get(key).is_some()) {
                answers.insert(key, Value::text(value), Origin::Set);
            }
        }
        // Where the lab is, is known when it is made.
        connect(&mut answers, &resolved.settings, &|host| vec![host.to_string()]);
        let settings = resolve(&answers)?.settings;
        Ok((answers, settings))
    }
}

/// Has these words lead to each host. They give root's shell, so nobody has to become root.
fn connect(answers: &mut Answers, settings: &Settings, words: &dyn Fn(&NodeName) -> Vec<String>) {
    for (table, host) in hosts(settings) {
        let command = BTreeMap::from([("command".to_owned(), Value::texts(words(&host)))]);
        answers.insert(format!("{table}.connection"), Value::Table(command), Origin::Set);
        answers.remove(&format!("{table}.become"));
        answers.remove(&format!("{table}.become-password"));
    }
}

/// The table of each host in a profile, and the host.
fn hosts(settings: &Settings) -> Vec<(String, NodeName)> {
    let nodes = settings.cluster.nodes.iter().map(|node| (format!("node.{node}"), node.clone()));
    let directory = NodeName(settings.directory.host.to_string());
    nodes.chain([("directory".to_owned(), directory)]).collect()
}

/// The words that give a shell on a host of the lab.
fn shell(lab: &Disk, host: &NodeName) -> Vec<String> {
    let environment = lab.environment(host);
    let given = environment.iter().map(|(name, value)| format!("{name}={value}"));
    let words = ["/usr/bin/env".to_owned(), "-i".to_owned()].into_iter().chain(given);
    words.chain(["/bin/sh".to_owned()]).collect()
}

/// What a profile has to say so that it reaches the lab, and so that nobody has to be there.
fn tables(answers: &Answers, settings: &Settings) -> String {
    let connection = |(table, _)| format!("{table}.connection");
    let silent = SilentProgram::ALL.iter().flat_map(SilentProgram::keys).map(str::to_owned);
    let mut keys: Vec<String> = hosts(settings).into_iter().map(connection).chain(silent).collect();
    // A table is opened once. Its keys stay in their order.
    keys.sort_by_key(|key| SECTIONS.iter().position(|section| key.starts_with(section)));

    let mut out = String::from("\n# In the profile, in these tables:\n");
    let mut open = "";
    for key in &keys {
        let Some((answer, (table, name))) = answers.get(key).zip(key.rsplit_once('.')) else {
            continue;
        };
        if open != table {
            let _ = writeln!(out, "[{table}]");
            open = table;
        }
        let _ = writeln!(out, "{name} = {}", answer.value.to_toml());
    }
    out
}
