//! What the nodes have said since the last effect. Nothing is asked twice until it is forgotten or
//! too old; a lost line is no answer. What to ask is left to whoever looks.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::collect::Answers;
use crate::node::{HostError, NodeName};

/// How long what a node has said is taken to be so without asking it again: it is asked ahead, for
/// what comes at once.
const FRESH: Duration = Duration::from_secs(2);

/// What the nodes have said since the last effect.
#[derive(Default)]
pub(super) struct Cache(RefCell<BTreeMap<NodeName, Said>>);

/// What one node has said, and when it said the oldest of it.
struct Said {
    since: Instant,
    answers: Answers,
}

impl Cache {
    /// Something was changed, or somebody was waited for: nothing is known any more.
    pub fn forget(&self) {
        self.0.borrow_mut().clear();
    }

    /// Adds what a node said at this moment, or just now.
    pub fn learn(&self, node: &NodeName, at: Option<Instant>, answers: Answers) {
        let at = at.unwrap_or_else(Instant::now);
        let mut all = self.0.borrow_mut();
        let said =
            all.entry(node.clone()).or_insert_with(|| Said { since: at, answers: Answers::new() });
        said.since = at.min(said.since);

        let is_lost = |e: &HostError| {
            matches!(
                e,
                HostError::Lost { .. } | HostError::Unreachable { .. } | HostError::TimedOut(_)
            )
        };
        let answers = answers.into_iter();
        said.answers.extend(answers.filter(|(_, answer)| !answer.as_ref().is_err_and(is_lost)));
    }

    /// What is not too old.
    pub fn fresh(&self) -> BTreeMap<NodeName, Answers> {
        let mut all = self.0.borrow_mut();
        all.retain(|_, said| said.since.elapsed() < FRESH);
        all.iter().map(|(node, said)| (node.clone(), said.answers.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::engine::fleet::collect::{in_rounds, in_rounds_expecting, questions};
    use crate::node::{Answer, Answered, Command, Entry, Inspect, NodePath, Output, Question};
    use crate::op::Check;
    use crate::step::Views;

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

    fn path(text: &str) -> NodePath {
        NodePath::new(text).unwrap()
    }

    #[test]
    fn what_is_known_is_asked_once_until_it_is_forgotten() {
        let (host, node) = (Counting::default(), NodeName("Node1".into()));
        let hosts: Views<'_> = [(node.clone(), &host as &dyn Inspect)].into();
        let known = Cache::default();

        let look = |paths: &[&str]| {
            let looked = in_rounds(&hosts, known.fresh(), |h| {
                paths.iter().map(|p| h[&node].exists(&path(p)).is_ok()).collect::<Vec<_>>()
            });
            let (_, said) = looked.unwrap();
            said.into_iter().for_each(|(name, answers)| known.learn(&name, None, answers));
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
            None,
            [(Question::Exists(path("/a")), Ok(Answer::Exists(false)))].into(),
        );
        assert_eq!(look(&["/a"]), [0; 0]);

        // Asked along with something that took longer elsewhere.
        known.forget();
        let long_ago = Instant::now().checked_sub(FRESH).unwrap();
        known.learn(
            &node,
            Some(long_ago),
            [(Question::Exists(path("/a")), Ok(Answer::Exists(false)))].into(),
        );
        assert_eq!(look(&["/a"]), [1]);

        // A line that was lost is no answer.
        assert_eq!(look(&["/lost"]), [1]);
        assert_eq!(look(&["/lost"]), [1]);

        let open = questions(&hosts, |h, expect| {
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

    #[test]
    fn what_follows_from_what_is_expected_is_asked_in_the_same_round_trip() {
        let (host, node) = (Counting::default(), NodeName("Node1".into()));
        let hosts: Views<'_> = [(node.clone(), &host as &dyn Inspect)].into();
        let look = |expected: &[(NodeName, Check)]| {
            let chain = |h: &Views<'_>| {
                ["/a", "/b", "/c"].iter().all(|at| h[&node].exists(&path(at)).unwrap())
            };
            let (holds, _) = in_rounds_expecting(&hosts, BTreeMap::new(), expected, chain).unwrap();
            assert!(holds);
            std::mem::take(&mut *host.0.lock().unwrap())
        };

        assert_eq!(look(&[]), [1, 1, 1]);
        let expected = ["/a", "/b"].map(|at| (node.clone(), Check::Exists(path(at))));
        assert_eq!(look(&expected), [3]);
    }
}
