//! Every program that the lab does itself: its name, its directory, and whether it changes
//! anything. From this table come the links on the nodes, the lock that a program takes and what
//! the log counts. Programs that the machine's own commands do are in `base::passing`.

use super::base;
use super::calendar::{configurator, dssetup, installer, panels, start_stop};
use super::call::Program;
use super::cluster_command::{scha, scha_type, scinstall, scrgadm, scstat, scswitch};
use super::dialogue::ProgramQuestion;
use super::request::Request;
use super::solaris::{accounts, ldapsearch, mounting, networking, packages, smf, syslog, system};
use super::world::World;

/// How a simulated program is run and counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Changes configuration: takes the lab's lock, every call is logged.
    Changing,
    /// Reads only; every call is logged.
    Asking,
    /// A base command that may change files; logged when it did.
    Files,
    /// A base command that only reads; never logged.
    Reading,
}

pub(crate) struct Entry {
    pub name: &'static str,
    pub directory: &'static str,
    pub kind: Kind,
    pub run: Program,
    /// What it asks of whoever started it.
    pub asks: Option<Asks>,
}

/// The questions of a program whose command line is right and that does not run silently.
pub(crate) type Asks = fn(&mut World<'_>, &Request) -> Option<Vec<ProgramQuestion>>;

const CLUSTER: &str = "/usr/cluster/bin";
const BIN: &str = "/usr/bin";
const SBIN: &str = "/usr/sbin";
/// Where a setting or another program puts it.
pub(crate) const ELSEWHERE: &str = "";

const fn entry(name: &'static str, directory: &'static str, kind: Kind, run: Program) -> Entry {
    Entry { name, directory, kind, run, asks: None }
}

/// One that may ask; it has no place of its own, unless it is the interpreter of such a program.
const fn asking(name: &'static str, directory: &'static str, run: Program, asks: Asks) -> Entry {
    Entry { name, directory, kind: Kind::Changing, run, asks: Some(asks) }
}

/// The programs.
pub(crate) const PROGRAMS: &[Entry] = &[
    entry("scrgadm", CLUSTER, Kind::Changing, scrgadm::scrgadm),
    entry("scswitch", CLUSTER, Kind::Changing, scswitch::scswitch),
    entry("scstat", CLUSTER, Kind::Asking, scstat::scstat),
    entry("scinstall", CLUSTER, Kind::Asking, scinstall::scinstall),
    entry("scconf", CLUSTER, Kind::Asking, scinstall::scconf),
    entry("scha_cluster_get", CLUSTER, Kind::Asking, scha::cluster_get),
    entry("scha_resourcegroup_get", CLUSTER, Kind::Asking, scha::group_get),
    entry("scha_resource_get", CLUSTER, Kind::Asking, scha::resource_get),
    entry("scha_resourcetype_get", CLUSTER, Kind::Asking, scha_type::type_get),
    asking("installer", ELSEWHERE, installer::installer, installer::questions),
    asking("commpkg", ELSEWHERE, installer::commpkg, installer::questions),
    asking("csconfigurator.sh", ELSEWHERE, configurator::configurator, panels::questions),
    entry("start-cal", ELSEWHERE, Kind::Changing, start_stop::refuse),
    entry("stop-cal", ELSEWHERE, Kind::Changing, start_stop::refuse),
    asking("comm_dssetup.pl", ELSEWHERE, dssetup::dssetup, dssetup::questions),
    asking("perl", BIN, dssetup::perl, dssetup::questions),
    entry("ldapsearch", BIN, Kind::Asking, ldapsearch::ldapsearch),
    entry("pkginfo", BIN, Kind::Asking, packages::pkginfo),
    entry("mount", SBIN, Kind::Changing, mounting::mount),
    entry("umount", SBIN, Kind::Changing, mounting::umount),
    entry("df", SBIN, Kind::Asking, mounting::df),
    entry("fuser", SBIN, Kind::Asking, mounting::fuser),
    entry("fstyp", SBIN, Kind::Asking, mounting::fstyp),
    entry("newfs", SBIN, Kind::Changing, mounting::newfs),
    entry("getent", BIN, Kind::Asking, accounts::getent),
    entry("groupadd", SBIN, Kind::Changing, accounts::groupadd),
    entry("groupdel", SBIN, Kind::Changing, accounts::groupdel),
    entry("useradd", SBIN, Kind::Changing, accounts::useradd),
    entry("usermod", SBIN, Kind::Changing, accounts::usermod),
    entry("userdel", SBIN, Kind::Changing, accounts::userdel),
    entry("id", BIN, Kind::Reading, accounts::id),
    entry("uname", BIN, Kind::Reading, system::uname),
    entry("hostname", BIN, Kind::Reading, system::hostname),
    entry("netstat", BIN, Kind::Asking, networking::netstat),
    entry("ping", SBIN, Kind::Asking, networking::ping),
    entry("ifconfig", SBIN, Kind::Asking, networking::ifconfig),
    entry("who", BIN, Kind::Reading, system::who),
    entry("prtconf", SBIN, Kind::Asking, system::prtconf),
    entry("crle", BIN, Kind::Asking, system::crle),
    entry("pkill", BIN, Kind::Changing, syslog::pkill),
    // Solaris 10 only.
    entry("svcadm", ELSEWHERE, Kind::Changing, syslog::svcadm),
    entry("svcprop", ELSEWHERE, Kind::Asking, smf::svcprop),
    entry("logger", BIN, Kind::Files, system::logger),
    entry("true", BIN, Kind::Reading, system::succeed),
    entry("false", BIN, Kind::Reading, system::fail),
    entry("cat", BIN, Kind::Reading, base::reading::cat),
    entry("cksum", BIN, Kind::Reading, base::reading::cksum),
    entry("cmp", BIN, Kind::Reading, base::reading::cmp),
    entry("echo", BIN, Kind::Reading, base::reading::echo),
    entry("ls", BIN, Kind::Reading, base::listing::ls),
    // The links of these are those of the machine's own.
    entry("find", ELSEWHERE, Kind::Reading, base::finding::find),
    entry("dd", ELSEWHERE, Kind::Asking, mounting::dd),
    entry("ps", ELSEWHERE, Kind::Reading, base::started::ps),
    entry("test", BIN, Kind::Reading, base::testing::test),
    entry("cp", BIN, Kind::Files, base::copying::cp),
    entry("mv", BIN, Kind::Files, base::copying::mv),
    entry("rm", BIN, Kind::Files, base::making::rm),
    entry("rmdir", BIN, Kind::Files, base::making::rmdir),
    entry("mkdir", BIN, Kind::Files, base::making::mkdir),
    entry("ln", BIN, Kind::Files, base::making::ln),
    entry("touch", BIN, Kind::Files, base::making::touch),
    entry("chmod", BIN, Kind::Files, base::owning::chmod),
    entry("chown", BIN, Kind::Files, base::owning::chown),
    entry("chgrp", BIN, Kind::Files, base::owning::chgrp),
    entry("tee", BIN, Kind::Files, base::making::tee),
];

/// The program of this name.
pub(crate) fn find(name: &str) -> Option<&'static Entry> {
    PROGRAMS.iter().find(|e| e.name == name)
}

/// The names of all programs of the lab, those that it does itself and those that it hands over.
pub fn program_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = PROGRAMS.iter().map(|entry| entry.name).collect();
    names.extend(base::passing::names());
    names.sort_unstable();
    names.dedup();
    names
}
