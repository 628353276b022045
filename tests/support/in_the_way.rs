//! What is in the way of an installation, or is a question, before its first change: one of each
//! finding that looks keep data whole by, staged in a lab on disk. The same for each way of making
//! the change.

use std::fs;
use std::process::Command;

use calha::lab::{Disk, Fault};
use calha::node::NodeName;

/// One finding.
pub struct InTheWay {
    /// The code under which each way tells it.
    pub code: &'static str,
    /// How it differs from others of this code.
    what: &'static str,
    pub stage: fn(&Disk),
    /// Settings that meet it.
    pub set: &'static [&'static str],
}

impl InTheWay {
    /// For messages.
    pub fn name(&self) -> String {
        format!("{}, {}", self.code, self.what)
    }
}

const fn staged(code: &'static str, what: &'static str, stage: fn(&Disk)) -> InTheWay {
    InTheWay { code, what, stage, set: &[] }
}

const fn set(code: &'static str, what: &'static str, set: &'static [&'static str]) -> InTheWay {
    InTheWay { code, what, stage: |_| {}, set }
}

const LINE: &str =
    "/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tno\tlogging\n";

/// All of them, in labs that can have them together: what is in the way of one hides none of the
/// others. A question is asked only where nothing is in the way.
pub fn labs() -> Vec<Vec<InTheWay>> {
    let alone = |finding: InTheWay| vec![finding];
    let mut all = vec![share_and_node(), standing(), disk_and_table(), rest(), doubts()];
    all.extend([
        alone(staged("vfstab.unreadable", "gone", |lab| {
            fs::remove_file(lab.root(&node("Node2")).join("etc/vfstab")).unwrap();
        })),
        alone(staged("resource-type.versions", "the service's", |lab| {
            register(lab, "scics", "9");
            typed(lab, "Node1", "/usr/cluster/bin/scrgadm", &["-a", "-t", "SUNW.scics"]);
        })),
        alone(staged("drift.resource-group", "in another order", |lab| {
            group(lab, "CAL-RG", "Node2,Node1");
        })),
    ]);
    all
}

fn share_and_node() -> Vec<InTheWay> {
    vec![
        staged("preflight.mounted", "by hand", |lab| {
            fs::create_dir_all(lab.root(&node("Node2")).join("cal")).unwrap();
            append(lab, "Node2", "etc/vfstab", LINE);
            typed(lab, "Node2", "/usr/sbin/mount", &["/cal"]);
        }),
        staged("calendar.configured", "on the share", |lab| {
            write(lab, "Node2", "cal/config/ics.conf", "! theirs\n");
        }),
        staged("calendar.data", "on the share", |lab| {
            write(lab, "Node2", "cal/csdb/ics50calprops.db", "theirs\n");
        }),
        set("preflight.port-taken", "rpcbind's", &["instance.cal.port=111"]),
        staged("preflight.address-taken", "by another host", |lab| {
            let ldap = |c: &mut calha::lab::Cluster| {
                c.hosts.get_mut(&node("ldap")).unwrap().address = "192.0.2.10".into();
            };
            lab.edit(ldap).unwrap();
        }),
        staged("preflight.account", "another gid", |lab| {
            typed(lab, "Node2", "/usr/sbin/groupadd", &["-g", "77", "icsgroup"]);
        }),
        staged("preflight.second-root", "packages", |lab| {
            let other = |c: &mut calha::lab::Cluster| {
                let packages = &mut c.hosts.get_mut(&node("Node2")).unwrap().packages;
                packages.insert("SUNWics5".into(), "/export/other".into());
            };
            lab.edit(other).unwrap();
        }),
        staged("preflight.host-address", "another", |lab| {
            write(lab, "Node1", "etc/hosts", "127.0.0.1 localhost\n192.0.2.99 cal-host\n");
        }),
        staged("preflight.group-state", "another group", |lab| {
            group(lab, "OTHER-RG", "Node1,Node2");
            reads(lab, "OTHER-RG", "PENDING_ONLINE");
        }),
        staged("vfstab.crlf", "of another entry", |lab| {
            append(lab, "Node2", "etc/vfstab", "nas:/x - /x nfs - yes -\r\n");
        }),
    ]
}

