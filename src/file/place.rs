//! Where a path really leads, followed name by name: each directory on the way has to be one in
//! which nobody else can put another thing in the place of what is there.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Component, Path, PathBuf};

/// What helps: root writes nothing under a name that somebody else can change.
const ELSEWHERE: &str = "name a place in a directory that only you can write in";

/// So many symbolic links in a row are no circle yet.
const MOST_LINKS: usize = 40;

/// The path with every link followed. What is missing at its end stays as it is written.
///
/// # Errors
/// A directory on the way in which somebody else can replace what is there, or somebody else's
/// link. `InvalidInput` or what the system says where nothing can be there.
pub fn place(path: &Path) -> io::Result<PathBuf> {
    let mut todo = names(&std::path::absolute(path)?);
    let (mut at, mut links) = (PathBuf::from("/"), 0);

    while let Some(name) = todo.pop_front() {
        if name == ".." {
            at.pop();
            continue;
        }
        check_directory(&at)?;
        let next = at.join(&name);
        let about = match fs::symlink_metadata(&next) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(todo.iter().fold(next, |path, name| path.join(name)));
            }
            other => other?,
        };

        if !about.is_symlink() {
            at = next;
            continue;
        }
        if !is_trusted(about.uid()) {
            return Err(refused(&next, "is a symbolic link of", about.uid()));
        }
        // A stream is no place: what /dev/stdout leads to has no path.
        let leads_to = fs::metadata(&next);
        if leads_to.is_ok_and(|m| !m.is_file() && !m.is_dir()) {
            return Ok(next);
        }

        links += 1;
        if links > MOST_LINKS {
            return Err(io::Error::other(format!("{}: too many links", path.display())));
        }
        let target = fs::read_link(&next)?;
        if target.is_absolute() {
            at = PathBuf::from("/");
        }
        for name in names(&target).into_iter().rev() {
            todo.push_front(name);
        }
    }
    Ok(at)
}

/// Checks that a file is this user's or root's.
///
/// # Errors
/// One of somebody else.
pub(super) fn trusted(path: &Path, about: &Metadata) -> io::Result<()> {
    if is_trusted(about.uid()) { Ok(()) } else { Err(refused(path, "belongs to", about.uid())) }
}

/// The names of a path in their order, `..` among them.
fn names(path: &Path) -> VecDeque<OsString> {
    let name = |part: Component<'_>| match part {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some("..".into()),
        Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
    };
    path.components().filter_map(name).collect()
}

/// Whether a name in this directory stays what it is.
fn check_directory(directory: &Path) -> io::Result<()> {
    let about = fs::symlink_metadata(directory)?;
    if about.is_dir() && !is_trusted(about.uid()) {
        return Err(refused(directory, "belongs to", about.uid()));
    }
    if about.is_dir() && is_open(&about) {
        let what = "can be written by everybody, who can put other files there";
        return Err(io::Error::other(format!("{} {what}; {ELSEWHERE}", directory.display())));
    }
    Ok(())
}

/// In a directory with the sticky bit nobody renames or removes what is another's.
fn is_open(about: &Metadata) -> bool {
    about.mode() & 0o1002 == 0o002
}

/// This user, and root, who can do anything anyway.
pub(super) fn is_trusted(uid: u32) -> bool {
    uid == 0 || uid == rustix::process::geteuid().as_raw()
}

/// What was seen there is there no more.
pub(super) fn replaced(path: &Path) -> io::Error {
    io::Error::other(format!("{}: somebody has put another thing there just now", path.display()))
}

fn refused(path: &Path, what: &str, uid: u32) -> io::Error {
    let path = path.display();
    io::Error::other(format!(
        "{path} {what} the user of ID {uid}, who can put another thing in its place; {ELSEWHERE}"
    ))
}
