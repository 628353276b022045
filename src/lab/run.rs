//! How a call of a simulated program runs to its end: the faults that wait for it, the program
//! itself, the record for the log. A program that went wrong before its work has changed nothing.
//! Where the call comes from, and under which lock, is for `Memory` and `multicall`.

use std::io::Read;
use std::path::PathBuf;

use super::attended::Dialogue;
use super::base::passing;
use super::call::Call;
use super::program_table::{self, Kind};
use super::refusal::Refusal;
use super::world::World;
use super::{CallRecord, Cluster, Fault, Trouble};
use crate::node::{NodeName, Output};

/// A program call before it runs.
pub(crate) struct Request {
    pub host: NodeName,
    pub name: String,
    pub path: String,
    pub args: Vec<String>,
    pub cwd: String,
    pub root: Option<String>,
    pub lab: Option<PathBuf>,
    pub trouble: Option<Trouble>,
    /// What somebody answered when it asked.
    pub dialogue: Dialogue,
}

/// Counts the call against every fault that waits for it; the trouble of the one whose turn it is.
pub(crate) fn trouble(
    cluster: &mut Cluster,
    host: &NodeName,
    program: &str,
    args: &[String],
) -> Option<Trouble> {
    let mut found = None;
    for fault in &mut cluster.faults {
        let Fault::Call { program: p, host: h, argument, nth, seen, trouble } = fault else {
            continue;
        };
        let fits = (p == program || is_script(p, program, args))
            && h.as_ref().is_none_or(|h| h == host)
            && argument.as_ref().is_none_or(|text| args.iter().any(|a| a.contains(text.as_str())));
        if fits {
            *seen += 1;
            if *seen == *nth {
                found.get_or_insert(trouble.clone());
            }
        }
    }
    found
}

/// `perl comm_dssetup.pl` is a call of that script too.
fn is_script(wanted: &str, program: &str, args: &[String]) -> bool {
    program == "perl" && wanted == SCRIPT && args.first().is_some_and(|a| a.ends_with(SCRIPT))
}

const SCRIPT: &str = "comm_dssetup.pl";

/// Whether any fault waits for this program.
pub(crate) fn is_awaited(cluster: &Cluster, name: &str) -> bool {
    let wanted = |p: &str| p == name || (name == "perl" && p == SCRIPT);
    cluster.faults.iter().any(|f| matches!(f, Fault::Call { program, .. } if wanted(program)))
}

/// Runs one program to its end; the record is for the log of calls.
pub(crate) fn run(
    world: World<'_>,
    request: Request,
    stdin: &mut dyn Read,
) -> (Output, Option<CallRecord>) {
    let Some(entry) = program_table::find(&request.name) else {
        let passed = passing::find(&request.name).is_some();
        let output = request.trouble.as_ref().and_then(instead).filter(|_| passed);
        return (output.unwrap_or_else(|| not_found(&request.path)), None);
    };

    let before = (entry.kind == Kind::Changing).then(|| world.cluster.facts());
    let mut call = Call {
        world,
        host: request.host,
        name: request.name,
        path: request.path,
        args: request.args,
        cwd: request.cwd,
        stdin,
        out: Vec::new(),
        err: Vec::new(),
        root: request.root,
        lab: request.lab,
        trouble: request.trouble,
        dialogue: request.dialogue,
    };
    let status = perform(&mut call, entry);
    let changed =
        call.world.storage.marked() || before.is_some_and(|b| b != call.world.cluster.facts());
    if changed && entry.kind != Kind::Files {
        call.world.cluster.clock += 1;
    }

    let logged = match entry.kind {
        Kind::Changing | Kind::Asking => true,
        Kind::Files => changed,
        Kind::Reading => false,
    };

    let Call { host, name, args, out, err, .. } = call;
    let record = logged.then_some(CallRecord { host, program: name, args, status, changed });
    (Output { status, stdout: out, stderr: err }, record)
}

/// What a call shows that goes wrong before its work.
pub(crate) fn instead(trouble: &Trouble) -> Option<Output> {
    let said = |status, stdout, stderr| Some(Output { status, stdout, stderr });
    match trouble {
        Trouble::Fails { status, text } => {
            said(*status, Vec::new(), format!("{text}\n").into_bytes())
        }
        Trouble::Garbage => {
            said(0, (0u32..600).map(|n| (n.wrapping_mul(167) >> 1) as u8).collect(), Vec::new())
        }
        Trouble::Dies { after: 0 } => said(137, Vec::new(), Vec::new()),
        _ => None,
    }
}

/// The long report before the real work.
pub(crate) fn flood() -> String {
    (0..2000).map(|n| format!("line {n} of a long report\n")).collect()
}

fn perform(call: &mut Call<'_>, entry: &program_table::Entry) -> i32 {
    if let Some(output) = call.trouble.as_ref().and_then(instead) {
        call.out = output.stdout;
        call.err = output.stderr;
        return output.status;
    }

    if call.trouble == Some(Trouble::Floods) {
        call.out.extend_from_slice(flood().as_bytes());
    }

    if matches!(call.dialogue, Dialogue::Ended) {
        let line = format!("{}: the input has ended; nothing was changed", call.name);
        call.complain(line);
        return 1;
    }

    let status = match (entry.run)(call) {
        Ok(()) => 0,
        Err(Refusal { status, text }) => {
            if !text.is_empty() {
                let line = format!("{}: {text}", call.name);
                call.complain(line);
            }
            status
        }
    };

    if matches!(call.trouble, Some(Trouble::Dies { .. })) && entry.name != "csconfigurator.sh" {
        // Its work is done, but nobody hears of it.
        call.out.clear();
        call.err.clear();
        return 137;
    }

    status
}

/// What the Bourne shell says of a missing command; its status there is 1, not 127.
pub(crate) fn not_found(path: &str) -> Output {
    Output { status: 1, stdout: Vec::new(), stderr: format!("{path}: not found\n").into_bytes() }
}
