//! Makes the resource group of an instance; the order of its nodes is their preference. Its undo
//! takes the group offline and removes it, unless it holds resources that calha did not make.
//! Bringing it online is `switch`'s.

use super::{Citation, Scope, Site, Step, StepKind};
use crate::cluster::{GroupState, commands, queries};
use crate::op::{Check, Op, Run, Touches, Undo};
use crate::problem::codes;

/// The step; it asks before it takes over a group that calha did not make.
pub fn resource_group(site: &Site) -> Step {
    let site = site.clone();
    let nodes: Vec<String> = site.nodes().iter().map(ToString::to_string).collect();

    Step::new(
        StepKind::ResourceGroup,
        format!("resource group {} on {}", site.instance.resource_group, nodes.join(", ")),
        Citation { section: "6.6.3", errata: &["E28", "E29"] },
        Scope::Member(site.nodes()),
        "Everything that moves together is in one group.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight])
    .asking(codes::GROUP_NOT_OURS)
    .doing(move |_| {
        let group = &site.instance.resource_group;
        let gone = Site::group_is_gone(group);

        // Any other word, known or not, is no proof that nothing of it runs.
        let down = site.nodes().into_iter().map(|node| site.group_is(&node, &GroupState::DOWN));
        let down = Check::Any(vec![gone.clone(), Check::All(down.collect())]);

        vec![Op::Run(
            Run::new(
                commands::create_group(group, &site.nodes()),
                Check::Prints { command: queries::group_nodes(group), text: nodes.join("\n") },
                Undo::Run {
                    commands: vec![
                        (commands::take_offline(group), down),
                        (commands::remove_group(group), gone.clone()),
                    ],
                    may_stay: Some("it holds resources that calha did not make".into()),
                    when_stuck: None,
                },
            )
            .absent_when(gone)
            .within(site.cluster_limit())
            .touching([Touches::Cluster]),
        )]
    })
}
