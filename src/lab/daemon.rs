//! The process of a started Calendar Server, under the product's own daemon name. It listens on the
//! loopback interface while the lab says that the service is online, and no longer than half an
//! hour. What it does for a client is to greet it.

use std::ffi::OsString;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::owners::replace;
use super::service::{accepts, daemon, greeting, loopback_port, port_file};
use super::session::Session;
use crate::node::NodeName;

/// It ends by itself after this time, whatever happens.
const LONGEST: Duration = Duration::from_secs(30 * 60);

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
