//! `calha worksheet` on the command line: blank, or filled from a profile, in three forms.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::{ProfileArguments, complain, print, refuse, values};
use crate::problem::Problem;
use crate::setting::Model;
use crate::worksheet::Sheet;

/// The form of a worksheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// Markdown.
    Md,
    /// One page that needs nothing else, for the screen and for paper.
    Html,
    /// The picture alone.
    Svg,
}

/// A model, as it is named in a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Named {
    Asymmetric,
    Symmetric,
    NPlusOne,
}

/// `calha worksheet`: the tables of 6.5, blank or filled from a profile, with a picture of the
/// cluster.
#[derive(Args)]
#[command(
    after_help = "Examples: calha worksheet --model symmetric --format html > worksheet.html\
                  \n          calha worksheet profiles/n-plus-one.toml\
                  \n          calha worksheet profiles/n-plus-one.toml --format svg > cluster.svg"
)]
pub struct Worksheet {
    /// Fill it with the values of this profile; without one it is blank, with the guide's values as
    /// examples.
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
    /// The model of a blank worksheet.
    #[arg(long, value_enum, default_value_t = Named::Asymmetric, conflicts_with = "file")]
    model: Named,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Paper::Md)]
    format: Paper,
}

impl Worksheet {
    pub fn run(&self) -> ExitCode {
        let sheet = match &self.file {
            None => Sheet::blank(match self.model {
                Named::Asymmetric => Model::Asymmetric,
                Named::Symmetric => Model::Symmetric,
                Named::NPlusOne => Model::NPlusOne,
            }),
            Some(file) => match ProfileArguments::new(file.clone(), self.set.clone()).load() {
                Ok((resolved, _)) => Sheet::filled(&resolved),
                Err(problems) => return refuse(&problems),
            },
        };
        match sheet.and_then(|sheet| self.text(&sheet)) {
            Ok(text) => print(&text),
            Err(problem) => {
                complain(&problem.to_string());
                ExitCode::FAILURE
            }
        }
    }

    fn text(&self, sheet: &Sheet) -> Result<String, Problem> {
        match self.format {
            Paper::Md if std::io::stdout().is_terminal() => sheet.markdown_to_read(),
            Paper::Md => sheet.markdown(),
            Paper::Html => sheet.html(),
            Paper::Svg => Ok(sheet.svg().to_owned()),
        }
    }
}
