//! What the nodes have said since the last effect, and the rounds in which code that only looks
//! gets its answers: one request to every host, all at the same time. Nothing is asked twice until
//! it is forgotten or too old; a lost line is no answer. What to ask is left to whoever looks.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::engine::Stop;
use crate::engine::engine::stopped;
use crate::host::{Answers, Host, Rounds};
use crate::node::{HostError, Inspect, NodeName, Question};
use crate::op::Check;
use crate::step::{Hosts, Views};

/// How long what a node has said is taken to be so without asking it again: it is asked ahead, for
/// what comes at once.
const FRESH: Duration = Duration::from_secs(2);

/// What nodes have said since the last change, and when.
#[derive(Default)]
pub(in crate::engine) struct Known(RefCell<BTreeMap<NodeName, (Instant, Answers)>>);

impl Known {
    /// Something was changed, or somebody was waited for: nothing is known any more.
    pub fn forget(&self) {
        self.0.borrow_mut().clear();
    }

    /// Adds what a node said at this moment.
    pub fn learn(&self, node: &NodeName, at: Instant, answers: Answers) {
        let mut all = self.0.borrow_mut();
        let (since, known) = all.entry(node.clone()).or_insert_with(|| (at, Answers::new()));
        *since = at.min(*since);
        // A line that was lost is no answer.
        let lost = |e: &HostError| {
            matches!(
                e,
                HostError::Lost { .. } | HostError::Unreachable { .. } | HostError::TimedOut(_)
            )
        };
        known.extend(answers.into_iter().filter(|(_, answer)| !answer.as_ref().is_err_and(lost)));
    }

    /// As [`in_rounds`], asking nothing twice since the last change.
    ///
    /// # Errors
    /// A host that is lost.
    pub fn in_rounds<T>(
        &self,
        hosts: &Hosts<'_>,
        look: impl FnMut(&Views<'_>) -> T,
    ) -> Result<T, Stop> {
        self.0.borrow_mut().retain(|_, (since, _)| since.elapsed() < FRESH);
        let old = self
            .0
            .borrow()
            .iter()
            .map(|(name, (_, known))| (name.clone(), known.clone()))
            .collect();
        let (seen, new) = rounds(hosts, old, look)?;
        new.into_iter().for_each(|(name, answers)| self.learn(&name, Instant::now(), answers));
        Ok(seen)
    }

    /// What code that only looks would ask of each host if nothing were known. It may say what it
    /// expects to hold on a node: what a command says of the cluster, every member says.
    pub fn questions(
        hosts: &Hosts<'_>,
        look: impl FnOnce(&Views<'_>, &dyn Fn(&NodeName, &Check)),
    ) -> BTreeMap<NodeName, Vec<Question>> {
        let rounds: BTreeMap<NodeName, Rounds<'_>> =
            hosts.iter().map(|(name, host)| (name.clone(), Rounds::new(*host))).collect();
        let asking: Views<'_> =
            rounds.iter().map(|(name, host)| (name.clone(), host as &dyn Inspect)).collect();
        look(&asking, &|node, check| {
            for (question, answer) in check.expected() {
                for (_, host) in rounds
                    .iter()
                    .filter(|(name, _)| *name == node || matches!(question, Question::Query(_)))
                {
                    host.expect(question.clone(), answer.clone());
                }
            }
        });
        rounds.into_iter().map(|(name, host)| (name, host.into_open())).collect()
    }
}

/// Does something on each host, on all of them at the same time where that saves waiting; the
/// results in the order of the hosts.
pub(in crate::engine) fn on_each<T: Send>(
    hosts: &[(NodeName, &dyn Host)],
    act: impl Fn(&dyn Host) -> Result<T, HostError> + Sync,
) -> Vec<Result<T, HostError>> {
    if hosts.len() < 2 || !hosts.iter().any(|(_, h)| h.is_far()) {
        return hosts.iter().map(|(_, host)| act(*host)).collect();
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = hosts.iter().map(|(_, host)| scope.spawn(|| act(*host))).collect();
        let died = |_| Err(HostError::Invalid("a thread ended".into()));
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(died)).collect()
    })
}

