//! A site whose hosts are reached by a real ssh, as root or as somebody who becomes root by su.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use calha::node::NodeName;

use crate::site::Site;
use crate::sshd::Sshd;

/// As getpass(3C) does it: on the controlling terminal, or not at all.
const SU: &str = "#!/bin/sh
if (: </dev/tty) 2>/dev/null; then :; else echo 'su: Sorry' >&2; exit 1; fi
exec 3</dev/tty 4>/dev/tty
/usr/bin/stty -echo <&3
printf 'Password: ' >&4
IFS= read -r given <&3
if test \"x$given\" = 'xopen sesame'; then :; else echo 'su: Sorry' >&4; exit 1; fi
exec 3<&- 4>&-
exec /bin/sh -c \"$3\"
";

/// The site, and the server of each host.
pub struct Far {
    pub site: Site,
    pub servers: BTreeMap<String, Sshd>,
}

impl Far {
    pub fn new() -> Self {
        let servers = RefCell::new(BTreeMap::new());
        let site = Site::connected(&|dir, lab, node| {
            servers
                .borrow_mut()
                .entry(node.to_owned())
                .or_insert_with(|| Sshd::start(dir, lab, node));
            format!(
                "{{ ssh = \"{node}\", options = [\"-F\", \"{}\"] }}",
                dir.join("ssh_config").display()
            )
        });
        Self { site, servers: servers.into_inner() }
    }

    /// From now on these hosts are reached as somebody who becomes root by su. Its password is
    /// "open sesame".
    pub fn becomes_by_su(&self, hosts: &[&str]) {
        let mut text = std::fs::read_to_string(&self.site.profile).unwrap();
        let file = self.password_file();
        for host in hosts {
            let su = self.site.lab.root(&NodeName((*host).into())).join("usr/bin/su");
            std::fs::write(&su, SU).unwrap();
            std::fs::set_permissions(&su, std::fs::Permissions::from_mode(0o755)).unwrap();

            let section = match *host {
                "ldap" => "[directory]\n".to_owned(),
                node => format!("[node.{node}]\n"),
            };
            assert!(text.contains(&section), "{text}");
            let password = format!("{{ file = \"{}\" }}", file.display());
            let lines = format!("{section}become = \"su\"\nbecome-password = {password}\n");
            text = text.replace(&section, &lines);
        }
        std::fs::write(&self.site.profile, text).unwrap();
    }

    /// The password that calha gives su.
    pub fn password_is(&self, text: &str) {
        let file = self.password_file();
        std::fs::write(&file, format!("{text}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn password_file(&self) -> PathBuf {
        self.site.dir.path().join("password")
    }
}
