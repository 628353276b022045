//! A lab in a directory, for tests and for people who want to type commands at it. Every change
//! happens under the lab's lock, so that programs in many processes see one cluster. What a
//! program does is not written here: the same code serves a lab in memory.

use std::fs;
use std::io::{self, BufRead};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Output};

use super::digest::{self, Digest};
use super::disk_storage::DiskStorage;
use super::machine_link::MACHINE;
use super::rgm::reconfigure;
use super::session::{Session, load};
use super::{CallRecord, Cluster, Fault, Personality, RealRoot, layout, mounted, service};
use crate::file;
use crate::host::Connector;
use crate::node::{Command, Files, NodeName};
use crate::setting::Settings;

/// The file by which a directory is known to be a lab, so that nobody's own directory is taken for
/// one.
pub(crate) const MARKER: &str = "calha-lab";

/// What it says. Another form has other links, which this program would take for files of a node.
const FORM: &str = "a simulated cluster of calha, form 2\n";

/// A lab in a directory: a root per host with real executables, volumes they share, and one state.
#[derive(Clone, Debug)]
pub struct Disk {
    dir: PathBuf,
}

impl Disk {
    /// Makes a fresh lab in `dir`, which must be empty or missing. `program` is the calha
    /// executable that its programs are links to.
    pub fn create(dir: &Path, settings: &Settings, program: &Path) -> io::Result<Self> {
        Self::create_on(Personality::Plain, dir, settings, program)
    }

    /// The same, of nodes of this kind.
    pub fn create_on(
        personality: Personality,
        dir: &Path,
        settings: &Settings,
        program: &Path,
    ) -> io::Result<Self> {
        let dir = file::fresh(dir)?;
        for name in ["nodes", "volumes", "services", "hidden", MACHINE] {
            fs::create_dir(dir.join(name))?;
        }

        let machine = dir.join(MACHINE);
        symlink(program.canonicalize()?, machine.join("calha"))?;
        symlink("calha", machine.join(service::DAEMON))?;
        symlink("../volumes", machine.join("volumes"))?;

        // Somebody may put a program aside in a directory below its own: its link then ends here.
        symlink(Path::new("..").join(MACHINE), dir.join("nodes").join(MACHINE))?;
        fs::write(dir.join(MARKER), FORM)?;
        let mut storage = DiskStorage::open(&dir)?;
        storage.owners.made_by(personality.root());
        let cluster = layout::fresh(settings, personality, &mut storage)?;
        mounted::follow(&cluster, &storage)?;
        Session::create(&dir, cluster, storage)?;
        Ok(Self { dir })
    }

