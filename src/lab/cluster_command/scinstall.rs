//! scinstall and scconf, as far as calha asks them: release, packages, cluster name and nodes.
//! They only report; no cluster is installed or configured here.

use crate::lab::call::Call;
use crate::lab::refusal::Refusal;

/// `scinstall -p`: the release; `-pv`: the packages too. Nothing else of it is simulated.
pub(crate) fn scinstall(call: &mut Call<'_>) -> Result<(), Refusal> {
    if !matches!(call.args().iter().map(String::as_str).collect::<Vec<_>>()[..], ["-p"] | ["-pv"]) {
        return Err(Refusal::usage("scinstall -p[v]"));
    }

    let text = call.files().text("/etc/cluster/release");
    let release =
        text.lines().next().unwrap_or("").split_whitespace().nth(2).unwrap_or("").to_string();
    if release.is_empty() {
        return Err(Refusal::new(1, "Sun Cluster is not installed"));
    }
    if call.args() == ["-p"] {
        call.say(release);
        return Ok(());
    }

    // 816-3384: the release without its update, then a line for each package of the cluster.
    call.say(format!("SunCluster {}", release.split('u').next().unwrap_or(&release)));
    let of_cluster = |name: &&String| name.starts_with("SUNWsc") || name.starts_with("SUNWmd");
    let packages = call.machine().map(|m| &m.packages);
    let names: Vec<String> =
        packages.into_iter().flat_map(|p| p.keys()).filter(of_cluster).cloned().collect();
    for name in names {
        call.say(format!("{name}:\t3.1.0,REV=2005.03.28.14.12"));
    }

    Ok(())
}

/// `scconf -p`: cluster name and nodes.
pub(crate) fn scconf(call: &mut Call<'_>) -> Result<(), Refusal> {
    if !call.args().first().is_some_and(|a| a.starts_with("-p")) {
        return Err(Refusal::usage("scconf -p[v]"));
    }
    let name = call.cluster().name.clone();
    let members: Vec<String> = call.cluster().members().into_iter().map(|n| n.0).collect();
    call.say(format!("Cluster name:                                      {name}"));
    call.say(format!("Cluster nodes:                                     {}", members.join(" ")));
    Ok(())
}
