//! `calha rt lint`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::input;
use crate::cli::{complain, print, values};
use crate::exit;
use crate::problem::Problem;
use crate::resource_type::{self as rt, Fit, RegistrationFile, Release, Severity};

/// `calha rt lint`: every rule of registration files.
#[derive(Args)]
#[command(after_help = "Examples: calha rt lint SUNW.nfs\n          \
                        calha rt lint --release 3.1-8/05 --deny warnings etc/*.rt\n          \
                        calha rt lint --fix etc/ACME.rt\n\
                        --deny warnings: a warning ends with 1, as an error does. Notes never \
                        do.\n\
                        Exit status: 0 no error, 1 an error, 2 a file cannot be read or written, \
                        or wrong arguments.")]
pub struct Lint {
    /// The registration (RTR) files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only what holds on this release of the cluster: 3.0, 3.1, 3.1-8/05, 3.2, 3.2u2 or 4.4
    #[arg(
        long,
        value_name = "RELEASE",
        value_parser = release,
        add = ArgValueCandidates::new(values::releases)
    )]
    release: Option<Release>,
    /// Correct what has only one reading, in the file itself.
    #[arg(long)]
    fix: bool,
    /// How the findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Warnings end with status 1, as errors do.
    #[arg(long, value_name = "WHAT", value_enum)]
    deny: Option<Deny>,
    /// Look for the declared methods in this directory, too.
    #[arg(long, value_name = "DIR")]
    methods: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    Warnings,
}

fn release(word: &str) -> Result<Release, String> {
    Release::parse(word).ok_or_else(|| {
        let names: Vec<&str> = Release::ALL.into_iter().map(Release::name).collect();
        format!("no such release; known are {}", names.join(", "))
    })
}

/// A file with what was found in it.
struct Linted {
    path: String,
    file: RegistrationFile,
    lint: rt::Lint,
}

impl Lint {
    pub fn run(&self) -> ExitCode {
        let mut all = Vec::new();
        let mut unreadable = 0;
        for path in &self.files {
            match self.one(path) {
                Ok(linted) => all.push(linted),
                Err(problem) => {
                    complain(&problem.to_string());
                    unreadable += 1;
                }
            }
        }

        let printed = match self.format {
            Format::Text => self.text(&all),
            Format::Json => print(&format!("{:#}\n", json(&all))),
            Format::Sarif => print(&format!("{:#}\n", sarif(&all))),
        };
        let denied = |linted: &Linted| {
            let warnings = self.deny == Some(Deny::Warnings);
            linted.lint.count(Severity::Error) > 0
                || (warnings && linted.lint.count(Severity::Warning) > 0)
        };
        if unreadable > 0 {
            ExitCode::from(exit::USAGE)
        } else if all.iter().any(denied) {
            ExitCode::from(exit::FAILED)
        } else {
            printed
        }
    }

    fn one(&self, path: &std::path::Path) -> Result<Linted, Problem> {
        let mut file = input::read(path)?;
        let mut lint = rt::lint(&file, self.release, self.methods.as_deref());

        if self.fix {
            let (bytes, count) = rt::mended(file.bytes());
            if count > 0 {
                input::write(path, &bytes)?;
                complain(&format!("{}: {count} findings corrected", path.display()));
                file = RegistrationFile::parse(&bytes);
                lint = rt::lint(&file, self.release, self.methods.as_deref());
            }
        }
        Ok(Linted { path: path.display().to_string(), file, lint })
    }

    fn text(&self, all: &[Linted]) -> ExitCode {
        let mut out = String::new();
        for linted in all {
            let text = linted.file.source();
            for finding in &linted.lint.findings {
                out.push_str(&text.describe(finding, &linted.path));
                out.push('\n');
            }
            out.push_str(&self.summary(linted));
        }
        print(&out)
    }

    fn summary(&self, linted: &Linted) -> String {
        let count = |severity, one: &str| match linted.lint.count(severity) {
            1 => format!("1 {one}"),
            n => format!("{n} {one}s"),
        };
        let found = format!(
            "{}: {}, {}, {}\n",
            linted.path,
            count(Severity::Error, "error"),
            count(Severity::Warning, "warning"),
            count(Severity::Note, "note")
        );
        if self.release.is_some() {
            return found;
        }

        let names = |wanted: Fit| -> String {
            let fitting = linted.lint.fits.iter().filter(|(_, fit)| *fit == wanted);
            let names: Vec<&str> = fitting.map(|(release, _)| release.name()).collect();
            names.join(", ")
        };
        let mut lines = found;
        // Of a file that cannot be registered at all that would be misunderstood.
        if linted.lint.count(Severity::Error) > 0 {
            return lines;
        }
        for (fit, what) in [(Fit::Yes, "fits"), (Fit::Unknown, "not known"), (Fit::No, "not for")] {
            let names = names(fit);
            if !names.is_empty() {
                crate::text::wrapped(&mut lines, &format!("  {what:<10}"), &names, 80);
            }
        }
        lines
    }
}

fn json(all: &[Linted]) -> serde_json::Value {
    let finding = |source: &rt::Source<'_>, finding: &rt::Finding| {
        let (from, to) =
            (source.position(finding.span.start()), source.position(finding.span.end()));
        serde_json::json!({
            "code": finding.rule.code,
            "severity": finding.rule.severity,
            "line": from.line,
            "column": from.column,
            "end_line": to.line,
            "end_column": to.column,
            "message": finding.what,
            "remedy": finding.remedy,
            "source": finding.rule.source,
            "fixable": finding.fix.is_some(),
        })
    };

    let file = |linted: &Linted| {
        let source = linted.file.source();
        let findings: Vec<_> = linted.lint.findings.iter().map(|f| finding(&source, f)).collect();
        let named = |wanted: Fit| -> Vec<&str> {
            let fits = linted.lint.fits.iter().filter(|(_, fit)| *fit == wanted);
            fits.map(|(release, _)| release.name()).collect()
        };
        serde_json::json!({
            "file": linted.path,
            "findings": findings,
            "releases": {
                "fits": named(Fit::Yes),
                "unknown": named(Fit::Unknown),
                "not": named(Fit::No),
            },
        })
    };

    serde_json::json!({ "version": 1, "files": all.iter().map(file).collect::<Vec<_>>() })
}

fn sarif(all: &[Linted]) -> serde_json::Value {
    let files = all.iter().map(|linted| (linted.path.as_str(), &linted.file, &linted.lint));
    serde_json::to_value(rt::Sarif::of(files)).unwrap_or_default()
}
