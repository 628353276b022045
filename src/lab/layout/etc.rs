//! The files below /etc that a node has before the guide begins. They mix comments, blanks and
//! TABs and hold entries of other people, as real ones do, so that an edit that loses something
//! is noticed. Which files the vendors bring is for the rest of `layout`.

use crate::lab::{Cluster, Personality};
use crate::node::NodeName;
use crate::setting::Settings;

/// Files below /etc (and the log of the system) of one host.
pub(super) fn files(
    settings: &Settings,
    cluster: &Cluster,
    host: &NodeName,
) -> Vec<(String, String)> {
    let id = cluster.hosts.get(host).map_or(0, |m| m.id);
    let personality = cluster.personality;
    let mut files = vec![
        ("/etc/vfstab", vfstab(id)),
        ("/etc/hosts", hosts(settings, cluster, host)),
        ("/etc/passwd", passwd(personality)),
        ("/etc/group", GROUP.into()),
        ("/etc/release", release(personality)),
        ("/etc/syslog.conf", SYSLOG.into()),
        ("/etc/nodename", format!("{host}\n")),
        ("/var/adm/messages", String::new()),
    ];
    if id != 0 {
        files.push(("/etc/cluster/release", cluster_release(personality)));
        files.push(("/var/cluster/rgm/rt/.keep", String::new()));
    }
    files.into_iter().map(|(p, t)| (p.to_string(), t)).collect()
}

fn passwd(personality: Personality) -> String {
    format!("root:x:0:{}:Super-User:/:/sbin/sh\n{PASSWD}", personality.root().gid)
}

fn release(personality: Personality) -> String {
    format!(
        "{}\n           Copyright 2005 Sun Microsystems, Inc.  All Rights Reserved.\n",
        personality.solaris().release_line()
    )
}

fn cluster_release(personality: Personality) -> String {
    format!(
        "Sun Cluster {} for {} sparc\nCopyright 2005 Sun Microsystems, Inc.\n",
        personality.cluster().with_update(),
        personality.solaris()
    )
}

/// As an installation leaves it: comments, blanks and TABs mixed, entries that must survive.
fn vfstab(id: u32) -> String {
    let mut text = String::from(
        "#device\t\tdevice\t\tmount\t\tFS\tfsck\tmount\tmount\n\
            #to mount\tto fsck\t\tpoint\t\ttype\tpass\tat boot\toptions\n\
            #\n\
            fd\t-\t/dev/fd\tfd\t-\tno\t-\n\
            /proc\t-\t/proc\tproc\t-\tno\t-\n\
            /dev/dsk/c0t0d0s1\t-\t-\tswap\t-\tno\t-\n\
            /dev/dsk/c0t0d0s0\t/dev/rdsk/c0t0d0s0\t/\tufs\t1\tno\tlogging\n\
            /dev/dsk/c0t0d0s7\t/dev/rdsk/c0t0d0s7\t/export/home\tufs\t2\tyes\t-\n\
            swap\t-\t/tmp\ttmpfs\t-\tyes\t-\n",
    );
    if id != 0 {
        text.push_str(&format!(
            "/dev/did/dsk/d{id}s3 /dev/did/rdsk/d{id}s3 /global/.devices/node@{id} ufs 2 no \
                global\n\
                # the department's file server, do not touch\n\
                /dev/md/files/dsk/d10 /dev/md/files/rdsk/d10 /global/files ufs 2 no \
                global,logging\n"
        ));
    }
    text
}

fn hosts(settings: &Settings, cluster: &Cluster, host: &NodeName) -> String {
    let mut text = String::from("#\n# Internet host table\n#\n127.0.0.1\tlocalhost\n");
    for (name, machine) in &cluster.hosts {
        let own = if name == host { "\tloghost" } else { "" };
        text.push_str(&format!("{}\t{name}\t{name}.example.com{own}\n", machine.address));
    }
    for l in settings.instances.iter().map(|i| &i.logical_host) {
        text.push_str(&format!("{}\t{}\t{}\n", l.address, l.name, l.fqdn));
    }
    text
}

/// Everybody but root.
const PASSWD: &str = "daemon:x:1:1::/:\n\
    bin:x:2:2::/usr/bin:\n\
    sys:x:3:3::/:\n\
    adm:x:4:4:Admin:/var/adm:\n\
    nobody:x:60001:60001:Nobody:/:\n";
const GROUP: &str = "root::0:root\n\
    other::1:\n\
    bin::2:root,bin,daemon\n\
    sys::3:root,bin,sys,adm\n\
    adm::4:root,adm,daemon\n\
    nobody::60001:\n";
pub(super) const SYSLOG: &str = "#ident\t\"@(#)syslog.conf\t1.5\"\n\
    *.err;kern.notice;auth.notice\t\t\t/dev/sysmsg\n\
    *.err;kern.debug;daemon.notice;mail.crit\t/var/adm/messages\n\
    *.alert;kern.err;daemon.err\t\t\toperator\n\
    *.alert\t\t\t\t\t\troot\n\
    *.emerg\t\t\t\t\t\t*\n";
