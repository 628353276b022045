//! netstat, ping and ifconfig: which addresses are up, and who listens. They only report; the
//! addresses come and go with the cluster's resources.

use crate::lab::Oddity;
use crate::lab::call::Call;
use crate::lab::getopt::getopt;
use crate::lab::refusal::Refusal;
use crate::lab::rgm::agent::Agent;
use crate::lab::rgm::{calendar, network};

/// netstat(1M) -an: sockets that listen, as `address.port`.
///
/// On a lab on disk a line appears only while the service's socket really accepts.
pub(crate) fn netstat(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "anrif:P:", "netstat [-an] [-f address_family] [-P protocol]")?;
    if !given.operands.is_empty() {
        return Err(Refusal::usage("netstat [-an] [-f address_family] [-P protocol]"));
    }
    call.say(
        "\nTCP: IPv4\
        \n   Local Address        Remote Address    Swind Send-Q Rwind Recv-Q  State\
        \n-------------------- -------------------- ----- ------ ----- ------ -------",
    );
    let mut local = vec!["*.22".to_string(), "*.111".to_string()];
    for (address, port) in listening(call) {
        let everywhere = call.has(Oddity::SocketsListenOnAll);
        local.push(if everywhere { format!("*.{port}") } else { format!("{address}.{port}") });
    }
    for socket in local {
        call.say(format!("{socket:<20}       *.*                0      0 49152      0 LISTEN"));
    }
    Ok(())
}

/// Sockets of Calendar Servers that run on this host.
pub(crate) fn listening(call: &mut Call<'_>) -> Vec<(String, u16)> {
    let here = call.host().clone();
    let running: Vec<String> = call
        .cluster()
        .resources
        .iter()
        .filter(|r| Agent::of(&r.type_name) == Agent::Calendar && r.state(&here).is_started())
        .map(|r| r.name.clone())
        .collect();
    let sockets: Vec<_> =
        running.iter().filter_map(|r| calendar::listens(call.world(), &here, r)).collect();
    sockets.into_iter().filter(|(address, port)| call.accepts(address, *port)).collect()
}

/// ping(1M): `host is alive` when some machine that is up has the address.
pub(crate) fn ping(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "s", "ping host [timeout]")?;
    let Some(name) = given.operands.first().cloned() else {
        return Err(Refusal::usage("ping host [timeout]"));
    };
    let here = call.host().clone();
    let address = network::resolve(call.world(), &here, &name)
        .ok_or_else(|| Refusal::new(1, format!("unknown host {name}")))?;
    let own = call.cluster().hosts.values().any(|m| m.up && m.address == address.to_string());
    let hosts: Vec<_> =
        call.cluster().hosts.iter().filter(|(_, m)| m.up).map(|(n, _)| n.clone()).collect();
    let logical = hosts.iter().any(|h| network::addresses_up(call.world(), h).contains(&address));
    let foreign = network::is_taken(call.world(), &here, address);
    if own || logical || foreign {
        call.say(format!("{name} is alive"));
        Ok(())
    } else {
        call.say(format!("no answer from {name}"));
        Err(Refusal::quiet(1))
    }
}

/// ifconfig(1M) -a, minimal: the node's own address and the logical ones.
pub(crate) fn ifconfig(call: &mut Call<'_>) -> Result<(), Refusal> {
    if call.args() != ["-a"] {
        return Err(Refusal::usage("ifconfig -a (the lab changes no interface)"));
    }
    let own = call.machine().map(|m| m.address.clone()).unwrap_or_default();
    let flags = "flags=1000843<UP,BROADCAST,RUNNING,MULTICAST,IPv4> mtu 1500 index 2";
    call.say(
        "lo0: flags=1000849<UP,LOOPBACK,RUNNING,MULTICAST,IPv4> mtu 8232 index 1\n\
        \tinet 127.0.0.1 netmask ff000000",
    );
    call.say(format!("hme0: {flags}\n\tinet {own} netmask ffffff00\n\tgroupname ipmp0"));
    let here = call.host().clone();
    for (at, address) in network::addresses_up(call.world(), &here).into_iter().enumerate() {
        call.say(format!("hme0:{}: {flags}\n\tinet {address} netmask ffffff00", at + 1));
    }
    Ok(())
}
