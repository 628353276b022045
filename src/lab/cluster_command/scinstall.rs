use crate::lab::call::Call;
use crate::lab::refusal::Refusal;

/// `scinstall -p`: the release; nothing else of it is simulated.
pub(crate) fn scinstall(call: &mut Call<'_>) -> Result<(), Refusal> {
    if !matches!(call.args.iter().map(String::as_str).collect::<Vec<_>>()[..], ["-p"] | ["-pv"]) {
        return Err(Refusal::usage("scinstall -p[v]"));
    }
    let text = call.files().text("/etc/cluster/release");
    let release =
        text.lines().next().unwrap_or("").split_whitespace().nth(2).unwrap_or("").to_string();
    if release.is_empty() {
        return Err(Refusal::new(1, "Sun Cluster is not installed"));
    }
    call.say(release);
    Ok(())
}

/// `scconf -p`: cluster name and nodes.
pub(crate) fn scconf(call: &mut Call<'_>) -> Result<(), Refusal> {
    if !call.args.first().is_some_and(|a| a.starts_with("-p")) {
        return Err(Refusal::usage("scconf -p[v]"));
    }
    let name = call.world.cluster.name.clone();
    let members: Vec<String> = call.world.cluster.members().into_iter().map(|n| n.0).collect();
    call.say(format!("Cluster name:                                      {name}"));
    call.say(format!("Cluster nodes:                                     {}", members.join(" ")));
    Ok(())
}
