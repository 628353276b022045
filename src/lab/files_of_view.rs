//! The files of a host as calha asks for them: the view of the lab's programs, with errors in words
//! that a node's shell would use.

use std::io;

use rustix::io::Errno;

use super::refusal::words;
use super::storage::Raw;
use super::view::{View, is};
use crate::node::{Entry, Files, HostError, Mode, NodePath, Owner, Sum};

fn told<T>(path: &NodePath, result: io::Result<T>) -> Result<T, HostError> {
    result.map_err(|e| HostError::Io { path: path.to_string(), why: words(&e) })
}

impl Files for View<'_> {
    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        let place = match self.resolve(path.as_str(), false) {
            Ok(place) => place,
            Err(e) if is(&e, Errno::NOENT) || is(&e, Errno::NOTDIR) => return Ok(Entry::Missing),
            Err(e) => return told(path, Err(e)),
        };
        if let (Some(letter), true) = (self.device(&place.path), place.raw.is_some()) {
            return Ok(Entry::Other { letter });
        }

        Ok(match place.raw {
            None => Entry::Missing,
            Some(Raw::Directory { mode, owner }) => Entry::Directory { mode, owner },
            Some(Raw::Link { target }) => Entry::Link { target },
            Some(Raw::File { mode, owner, links, .. }) => Entry::File {
                mode,
                owner,
                links,
                sum: Sum::of(&told(path, self.storage.read(&place.spot))?),
            },
            Some(raw @ Raw::Program { .. }) => {
                let sum = Sum::of(&told(path, self.storage.read(&place.spot))?);
                Entry::File { mode: raw.mode(), owner: raw.owner(), links: 1, sum }
            }
        })
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        told(path, self.load(path.as_str()))
    }

    fn list(&self, path: &NodePath) -> Result<Vec<String>, HostError> {
        told(path, self.names(path.as_str()))
    }

    fn write(
        &mut self,
        path: &NodePath,
        bytes: &[u8],
        mode: Mode,
        owner: Owner,
    ) -> Result<(), HostError> {
        told(path, self.save(path.as_str(), bytes, mode, owner))
    }

    fn mkdir(&mut self, path: &NodePath, mode: Mode, owner: Owner) -> Result<(), HostError> {
        told(path, self.make_directory(path.as_str(), mode, owner))
    }

    fn rmdir(&mut self, path: &NodePath) -> Result<(), HostError> {
        told(path, self.remove_directory(path.as_str()))
    }

    fn symlink(&mut self, path: &NodePath, target: &str) -> Result<(), HostError> {
        told(path, self.make_link(path.as_str(), target))
    }

    fn remove(&mut self, path: &NodePath) -> Result<(), HostError> {
        told(path, self.unlink(path.as_str()))
    }

    fn rename(&mut self, from: &NodePath, to: &NodePath) -> Result<(), HostError> {
        told(to, self.move_to(from.as_str(), to.as_str()))
    }

    fn chmod(&mut self, path: &NodePath, mode: Mode) -> Result<(), HostError> {
        told(path, self.set_mode(path.as_str(), mode))
    }

    fn chown(&mut self, path: &NodePath, owner: Owner) -> Result<(), HostError> {
        told(path, self.set_owner(path.as_str(), owner))
    }
}
