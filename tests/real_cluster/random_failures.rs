//! Failures at random moments, from a printed seed. Whatever fails, calha ends as documented; once
//! the administrator has put right what is outside of it, and typed what it printed, `resume` or
//! `rollback` comes to a clean verify or to a pristine cluster.
//!
//! CALHA_SEED takes another seed, CALHA_FAILURES another number of failures, CALHA_FAILURE one kind
//! alone, by its name in `failure`.

use std::time::Duration;

use crate::failure::Failure;
use crate::here;
use crate::round::Round;
use crate::run::{Ended, Run};

/// Exit statuses that the README explains, and that of a kill.
const DOCUMENTED: [i32; 7] = [0, 1, 3, 4, 5, 130, 137];

/// Calendars of an earlier installation of the same trial may be lost.
const AGREED: [&str; 3] = ["--yes", "--accept", "calendar.data"];

/// How often an administrator tries again before it counts as not recovered.
const TRIES: usize = 4;

/// A sequence of numbers that a seed decides (SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).expect("below a usize")
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A command of calha to be typed: its words before the profile, and the options behind it.
type Typed = (String, Vec<String>);

/// The command with what is agreed to beforehand, where nothing was.
fn agreed((words, options): Typed) -> Typed {
    let is_agreed = options.iter().any(|option| option == AGREED[0]);
    let added = if is_agreed { Vec::new() } else { AGREED.map(String::from).to_vec() };
    (words, [added, options].concat())
}

/// What goes on with a command, by its own last words, or by those of `status` where it had none.
fn goes_on(round: &Round, ended: &Ended) -> Typed {
    let profile = &round.site.profile;
    let told = match ended.status {
        0 => Some(("resume".to_owned(), Vec::new())),
        137 => Run::begin(&round.site, "status", &[]).end().next(profile),
        _ => ended.next(profile),
    };
    told.unwrap_or_else(|| panic!("it names no command that goes on\n{}", ended.text()))
}

/// Types a command as an administrator would, and then what is printed, until one has succeeded.
fn recovers(round: &Round, first: Typed) -> Ended {
    let mut typed = first;
    let mut said = String::new();
    for _ in 0..TRIES {
        let (words, options) = agreed(typed);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let ended = Run::begin(&round.site, &words, &options).end();
        assert!(DOCUMENTED.contains(&ended.status), "{words}\n{}", ended.text());
        if ended.status == 0 {
            return ended;
        }
        said = ended.text();
        println!("  {words}: status {}: {}", ended.status, ended.last_problem());
        round.types_what_is_printed(&said);
        typed = goes_on(round, &ended);
    }
    panic!("it does not recover\n{said}\n{:?}", round.site.rack.nodes.monitor());
}

/// One failure while a command runs, and the way out of it. Whether it is installed afterwards.
fn trial(round: &Round, draw: &mut Draw, failure: Failure, installed: bool) -> bool {
    let command = match (installed, draw.below(4)) {
        (false, _) => "install",
        (true, 0) => "service restart",
        (true, 1) => "service failover",
        (true, _) => "uninstall",
    };
    let longest = if command.starts_with("service") { 25 } else { 120 };
    let moment = Duration::from_millis(100 * draw.below(longest) as u64);
    let nodes = &round.site.rack.nodes.names;
    let node = nodes[draw.below(nodes.len())].clone();
    println!("{failure:?} at {:.1} s of {command} ({node})", moment.as_secs_f32());

    let run = Run::begin(&round.site, command, &AGREED);
    run.lasts(moment);
    let second = failure.strike(round, &run, command, &node);
    let ended = run.end();
    assert!(DOCUMENTED.contains(&ended.status), "{command}\n{}", ended.text());
    println!("  {command}: status {}, {:.1} s", ended.status, ended.took.as_secs_f32());
    Failure::mend(round);
    round.types_what_is_printed(&ended.text());

    // A service is put right by the same command again; an installation goes on, or back.
    let back = !command.starts_with("service") && draw.below(3) == 0;
    let way = match command {
        // There is nothing to go on with.
        "uninstall" if ended.status == 0 => return false,
        _ if command.starts_with("service") => ("service start".to_owned(), Vec::new()),
        "install" if back => ("rollback".to_owned(), Vec::new()),
        _ => goes_on(round, &ended),
    };
    let recovered = recovers(round, way);
    if !failure.cuts_users_off() {
        let runs = [Some(&ended), second.as_ref(), Some(&recovered)];
        round.announced_by(&runs.into_iter().flatten().collect::<Vec<_>>());
    }
    command != "uninstall" && !(command == "install" && back)
}

#[test]
#[ignore = "tests/slow runs it"]
fn whatever_fails_is_recovered_from() {
    if !here::possible() {
        return;
    }
    let seed = number("CALHA_SEED").unwrap_or(20);
    let count = number("CALHA_FAILURES").unwrap_or(10);
    println!("seed {seed}, {count} failures");
    let mut draw = Draw(seed);

    let round = Round::of("asymmetric");
    let mut installed = false;
    let alone = std::env::var("CALHA_FAILURE").ok();
    let kinds: Vec<Failure> = Failure::ALL
        .into_iter()
        .filter(|kind| alone.as_ref().is_none_or(|name| *name == format!("{kind:?}")))
        .collect();
    assert!(!kinds.is_empty(), "no failure has the name {alone:?}");
    for at in 0..usize::try_from(count).expect("a number of failures") {
        // Each of them once before any comes again.
        let failure = kinds[(at + seed as usize) % kinds.len()];
        installed = trial(&round, &mut draw, failure, installed);
        if installed {
            round.verified();
        } else {
            round.is_pristine();
        }
        round.never_mounted_twice();
    }
    if installed {
        round.taken_back("uninstall");
    }
    round.safe();
}
