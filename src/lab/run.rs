//! How a call of a simulated program runs to its end: the faults that wait for it, the program
//! itself, the record for the log. A program that went wrong before its work has changed nothing.
//! Where the call comes from, and under which lock, is for `Memory` and `multicall`.

use std::io::Read;

use super::base::passing;
use super::call::Call;
use super::dialogue::ProgramQuestion;
use super::program_table::{self, Kind};
use super::refusal::Refusal;
use super::request::Request;
use super::world::World;
use super::{CallRecord, Cluster, Fault, Trouble};
use crate::node::{NodeName, Output};

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

/// What the program would ask; nothing when it runs silently or its command line is wrong.
pub(crate) fn questions(world: &mut World<'_>, request: &Request) -> Vec<ProgramQuestion> {
    let asks = program_table::find(&request.name).and_then(|entry| entry.asks);
    asks.and_then(|asks| asks(world, request)).unwrap_or_default()
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

    let mut request = request;
    misunderstand(&mut request);
    let before = (entry.kind == Kind::Changing).then(|| world.cluster.facts());
    let mut call = Call::new(world, request, stdin);
    let output = perform(&mut call, entry);
    let changed =
        call.world().storage.marked() || before.is_some_and(|b| b != call.cluster().facts());
    if changed && entry.kind != Kind::Files {
        call.world().cluster.clock += 1;
    }

    let logged = match entry.kind {
        Kind::Changing | Kind::Asking => true,
        Kind::Files => changed,
        Kind::Reading => false,
    };
    let record = logged.then(|| CallRecord {
        host: call.host().clone(),
        program: call.name().to_owned(),
        args: call.args().to_vec(),
        status: output.status,
        changed,
    });
    (output, record)
}

/// The program that has troubles of its own.
const CONFIGURATOR: &str = "csconfigurator.sh";

/// Programs that know themselves what half their work is, and where else it may be done.
const OF_THEIR_OWN: [&str; 5] = [CONFIGURATOR, "installer", "commpkg", SCRIPT, "perl"];

/// Changes the command line as a program does that reads it wrongly.
fn misunderstand(request: &mut Request) {
    match &request.trouble {
        Some(Trouble::Misplaces { .. }) if OF_THEIR_OWN.contains(&request.name.as_str()) => {}
        Some(Trouble::Misplaces { ending }) => {
            if let Some(last) = request.args.last_mut() {
                last.push_str(ending);
            }
        }
        Some(Trouble::Overlooks { text }) => {
            let at = request.args.iter().position(|word| word.contains(text.as_str()));
            if let Some(at) = at {
                request.args.drain(at.saturating_sub(1)..=at);
            }
        }
        Some(Trouble::Mistakes { from, to }) => {
            let misread = request.args.iter_mut().find(|word| *word == from);
            misread.into_iter().for_each(|word| word.clone_from(to));
        }
        _ => {}
    }
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
pub(crate) fn flood(lines: u32) -> String {
    (0..lines).map(|n| format!("line {n} of a long report\n")).collect()
}

/// Runs the program, unless something goes wrong before its work.
fn perform(call: &mut Call<'_>, entry: &program_table::Entry) -> Output {
    if let Some(output) = call.trouble().and_then(instead) {
        return output;
    }

    if let Some(&Trouble::Floods { lines }) = call.trouble() {
        call.print(flood(lines).as_bytes());
    }

    if call.is_cut_short() {
        call.complain_of("the input has ended; nothing was changed");
        return call.ended(1);
    }

    let begins =
        |after| entry.name == CONFIGURATOR || after > 0 && OF_THEIR_OWN.contains(&entry.name);
    if matches!(call.trouble(), Some(Trouble::Pretends { after }) if !begins(*after)) {
        return call.ended(0);
    }

    let status = match (entry.run)(call) {
        Ok(()) => 0,
        Err(Refusal { status, text }) => {
            if !text.is_empty() {
                call.complain_of(&text);
            }
            status
        }
    };

    if let Some(Trouble::Errs { status, text }) = call.trouble().cloned() {
        call.complain_of(&text);
        return call.ended(status);
    }
    if matches!(call.trouble(), Some(Trouble::Dies { .. })) && entry.name != CONFIGURATOR {
        // Its work is done, but nobody hears of it.
        return Output { status: 137, stdout: Vec::new(), stderr: Vec::new() };
    }
    call.ended(status)
}

/// What the Bourne shell says of a missing command; its status there is 1, not 127.
pub(crate) fn not_found(path: &str) -> Output {
    Output { status: 1, stdout: Vec::new(), stderr: format!("{path}: not found\n").into_bytes() }
}
