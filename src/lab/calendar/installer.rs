//! The Communications Suite installer and commpkg: they put packages and the unconfigured tree in
//! place. A wrong state file, or an install root that the lab knows nothing of, is refused before
//! anything changes. Configuring is for the configurator.

use crate::lab::calendar::state_file::{self, Values};
use crate::lab::call::Call;
use crate::lab::dialogue::{AnswerKind, ProgramQuestion};
use crate::lab::refusal::{Refusal, of_io};
use crate::lab::request::Request;
use crate::lab::world::World;
use crate::lab::{Oddity, Trouble};
use crate::node::{Mode, Owner};

/// root:bin, as the listing in 6.6.3 shows the tree.
const BIN: Owner = Owner { uid: 0, gid: 2 };

const USAGE: &str = "installer [-nodisplay] [-noconsole -state file] [-saveState file]";
const COMMPKG: &str = "commpkg install [--acceptLicense] [--silent file]";

/// What the command line says.
#[derive(Default)]
struct Options {
    silent: bool,
    state: Option<String>,
    record: Option<String>,
}

fn options(args: &[String]) -> Result<Options, Refusal> {
    let mut given = Options::default();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-noconsole" => given.silent = true,
            "-nodisplay" => {}
            "-state" => {
                given.state = Some(rest.next().ok_or_else(|| Refusal::usage(USAGE))?.clone())
            }
            "-saveState" => {
                given.record = Some(rest.next().ok_or_else(|| Refusal::usage(USAGE))?.clone())
            }
            _ => return Err(Refusal::usage(USAGE)),
        }
    }
    Ok(given)
}

/// The same for commpkg; where it records a state file by itself is of no interest here.
fn commpkg_options(args: &[String]) -> Result<Options, Refusal> {
    let mut given = Options::default();
    let Some(("install", rest)) = args.split_first().map(|(verb, rest)| (verb.as_str(), rest))
    else {
        return Err(Refusal::usage(COMMPKG));
    };
    let mut rest = rest.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--acceptLicense" => {}
            "--silent" => {
                given.silent = true;
                given.state = Some(rest.next().ok_or_else(|| Refusal::usage(COMMPKG))?.clone());
            }
            _ => return Err(Refusal::usage(COMMPKG)),
        }
    }
    Ok(given)
}

/// What it asks without -noconsole.
///
/// Assumption: the real screens were not available; that Calendar Server cannot be configured
/// during installation is documented.
pub(crate) fn questions(world: &mut World<'_>, request: &Request) -> Option<Vec<ProgramQuestion>> {
    let given = options(&request.args).or_else(|_| commpkg_options(&request.args));
    given.ok().filter(|o| !o.silent)?;
    let roots: Vec<String> =
        world.cluster.site.products.iter().map(|(root, _)| root.clone()).collect();
    Some(vec![
        ProgramQuestion::new(
            LICENSE,
            "Do you accept the license agreement?",
            "yes",
            AnswerKind::GoOn,
        ),
        ProgramQuestion::new(ROOT, "Installation directory", roots.join(","), AnswerKind::Path),
        ProgramQuestion::new(LATER, "Configure later?", "yes", AnswerKind::GoOn),
        ProgramQuestion::new(READY, "Ready to install?", "yes", AnswerKind::GoOn),
    ])
}

const LICENSE: &str = "license";
const ROOT: &str = "sim.install.root";
const LATER: &str = "later";
const READY: &str = "ready";

/// The Communications Suite installer: `-nodisplay -noconsole -state file`, or attended.
///
/// It puts the packages and the unconfigured tree in place ("Configure Later"): no `config`, no
/// `data`.
pub(crate) fn installer(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = options(call.args())?;
    let one = call.has(Oddity::OneRootPerHost);
    install(call, given, if one { Roots::One } else { Roots::Several })
}

/// commpkg of Communications Suite 6, from the state file of an earlier run, or attended.
pub(crate) fn commpkg(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = commpkg_options(call.args())?;
    install(call, given, Roots::Several)
}

/// A shared component, which lies outside of every install root: ICU.
///
/// Assumption: that Calendar Server depends on shared components stands in the upgrade guide of
/// Communications Suite 5 (819-7561); the name of the package is from memory.
const SHARED: &str = "SUNWicu";

/// How many install roots a host may have.
#[derive(Clone, Copy, PartialEq)]
enum Roots {
    One,
    Several,
}

