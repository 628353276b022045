//! The file operations of a node that is not reached through a shell: the overlay of a dry run and
//! the disks of the simulated cluster. Links resolve inside the root of the node, as they would for
//! a program there. It decides nothing: an operation says what to change in `op::effect`.

use super::{Entry, HostError, Mode, NodePath, Owner};

/// The files of one node as a program there would see them: mounts applied, absolute links inside
/// the node's root.
pub trait Files {
    /// What stands at `path`; links in its directories are followed, a final one is not.
    fn stat(&self, path: &NodePath) -> Result<Entry, HostError>;
    /// The bytes of the file at `path`, all links followed. An error when it is missing or no file.
    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError>;
    /// Names in the directory, sorted, without `.` and `..`; links followed.
    fn list(&self, path: &NodePath) -> Result<Vec<String>, HostError>;
    /// Creates the file with this mode and owner or replaces content, mode and owner of the file
    /// there (links followed).
    fn write(
        &mut self,
        path: &NodePath,
        bytes: &[u8],
        mode: Mode,
        owner: Owner,
    ) -> Result<(), HostError>;
    fn mkdir(&mut self, path: &NodePath, mode: Mode, owner: Owner) -> Result<(), HostError>;
    /// Fails unless it is an empty directory that nothing is mounted on.
    fn rmdir(&mut self, path: &NodePath) -> Result<(), HostError>;
    fn symlink(&mut self, path: &NodePath, target: &str) -> Result<(), HostError>;
    /// Removes a file or link; a final link is not followed.
    fn remove(&mut self, path: &NodePath) -> Result<(), HostError>;
    /// Replaces whatever file or link stands at `to`; a final link is not followed on either side.
    fn rename(&mut self, from: &NodePath, to: &NodePath) -> Result<(), HostError>;
    /// Links followed.
    fn chmod(&mut self, path: &NodePath, mode: Mode) -> Result<(), HostError>;
    /// Links followed.
    fn chown(&mut self, path: &NodePath, owner: Owner) -> Result<(), HostError>;
}

/// `path` with every link in it, the final one too, followed inside the node's root.
///
/// Absolute targets start again at the root, `..` stops there. What is missing is kept as written.
/// An error after 32 links.
pub fn resolve(
    stat: &dyn Fn(&NodePath) -> Result<Entry, HostError>,
    path: &NodePath,
) -> Result<NodePath, HostError> {
    let root = NodePath::new("/").expect("the root is a path");
    let mut done = root.clone();
    let mut rest: Vec<String> =
        path.as_str().split('/').rev().filter(|p| !p.is_empty()).map(String::from).collect();
    let mut followed = 0;

    while let Some(part) = rest.pop() {
        match part.as_str() {
            "." | "" => continue,
            ".." => {
                done = done.parent().unwrap_or_else(|| root.clone());
                continue;
            }
            _ => {}
        }

        let next =
            NodePath::new(format!("{}/{part}", if done == root { "" } else { done.as_str() }))
                .map_err(HostError::Invalid)?;

        match stat(&next)? {
            Entry::Link { target } => {
                followed += 1;
                if followed > 32 {
                    return Err(HostError::Invalid(format!(
                        "{path}: more than 32 symbolic links in a row"
                    )));
                }
                if target.starts_with('/') {
                    done = root.clone();
                }
                rest.extend(target.split('/').rev().filter(|p| !p.is_empty()).map(String::from));
            }
            _ => done = next,
        }
    }
    Ok(done)
}
