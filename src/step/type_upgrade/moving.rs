//! A wave: down to what the new version demands, the change, and the states before again.

use super::{UpgradeSite, is_of, of_wave};
use crate::cluster::{Property, commands, queries};
use crate::node::Command;
use crate::op::{Check, Op, Run, Undo};
use crate::step::{Citation, Step, StepId, StepKind};
use crate::type_upgrade::{Action, Back, Move, Wave};

const CITE: Citation = Citation { section: "4", errata: &[] };

fn step(
    site: &UpgradeSite,
    kind: StepKind,
    wave: &Wave,
    title: String,
    why: &'static str,
    needs: Vec<StepId>,
) -> Step {
    let step = Step::new(kind, title, CITE, site.scope(), why);
    Step { id: of_wave(kind, wave), needs, ..step }
}

/// The states before, from any state below: commands, each with the check that says it is done.
fn restored(wave: &Wave) -> Vec<(Command, Check)> {
    wave.restore.iter().map(|action| (action.command(), action.holds())).collect()
}

/// Resources and groups brought to what the new version demands: a position, no configuration.
pub fn type_down(site: &UpgradeSite, wave: &Wave, needs: Vec<StepId>) -> Step {
    let title = format!("{}: down to what the new version demands", wave.name);
    let why = "The cluster refuses the change before that.";
    let (this, of) = (site.clone(), wave.clone());
    step(site, StepKind::TypeDown, wave, title, why, needs).passing().doing(move |_| {
        let op = |(at, action): (usize, &Action)| {
            let undo = match at {
                0 => Undo::by(restored(&of)),
                _ => Undo::nothing("the first of them puts all states back"),
            };
            acting(&this, action, &of, action.holds(), undo)
        };
        of.down.iter().enumerate().map(op).collect()
    })
}

/// The states before again.
pub fn type_up(site: &UpgradeSite, wave: &Wave) -> Step {
    let title = format!("{}: the states before again", wave.name);
    let why = "What was brought down for the change comes up as it was, and nothing else.";
    let needs = vec![of_wave(StepKind::TypeVersion, wave)];
    let (this, of) = (site.clone(), wave.clone());
    step(site, StepKind::TypeUp, wave, title, why, needs).doing(move |_| {
        let moved: Vec<Check> = of
            .moves
            .iter()
            .filter(|one| later(&of, one).len() == 1)
            .map(|one| is_of(&one.resource, &one.to))
            .collect();
        let op = |action: &Action| {
            let done = Check::All(moved.iter().cloned().chain([action.holds()]).collect());
            let because = "what takes the change of version back puts the states back too";
            acting(&this, action, &of, done, Undo::Nothing { because: because.into() })
        };
        of.up.iter().map(op).collect()
    })
}

fn acting(site: &UpgradeSite, action: &Action, wave: &Wave, done: Check, undo: Undo) -> Op {
    let mut op = site.run(action.command(), done, Check::Always, undo);
    if let Op::Run(Run { never, .. }) = &mut op {
        *never = action.hopeless(&wave.nodes);
    }
    op
}

/// Each resource in its new version.
pub fn type_version(site: &UpgradeSite, wave: &Wave, needs: Vec<StepId>) -> Step {
    let named: Vec<String> = wave
        .moves
        .iter()
        .filter(|one| later(wave, one).len() == 1)
        .map(|one| format!("{} of {}", one.resource, one.to))
        .collect();
    let why = "The condition of the new version holds now; its Validate judges the values.";
    let (this, of) = (site.clone(), wave.clone());
    step(site, StepKind::TypeVersion, wave, named.join(", "), why, needs).doing(move |_| {
        let first = of.moves.iter().position(|m| !matches!(m.back, Back::Never { .. }));
        let ops = |(at, one): (usize, &Move)| {
            // What is undone last puts the states back.
            let up = if Some(at) == first { restored(&of) } else { Vec::new() };
            if one.again { made_again(&this, &of, one, up) } else { moved(&this, &of, one, up) }
        };
        of.moves.iter().enumerate().flat_map(ops).collect()
    })
}

/// Full names of the version that it moves to and of those that it moves to after it.
fn later<'w>(wave: &'w Wave, one: &Move) -> Vec<&'w str> {
    let own = wave.moves.iter().filter(|m| m.resource == one.resource);
    own.skip_while(|m| m.to != one.to).map(|m| m.to.as_str()).collect()
}

/// Full names of the version that it has then and of those before.
fn earlier<'w>(wave: &'w Wave, one: &Move) -> Vec<&'w str> {
    let own = wave.moves.iter().filter(|m| m.resource == one.resource);
    own.take_while(|m| m.from != one.to).map(|m| m.from.as_str()).collect()
}

fn changed(resource: &str, version: &str, set: &[Property]) -> Command {
    let version = Property::system("Type_version", version);
    let all: Vec<Property> = [version].into_iter().chain(set.iter().cloned()).collect();
    commands::change_resource(resource, &all)
}

fn created(one: &Move, full: &str, set: &[Property]) -> Command {
    commands::add_resource(&one.resource, &one.group, full, set)
}

/// What undoing demands; nothing more is brought down once the old version is there.
fn lowered(wave: &Wave, is_back: &Check) -> Vec<(Command, Check)> {
    let one =
        |action: &Action| (action.command(), Check::Any(vec![is_back.clone(), action.holds()]));
    wave.back_down.iter().map(one).collect()
}

/// The move to another version.
fn moved(site: &UpgradeSite, wave: &Wave, one: &Move, up: Vec<(Command, Check)>) -> Vec<Op> {
    let there = later(wave, one).into_iter().map(|full| is_of(&one.resource, full)).collect();
    let before = is_of(&one.resource, &one.from);
    let undo = match &one.back {
        Back::Never { because } => Undo::Irreversible { because: because.clone() },
        Back::Again { .. } => Undo::irreversible("it was not made again"),
        Back::Version { version, set, .. } => {
            let mut commands = lowered(wave, &before);
            commands.push((changed(&one.resource, version, set), before.clone()));
            commands.extend(up);
            Undo::by(commands)
        }
    };
    let command = changed(&one.resource, &one.version, &one.set);
    let earlier = earlier(wave, one).into_iter().map(|full| is_of(&one.resource, full)).collect();
    vec![site.run(command, Check::Any(there), Check::Any(earlier), undo)]
}

/// Deleted and made again.
fn made_again(site: &UpgradeSite, wave: &Wave, one: &Move, up: Vec<(Command, Check)>) -> Vec<Op> {
    // Of a cluster that does not answer no resource is gone.
    let answers = Check::Succeeds(queries::group_nodes(&one.group));
    let not = |check: Check| Check::All(vec![answers.clone(), check.negated()]);
    let (old, new) = (is_of(&one.resource, &one.from), is_of(&one.resource, &one.to));

    let mut again = Vec::new();
    if let Back::Again { set } = &one.back {
        again.push((created(one, &one.from, set), old.clone()));
    }
    again.extend(up);
    let delete =
        site.run(commands::remove_resource(&one.resource), not(old.clone()), old, Undo::by(again));

    let mut away = lowered(wave, &not(new.clone()));
    away.push((commands::remove_resource(&one.resource), not(new.clone())));
    let create = created(one, &one.to, &one.set);
    vec![delete, site.run(create, new.clone(), not(new), Undo::by(away))]
}
