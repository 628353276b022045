//! A started Calendar Server that really listens, on a lab on disk: where it is, whether it
//! answers, how it is started. Nothing ever connects elsewhere than to the loopback interface; what
//! the process does is in `daemon`.

use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::machine_link::MACHINE;
use crate::node::NodeName;

/// The name it is started under.
pub(crate) const DAEMON: &str = "cshttpd";

/// The file that holds the loopback port behind a logical address while it is on a host.
pub(crate) fn port_file(lab: &Path, host: &str, address: &str, port: u16) -> PathBuf {
    lab.join("services").join(format!("{address}_{port}_{host}"))
}

/// The line with which the service answers, which also tells it from a stranger on a port that was
/// used again.
pub(crate) fn greeting(host: &str, address: &str, port: u16) -> String {
    format!("HTTP/1.0 200 OK calha-lab cshttpd {address}:{port} on {host}\n")
}

/// The loopback port behind a logical address, as its daemon recorded it.
pub(crate) fn loopback_port(lab: &Path, host: &NodeName, address: &str, port: u16) -> Option<u16> {
    std::fs::read_to_string(port_file(lab, host.as_str(), address, port)).ok()?.trim().parse().ok()
}

/// Whether the service answers on its socket.
pub(crate) fn accepts(lab: &Path, host: &NodeName, address: &str, port: u16) -> bool {
    let Some(number) = loopback_port(lab, host, address, port) else { return false };
    let socket = SocketAddr::from((Ipv4Addr::LOCALHOST, number));
    let Ok(mut stream) = TcpStream::connect_timeout(&socket, Duration::from_millis(200)) else {
        return false;
    };
    let mut said = String::new();
    stream.set_read_timeout(Some(Duration::from_millis(500))).is_ok()
        && stream.read_to_string(&mut said).is_ok()
        && said == greeting(host.as_str(), address, port)
}

/// Starts the daemon unless it answers already, and waits a little until it does.
///
/// The child started here only starts another one and ends, so nobody has a child to wait for.
pub(crate) fn ensure(lab: &Path, host: &NodeName, address: &str, port: u16) {
    if accepts(lab, host, address, port) {
        return;
    }
    let mut child = daemon("start", lab, host.as_str(), address, &port.to_string());
    if let Ok(mut child) = child.spawn() {
        // netstat tells the truth about a service that did not come up.
        let _ = child.wait();
    }
}

/// The process that does so; it needs nothing of its parent.
pub(crate) fn daemon(what: &str, lab: &Path, host: &str, address: &str, port: &str) -> Command {
    let mut command = Command::new(lab.join(MACHINE).join(DAEMON));
    command.arg(what).arg(lab).args([host, address, port]).current_dir("/").env_clear();
    // The variable that makes calha look at its name.
    command.env("CALHA_LAB_ROOT", lab.join("nodes").join(host));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
