//! Connections by a profile: for each host a program that gives a shell, and how its user becomes
//! root. All hosts are tried at once, so the slowest decides how long it takes, and every one that
//! fails is named. What is said over a connection is `host`'s part.

use std::collections::BTreeMap;

use super::secrets::secret;
use super::waiting::{HostAnswer, Waiting};
use crate::engine::Stop;
use crate::guide::Guide;
use crate::host::{Becoming, Connector, GONE, ShellHost};
use crate::node::{NodeName, NodePath};
use crate::problem::{Problem, codes};
use crate::setting::{Become, Connection, Members, Resolved};
use crate::ui::Signals;

/// Hosts that are connected, by name. When it goes, all of them are hung up at once, and the
/// slowest is waited for.
#[derive(Debug, Default)]
pub struct Connections(BTreeMap<NodeName, ShellHost>);

impl std::ops::Deref for Connections {
    type Target = BTreeMap<NodeName, ShellHost>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl std::ops::DerefMut for Connections {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl FromIterator<(NodeName, ShellHost)> for Connections {
    fn from_iter<I: IntoIterator<Item = (NodeName, ShellHost)>>(hosts: I) -> Self {
        Self(hosts.into_iter().collect())
    }
}

impl Drop for Connections {
    fn drop(&mut self) {
        self.0.values().for_each(ShellHost::hang_up);
    }
}

/// Connects to every host of the guide, all at once: the slowest decides.
///
/// # Errors
/// Every host that cannot be reached, in one answer.
pub fn connect(resolved: &Resolved, guide: &Guide) -> Result<Connections, Stop> {
    let given = connectors(resolved, guide, &guide.hosts)?;
    connect_to(given, &guide.record, resolved.settings.limits.query)
}

/// Connects to those of `nodes` that are there; why the others are not comes along. What the
/// cluster does, another member can be asked for.
///
/// # Errors
/// When none can be reached.
pub fn connect_to_those_there(
    resolved: &Resolved,
    guide: &Guide,
    nodes: &[NodeName],
) -> Result<(Connections, Vec<String>), Stop> {
    let given = connectors(resolved, guide, nodes)?;
    let answers = connect_each(given, &guide.record, resolved.settings.limits.query);
    let (connected, missing) = sorted(answers);
    if connected.is_empty() {
        return Err(Stop::Unreachable(Problem::new(codes::HOST_UNREACHABLE, missing.join("\n  "))));
    }
    Ok((connected, missing))
}

/// Connects to the first member that can be reached: what the cluster knows, each of them says.
///
/// # Errors
/// Why none can be reached, or a secret that is not to be had.
pub fn connect_to_a_member(members: &Members) -> Result<ShellHost, Stop> {
    // Nothing is kept there by who only asks.
    let record = NodePath::new("/var/opt/calha").expect("a fixed path");
    let mut missing = Vec::new();
    for node in &members.nodes {
        let connector = match member(members, node) {
            Ok(connector) => connector,
            Err(_) if Signals::ended_a_question() => return Err(Stop::Interrupted),
            Err(problem) => {
                missing.push(problem.to_string());
                continue;
            }
        };
        for told in connect_each(vec![connector], &record, members.query) {
            match told.answer {
                Ok(host) => return Ok(host),
                Err(error) => missing.push(error.to_string()),
            }
        }
    }
    let problem = Problem::new(codes::HOST_UNREACHABLE, missing.join("\n  "));
    Err(Stop::Unreachable(problem.hint("try the same connections by hand")))
}

/// Connects to every member of the cluster, all at once.
///
/// # Errors
/// Every member that cannot be reached, in one answer, or a secret that is not to be had.
pub fn connect_to_members(members: &Members, record: &NodePath) -> Result<Connections, Stop> {
    let given = members.nodes.iter().map(|node| member(members, node).map_err(no_connector));
    connect_to(given.collect::<Result<_, _>>()?, record, members.query)
}

/// How a member of the cluster is reached.
///
/// # Errors
/// A secret that is not to be had, or a node that nobody reaches.
pub fn member(members: &Members, node: &NodeName) -> Result<Connector, Problem> {
    let connection = members.connections.get(node).unwrap_or(&Connection::None);
    connector(node, connection, members.becomes.get(node), members.secret_variables())
}

/// What ends a command where a host is not reached in any way; somebody may have left a question.
fn no_connector(problem: Problem) -> Stop {
    match Signals::ended_a_question() {
        true => Stop::Interrupted,
        false => Stop::Blocked(vec![problem]),
    }
}

/// How those hosts of the guide are reached, by the profile.
///
/// # Errors
/// A host without a connection.
pub fn connectors(
    resolved: &Resolved,
    guide: &Guide,
    hosts: &[NodeName],
) -> Result<Vec<Connector>, Stop> {
    let settings = &resolved.settings;
    let connection = |node: &NodeName| match settings.cluster.connections.get(node) {
        None if *node == settings.directory.host => Some(&settings.directory.connection),
        given => given,
    };
    let of = |node: &NodeName| {
        let of_directory =
            || settings.directory.becomes.as_ref().filter(|_| *node == settings.directory.host);
        settings.cluster.becomes.get(node).or_else(of_directory)
    };

    let mut given = Vec::new();
    for node in guide.hosts.iter().filter(|host| hosts.contains(host)) {
        let Some(connection) = connection(node).filter(|c| !matches!(c, Connection::None)) else {
            let problem =
                Problem::new(codes::HOST_NONE, "the profile has no connection to this host")
                    .on(node.as_str());
            return Err(Stop::Unreachable(
                problem.hint(format!("set node.{node}.connection, or calha plan --offline")),
            ));
        };
        let without = settings.secret_variables();
        given.push(connector(node, connection, of(node), without).map_err(no_connector)?);
    }
    Ok(given)
}

/// How one node is reached; `without` are variables of secrets, also of other nodes'.
///
/// # Errors
/// A secret that is not to be had, or a node that nobody reaches.
pub fn connector(
    node: &NodeName,
    connection: &Connection,
    given: Option<&Become>,
    without: Vec<String>,
) -> Result<Connector, Problem> {
    let nobody = || {
        Problem::new(codes::HOST_NONE, "the profile has no connection to this host")
            .on(node.as_str())
    };
    // Nobody is asked for a password that nobody wants.
    let given = given.filter(|_| !matches!(connection, Connection::None));
    let becoming = becoming(node, given)?;
    let plain = plain(node, connection, becoming.as_ref()).ok_or_else(nobody)?;
    Ok(superuser(Connector { without, ..plain }, becoming))
}

fn plain(
    node: &NodeName,
    connection: &Connection,
    becoming: Option<&Becoming>,
) -> Option<Connector> {
    let pty = becoming.is_some_and(Becoming::wants_terminal);
    match connection {
        Connection::Local => Some(Connector::new(node.clone(), ["/bin/sh"])),
        Connection::Ssh { destination, options } => Some(ssh(node, destination, options, pty)),
        // What a program gives may be anybody's login shell: it is told to become the Bourne shell.
        Connection::Command(words) => Some(Connector {
            enter: Some("/bin/sh".to_owned()),
            ..Connector::new(node.clone(), words.iter().map(String::as_str))
        }),
        Connection::None => None,
    }
}

fn becoming(node: &NodeName, given: Option<&Become>) -> Result<Option<Becoming>, Problem> {
    let Some(given) = given else { return Ok(None) };
    let what = format!("password of {} on {node}", given.program.name());
    let password = given.password.as_ref().map(|from| secret(from, &what)).transpose();
    let password = password.map_err(|problem| problem.on(node.as_str()))?;
    Ok(Some(Becoming { program: given.program, password }))
}

/// The connector whose shell, and whose programs on a terminal, become the superuser's.
fn superuser(connector: Connector, becoming: Option<Becoming>) -> Connector {
    let Some(becoming) = becoming else { return connector };
    let mut terminal = connector.terminal.clone();
    if terminal.is_none() && connector.argv == ["/bin/sh"] {
        terminal = Some(becoming.on_terminal().split(' ').map(str::to_owned).collect());
    } else if let Some(last) = terminal.as_mut().and_then(|words| words.last_mut()) {
        *last = becoming.on_terminal().to_owned();
    }
    Connector { becoming: Some(becoming), terminal, ..connector }
}

/// The same with the connectors given.
///
/// # Errors
/// As [`connect`].
pub fn connect_to(
    given: Vec<Connector>,
    record: &NodePath,
    query: u64,
) -> Result<Connections, Stop> {
    let (connected, failed) = sorted(connect_each(given, record, query));
    if failed.is_empty() {
        return Ok(connected);
    }
    Err(unreachable(&failed))
}

/// Those that are connected, and why the others are not.
pub fn sorted(answers: Vec<HostAnswer<ShellHost>>) -> (Connections, Vec<String>) {
    let (mut connected, mut missing) = (Connections::default(), Vec::new());
    for HostAnswer { host: name, answer } in answers {
        match answer {
            Ok(host) => drop(connected.insert(name, host)),
            Err(error) => missing.push(error.to_string()),
        }
    }
    (connected, missing)
}

/// What to do where a connection leads to what is not there.
pub const ANEW: &str = "set the connections of the profile anew (node.NODE.connection), or make \
                        the lab again if it was one";

/// Why a command ends that needs hosts which cannot be reached.
pub fn unreachable(missing: &[String]) -> Stop {
    let problem = Problem::new(codes::HOST_UNREACHABLE, missing.join("\n  "));
    let first = match missing.iter().any(|why| why.contains(GONE)) {
        true => ANEW,
        false => "try the same connection by hand, or calha check",
    };
    Stop::Unreachable(problem.hint(format!("{first}; calha changed nothing on any node")))
}

/// What became of each connection, all tried at once.
pub fn connect_each(
    given: Vec<Connector>,
    record: &NodePath,
    query: u64,
) -> Vec<HostAnswer<ShellHost>> {
    connecting(given, record, query).all()
}

/// Begins to connect to all of them.
pub fn connecting(given: Vec<Connector>, record: &NodePath, query: u64) -> Waiting<ShellHost> {
    let record = record.clone();
    Waiting::begin(given, move |connector| ShellHost::connect_within(connector, &record, query))
}

/// The system's ssh, with the administrator's own configuration: never a prompt, never a weaker
/// check of host keys. `pty`: with a terminal on the node, and then nothing that is sent may be an
/// escape of ssh's own.
fn ssh(node: &NodeName, destination: &str, options: &[String], pty: bool) -> Connector {
    let words = |fixed: &[&str], last: &str| -> Vec<String> {
        let fixed = fixed.iter().map(|w| (*w).to_owned());
        let named = ["--".to_owned(), destination.to_owned(), last.to_owned()];
        std::iter::once("ssh".to_owned())
            .chain(fixed)
            .chain(options.iter().cloned())
            .chain(named)
            .collect()
    };

    let mut quiet = if pty { vec!["-tt", "-e", "none"] } else { vec!["-T"] };
    quiet.extend([
        "-o",
        "BatchMode=yes",
        "-o",
        "ConnectTimeout=20",
        "-o",
        "ServerAliveInterval=15",
    ]);
    Connector {
        terminal: Some(words(&["-t", "-o", "BatchMode=yes"], "/bin/sh")),
        pty,
        ..Connector::new(node.clone(), words(&quiet, "exec env LC_ALL=C /bin/sh"))
    }
}