    /// A lab that was made before.
    ///
    /// # Errors
    /// `InvalidInput` when the directory is no lab.
    pub fn open(dir: &Path) -> io::Result<Self> {
        // Its programs are run: they have to be nobody else's.
        let dir = file::place(dir)?;
        file::closed(&dir)?;
        if !dir.join(MARKER).is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "not a simulated cluster: it has no file calha-lab",
            ));
        }
        if fs::read_to_string(dir.join(MARKER))? != FORM {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "it was made by another release of calha; remove it and make it again",
            ));
        }
        load(&dir)?;
        Ok(Self { dir })
    }

    /// The directory that a host takes for `/`.
    pub fn root(&self, host: &NodeName) -> PathBuf {
        self.dir.join("nodes").join(host.as_str())
    }

    /// The same directory, for a process that makes it its own root.
    pub fn real_root(&self, host: &NodeName) -> RealRoot {
        RealRoot::new(&self.dir, self.root(host))
    }

    /// The whole environment of a program on a host.
    pub fn environment(&self, host: &NodeName) -> Vec<(String, String)> {
        let root = self.root(host).to_string_lossy().into_owned();
        vec![
            ("CALHA_LAB_ROOT".into(), root.clone()),
            ("PATH".into(), format!("{root}/usr/bin:{root}/usr/sbin")),
            ("LC_ALL".into(), "C".into()),
        ]
    }

    /// How the shell of a host is reached, as a real node's is through ssh.
    pub fn connector(&self, host: &NodeName) -> Connector {
        let shell = self.root(host).join("usr/bin/sh").to_string_lossy().into_owned();
        Connector {
            env: self.environment(host),
            clean: true,
            ..Connector::new(host.clone(), [shell])
        }
    }

    /// Starts a command on a host, as somebody at its terminal would.
    pub fn run(&self, host: &NodeName, command: &Command) -> io::Result<Output> {
        let program = format!("{}{}", self.root(host).display(), command.program);
        Process::new(program).args(&command.args).env_clear().envs(self.environment(host)).output()
    }

    /// The state that the members share.
    pub fn cluster(&self) -> io::Result<Cluster> {
        load(&self.dir)
    }

    /// Every host: the members by node id, then the others.
    pub fn nodes(&self) -> io::Result<Vec<NodeName>> {
        let cluster = self.cluster()?;
        let mut all = cluster.members();
        all.extend(cluster.hosts.keys().filter(|n| !all.contains(n)).cloned().collect::<Vec<_>>());
        Ok(all)
    }

    /// Changes the state under the lab's lock, to stage what somebody else did.
    pub fn edit(&self, change: impl FnOnce(&mut Cluster)) -> io::Result<()> {
        let mut session = Session::exclusive(&self.dir)?;
        change(&mut session.cluster);
        session.commit()
    }

    /// Looks at or changes files of one host, under the lab's lock.
    pub fn with_files<T>(
        &self,
        host: &NodeName,
        work: impl FnOnce(&mut dyn Files) -> T,
    ) -> io::Result<T> {
        let mut session = Session::exclusive(&self.dir)?;
        let result = work(&mut session.world().files(host));
        session.commit()?;
        Ok(result)
    }

    /// Arranges for something to go wrong.
    pub fn inject(&self, fault: Fault) -> io::Result<()> {
        self.edit(|cluster| cluster.faults.push(fault))
    }

    /// Nothing goes wrong any more.
    pub fn clear_faults(&self) -> io::Result<()> {
        self.edit(|cluster| cluster.faults.clear())
    }

    /// Power off: its groups go to the next node, its programs do nothing.
    pub fn kill_node(&self, node: &NodeName) -> io::Result<()> {
        let mut session = Session::exclusive(&self.dir)?;
        reconfigure::kill(&mut session.world(), node);
        session.commit()
    }

    /// Power on.
    pub fn boot_node(&self, node: &NodeName) -> io::Result<()> {
        let mut session = Session::exclusive(&self.dir)?;
        reconfigure::boot(&mut session.world(), node);
        session.commit()
    }

    /// What one host shows: every path with kind, mode, owner, target or checksum. `except` and
    /// what is below it is left out.
    pub fn digest(&self, host: &NodeName, except: &[&str]) -> io::Result<Digest> {
        let mut session = Session::shared(&self.dir)?;
        Ok(digest::of_host(&session.world().files(host), except))
    }

    /// What all hosts show, and the cluster's configuration; equal to that of a lab in memory with
    /// the same history.
    pub fn digest_all(&self, except: &[&str]) -> io::Result<Digest> {
        let mut all = Digest::default();
        for host in self.nodes()? {
            all.add(host.as_str(), &self.digest(&host, except)?);
        }
        all.add_configuration(&self.cluster()?);
        Ok(all)
    }

    /// Every counted call so far.
    pub fn calls(&self) -> io::Result<Vec<CallRecord>> {
        let file = match fs::File::open(self.dir.join("calls.jsonl")) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let mut calls = Vec::new();
        for line in io::BufReader::new(file).lines() {
            calls.push(serde_json::from_str(&line?)?);
        }
        Ok(calls)
    }

    /// The calls after which something was different.
    pub fn changing_calls(&self) -> io::Result<Vec<CallRecord>> {
        Ok(self.calls()?.into_iter().filter(|c| c.changed).collect())
    }

    /// The port of the loopback interface on which the service of a logical address and port
    /// answers now.
    pub fn service_port(&self, address: &str, port: u16) -> Option<u16> {
        let services = Session::shared(&self.dir).ok()?.services();
        let (host, ..) = services.iter().find(|(_, a, p)| a == address && *p == port)?;
        service::accepts(&self.dir, host, address, port)
            .then(|| service::loopback_port(&self.dir, host, address, port))
            .flatten()
    }

    /// Tries a connection to a simulated service, as a client on the network would.
    ///
    /// # Errors
    /// Why there is none.
    pub fn reach(&self, address: SocketAddr) -> Result<(), String> {
        let number = self
            .service_port(&address.ip().to_string(), address.port())
            .ok_or("nothing listens there")?;
        TcpStream::connect((Ipv4Addr::LOCALHOST, number)).map(drop).map_err(|e| e.to_string())
    }
}