fn disk_and_table() -> Vec<InTheWay> {
    vec![
        staged("preflight.room", "with the programs", |lab| {
            let fault = Fault::DiskFull { host: node("Node2"), path: "/opt".into() };
            lab.inject(fault).unwrap();
        }),
        staged("calendar.configured", "on a node's own disk", |lab| {
            write(lab, "Node2", "opt/SUNWics5/cal/config/ics.conf", "! theirs\n");
        }),
        staged("preflight.mounted", "elsewhere", |lab| {
            append(lab, "Node2", "etc/mnttab", "/dev/md/penguin/dsk/d400\t/mnt\tufs\trw\t0\n");
        }),
        staged("preflight.file-system", "another kind", |lab| {
            lab.edit(|c| c.volumes.iter_mut().for_each(|v| v.fs_type = "vxfs".into())).unwrap();
        }),
        staged("preflight.id-taken", "the uid", |lab| {
            typed(lab, "Node2", "/usr/sbin/useradd", &["-u", "5001", "other"]);
        }),
        staged("preflight.host-name", "none", |lab| {
            write(lab, "Node2", "etc/hosts", "127.0.0.1 localhost\n");
        }),
        staged("resource-type.file", "the service's", |lab| {
            for name in ["Node1", "Node2"] {
                let file = lab.root(&node(name)).join("usr/cluster/lib/rgm/rtreg/SUNW.scics");
                fs::remove_file(file).unwrap();
            }
        }),
        staged("vfstab.other-entry", "not normalised", |lab| {
            append(lab, "Node2", "etc/vfstab", "nas:/x\t-\t//cal/\tnfs\t-\tyes\t-\n");
        }),
        staged("vfstab.device-in-use", "swap", |lab| {
            append(lab, "Node2", "etc/vfstab", "/dev/md/penguin/dsk/d400 - - swap - no -\n");
        }),
        staged("vfstab.raw-device", "of another volume", |lab| {
            let line = "/dev/md/penguin/dsk/d7 /dev/md/penguin/rdsk/d400 /x ufs 2 no -\n";
            append(lab, "Node2", "etc/vfstab", line);
        }),
        staged("vfstab.fields", "three", |lab| {
            append(lab, "Node2", "etc/vfstab", "/dev/md/penguin/dsk/d400 /cal ufs\n");
        }),
        staged("vfstab.duplicate", "with other blanks", |lab| {
            append(lab, "Node2", "etc/vfstab", &(LINE.to_owned() + &LINE.replace('\t', "  ")));
        }),
        staged("file.hard-link", "two names", |lab| {
            let file = lab.root(&node("Node2")).join("etc/vfstab");
            fs::hard_link(&file, file.with_extension("other")).unwrap();
        }),
    ]
}

fn rest() -> Vec<InTheWay> {
    vec![
        set(
            "preflight.device",
            "none of this name",
            &["instance.cal.block-device=/dev/md/penguin/dsk/d999"],
        ),
        staged("calendar.configured", "data on a node's own disk", |lab| {
            write(lab, "Node2", "opt/SUNWics5/cal/data/counters", "theirs\n");
        }),
        staged("preflight.id-taken", "the gid", |lab| {
            typed(lab, "Node2", "/usr/sbin/groupadd", &["-g", "5001", "others"]);
        }),
        staged("file.not-text", "a long comment", |lab| {
            append(lab, "Node2", "etc/vfstab", &format!("# {}\n", "x".repeat(2100)));
        }),
    ]
}

/// What nobody can judge.
fn doubts() -> Vec<InTheWay> {
    vec![
        staged("preflight.group-unknown", "another group", |lab| {
            group(lab, "OTHER-RG", "Node1,Node2");
            reads(lab, "OTHER-RG", "RECONSIDERING");
        }),
        staged("resource-type.unnamed", "the logical host's", |lab| {
            register(lab, "LogicalHostname", "9");
        }),
    ]
}

/// What is there already, asked once nothing is doubted.
fn standing() -> Vec<InTheWay> {
    vec![
        staged("group.not-ours", "as wanted", |lab| group(lab, "CAL-RG", "Node1,Node2")),
        staged("drift.mount-directory", "a file", |lab| write(lab, "Node1", "cal", "a file\n")),
        InTheWay {
            set: &["directory.mode=operator"],
            ..staged("directory.release", "prepared already", |lab| {
                lab.edit(|c| c.directory_prepared = true).unwrap();
            })
        },
    ]
}

fn node(name: &str) -> NodeName {
    NodeName(name.into())
}

fn write(lab: &Disk, on: &str, path: &str, text: &str) {
    let file = lab.root(&node(on)).join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn append(lab: &Disk, on: &str, path: &str, text: &str) {
    let file = lab.root(&node(on)).join(path);
    let all = fs::read_to_string(&file).unwrap() + text;
    fs::write(file, all).unwrap();
}

/// Somebody types it on a node.
fn typed(lab: &Disk, on: &str, program: &str, words: &[&str]) {
    let program = format!("{}{program}", lab.root(&node(on)).display());
    let output = Command::new(&program)
        .args(words)
        .env_clear()
        .envs(lab.environment(&node(on)))
        .output()
        .unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
}

fn group(lab: &Disk, name: &str, nodes: &str) {
    typed(lab, "Node1", "/usr/cluster/bin/scrgadm", &["-a", "-g", name, "-h", nodes]);
}

fn reads(lab: &Disk, of: &str, word: &str) {
    lab.inject(Fault::StateReads { of: of.into(), word: word.into() }).unwrap();
}

/// A type of this version, beside what there is.
fn register(lab: &Disk, base: &str, version: &str) {
    let text = format!(
        "RESOURCE_TYPE = \"{base}\";\nVENDOR_ID = SUNW;\nRT_VERSION = \"{version}\";\n\
         RT_BASEDIR = /opt/x;\nSTART = start;\nSTOP = stop;\n#$upgrade\n"
    );
    write(lab, "Node1", "var/tmp/rtr", &text);
    let words = ["-a", "-t", &format!("SUNW.{base}"), "-f", "/var/tmp/rtr"];
    typed(lab, "Node1", "/usr/cluster/bin/scrgadm", &words);
}
