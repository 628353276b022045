//! A started Calendar Server that really listens, on a lab on disk.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file that holds the loopback port behind a logical address.
pub(crate) fn port_file(lab: &Path, address: &str, port: u16) -> PathBuf {
    lab.join("services").join(format!("{address}_{port}"))
}

/// The loopback port behind a logical address, as its daemon recorded it.
pub(crate) fn loopback_port(lab: &Path, address: &str, port: u16) -> Option<u16> {
    std::fs::read_to_string(port_file(lab, address, port)).ok()?.trim().parse().ok()
}

/// Whether a connection to the service is taken. Never leaves the loopback interface.
pub(crate) fn accepts(lab: &Path, address: &str, port: u16) -> bool {
    loopback_port(lab, address, port).is_some_and(|p| {
        TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, p)), Duration::from_millis(200)).is_ok()
    })
}
