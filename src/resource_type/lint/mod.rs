//! `calha rt lint`: every rule, tried on a file.
//!
//! A rule that holds for some releases only counts where such a release was asked for. Where none
//! was, the releases that the file fits are the answer, and it is an error only if there is none.

mod directives;
mod entries;
mod findings;
mod head;
mod methods;
mod shown;
mod syntax;
mod values;

use std::path::Path;

pub use directives::directive_fix;
pub use head::forbidden_in_version;
pub use syntax::quotes_fix;

use findings::{Findings, MOST};

use super::declaration::Declarations;
use super::reader::{MOST_FAULTS, RegistrationFile};
use super::rule::Severity;
use super::{Finding, Fit, Release, Span, rules};

/// What came of it.
#[derive(Clone, Debug)]
pub struct Lint {
    /// In the order of the file.
    pub findings: Vec<Finding>,
    /// Every release with whether the file fits it, errors of syntax apart.
    pub fits: Vec<(Release, Fit)>,
}

impl Lint {
    /// How many findings weigh so much.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.rule.severity == severity).count()
    }
}

/// Tries every rule. `release`: only what holds there; `methods`: a directory that the declared
/// methods are looked for in.
pub fn lint(file: &RegistrationFile, release: Option<Release>, methods: Option<&Path>) -> Lint {
    let declared = Declarations::of(file);
    let mut all = Findings::default();
    syntax::check(file, &mut all);
    directives::check(&declared, &mut all);
    head::check(&declared, &mut all);
    entries::check(&declared, &mut all);
    if let Some(directory) = methods {
        methods::check(&declared, directory, &mut all);
    }

    let (mut all, is_cut) = all.end();
    if let Some(what) = unseen(file, is_cut) {
        all.push(Finding::new(&rules::TOO_MANY, Span::at(file.bytes().len()), what));
    }

    let fits: Vec<(Release, Fit)> =
        Release::ALL.into_iter().map(|one| (one, fit(&declared, &all, one))).collect();
    let mut findings: Vec<Finding> = match release {
        Some(one) => {
            all.extend(head::api_too_new(&declared, one));
            all.into_iter().filter(|finding| finding.rule.holds_for(one)).collect()
        }
        None if fits.iter().any(|(_, fit)| *fit != Fit::No) => {
            all.into_iter().filter(|f| f.rule.since.is_none() && f.rule.until.is_none()).collect()
        }
        None => {
            all.push(Finding::new(
                &rules::RELEASE_NONE,
                Span::at(0),
                "no known release takes this file",
            ));
            all
        }
    };

    findings.sort_by_key(|finding| (finding.span, finding.rule.code));
    findings.dedup();
    Lint { findings, fits }
}

/// What was not looked at, where a file has more faults or findings than anybody reads.
fn unseen(file: &RegistrationFile, is_cut: bool) -> Option<String> {
    if file.is_cut {
        let what = "the file has more than {} faults of syntax: the rest of it was not read";
        return Some(what.replace("{}", &MOST_FAULTS.to_string()));
    }
    is_cut.then(|| format!("the file has more than {MOST} findings: some are not listed"))
}

/// Whether a release takes the file as far as its own rules go.
fn fit(declared: &Declarations<'_>, findings: &[Finding], release: Release) -> Fit {
    let bound = |f: &&Finding| f.rule.since.is_some() || f.rule.until.is_some();
    let error = |f: &&Finding| f.rule.severity == Severity::Error && f.rule.holds_for(release);
    if findings.iter().filter(bound).any(|f| error(&f)) {
        return Fit::No;
    }
    head::api_fits(declared, release)
}
