//! Where a Calendar Server of somebody else may stand, and what is said of it there: the same
//! places for an installation, for printed scripts and for the Ansible export.

use std::os::unix::fs::symlink;
use std::path::PathBuf;

use calha::lab::Disk;
use calha::node::NodeName;

/// One place.
pub struct Place {
    pub name: &'static str,
    stands: Stands,
    /// What is said of it.
    pub code: &'static str,
    /// Whether it can be seen before the first change.
    pub early: bool,
    /// A setting that meets it there.
    pub set: Option<&'static str>,
}

enum Stands {
    /// A file on a node's own disk.
    On(&'static str, &'static str),
    /// A file on the shared volume.
    Shared(&'static str),
    /// A link on a node's own disk, to what stands elsewhere.
    Link(&'static str, &'static str),
    /// The same on the shared volume.
    SharedLink(&'static str),
    /// Packages below another root.
    Package(&'static str),
}

const CONFIGURED: &str = "calendar.configured";

/// What is elsewhere on a node.
const ELSEWHERE: &str = "opt/other/SUNWics5/cal/config/ics.conf";
const TEXT: &str = "! somebody else's\nlocal.hostname = \"other\"\n";

pub const PLACES: [Place; 11] = [
    early("the configuration of the first node", on1("opt/SUNWics5/cal/config/ics.conf")),
    early("the configuration of the second node", on2("opt/SUNWics5/cal/config/ics.conf")),
    early("data of the second node", on2("opt/SUNWics5/cal/data/counters")),
    early("underneath the mount point", on1("cal/config/ics.conf")),
    early("a link to its configuration", Stands::Link("Node1", "opt/SUNWics5/cal/config")),
    early("a link to its data", Stands::Link("Node2", "opt/SUNWics5/cal/data")),
    Place {
        set: Some("instance.cal.port=111"),
        ..of("a daemon on the port", on1(ELSEWHERE), "preflight.port-taken", true)
    },
    of("the shared configuration", Stands::Shared("config/ics.conf"), CONFIGURED, false),
    of("the shared data", Stands::Shared("csdb/ics50calprops.db"), "calendar.data", false),
    of("a shared link to ics.conf", Stands::SharedLink("config/ics.conf"), CONFIGURED, false),
    of("packages below another root", Stands::Package("Node1"), "drift.software", false),
];

const fn on1(path: &'static str) -> Stands {
    Stands::On("Node1", path)
}

const fn on2(path: &'static str) -> Stands {
    Stands::On("Node2", path)
}

const fn early(name: &'static str, stands: Stands) -> Place {
    of(name, stands, CONFIGURED, true)
}

const fn of(name: &'static str, stands: Stands, code: &'static str, early: bool) -> Place {
    Place { name, stands, code, early, set: None }
}

impl Place {
    /// The file of the other server, as this machine has it.
    fn file(&self, lab: &Disk) -> PathBuf {
        let on = |node: &str| lab.root(&NodeName(node.into()));
        match self.stands {
            Stands::On(node, path) => on(node).join(path),
            Stands::Shared(path) => volume(lab).join(path),
            Stands::Link(node, _) | Stands::Package(node) => on(node).join(ELSEWHERE),
            Stands::SharedLink(_) => on("Node1").join(ELSEWHERE),
        }
    }

    /// Where a link to it stands.
    fn link(&self, lab: &Disk) -> Option<PathBuf> {
        match self.stands {
            Stands::Link(node, path) => Some(lab.root(&NodeName(node.into())).join(path)),
            Stands::SharedLink(path) => Some(volume(lab).join(path)),
            _ => None,
        }
    }

    /// Puts it there.
    pub fn stage(&self, lab: &Disk) {
        let file = self.file(lab);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, TEXT).unwrap();
        if let Some(link) = self.link(lab) {
            std::fs::create_dir_all(link.parent().unwrap()).unwrap();
            let target = if matches!(self.stands, Stands::SharedLink(_)) {
                format!("/{ELSEWHERE}")
            } else {
                "/opt/other/SUNWics5/cal/config".into()
            };
            symlink(target, link).unwrap();
        }
        if let Stands::Package(node) = self.stands {
            let package = ("SUNWics5".to_owned(), "/opt/other".to_owned());
            let of = |hosts: &mut std::collections::BTreeMap<NodeName, calha::lab::Machine>| {
                hosts.get_mut(&NodeName(node.into())).unwrap().packages.extend([package]);
            };
            lab.edit(|cluster| of(&mut cluster.hosts)).unwrap();
        }
    }

    /// Nothing of it was touched, and the configurator was not called.
    pub fn is_untouched(&self, lab: &Disk) {
        assert_eq!(std::fs::read_to_string(self.file(lab)).unwrap(), TEXT, "{}", self.name);
        if let Some(link) = self.link(lab) {
            assert!(link.is_symlink(), "{}", self.name);
        }
        let calls = lab.calls().unwrap();
        assert!(calls.iter().all(|c| c.program != "csconfigurator.sh"), "{}", self.name);
    }
}

/// The only one.
fn volume(lab: &Disk) -> PathBuf {
    let root = lab.root(&NodeName("Node1".into()));
    let volumes = root.ancestors().nth(2).unwrap().join("volumes");
    std::fs::read_dir(volumes).unwrap().next().unwrap().unwrap().path()
}
