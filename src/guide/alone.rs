//! The steps by which a Calendar Server stays on one node without high availability (6.9). They are
//! a guide of their own, with a journal of its own: the installation's is closed by then.

use super::Guide;
use crate::node::NodeName;
use crate::problem::{Problem, codes};
use crate::setting::{Instance, Resolved};
use crate::step::{self, Site};

impl Guide {
    /// What is done on the nodes of an instance once it is no longer in the cluster.
    ///
    /// # Errors
    /// When the node is none of the instance's, or the profile has no usable name.
    pub fn standing_alone(
        resolved: &Resolved,
        profile: &str,
        instance: &Instance,
        node: &NodeName,
        at_boot: bool,
    ) -> Result<Self, Problem> {
        if !instance.nodes.contains(node) {
            let known: Vec<&str> = instance.nodes.iter().map(NodeName::as_str).collect();
            let what = format!("{} does not run on {node}", instance.name);
            let hint = format!("its nodes are {}", known.join(" and "));
            return Err(Problem::new(codes::ALONE_NODE, what).hint(hint));
        }

        let settings = &resolved.settings;
        let profile = Self::alone_name(profile, &instance.name);
        let site = Site::new(settings, instance, &profile)
            .map_err(|why| Problem::new(codes::PROFILE_NAME, why))?;
        let at = if at_boot { "yes" } else { "no" };

        Ok(Self {
            steps: step::stand_alone(&site, node, at_boot),
            record: site.record.clone(),
            hosts: site.members(),
            members: site.members(),
            cluster: settings.cluster.name.clone(),
            profile,
            noticed_from: String::new(),
            notes: Vec::new(),
            placements: Vec::new(),
            values: [("alone.node", node.as_str()), ("alone.mount-at-boot", at)]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into(),
            digest: format!("alone-{node}-{at}"),
        })
    }

    /// What the journal of it is called. No profile is called so: a dot cannot stand in the name of
    /// one.
    pub fn alone_name(profile: &str, instance: &str) -> String {
        format!("{profile}.{instance}.alone")
    }
}
