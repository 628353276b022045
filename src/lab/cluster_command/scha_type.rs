//! scha_resourcetype_get(1HA): what is registered of a resource type.

use crate::lab::call::Call;
use crate::lab::cluster_command::scha::{Lines, answer, no_tag, one, question, truth};
use crate::lab::refusal::Refusal;
use crate::lab::{Cluster, ResourceType};
use crate::resource_type::Method;

pub(crate) fn type_get(call: &mut Call<'_>) -> Result<(), Refusal> {
    let (given, tag, _) = question(call, "O:T:", "OT", "scha_resourcetype_get -O optag -T type")?;
    let cluster = call.cluster();
    let name = given.value('T').unwrap_or("");
    // The second guide's monitor: only one of NAME and NAME:V succeeds, the one that is registered.
    let kind = cluster
        .types
        .iter()
        .find(|t| t.name == name)
        .ok_or_else(|| Refusal::new(13, format!("{name}: no such resource type")))?;
    let lines = lines(cluster, kind, &tag)?;
    answer(call, lines)
}

/// The complete list of optags is E51743's; Global_zone and Proxy are of 3.2.
fn lines(cluster: &Cluster, kind: &ResourceType, tag: &str) -> Lines {
    let later = cluster.personality.cluster().has_zones();

    match tag {
        "RT_VERSION" => one(&kind.version),
        "RT_DESCRIPTION" => one(&kind.description),
        "RT_BASEDIR" => one(&kind.basedir),
        "PKGLIST" => Ok(kind.packages.clone()),
        "INSTALLED_NODES" => Ok(kind.nodes.clone().unwrap_or_else(|| vec!["*".into()])),
        "RESOURCE_LIST" => {
            let own = cluster.resources.iter().filter(|r| r.type_name == kind.name);
            Ok(own.map(|r| r.name.clone()).collect())
        }
        "IS_LOGICAL_HOSTNAME" => truth(kind.base() == "SUNW.LogicalHostname"),
        "IS_SHARED_ADDRESS" => truth(kind.base() == "SUNW.SharedAddress"),
        "FAILOVER" => truth(kind.failover),
        "SINGLE_INSTANCE" => truth(kind.single_instance),
        "INIT_NODES" => one(kind.init_nodes.as_deref().unwrap_or("RG_PRIMARIES")),
        "API_VERSION" => one(kind.api_version.to_string()),
        "RT_SYSTEM" if cluster.personality.cluster().has_versioned_types() => truth(kind.system),
        "GLOBAL_ZONE" if later => truth(kind.global_zone),
        "PROXY" if later => truth(kind.proxy),
        // A method as the file gives it; one that is not declared is an empty line (assumption).
        _ => match Method::parse(tag) {
            Some(method) => one(kind.methods.get(method.name()).map_or("", String::as_str)),
            None => Err(no_tag(tag)),
        },
    }
}
