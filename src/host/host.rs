use super::{Answer, Due, Entry, HostError, NodeName, Output, Question};
use crate::op::{Command, NodePath, OpId};

/// What became of an operation that a host was asked to carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Done, and its check holds.
    Done,
    /// It held already; nothing was changed.
    Already,
    /// Neither done nor absent: nothing was changed.
    Differs { found: String },
    /// It was not begun: this shared file system, which it works on, is not mounted on the host.
    Withheld { unmounted: String },
    /// It ended without its check holding.
    Failed { status: Option<i32>, tail: String },
}

/// Answers to questions, in their order.
pub type Answered = Vec<Result<Answer, HostError>>;
/// What became of operations, and answers to what was asked behind them.
pub type AppliedAndAnswered = (Vec<Result<Applied, HostError>>, Answered);
/// Who else holds the lock, and answers to what was asked once it was taken.
pub type TakenAndAnswered = (Option<String>, Answered);

/// A node, or something that stands in for one.
///
/// `stat`, `read`, `query` and `mounted` change nothing.
pub trait Host: Send + Sync {
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
    /// The first of these file systems that is not mounted. The table of mounts may be out of date, so df(1M), which asks the directory itself, has to agree.
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
    /// Whether anything stands at the path; a link to nowhere does. Cheaper than [`Host::stat`] where that reads a file for its sum.
    fn exists(&self, path: &NodePath) -> Result<bool, HostError> {
        Ok(self.stat(path)?.exists())
    }
    /// Where the path leads if it is a symbolic link. Cheaper than [`Host::stat`] for what usually is none.
    fn link(&self, path: &NodePath) -> Result<Option<String>, HostError> {
        Ok(match self.stat(path)? {
            Entry::Link { target } => Some(target),
            _ => None,
        })
    }
    /// Whether asking many questions at once is cheaper than one after the other.
    fn takes_many(&self) -> bool {
        false
    }
    /// Several questions at once, an answer for each: where a question costs a round trip, one for all of them.
    ///
    /// # Errors
    /// Only what concerns all of them: a lost line.
    fn ask(&self, questions: &[Question]) -> Result<Answered, HostError> {
        let one = |question: &Question| match question {
            Question::Stat(path) => self.stat(path).map(Answer::Stat),
            Question::Read(path) => self.read(path).map(Answer::Read),
            Question::Query(command) => self.query(command).map(Answer::Query),
            Question::Mounted(path) => self.mounted(path).map(Answer::Mounted),
            Question::Exists(path) => self.exists(path).map(Answer::Exists),
            Question::Link(path) => self.link(path).map(Answer::Link),
        };
        Ok(questions.iter().map(one).collect())
    }
    /// The same while something is done elsewhere that must not wait for this host: an error where it is not connected just now, or does not answer in seconds.
    ///
    /// # Errors
    /// As [`Host::ask`].
    fn ask_soon(&self, questions: &[Question]) -> Result<Answered, HostError> {
        self.ask(questions)
    }
    /// Carries out an operation, with its intent and pre-image on the node before the effect.
    ///
    /// [`HostError::Lost`] means the outcome is unknown, [`HostError::TimedOut`] that it was left running.
    fn apply(&self, due: &Due) -> Result<Applied, HostError>;
    /// Carries out operations one after the other until one does not end well: an outcome for each that was begun, or an error behind which nobody
    /// knows. Where a request costs a round trip, one for all of them.
    fn apply_all(&self, ops: &[Due]) -> Vec<Result<Applied, HostError>> {
        let mut outcomes = Vec::new();
        for due in ops {
            let outcome = self.apply(due);
            let ended_well = matches!(outcome, Ok(Applied::Done | Applied::Already));
            outcomes.push(outcome);
            if !ended_well {
                break;
            }
        }
        outcomes
    }
    /// The same, and what is asked once all of them have ended well. No answers where that would not save a round trip.
    fn apply_all_then_ask(&self, ops: &[Due], _questions: &[Question]) -> AppliedAndAnswered {
        (self.apply_all(ops), Vec::new())
    }
    /// Waits until a command of this operation that an earlier run started has ended, for at most so many seconds.
    ///
    /// [`HostError::TimedOut`] when it has not.
    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError>;
    /// Makes calha's record directory (0700) on the node and takes the lock in it for `holder`, one line that says who, where, since when.
    ///
    /// `Some` is the line of another holder: then nothing was changed. Taking one's own lock again is no change. An empty line is
    /// a holder that was killed before it could say who it is.
    fn take(&self, holder: &str) -> Result<Option<String>, HostError>;
    /// The same, and what is asked once the lock is taken. No answers where that would not save a round trip.
    fn take_then_ask(
        &self,
        holder: &str,
        _questions: &[Question],
    ) -> Result<TakenAndAnswered, HostError> {
        Ok((self.take(holder)?, Vec::new()))
    }
    /// Gives the lock back and does not wait for it, at the end of a run.
    fn let_go(&self, holder: &str) {
        drop(self.release(holder));
    }
    /// Gives the lock back that this holder has, an empty line the one that nobody has put a name into. That of another stays; no error when there is none.
    fn release(&self, holder: &str) -> Result<(), HostError>;
    /// Removes the record directory with all that is in it, and those above it up to /var/opt/calha that it leaves empty.
    fn forget(&self) -> Result<(), HostError>;
}
