//! A started Calendar Server that really listens, on a lab on disk.
//!
//! A small process under the product's own daemon name, bound to the loopback interface; nothing
//! ever connects elsewhere.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::machine_link::MACHINE;
use super::owners::replace;
use super::session::Session;
use crate::node::NodeName;

/// The name it is started under.
pub(crate) const DAEMON: &str = "cshttpd";

/// It ends by itself after this time, whatever happens.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// The file that holds the loopback port behind a logical address while it is on a host.
fn port_file(lab: &Path, host: &str, address: &str, port: u16) -> PathBuf {
    lab.join("services").join(format!("{address}_{port}_{host}"))
}

/// The line with which the service answers, which also tells it from a stranger on a port that was
/// used again.
fn greeting(host: &str, address: &str, port: u16) -> String {
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

fn daemon(what: &str, lab: &Path, host: &str, address: &str, port: &str) -> Command {
    let mut command = Command::new(lab.join(MACHINE).join(DAEMON));
    command.arg(what).arg(lab).args([host, address, port]).current_dir("/").env_clear();
    // The variable that makes calha look at its name.
    command.env("CALHA_LAB_ROOT", lab.join("nodes").join(host));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// `cshttpd start|serve lab host address port`.
pub(crate) fn main(args: &[OsString]) -> ExitCode {
    let [what, lab, host, address, port] = args else { return ExitCode::from(2) };
    let (lab, text) = (PathBuf::from(lab), |s: &OsString| s.to_string_lossy().into_owned());
    let (host, address, port) = (text(host), text(address), text(port));
    let Ok(number) = port.parse() else { return ExitCode::from(2) };
    if what == "start" {
        // A session of its own: no terminal and no process group of the caller reaches the daemon.
        let _ = rustix::process::setsid();
        if daemon("serve", &lab, &host, &address, &port).spawn().is_err() {
            return ExitCode::from(1);
        }
        let host = NodeName(host);
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(3) && !accepts(&lab, &host, &address, number) {
            std::thread::sleep(Duration::from_millis(2));
        }
        return ExitCode::SUCCESS;
    }
    match serve(&lab, &NodeName(host), &address, number) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(1),
    }
}

fn serve(lab: &Path, host: &NodeName, address: &str, port: u16) -> std::io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let own = listener.local_addr()?.port();
    let file = port_file(lab, host.as_str(), address, port);
    let mut ends = Signals::new([SIGTERM, SIGINT, SIGHUP])?;
    replace(&file, format!("{own}\n").as_bytes())?;
    let line = greeting(host.as_str(), address, port);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // Who hangs up early has had what it asked for.
            let _ = stream.write_all(line.as_bytes());
        }
    });

    let (told, end) = std::sync::mpsc::channel();
    std::thread::spawn(move || ends.forever().next().map(|_| told.send(())));
    let begin = Instant::now();

    // Whoever started it may have had the signal ignored (`trap '' 15`); a daemon is ended by it
    // all the same.
    let second = Duration::from_secs(1);
    while begin.elapsed() < LONGEST && end.recv_timeout(second) == Err(RecvTimeoutError::Timeout) {
        let online = Session::shared(lab).is_ok_and(|mut s| {
            s.services().iter().any(|(h, a, p)| h == host && a == address && *p == port)
        });
        if !online || loopback_port(lab, host, address, port) != Some(own) {
            break;
        }
    }

    if loopback_port(lab, host, address, port) == Some(own) {
        std::fs::remove_file(&file)?;
    }

    Ok(())
}
