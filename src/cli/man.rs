//! The manual pages, made from the command line's own description, so that they cannot name an
//! option that does not exist.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Command};

use super::man_sections::sections;
use super::{complain, print};
use crate::{exit, file};

/// What the page of calha itself has for examples: the way to an installation.
const FIRST: &str = "Examples: calha new site.toml\n calha plan site.toml\n \
                     calha install site.toml\n calha status site.toml";

/// `calha man`: the manual pages, one for each command.
#[derive(Args)]
#[command(after_help = "Examples: calha man --out /usr/local/share/man/man1\n          \
                        calha man install | man -l -\n\
                        Without --out it prints the page of one command, or that of calha itself.")]
pub struct Man {
    /// The command, in words: service, or profile check. Without it calha itself.
    #[arg(value_name = "COMMAND")]
    words: Vec<String>,
    /// Write the pages of all commands into this directory, which is made.
    #[arg(long, value_name = "DIR", conflicts_with = "words")]
    out: Option<PathBuf>,
}

impl Man {
    /// Writes the pages of this command line.
    pub fn run(&self, mut root: Command) -> ExitCode {
        root.build();
        if let Some(directory) = &self.out {
            return match write(directory, &root) {
                Ok(names) => print(&names),
                Err(error) => {
                    complain(&format!("{}: {error}", directory.display()));
                    ExitCode::from(exit::FAILED)
                }
            };
        }

        let mut command = &root;
        for word in &self.words {
            let Some(next) = command.find_subcommand(word) else {
                complain(&format!(
                    "calha has no command {}\n  hint: calha --help lists them",
                    self.words.join(" ")
                ));
                return ExitCode::from(exit::USAGE);
            };
            command = next;
        }

        match page(command) {
            Ok(page) => print(&page),
            Err(error) => {
                complain(&error.to_string());
                ExitCode::from(exit::FAILED)
            }
        }
    }
}

fn write(directory: &Path, root: &Command) -> std::io::Result<String> {
    file::make_directory(directory)?;
    let mut names = String::new();
    for command in all(root) {
        let path = directory.join(format!("{}.1", name(command)));
        file::write(&path, &page(command)?.into_bytes(), None)?;
        names.push_str(&format!("{}\n", path.display()));
    }
    Ok(names)
}

/// A command and everything below it, help aside.
fn all(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|c| c.get_name() != "help").flat_map(all);
    std::iter::once(command).chain(below).collect()
}

/// `calha-profile-check`.
fn name(command: &Command) -> String {
    command.get_bin_name().unwrap_or_else(|| command.get_name()).replace(' ', "-")
}

fn page(command: &Command) -> std::io::Result<String> {
    let mut text = Vec::new();
    let whole = command.get_bin_name().unwrap_or_default();
    // The help of calha itself is a list of commands.
    let help = command.get_after_help().map_or_else(|| FIRST.to_owned(), ToString::to_string);
    let words = whole.strip_prefix("calha ").unwrap_or_default();
    // A page of its own has the whole name in its title.
    clap_mangen::Man::new(command.clone().after_help(""))
        .title(name(command))
        .source(concat!("calha ", env!("CARGO_PKG_VERSION")))
        .manual("calha")
        .render(&mut text)?;

    let mut page = String::from_utf8_lossy(&text).into_owned();
    let place = page.find(".SH VERSION").unwrap_or(page.len());
    page.insert_str(place, &sections(words, &help));
    Ok(page)
}
