//! The way back to a node that cannot be reached, by what its connection said: a host key that has
//! changed and a wrong password have one that is not to go and see the node. It asks nobody.

use super::next::Next;
use crate::engine::{Commands, typed_word};
use crate::node::NodeName;
use crate::setting::{Connection, Settings};

/// What leads back to the node, and tells that it did.
pub fn way_back(node: &NodeName, why: &str, settings: &Settings, commands: &Commands) -> Next {
    let check = commands.of("check");
    if why.contains("Host key verification failed")
        && let Some(Connection::Ssh { destination, options }) =
            settings.cluster.connections.get(node)
    {
        let words: Vec<String> = options.iter().map(|word| typed_word(word.as_ref())).collect();
        let options = words.iter().map(|word| format!("{word} ")).collect::<String>();
        let first = format!(
            "ask who set {node} up anew, and compare its host key; only if it is that node's own"
        );
        return Next::first(first)
            .then(format!("ssh-keygen -R {}", typed_word(known_as(destination, &words).as_ref())))
            .then(format!("ssh {options}{} true", typed_word(destination.as_ref())))
            .then(check);
    }

    // In the words of sudo's and of su's answer.
    let is_refused = ["does not take the password", "su: Sorry"].iter().any(|a| why.contains(a));
    let first = match is_refused {
        true => format!("put the password right that node.{node}.become-password leads to"),
        false => format!("see to {node}"),
    };
    Next::first(first).then(check)
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
