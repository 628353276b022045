//! What must hold between settings. A rule says nothing about a setting that has no valid value.

mod apart;
mod conflict;
mod devices;
mod directories;
mod instance_values;
mod mounts;
mod names;
mod nodes;
mod programs;
mod roots;

use self::instance_values::InstanceValues;
use super::Evaluation;
use crate::problem::Problem;

/// Everything that does not go together.
pub fn all(values: &Evaluation) -> Vec<Problem> {
    let mut problems = [
        nodes::check(values),
        programs::check(values),
        names::across(values),
        apart::check(values),
    ]
    .concat();
    for instance in values.instances() {
        let of = InstanceValues { values, instance };
        for check in [roots::check, mounts::check, devices::check, directories::check, names::check]
        {
            problems.extend(check(&of));
        }
    }
    problems
}
