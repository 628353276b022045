//! `calha explain` on the command line: finds out which page or entry is meant and prints it. It
//! connects to no node, and without a profile it takes the guide's own example.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{ProfileArguments, complain, print, refuse, values};
use crate::guide::{Guide, explain, page};
use crate::profile::{self, guide_values};
use crate::resource_type;
use crate::setting::{Model, lookup, resolve};

/// `calha explain`: what the guide says there, what is wrong with it, and what calha does.
#[derive(Args)]
#[command(after_help = "Examples: calha explain E34\n          \
                        calha explain ha-block profiles/asymmetric.toml\n          \
                        calha explain --all > guide.md\n\
                        Without a profile it takes the guide's own asymmetric example.")]
pub struct ExplainCommand {
    /// A step (vfstab-entry), an item of the guide (A17), an erratum (E34), a code
    /// (preflight.device), a setting (node.Node1.connection) or a state (START_FAILED).
    #[arg(
        value_name = "TOPIC",
        required_unless_present_any = ["all", "codes"],
        add = ArgValueCandidates::new(values::topics)
    )]
    topic: Option<String>,
    /// The whole guide, for all models, as a page in Markdown.
    #[arg(long, conflicts_with = "topic")]
    all: bool,
    /// Every code of problems, notes and questions, as a page in Markdown.
    #[arg(long, conflicts_with_all = ["topic", "all"])]
    codes: bool,
    /// The profile whose steps are meant.
    #[arg(value_name = "PROFILE")]
    file: Option<PathBuf>,
    /// Use this value instead of the profile's; may be repeated.
    #[arg(
        long = "set",
        value_name = "KEY=VALUE",
        requires = "file",
        add = ArgValueCandidates::new(values::keys)
    )]
    set: Vec<String>,
}

impl ExplainCommand {
    pub fn run(&self) -> ExitCode {
        if self.codes {
            return print(&(crate::problem::page() + &resource_type::page()));
        }

        let Some(topic) = &self.topic else {
            return match page() {
                Ok(text) => print(&text),
                Err(problem) => {
                    complain(&problem.to_string());
                    ExitCode::FAILURE
                }
            };
        };

        if let Some(rule) = resource_type::rule(topic) {
            return print(&resource_type::entry(rule, 80));
        }

        if let Some(found) = lookup(topic) {
            return print(&profile::entry(&found, 80));
        }

        let loaded = match &self.file {
            Some(file) => ProfileArguments::new(file.clone(), self.set.clone()).load(),
            None => resolve(&guide_values(Model::Asymmetric)).and_then(|resolved| {
                Guide::of(&resolved, "asymmetric")
                    .map(|guide| (resolved, guide))
                    .map_err(|p| vec![p])
            }),
        };
        let (resolved, guide) = match loaded {
            Ok(loaded) => loaded,
            Err(problems) => return refuse(&problems),
        };

        // Steps of debugging are in a guide of their own.
        let debugging = Guide::debugging(&resolved, &guide.profile, 9);
        let guide = debugging.ok().filter(|g| g.step(topic).is_some()).unwrap_or(guide);
        match explain(topic, &guide, 80) {
            Ok(text) => print(&text),
            Err(problem) => refuse(&[problem]),
        }
    }
}
