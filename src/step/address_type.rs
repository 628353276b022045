//! Of which version a logical host is made. `scrgadm -a -L` takes no type, so where several
//! versions of SUNW.LogicalHostname are registered nobody can say: calha asks before the first
//! change, and a printed script does not begin. Types that a command names are in `resource_types`.

use super::{Asked, Doubt, Guard, Look, Seen, Site, Weight};
use crate::cluster::queries::{group_of, registered_types};
use crate::cluster::versions;
use crate::op::Check;
use crate::problem::codes;

/// The type of a logical host.
pub(super) const ADDRESS_TYPE: &str = "SUNW.LogicalHostname";

fn is_made(site: &Site) -> Check {
    Check::Succeeds(group_of(&site.instance.logical_host.resource))
}

/// Asks the first member that can be reached: all of them say the same.
pub(super) fn look(site: &Site) -> Look {
    let site = site.clone();
    Box::new(move |at| {
        let mut seen = Seen::default();
        let members = site.members();
        let asked = members.iter().find_map(|node| Some((node, *at.hosts.get(node)?)));
        let Some((node, host)) = asked else { return Ok(seen) };

        let listed = host.query(&registered_types())?.text();
        let made = is_made(&site).holds(host)?;
        let found: Vec<&str> = versions(&listed, ADDRESS_TYPE).collect();
        if !made && found.len() > 1 {
            seen.doubts.push(Doubt {
                code: codes::RESOURCE_TYPE_UNNAMED,
                node: node.clone(),
                what: format!(
                    "several versions of {ADDRESS_TYPE} are registered, and scrgadm -a -L does not \
                     say which one resource {} is made of",
                    site.instance.logical_host.resource
                ),
                found: found.join(" and "),
            });
        }
        Ok(seen)
    })
}

/// The same for a printed script, which asks nobody.
pub(super) fn guard(site: &Site) -> Guard {
    let several =
        Check::Versions { command: registered_types(), name: ADDRESS_TYPE.into(), least: 2 };
    let resource = &site.instance.logical_host.resource;
    let asked = Asked::Any(site.members());
    let wrong = Check::All(vec![several, is_made(site).negated()]);
    Guard::new(
        codes::RESOURCE_TYPE_UNNAMED,
        asked,
        wrong,
        format!("several versions of {ADDRESS_TYPE} are registered"),
    )
    .weighing(Weight::Look)
    .hint(
        format!(
            "unregister those that are not wanted: scrgadm -r -t FULL NAME; or make resource \
             {resource} by hand, as the plan prints it"
        ),
        "6.6.3, E31",
    )
}