fn install(call: &mut Call<'_>, given: Options, allowed: Roots) -> Result<(), Refusal> {
    let answers = told(call, &given)?;
    let asked = |root: &str| answers.get(ROOT).is_none_or(|r| r.split(',').any(|x| x == root));
    let products = call.cluster().site.products.clone();
    let strange = answers.get(ROOT).and_then(|all| {
        all.split(',').find(|root| !products.iter().any(|(known, _)| known == root))
    });
    if let Some(root) = strange {
        return Err(Refusal::new(1, format!("{root}: the lab has nothing to install there")));
    }

    if let Some(file) = &given.record {
        state_file::record(call, "installer", file, &answers)?;
    }

    let chosen: Vec<_> = products.iter().filter(|(root, _)| asked(root)).collect();
    let there = call.machine().and_then(|m| m.packages.get("SUNWics5"));
    let mut roots: Vec<&String> = there.into_iter().chain(chosen.iter().map(|(r, _)| r)).collect();
    roots.dedup();
    if let (Roots::One, [first, other, ..]) = (allowed, roots.as_slice()) {
        let what = format!("{other}: Calendar Server is installed below {first} on this host");
        return Err(Refusal::new(1, what));
    }

    for (root, base) in chosen {
        let (root, base) = placed(root, base, call.trouble());
        tree(call, &base)?;
        if let Some(machine) = call.machine_mut() {
            machine.packages.insert("SUNWics5".into(), root.clone());
            machine.packages.insert("SUNWica5".into(), root.clone());
            machine.packages.insert(SHARED.into(), "/".into());
        }
    }

    log(call)?;
    call.say("Installation complete.  Components must be configured before use.");
    Ok(())
}

/// The install root and the tree below it, elsewhere where a fault says so.
fn placed(root: &str, base: &str, trouble: Option<&Trouble>) -> (String, String) {
    let Some(Trouble::Misplaces { ending }) = trouble else { return (root.into(), base.into()) };
    let below = base.strip_prefix(root).unwrap_or_default();
    (format!("{root}{ending}"), format!("{root}{ending}{below}"))
}

/// The answers: what somebody typed, else the state file.
fn told(call: &mut Call<'_>, given: &Options) -> Result<Values, Refusal> {
    let mut answers = Values::new();
    match (&given.state, given.silent) {
        (None, true) => return Err(Refusal::usage(USAGE)),
        (None, false) => {}
        (Some(state), _) => {
            answers = state_file::parse(&String::from_utf8_lossy(&call.input(state)?));
            if answers.get("ID").is_none_or(|id| id != "sim.installer.6.3") {
                let what = format!("{state}: not a state file of this installer");
                return Err(Refusal::new(1, what));
            }
        }
    }

    let typed = call.answers().and_then(|typed| typed.get(ROOT));
    answers.extend(typed.map(|root| (ROOT.to_string(), root.clone())));
    Ok(answers)
}

/// A line in its log for each run.
fn log(call: &mut Call<'_>) -> Result<(), Refusal> {
    let log = "/var/sadm/install/logs/Communications_Suite_Install.log";
    let text = format!("{}Installed SUNWics5 SUNWica5\n", call.files().text(log));
    call.files()
        .make_directories("/var/sadm/install/logs", Mode(0o755), Owner::ROOT)
        .map_err(|e| of_io(log, &e))?;
    call.files().overwrite(log, text.as_bytes()).map_err(|e| of_io(log, &e))
}

fn tree(call: &mut Call<'_>, base: &str) -> Result<(), Refusal> {
    // Half a tree, where a fault says so.
    let most = match call.trouble() {
        Some(Trouble::Pretends { after }) => *after as usize,
        _ => usize::MAX,
    };
    let mut files = call.files();
    let directories = ["sbin", "share/lib", "tools", "lib/counter", "csapi", "html/en"];
    for directory in directories.into_iter().take(most) {
        files
            .make_directories(&format!("{base}/{directory}"), Mode(0o755), BIN)
            .map_err(|e| of_io(base, &e))?;
    }
    for (name, text) in [
        ("html/en/login.html", "<html></html>\n"),
        ("lib/libics.so", "simulated\n"),
        ("share/lib/configure.jar", "simulated\n"),
    ] {
        let path = format!("{base}/{name}");
        let above = path.rsplit_once('/').map_or("/", |(above, _)| above);
        if files.is_directory(above) {
            files.save(&path, text.as_bytes(), Mode(0o644), BIN).map_err(|e| of_io(&path, &e))?;
        }
    }
    for name in ["csconfigurator.sh", "start-cal", "stop-cal"] {
        let path = format!("{base}/sbin/{name}");
        if !files.is_file(&path) {
            files.make_program(&path).map_err(|e| of_io(&path, &e))?;
        }
    }
    Ok(())
}

/// What the lab puts into the state file that an administrator would have recorded.
pub(crate) fn answers(roots: &[String]) -> String {
    let mut values = Values::new();
    values.insert("ID".to_string(), String::new());
    values.insert(ROOT.to_string(), roots.join(","));
    state_file::render("installer", &values)
}
