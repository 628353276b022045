//! The block of parameters that calha writes at the end of ics.conf. It is made from a template,
//! and each value is checked once more, so that the block never says something else than it seems
//! to. Whether the file can take it is asked of `IcsConf`.

use tera::{Context, Tera};

use crate::problem::{Problem, codes};
use crate::setting::Instance;

const TEMPLATE: &str = include_str!("../../templates/ha-block.conf");

/// The block at the end of ics.conf that ties a Calendar Server to its logical host (6.6.3, 6.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HaBlock {
    /// Its first line, without newline; a comment that names the instance.
    pub begin: String,
    /// Its last line, likewise.
    pub end: String,
    /// The whole block in ASCII, with both lines and a newline at the end.
    pub text: String,
}

/// How the names of parameters begin that nothing but such a block sets. The configurator gives
/// others the same values, the logical host's name for one.
const ONLY_HERE: [&str; 1] = ["local.server.ha."];

impl HaBlock {
    /// How the names of parameters begin that nothing but such a block sets.
    pub fn only_here() -> Vec<String> {
        ONLY_HERE.map(str::to_owned).into()
    }

    /// The first line of the block of an instance, by its name.
    pub fn begins(instance: &str) -> String {
        format!("! BEGIN calha HA block {instance}")
    }

    /// The block of an instance.
    ///
    /// # Errors
    /// `ha-block.value` for a value that would not stay between its quotes or on its line: the
    /// settings let none pass, and a block that says something else than it seems to must not
    /// depend on that. `ha-block.template` for a mistake of calha.
    pub fn of(instance: &Instance) -> Result<Self, Problem> {
        let host = &instance.logical_host;
        let address = host.address.to_string();

        let mut context = Context::new();
        for (name, value) in [
            ("instance", &instance.name),
            ("host", &host.name),
            ("fqdn", &host.fqdn),
            ("address", &address),
        ] {
            context.insert(name, checked(name, value)?);
        }

        if let Some(port) = instance.watcher_port {
            context.insert("watcher_port", &port);
        }

        let begin = Self::begins(&instance.name);
        let end = format!("! END calha HA block {}", instance.name);
        context.insert("begin", &begin);
        context.insert("end", &end);

        let text = Tera::one_off(TEMPLATE, &context, false).map_err(|error| {
            Problem::new(
                codes::HA_BLOCK_TEMPLATE,
                format!("the HA block cannot be written: {error}"),
            )
        })?;
        Ok(Self { begin, end, text })
    }
}

/// Letters, digits, dots and hyphens: all that names and addresses need. The node finds the marker
/// lines by sed(1), so the instance's name must not be a pattern either.
fn checked<'a>(name: &str, value: &'a str) -> Result<&'a str, Problem> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if !value.is_empty() && value.chars().all(legal) {
        return Ok(value);
    }
    let what = format!("{name} {value:?} cannot stand in ics.conf");
    Err(Problem::new(codes::HA_BLOCK_VALUE, what)
        .hint("write letters, digits, dots and hyphens only")
        .section("6.6.3"))
}