/// Runs code that only looks until it asks nothing new; each round is one round trip to every host,
/// all at the same time.
///
/// # Errors
/// A host that is lost.
pub(in crate::engine) fn in_rounds<T>(
    hosts: &Hosts<'_>,
    look: impl FnMut(&Views<'_>) -> T,
) -> Result<T, Stop> {
    rounds(hosts, BTreeMap::new(), look).map(|(seen, _)| seen)
}

/// The same with what is known of each host before, and after.
fn rounds<T>(
    hosts: &Hosts<'_>,
    mut known: BTreeMap<NodeName, Answers>,
    mut look: impl FnMut(&Views<'_>) -> T,
) -> Result<(T, BTreeMap<NodeName, Answers>), Stop> {
    let mut rounds: BTreeMap<NodeName, Rounds<'_>> = BTreeMap::new();
    for (name, host) in hosts {
        rounds.insert(name.clone(), Rounds::knowing(*host, known.remove(name).unwrap_or_default()));
    }

    loop {
        let asking: Views<'_> =
            rounds.iter().map(|(name, host)| (name.clone(), host as &dyn Inspect)).collect();
        let seen = look(&asking);

        let waiting: Vec<_> = rounds.iter().filter(|(_, host)| host.has_questions()).collect();
        let in_order = waiting.len() == 1 || !hosts.values().any(|host| host.is_far());
        let asked: Vec<(NodeName, Result<bool, HostError>)> = match in_order {
            // Nobody else is waited for.
            true => waiting.iter().map(|(name, host)| ((*name).clone(), host.ask())).collect(),
            false => std::thread::scope(|scope| {
                let threads: Vec<_> = waiting
                    .iter()
                    .map(|(name, host)| ((*name).clone(), scope.spawn(|| host.ask())))
                    .collect();
                let died = |_| Err(HostError::Invalid("a thread ended".into()));
                threads
                    .into_iter()
                    .map(|(name, thread)| (name, thread.join().unwrap_or_else(died)))
                    .collect()
            }),
        };

        let mut again = false;
        for (name, result) in asked {
            again |= result.map_err(|error| stopped("looking", &name, error))?;
        }
        if !again {
            return Ok((
                seen,
                rounds.into_iter().map(|(name, host)| (name, host.into_known())).collect(),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::host::{Applied, Due};
    use crate::node::{Answer, Answered, Command, Entry, Inspect, NodePath, Output};
    use crate::op::OpId;

    /// Counts requests and says of each path that it is there; of "/lost" it says nothing any more.
    #[derive(Default)]
    struct Counting(Mutex<Vec<usize>>);

    impl Inspect for Counting {
        fn name(&self) -> &NodeName {
            unreachable!("nobody asks for its name")
        }
        fn stat(&self, _: &NodePath) -> Result<Entry, HostError> {
            unreachable!("only many questions are asked")
        }
        fn read(&self, _: &NodePath) -> Result<Vec<u8>, HostError> {
            unreachable!("only many questions are asked")
        }
        fn query(&self, _: &Command) -> Result<Output, HostError> {
            unreachable!("only many questions are asked")
        }
        fn ask(&self, questions: &[Question]) -> Result<Answered, HostError> {
            self.0.lock().unwrap().push(questions.len());
            let lost = HostError::Lost { node: "Node1".into(), why: "cut".into() };
            let answer = |question: &Question| match question {
                Question::Exists(path) if path.as_str() == "/lost" => Err(lost.clone()),
                _ => Ok(Answer::Exists(true)),
            };
            Ok(questions.iter().map(answer).collect())
        }
    }

    impl Host for Counting {
        fn apply(&self, _: &Due) -> Result<Applied, HostError> {
            unreachable!("nothing is done")
        }
        fn wait(&self, _: &OpId, _: u64) -> Result<(), HostError> {
            unreachable!("nothing is done")
        }
        fn take(&self, _: &str) -> Result<Option<String>, HostError> {
            unreachable!("nothing is locked")
        }
        fn release(&self, _: &str) -> Result<(), HostError> {
            unreachable!("nothing is locked")
        }
        fn remove_record(&self) -> Result<(), HostError> {
            unreachable!("nothing is forgotten")
        }
    }

    fn path(text: &str) -> NodePath {
        NodePath::new(text).unwrap()
    }

    #[test]
    fn what_is_known_is_asked_once_until_it_is_forgotten() {
        let (host, node) = (Counting::default(), NodeName("Node1".into()));
        let hosts: Hosts<'_> = [(node.clone(), &host as &dyn Host)].into();
        let known = Known::default();

        let look = |paths: &[&str]| {
            let looked = known.in_rounds(&hosts, |h| {
                paths.iter().map(|p| h[&node].exists(&path(p)).is_ok()).collect::<Vec<_>>()
            });
            looked.unwrap();
            std::mem::take(&mut *host.0.lock().unwrap())
        };

        assert_eq!(look(&["/a", "/b"]), [2]);
        assert_eq!(look(&["/b", "/a", "/c"]), [1]);
        known.forget();
        assert_eq!(look(&["/a", "/c"]), [2]);

        // Asked ahead, in the request that changed something.
        known.forget();
        known.learn(
            &node,
            Instant::now(),
            [(Question::Exists(path("/a")), Ok(Answer::Exists(false)))].into(),
        );
        assert_eq!(look(&["/a"]), [0; 0]);

        // Asked along with something that took longer elsewhere.
        known.forget();
        let long_ago = Instant::now().checked_sub(FRESH).unwrap();
        known.learn(
            &node,
            long_ago,
            [(Question::Exists(path("/a")), Ok(Answer::Exists(false)))].into(),
        );
        assert_eq!(look(&["/a"]), [1]);

        // A line that was lost is no answer.
        assert_eq!(look(&["/lost"]), [1]);
        assert_eq!(look(&["/lost"]), [1]);

        let open = Known::questions(&hosts, |h, expect| {
            let ask = |at: &str| h[&node].exists(&path(at)).unwrap();
            // Nothing is there, unless it is expected.
            assert!(!ask("/a"));
            expect(
                &node,
                &Check::All(vec![
                    Check::Exists(path("/b")),
                    Check::Not(Box::new(Check::Exists(path("/c")))),
                ]),
            );
            assert!(ask("/b") && !ask("/c"));
        });
        assert_eq!(open[&node], ["/a", "/b", "/c"].map(|at| Question::Exists(path(at))));
    }
}
