//! The names that somebody chooses within keys: of instances and of nodes. An illegal name is
//! reported where it stands, once, and nothing is reported that merely follows from it. Whether a
//! node belongs to the cluster is decided in `evaluate`.

use super::check;
use super::fault::shown;
use super::lookup;
use crate::problem::{Problem, codes};

/// What is wrong with the name of a table `[instance.NAME]` or `[node.NAME]`.
pub fn misnamed(table: &str, name: &str) -> Option<Problem> {
    match table {
        "instance" => check::name::instance(name).err().map(|fault| {
            let remedy = match short(name) {
                Some(short) => format!("call it {short}, for example; {}", fault.remedy),
                None => fault.remedy,
            };
            Problem::new(fault.code, fault.what).hint(remedy)
        }),
        "node" => check::host::short(name).err().map(|_| {
            let what = format!("{} is not a name of a node", shown(name));
            Problem::new(codes::SETTING_NAME, what).hint(match short(name) {
                Some(_) => "write the name without its domain, as it stands in cluster.nodes",
                None => "write the name as it stands in cluster.nodes",
            })
        }),
        _ => None,
    }
}

/// The same for a key in dots, as on the command line, where a name with dots is several parts.
pub(super) fn misnamed_in(key: &str) -> Option<Problem> {
    let (table, rest) = key.split_once('.')?;
    let (name, setting) = rest.rsplit_once('.')?;
    lookup(&format!("{table}.name.{setting}")).filter(|found| found.part.is_some())?;
    misnamed(table, name.trim_matches(['"', '\'']))
}

/// The first label of a host's full name, where it could be the name.
fn short(name: &str) -> Option<&str> {
    let (label, _) = name.split_once('.')?;
    check::name::instance(label).is_ok().then_some(label)
}

#[cfg(test)]
mod tests {
    use super::{misnamed, misnamed_in};

    #[test]
    fn only_names_that_cannot_be_are_refused() {
        for (table, name) in [("instance", "cs1"), ("node", "Node1"), ("cluster", "a.b")] {
            assert_eq!(misnamed(table, name), None, "{table} {name}");
        }
        for key in ["instance.cs1.port", "node.Node1.connection", "cluster.name", "instance.a.b"] {
            assert_eq!(misnamed_in(key), None, "{key}");
        }
        for name in ["", "cs1.example.com", "c s", "CS1", "cs1\n"] {
            let problem = misnamed("instance", name).unwrap();
            assert!(problem.what.ends_with("is not a name of an instance"), "{problem}");
            assert_eq!(misnamed_in(&format!("instance.{name}.port")), Some(problem));
        }
        let node = misnamed_in("node.\"n1.example.com\".connection").unwrap();
        assert_eq!(node.what, "'n1.example.com' is not a name of a node");
    }
}
