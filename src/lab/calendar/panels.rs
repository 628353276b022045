//! What the configurator is told: its options, its panels, its state file.

use crate::lab::Site;
use crate::lab::calendar::state_file::{self, Values};
use crate::lab::call::Call;
use crate::lab::dialogue::{AnswerKind, ProgramQuestion};
use crate::lab::refusal::Refusal;
use crate::lab::request::Request;
use crate::lab::world::World;

/// What the command line says.
#[derive(Default)]
struct Options {
    silent: bool,
    state: Option<String>,
    record: Option<String>,
}

fn options(site: &Site, args: &[String]) -> Result<Options, Refusal> {
    let mut given = Options::default();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        if *arg == site.state_option || *arg == site.record_option {
            let file = rest.next().ok_or_else(|| {
                Refusal::usage(
                    "csconfigurator.sh [-nodisplay] [-noconsole] [-novalidate] \
                    [-state file] [-saveState file]",
                )
            })?;
            *(if *arg == site.state_option { &mut given.state } else { &mut given.record }) =
                Some(file.clone());
        } else {
            match arg.as_str() {
                "-noconsole" => given.silent = true,
                // The last two by what the sister products take.
                "-nodisplay" | "-novalidate" | "-no" => {}
                "-id" if rest.next().is_some() => {}
                _ => return Err(Refusal::new(1, format!("{arg}: unknown option"))),
            }
        }
    }

    Ok(given)
}

/// `cal-svr-base` by the program's path.
pub(super) fn base_of(path: &str) -> &str {
    path.rsplit_once("/sbin/").map_or("", |(base, _)| base)
}

/// The panels in their order; with a state file its values are the defaults.
///
/// Assumption: the order of the panels and the words are not those of the product, whose screens
/// were not available; the values, their defaults and that both start options begin with YES are
/// documented.
pub(crate) fn questions(world: &mut World<'_>, request: &Request) -> Option<Vec<ProgramQuestion>> {
    let given = options(&world.cluster.site, &request.args).ok().filter(|o| !o.silent)?;
    let mut values = state_file::defaults(base_of(&request.path));
    values.insert("sim.ldap.host".into(), request.host.0.clone());
    if let Some(file) = &given.state {
        let path = request.inside(file);
        values.extend(state_file::parse(&world.files(&request.host).text(&path)));
    }

    let ask = |key: &'static str, text: &str, answer| {
        let value = values.get(key).cloned().unwrap_or_default();
        let default = match (answer, value.as_str()) {
            (AnswerKind::YesNo, "true") => "yes".into(),
            (AnswerKind::YesNo, _) => "no".into(),
            _ => value,
        };
        ProgramQuestion::new(key, text, default, answer)
    };

    Some(vec![
        ask("sim.ldap.host", "User preferences directory: LDAP server host", AnswerKind::Text),
        ask("sim.ldap.port", "User preferences directory: LDAP server port", AnswerKind::Port),
        ask(
            "sim.ldap.manager",
            "User preferences directory: Directory Manager DN",
            AnswerKind::Text,
        ),
        ProgramQuestion::new(
            PASSWORD,
            "User preferences directory: Directory Manager password",
            "",
            AnswerKind::Text,
        ),
        ask("sim.admin.user", "Administrator: user ID", AnswerKind::Text),
        ask("sim.service.port", "Runtime configuration: service port", AnswerKind::Port),
        ask("sim.runtime.user", "Runtime configuration: runtime user ID", AnswerKind::Text),
        ask("sim.runtime.group", "Runtime configuration: runtime group ID", AnswerKind::Text),
        ask("sim.start.now", "Start after successful configuration?", AnswerKind::YesNo),
        ask("sim.start.boot", "Start on system startup?", AnswerKind::YesNo),
        ask("sim.dir.config", "Directories: configuration", AnswerKind::Path),
        ask("sim.dir.database", "Directories: database", AnswerKind::Path),
        ask("sim.dir.store", "Directories: attachment store", AnswerKind::Path),
        ask("sim.dir.logs", "Directories: logs", AnswerKind::Path),
        ask("sim.dir.tmp", "Directories: temporary files", AnswerKind::Path),
        ask("sim.create", "Create directory?", AnswerKind::YesNo),
        ask("sim.dir.archive", "Archive and hot backup: archive directory", AnswerKind::Path),
        ask("sim.dir.hotbackup", "Archive and hot backup: hot backup directory", AnswerKind::Path),
        ask(CREATE_BACKUPS, "Create directory?", AnswerKind::YesNo),
    ])
}

/// ProgramQuestion, and kept nowhere: a state file holds no password in clear.
const PASSWORD: &str = "password";
/// The second "Create directory?"; one key stands for both, and both must say yes.
const CREATE_BACKUPS: &str = "sim.create.backups";

/// The answers: what somebody typed, else the state file, else the product's defaults, which are
/// local directories (E32).
pub(super) fn answers(call: &mut Call<'_>, base: &str) -> Result<Values, Refusal> {
    let given = options(&call.cluster().site, call.args())?;
    let mut values = state_file::defaults(base);
    if let Some(file) = given.state {
        let text = String::from_utf8_lossy(&call.input(&file)?).into_owned();
        let given = state_file::parse(&text);
        if given.get("ID").is_none_or(|id| id != "sim.csconfigurator.6.3") {
            return Err(Refusal::new(1, format!("{file}: not a state file of this release")));
        }
        values.extend(given);
    }

    if let Some(answers) = call.answers() {
        for (key, value) in
            answers.iter().filter(|(key, _)| *key != PASSWORD && *key != CREATE_BACKUPS)
        {
            let truth = |v: &str| if v == "yes" { "true".to_string() } else { "false".into() };
            let switch = matches!(key.as_str(), "sim.start.now" | "sim.start.boot" | "sim.create");
            values.insert(key.clone(), if switch { truth(value) } else { value.clone() });
        }
        if answers.get(CREATE_BACKUPS).is_some_and(|a| a == "no") {
            values.insert("sim.create".into(), "false".into());
        }
    }

    if values.get("sim.runtime.user").is_some_and(|u| u == "root") {
        return Err(Refusal::new(1, "the runtime user must not be root"));
    }

    if let Some(file) = given.record {
        state_file::record(call, "csconfigurator", &file, &values)?;
    }

    Ok(values)
}
