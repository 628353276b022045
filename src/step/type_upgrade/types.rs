//! Versions of the type: registered beside the old one, and the old one unregistered.

use super::UpgradeSite;
use crate::cluster::{Property, commands, queries};
use crate::op::{Check, Undo};
use crate::step::{Citation, Step, StepKind};
use crate::type_upgrade::{Registration, Removal};

/// Each new version, registered beside the old one.
pub fn type_register(site: &UpgradeSite, all: &[Registration]) -> Step {
    let names: Vec<&str> = all.iter().map(|one| one.full.as_str()).collect();
    let (site, all) = (site.clone(), all.to_vec());
    Step::new(
        StepKind::TypeRegister,
        format!("{} registered", names.join(" and ")),
        Citation { section: "4", errata: &[] },
        site.scope(),
        "Versions of a type stand side by side; a resource moves from one to the other.",
    )
    .doing(move |_| {
        let register = |one: &Registration| {
            let undo =
                Undo::by(vec![(commands::unregister_type(&one.full), Check::unlisted(&one.full))]);
            let command = commands::register_version(&one.base, one.file.as_str(), &[]);
            site.run(command, Check::listed(&one.full), Check::unlisted(&one.full), undo)
        };
        all.iter().map(register).collect()
    })
}

/// Old versions that no resource has any more, unregistered.
pub fn type_unregister(site: &UpgradeSite, all: &[Removal]) -> Step {
    let names: Vec<&str> = all.iter().map(|one| one.full.as_str()).collect();
    let (site, all) = (site.clone(), all.to_vec());
    Step::new(
        StepKind::TypeUnregister,
        format!("{} unregistered", names.join(" and ")),
        Citation { section: "4", errata: &[] },
        site.scope(),
        "No resource uses it any more.",
    )
    .doing(move |_| {
        let mut ops = Vec::new();
        for one in &all {
            if one.system {
                ops.push(released(&site, one));
            }
            let again = commands::register_version(&one.base, one.file.as_str(), &one.nodes);
            let undo = Undo::by(vec![(again, Check::listed(&one.full))]);
            let (gone, there) = (Check::unlisted(&one.full), Check::listed(&one.full));
            ops.push(site.run(commands::unregister_type(&one.full), gone, there, undo));
        }
        ops
    })
}

/// RT_system taken away: while it stands a type cannot be unregistered.
fn released(site: &UpgradeSite, one: &Removal) -> crate::op::Op {
    let system = |word: &str| {
        let command = queries::type_is_system(&one.full);
        Check::Prints { command, text: word.to_owned() }
    };
    let given =
        |word: &str| commands::change_type(&one.full, &[Property::system("RT_system", word)]);
    let done = Check::Any(vec![system("FALSE"), Check::unlisted(&one.full)]);
    let undo = Undo::by(vec![(given("TRUE"), system("TRUE"))]);
    site.run(given("FALSE"), done, system("TRUE"), undo)
}
