//! scstat(1M): the state of the cluster, for people. Blocks, titles and row labels are those of
//! section 3; widths are not promised. Programs ask the scha commands instead.

use crate::lab::call::Call;
use crate::lab::getopt::getopt;
use crate::lab::refusal::Refusal;

const USAGE: &str = "scstat [-DWginpqv[v]] [-h node]";

/// scstat(1M): for people; blocks, titles and row labels as section 3 has them, widths as they
/// come.
pub(crate) fn scstat(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "DWginpqvh:", USAGE)?;
    if !given.operands.is_empty() {
        return Err(Refusal::usage(USAGE));
    }
    if !call.cluster().is_up(call.host()) {
        return Err(Refusal::new(1, "not in cluster mode"));
    }

    let all = given.has('p') || !"DWginq".chars().any(|l| given.has(l));
    let line = "-".repeat(66);
    for (letter, print) in [
        ('n', nodes as fn(&mut Call<'_>)),
        ('W', transport),
        ('D', devices),
        ('q', quorum),
        ('g', groups),
        ('i', ipmp),
    ] {
        if all || given.has(letter) {
            call.say(&line);
            call.say("");
            print(call);
        }
    }

    call.say(&line);
    Ok(())
}

/// `PENDING_ONLINE` → `Pending_online`.
fn titled(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{first}{}", rest.to_lowercase())
}

fn status(up: bool) -> &'static str {
    if up { "Online" } else { "Offline" }
}

fn nodes(call: &mut Call<'_>) {
    let rows: Vec<_> =
        call.cluster().members().into_iter().map(|n| (call.cluster().is_up(&n), n)).collect();
    call.say(
        "-- Cluster Nodes --\
            \n\n                    Node name           Status\
            \n                    ---------           ------",
    );
    for (up, name) in rows {
        call.say(format!("  Cluster node:     {:<20}{}", name.0, status(up)));
    }
    call.say("");
}

fn transport(call: &mut Call<'_>) {
    let members = call.cluster().members();
    call.say(
        "-- Cluster Transport Paths --\
        \n\n                    Endpoint            Endpoint            Status",
    );
    for pair in members.windows(2) {
        let both = pair.iter().all(|n| call.cluster().is_up(n));
        let word = if both { "Path online" } else { "faulted" };
        call.say(format!(
            "  Transport path:   {:<20}{:<20}{word}",
            format!("{}:hme1", pair[0]),
            format!("{}:hme1", pair[1])
        ));
    }
    call.say("");
}

fn devices(call: &mut Call<'_>) {
    let rows = call.cluster().device_groups.clone();
    call.say(
        "-- Device Group Servers --\
        \n\n                         Device Group        Primary             Secondary",
    );
    for group in &rows {
        let primary = group.primary.as_ref().map_or("-", |n| n.as_str());
        let second = group
            .nodes
            .iter()
            .find(|n| Some(*n) != group.primary.as_ref())
            .map_or("-", |n| n.as_str());
        call.say(format!("  Device group servers:  {:<20}{primary:<20}{second}", group.name));
    }

    call.say("\n-- Device Group Status --\n");
    for group in &rows {
        call.say(format!(
            "  Device group status:        {:<20}{}",
            group.name,
            status(group.primary.is_some())
        ));
    }

    call.say("");
}

fn quorum(call: &mut Call<'_>) {
    let members = call.cluster().members();
    let up = members.iter().filter(|n| call.cluster().is_up(n)).count();
    let possible = 2 * members.len() - 1;
    call.say("-- Quorum Summary --\n");
    call.say(format!("  Quorum votes possible:      {possible}"));
    call.say(format!("  Quorum votes needed:        {}", possible / 2 + 1));
    call.say(format!("  Quorum votes present:       {}\n", up + members.len() - 1));
    call.say(
        "-- Quorum Votes by Node --\
        \n\n                    Node Name           Present Possible Status",
    );
    for name in members {
        let up = call.cluster().is_up(&name);
        call.say(format!(
            "  Node votes:       {:<20}{}        1       {}",
            name.0,
            u8::from(up),
            status(up)
        ));
    }
    call.say("");
}

fn groups(call: &mut Call<'_>) {
    let cluster = call.cluster().clone();
    if cluster.groups.is_empty() {
        return;
    }

    call.say(
        "-- Resource Groups and Resources --\
        \n\n            Group Name     Resources\
        \n            ----------     ---------",
    );
    for group in &cluster.groups {
        call.say(format!(
            " Resources: {:<14} {}",
            group.name,
            cluster.resources_of(&group.name).join(" ")
        ));
    }

    call.say(
        "\n-- Resource Groups --\
        \n\n            Group Name     Node Name                State\
        \n            ----------     ---------                -----",
    );
    for group in &cluster.groups {
        for node in &group.nodes {
            call.say(format!(
                "     Group: {:<14} {:<24} {}",
                group.name,
                node.0,
                titled(cluster.says(&group.name, group.state(node).word()))
            ));
        }
        call.say("");
    }

    call.say(
        "-- Resources --\
        \n\n            Resource Name  Node Name                State          Status Message\
        \n            -------------  ---------                -----          --------------",
    );
    for resource in &cluster.resources {
        for node in cluster.group(&resource.group).map(|g| g.nodes.clone()).unwrap_or_default() {
            let status = resource.status(&node);
            let told = if status.message.is_empty() {
                status.keyword
            } else {
                format!("{} - {}", status.keyword, status.message)
            };
            call.say(format!(
                "  Resource: {:<14} {:<24} {:<14} {told}",
                resource.name,
                node.0,
                titled(cluster.says(&resource.name, resource.state(&node).word()))
            ));
        }
        call.say("");
    }
}

fn ipmp(call: &mut Call<'_>) {
    let members = call.cluster().members();
    call.say(
        "-- IPMP Groups --\
        \n\n              Node Name           Group   Status         Adapter   Status",
    );
    for name in members {
        let up = status(call.cluster().is_up(&name));
        call.say(format!("  IPMP Group: {:<20}ipmp0   {up:<15}hme0      {up}", name.0));
    }
    call.say("");
}
