//! What the commands of Solaris do otherwise than one would expect: rows of the table of facts,
//! each with mark and source. The commands that act on them are in `base` and `solaris`.

use super::{ClusterRelease, Fact, Mark, Oddity, Solaris};

pub(super) const FACTS: &[Fact] = &[
    Fact {
        oddity: Oddity::CksumTabs,
        id: "cksum-tabs",
        does: "cksum(1) puts TABs between sum, size and name; its manual page shows blanks.",
        mark: Mark::Source,
        source: "illumos, cksum.c",
        on: |_, _| true,
    },
    Fact {
        oddity: Oddity::RootGroupOther,
        id: "root-group-other",
        does: "root's primary group is other (1), so what root makes is 0:1.",
        mark: Mark::Recalled,
        source: "OpenSolaris of 2006 has 0:0, so Solaris 10 is played both ways",
        on: |solaris, cluster| solaris < Solaris::Ten || cluster == ClusterRelease::ThreeOne,
    },
    Fact {
        oddity: Oddity::FgrepDropsLastLine,
        id: "fgrep-last-line",
        does: "`fgrep -v -x` drops a last line that has no newline.",
        mark: Mark::Source,
        source: "OpenSolaris, fgrep.c",
        on: |_, _| true,
    },
    Fact {
        oddity: Oddity::SedDropsLastLine,
        id: "sed-last-line",
        does: "sed(1) does not see a last line that has no newline.",
        mark: Mark::Documented,
        source: "monitoring-plugins, issue 575",
        on: |_, _| true,
    },
    Fact {
        oddity: Oddity::MkdirKeepsSetgid,
        id: "mkdir-setgid",
        does: "`mkdir -m 0700` below a setgid directory makes 02700.",
        mark: Mark::Source,
        source: "OpenSolaris, mkdir.c and the file systems",
        on: |_, _| true,
    },
    Fact {
        oddity: Oddity::ListingMarksMode,
        id: "ls-marks",
        does: "ls(1) ends a mode in + for an ACL and in @ for extended attributes.",
        mark: Mark::Documented,
        source: "ls(1) of Solaris 10",
        on: |solaris, _| solaris == Solaris::Ten,
    },
    Fact {
        oddity: Oddity::BootTimeUnknown,
        id: "who-b-empty",
        does: "`who -b` prints nothing where there is no utmpx, as in zones.",
        mark: Mark::Run,
        source: "zones and containers",
        on: |solaris, cluster| solaris == Solaris::Ten && cluster == ClusterRelease::ThreeTwo,
    },
    Fact {
        oddity: Oddity::NameServiceAccounts,
        id: "getent-name-service",
        does: "getent(1M) knows accounts of NIS and LDAP that /etc/passwd and /etc/group lack.",
        mark: Mark::Documented,
        source: "nsswitch.conf(4)",
        on: |_, cluster| cluster == ClusterRelease::ThreeOne,
    },
    Fact {
        oddity: Oddity::HostsAnswerIpv6First,
        id: "getent-ipv6-first",
        does: "`getent hosts` may give an IPv6 address before the IPv4 one.",
        mark: Mark::Documented,
        source: "getent(1M), ipnodes(4) of Solaris 10",
        on: |solaris, _| solaris == Solaris::Ten,
    },
    Fact {
        oddity: Oddity::SocketsListenOnAll,
        id: "netstat-any",
        does: "netstat(1M) shows a socket of every address as `*.80`; it answers on the \
               logical one too.",
        mark: Mark::Documented,
        source: "netstat(1M)",
        on: |_, cluster| cluster == ClusterRelease::ThreeZero,
    },
    Fact {
        oddity: Oddity::FstypCannotSay,
        id: "fstyp-cannot-say",
        does: "fstyp(1M) ends with 1 on a volume without a file system, and when it cannot read; \
               dd(1M) then fails.",
        mark: Mark::Documented,
        source: "fstyp(1M)",
        on: |_, _| false,
    },
];
