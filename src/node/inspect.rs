//! What may be asked of a node. A look, a check and the reality of an operation get this and
//! nothing more: by its type none of them can change anything.

use super::{Answer, Answered, Command, Entry, HostError, NodeName, NodePath, Output, Question};

/// A node that can be looked at, or something that stands in for one. Nothing of this changes it.
pub trait Inspect: Send + Sync {
    fn name(&self) -> &NodeName;
    /// What stands at the path (a final link is not followed).
    fn stat(&self, path: &NodePath) -> Result<Entry, HostError>;
    /// The file's bytes, links followed. [`HostError::Io`] when there is no such file.
    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError>;
    /// Runs a command that changes nothing. A missing program gives a non-zero status.
    fn query(&self, command: &Command) -> Result<Output, HostError>;
    /// Whether a file system is mounted exactly there, by /etc/mnttab.
    fn mounted(&self, path: &NodePath) -> Result<bool, HostError> {
        let mnttab = self.read(&NodePath::new("/etc/mnttab").expect("a fixed path"))?;
        let mnttab = String::from_utf8_lossy(&mnttab).into_owned();
        Ok(mnttab.lines().any(|line| line.split('\t').nth(1) == Some(path.as_str())))
    }
    /// The first of these file systems that is not mounted. The table of mounts may be out of date,
    /// so df(1M), which asks the directory itself, has to agree.
    fn lacks(&self, share: &[NodePath]) -> Result<Option<NodePath>, HostError> {
        for point in share {
            let there = self.mounted(point)? && {
                let said = self.query(&Command::new("/usr/sbin/df", ["-k", point.as_str()]))?;
                said.text().trim_end().ends_with(&format!(" {point}"))
            };
            if !there {
                return Ok(Some(point.clone()));
            }
        }
        Ok(None)
    }
    /// Whether anything stands at the path; a link to nowhere does. Cheaper than [`Inspect::stat`]
    /// where that reads a file for its sum.
    fn exists(&self, path: &NodePath) -> Result<bool, HostError> {
        Ok(self.stat(path)?.exists())
    }
    /// Where the path leads if it is a symbolic link. Cheaper than [`Inspect::stat`] for what
    /// usually is none.
    fn link(&self, path: &NodePath) -> Result<Option<String>, HostError> {
        Ok(match self.stat(path)? {
            Entry::Link { target } => Some(target),
            _ => None,
        })
    }
    /// Whether its answers are waited for. Several such hosts are asked at the same time; the
    /// others, one after the other, so that a run on them is the same each time.
    fn is_far(&self) -> bool {
        false
    }
    /// Several questions at once, an answer for each: where a question costs a round trip, one for
    /// all of them.
    ///
    /// # Errors
    /// Only what concerns all of them: a lost line.
    fn ask(&self, questions: &[Question]) -> Result<Answered, HostError> {
        Ok(questions.iter().map(|question| self.answer(question)).collect())
    }

    /// One question, by the method that asks it.
    fn answer(&self, question: &Question) -> Result<Answer, HostError> {
        match question {
            Question::Stat(path) => self.stat(path).map(Answer::Stat),
            Question::Read(path) => self.read(path).map(Answer::Read),
            Question::Query(command) => self.query(command).map(Answer::Query),
            Question::Mounted(path) => self.mounted(path).map(Answer::Mounted),
            Question::Exists(path) => self.exists(path).map(Answer::Exists),
            Question::Link(path) => self.link(path).map(Answer::Link),
        }
    }
    /// The same while something is done elsewhere that must not wait for this host: an error where
    /// it is not connected just now, or does not answer in seconds.
    ///
    /// # Errors
    /// As [`Inspect::ask`].
    fn ask_soon(&self, questions: &[Question]) -> Result<Answered, HostError> {
        self.ask(questions)
    }
}
