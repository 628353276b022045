//! Resource types, the second guide: what a registration (RTR) file says, what is wrong with it,
//! and what its versions mean for the resources of a running cluster.

mod bump;
mod declaration;
mod declared_property;
mod diff;
mod document;
mod draft;
mod finding;
mod fix;
mod lint;
mod method;
mod page;
mod reader;
mod release;
mod rule;
mod rules;
mod sarif;
mod show;
mod source;
mod system_property;
mod tunability;
mod type_property;
mod upgrade;

pub use bump::{Bumped, Earlier, bump};
pub(crate) use declaration::{Declarations, Declared, method_paths};
pub use declared_property::{DeclaredProperty, Range};
pub use diff::{Answers, Change, Diff, Packaging, Path, QUESTIONS, Subject, compared, packaging};
pub use document::{AuthorFacts, ChangedProperty, EarlierVersion, OtherResource, UpgradePage};
pub use draft::{DRAFT_QUESTIONS, Draft, DraftQuestion};
pub use finding::Finding;
pub use fix::{Fix, mended};
pub use lint::Fit;
pub use lint::{Lint, lint};
pub(crate) use method::Method;
pub use page::{entry, page};
pub use reader::{RegistrationFile, Span};
pub use release::Release;
pub use rule::{Rule, Severity};
pub use rules::{RULES, rule};
pub use sarif::Sarif;
pub use show::{Shown, ShownProperty};
pub use source::Source;
pub use tunability::Tunability;
pub use upgrade::Upgrade;
