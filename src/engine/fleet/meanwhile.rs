//! Which of the foreseen questions other hosts may be asked while operations are at work. It lets
//! through only questions whose answers these operations cannot change. Foreseeing them is left to
//! `ahead`, asking them to `send`.

use std::collections::BTreeMap;

use super::Fleet;
use crate::cluster;
use crate::host::{Due, Host};
use crate::node::{NodeName, NodePath, Question};
use crate::op::Op;

impl<'a> Fleet<'a> {
    /// What of the questions that come next other hosts may be asked while these operations are at
    /// work: what they answer is the same then as afterwards.
    pub(super) fn meanwhile(
        &self,
        due: &[Due],
        foreseen: &BTreeMap<NodeName, Vec<Question>>,
    ) -> Vec<(&'a dyn Host, Vec<Question>)> {
        let stays = |question: &Question| {
            due.iter().all(|Due { id, op, .. }| {
                stays(question, op, self.guide.members.contains(&id.node), &self.guide.record)
            })
        };

        let elsewhere =
            foreseen.iter().filter(|(node, _)| due.iter().all(|due| due.id.node != **node));
        let asked = elsewhere.filter_map(|(node, questions)| {
            let questions: Vec<Question> = questions.iter().filter(|q| stays(q)).cloned().collect();
            let host = self.hosts.get(node).copied();
            let host = host.filter(|host| host.is_far() && !questions.is_empty())?;
            Some((host, questions))
        });
        asked.collect()
    }
}

/// Whether an operation on one host, a member of the cluster or not, leaves as it is what another
/// host answers. A cluster's command changes what every member says of the cluster, and where file
/// systems are mounted; a node's own files are its own.
fn stays(question: &Question, op: &Op, on_member: bool, record: &NodePath) -> bool {
    if let Op::Operator { .. } = op {
        return false;
    }
    let commands = matches!(op, Op::Run(_));
    match question {
        Question::Query(command) => cluster::is_command(command) && !(commands && on_member),
        Question::Mounted(_) => !op.moves(),
        Question::Stat(path)
        | Question::Read(path)
        | Question::Exists(path)
        | Question::Link(path) => {
            (path.as_str().starts_with("/etc/") || path.is_within(record))
                && !(op.moves() && path.as_str() == "/etc/mnttab")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node::{Command, Mode, Owner};
    use crate::op::{Check, Run, Touches, Undo};

    fn path(text: &str) -> NodePath {
        NodePath::new(text).unwrap()
    }

    fn run(touches: Touches) -> Op {
        Op::Run(
            Run::new(
                Command::new("/usr/bin/true", [""; 0]),
                Check::Always,
                Undo::irreversible("a test"),
            )
            .absent_when(Check::Never)
            .within(1)
            .touching([touches]),
        )
    }

    #[test]
    fn only_what_cannot_change_is_asked_meanwhile() {
        let record = path("/var/opt/calha/c/p");
        let query = |program: &str| Question::Query(Command::new(program, [""; 0]));
        let questions = [
            Question::Query(cluster::queries::nodes()),
            query("/usr/bin/pkginfo"),
            Question::Mounted(path("/cal")),
            Question::Read(path("/etc/mnttab")),
            Question::Read(path("/etc/vfstab")),
            Question::Exists(path("/var/opt/calha/c/p/complete")),
            Question::Stat(path("/cal/config/ics.conf")),
        ];

        let staying =
            |op: &Op, on_member: bool| questions.clone().map(|q| stays(&q, op, on_member, &record));
        let mkdir = Op::Mkdir {
            path: path("/d"),
            mode: Mode(0o755),
            owner: Owner::ROOT,
            mount_point: false,
        };

        assert_eq!(staying(&mkdir, true), [true, false, true, true, true, true, false]);
        assert_eq!(
            staying(&run(Touches::Cluster), true),
            [false, false, false, false, true, true, false]
        );
        assert_eq!(
            staying(&run(Touches::Mounts), true),
            [false, false, false, false, true, true, false]
        );
        assert_eq!(
            staying(&run(Touches::Path(path("/opt/vendor"))), true),
            [false, false, true, true, true, true, false]
        );
        assert_eq!(
            staying(&run(Touches::Path(path("/opt/vendor"))), false),
            [true, false, true, true, true, true, false]
        );

        let by_hand = Op::Operator {
            on: None,
            command: None,
            instructions: String::new(),
            done_when: Check::Always,
            leaves: Vec::new(),
        };
        assert_eq!(staying(&by_hand, false), [false; 7]);
    }
}
