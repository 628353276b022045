//! Mount options and the `netiflist` of a logical host. Both are lists that vfstab or scrgadm
//! splits at commas, so an item with other characters, or twice, is refused. Which options suit
//! which file system is a rule between settings (`rule/mounts.rs`).

use crate::problem::codes;
use crate::setting::Fault;
use crate::setting::fault::shown;

/// The options field of vfstab.
pub fn options(text: &str) -> Result<(), Fault> {
    let remedy = "write mount options separated by commas without blanks: logging, or \
                  global,logging on a cluster file system";
    let items: Vec<&str> = text.split(',').collect();
    let legal = |item: &&str| {
        !item.is_empty()
            && !item.starts_with('-')
            && item.chars().all(|c| c.is_ascii_alphanumeric() || "_=-".contains(c))
    };

    if !items.iter().all(legal) || text.len() > 255 {
        return Err(Fault::new(
            codes::SETTING_TEXT,
            format!("{} is not a list of mount options", shown(text)),
            remedy,
        ));
    }

    match items.iter().enumerate().find(|(index, item)| items[..*index].contains(item)) {
        Some((_, twice)) => Err(Fault::new(
            codes::SETTING_TEXT,
            format!("names the option '{twice}' twice"),
            remedy,
        )),
        None => Ok(()),
    }
}

/// `ipmp0@1,ipmp0@2`: an IPMP group or a NAFO group, and a node by name or id.
pub fn netiflist(text: &str) -> Result<(), Fault> {
    let remedy = "write one item a node, separated by commas: ipmp0@1,ipmp0@2, or nafo0@1,nafo0@2 \
                  before Sun Cluster 3.1";
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
    };

    let mut nodes: Vec<&str> = Vec::new();

    for item in text.split(',') {
        match item.split_once('@') {
            Some((group, node))
                if plain(group)
                    && plain(node)
                    && group.starts_with(|c: char| c.is_ascii_alphabetic()) =>
            {
                if nodes.contains(&node) {
                    return Err(Fault::new(
                        codes::SETTING_TEXT,
                        format!("names node {node} twice"),
                        remedy,
                    ));
                }
                nodes.push(node);
            }
            _ => {
                return Err(Fault::new(
                    codes::SETTING_TEXT,
                    format!("{} is not of the form group@node", shown(item)),
                    remedy,
                ));
            }
        }
    }
    Ok(())
}
