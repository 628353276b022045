//! A real OpenSSH server for each node, on a port of the loopback interface. Every session of it is
//! a shell on the simulated node.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use calha::lab::Disk;
use calha::node::NodeName;

pub struct Sshd {
    child: Child,
    config: PathBuf,
    pub port: u16,
}

/// Where the server's program is, or why there is none; missing it fails where CI is set.
pub fn installed() -> bool {
    let there = Path::new("/usr/sbin/sshd").exists() && Path::new("/usr/bin/ssh").exists();
    assert!(
        there || std::env::var_os("CI").is_none(),
        "OpenSSH is not installed; tests/run installs it"
    );
    if !there {
        println!("skipped: OpenSSH (client and server) is not installed");
    }
    there
}

fn key(at: &Path) {
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(at)
        .status()
        .unwrap();
    assert!(made.success(), "ssh-keygen");
}

impl Sshd {
    /// Starts the server of a node and writes what the client has to know into `dir/ssh_config`.
    pub fn start(dir: &Path, lab: &Disk, node: &str) -> Self {
        let here = dir.join("sshd").join(node);
        fs::create_dir_all(&here).unwrap();
        let user_key = dir.join("sshd/user_key");
        if !user_key.exists() {
            key(&user_key);
        }
        key(&here.join("host_key"));
        let wrapper = here.join("session");
        let env: Vec<String> = lab
            .environment(&NodeName(node.into()))
            .iter()
            .map(|(k, v)| format!("{k}='{v}'"))
            .collect();
        let text = format!(
            "#!/bin/sh\nexec env -i {} /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"\n",
            env.join(" ")
        );
        fs::write(&wrapper, text).unwrap();
        fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = here.join("sshd_config");
        let text = format!(
            "ListenAddress 127.0.0.1\nPort {port}\nHostKey {key}\nAuthorizedKeysFile {user}.pub\nStrictModes no\nPermitRootLogin yes\n\
             PasswordAuthentication no\nUsePAM no\nPidFile none\nForceCommand {wrapper}\nMaxStartups 100\nSetEnv HOME={home}\n",
            // The machine's own profile is not to be run, and killed in the middle, each time.
            home = here.display(),
            key = here.join("host_key").display(),
            user = user_key.display(),
            wrapper = wrapper.display()
        );
        fs::write(&config, text).unwrap();
        // The superuser's server wants it; anybody else's does without.
        let _ = fs::create_dir_all("/run/sshd");
        let sshd = Self { child: Self::run(&config), config, port };
        sshd.wait();
        let host_key = fs::read_to_string(here.join("host_key.pub")).unwrap();
        append(&dir.join("known_hosts"), &format!("[127.0.0.1]:{port} {host_key}"));
        append(
            &dir.join("ssh_config"),
            &format!(
                "Host {node}\n  HostName 127.0.0.1\n  Port {port}\n  User {me}\n  IdentityFile {user}\n  IdentitiesOnly yes\n  UserKnownHostsFile {known}\n  GlobalKnownHostsFile /dev/null\n",
                me = me(),
                user = user_key.display(),
                known = dir.join("known_hosts").display()
            ),
        );
        sshd
    }

    fn run(config: &Path) -> Child {
        Command::new("/usr/sbin/sshd")
            .args(["-D", "-e", "-f"])
            .arg(config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    fn wait(&self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "sshd does not come up");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Somebody has set the machine up anew: it is up, and has another key.
    #[allow(dead_code)]
    pub fn gets_another_key(&mut self) {
        self.dies();
        let own = self.config.with_file_name("host_key");
        for file in [own.clone(), own.with_extension("pub")] {
            fs::remove_file(file).unwrap();
        }
        key(&own);
        self.returns();
    }

    /// The server with every session of it is gone, as when the machine loses its power.
    pub fn dies(&mut self) {
        // Sessions are processes of their own that outlive the listener.
        let _ = Command::new("pkill").args(["-9", "-P", &self.child.id().to_string()]).status();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The same for everything that was begun through it as well: the machine has lost its power.
    #[allow(dead_code)]
    pub fn loses_its_power(&mut self) {
        let mut all = vec![self.child.id()];
        let mut at = 0;
        while at < all.len() {
            let children =
                Command::new("pgrep").args(["-P", &all[at].to_string()]).output().unwrap();
            all.extend(
                String::from_utf8_lossy(&children.stdout)
                    .lines()
                    .filter_map(|l| l.parse::<u32>().ok()),
            );
            at += 1;
        }
        let _ = Command::new("kill")
            .arg("-9")
            .args(all.iter().map(ToString::to_string))
            .stderr(Stdio::null())
            .status();
        let _ = self.child.wait();
    }

    /// Cuts every session, and goes on taking new ones.
    #[allow(dead_code)]
    pub fn cuts(&self) {
        let _ = Command::new("pkill").args(["-9", "-P", &self.child.id().to_string()]).status();
    }

    /// It is up again.
    pub fn returns(&mut self) {
        self.child = Self::run(&self.config);
        self.wait();
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        self.dies();
    }
}

fn append(path: &Path, text: &str) {
    let mut all = fs::read_to_string(path).unwrap_or_default();
    all.push_str(text);
    fs::write(path, all).unwrap();
}

fn me() -> String {
    let output = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
