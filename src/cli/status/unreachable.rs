//! The way back to a node that cannot be reached, by what its connection said: a host key that has
//! changed and a wrong password have one that is not to go and see the node. It asks nobody.

use super::next::Next;
use crate::engine::{Commands, typed_word};
use crate::node::NodeName;
use crate::setting::{Connection, SecretRef, Settings};

/// What leads back to the node, and tells that it did.
pub fn way_back(node: &NodeName, why: &str, settings: &Settings, commands: &Commands) -> Next {
    let check = commands.of("check");
    if why.contains("Host key verification failed")
        && let Some(Connection::Ssh { destination, options }) =
            settings.cluster.connections.get(node)
    {
        let name = part(why, "Host key for ", " has changed");
        let words: Vec<String> = options.iter().map(|word| typed_word(word.as_ref())).collect();
        let options = words.iter().map(|word| format!("{word} ")).collect::<String>();
        let first = format!(
            "ask who has set {node} up again, and compare its host key; only if it is that \
             node's own"
        );
        return Next::first(first)
            .then(forget(name.unwrap_or(&known_as(destination, &words)), key_file(why)))
            .then(format!("ssh {options}{} true", typed_word(destination.as_ref())))
            .then(check);
    }

    // In the words of sudo's and of su's answer.
    let is_refused = ["does not take the password", "su: Sorry"].iter().any(|a| why.contains(a));
    let first = match is_refused {
        true => password_of(node, settings),
        false => format!("see to {node}"),
    };
    Next::first(first).then(check)
}

/// Where the password is put right that makes somebody root on the node.
fn password_of(node: &NodeName, settings: &Settings) -> String {
    let given = settings.cluster.becomes.get(node).and_then(|given| given.password.as_ref());
    let key = format!("node.{node}.become-password");
    match given {
        Some(SecretRef::File(file)) => format!("write the right password into {file} ({key})"),
        Some(SecretRef::Env(name)) => format!("give {name} the right password ({key})"),
        Some(SecretRef::Ask) | None => format!("type the right password ({key})"),
    }
}

/// The command that takes a host's keys out of the file; without one out of the usual file.
fn forget(name: &str, file: Option<&str>) -> String {
    let file = file.map_or_else(String::new, |file| format!(" -f {}", typed_word(file.as_ref())));
    format!("ssh-keygen{file} -R {}", typed_word(name.as_ref()))
}

/// The file in which ssh has found another key: "Offending ED25519 key in FILE:LINE".
fn key_file(why: &str) -> Option<&str> {
    let place = part(why, " key in ", ";")?;
    Some(place.rsplit_once(':').map_or(place, |(file, _)| file))
}

/// What stands between the two.
fn part<'w>(why: &'w str, before: &str, behind: &str) -> Option<&'w str> {
    Some(why.split_once(before)?.1.split_once(behind)?.0)
}

/// The name under which ssh knows a host: another port is a part of it.
fn known_as(destination: &str, options: &[String]) -> String {
    let host = destination.rsplit('@').next().unwrap_or(destination);
    let port = options.windows(2).find(|pair| pair[0] == "-p").map(|pair| &pair[1]);
    match port.filter(|port| *port != "22") {
        Some(port) => format!("[{host}]:{port}"),
        None => host.to_owned(),
    }
}
