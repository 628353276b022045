//! What is wrong with an installation, the most urgent first, and the way out of it. It is
//! concluded from the journal, from what the nodes say and from what finished steps left. Nobody is
//! asked here.

use super::left::Unseen;
use super::next::Next;
use super::past::{Ended, Past};
use super::seen::Seen;
use super::standing::{Contact, Contacted, NodeStanding, Places, Standing};
use super::unreachable::way_back;
use super::verdict::Verdict;
use crate::cli::debug_level::DebugLevel;
use crate::cluster::NodeState;
use crate::engine::{Commands, Drift, DriftKind, typed_word};
use crate::guide::Guide;
use crate::node::NodeName;
use crate::problem::Problem;
use crate::setting::{Instance, Model, Settings};
use crate::step::GroupCondition;
use crate::text::on_one_line;

/// What all of it is concluded from.
pub struct Evidence<'e> {
    pub settings: &'e Settings,
    pub guide: &'e Guide,
    pub commands: &'e Commands,
    pub past: Past,
    /// In the order of the profile.
    pub contacts: &'e [Contacted],
    /// What nodes say of an installation whose journal is not here.
    pub elsewhere: Vec<Problem>,
    /// What is not as finished steps left it; why that is not known.
    pub drift: Result<Vec<Drift>, Unseen>,
    pub debugging: Option<DebugLevel>,
}

impl Evidence<'_> {
    /// The conclusion.
    pub fn concluded(self) -> Standing {
        let places = Places::of(self.settings, self.contacts);
        let asked = super::standing::asked(self.contacts);

        let mut verdict = Verdict::default();
        self.judge_run(asked, &mut verdict);
        self.judge_drift(true, &mut verdict);
        self.judge_groups(asked, &places.instances, &mut verdict);
        self.judge_nodes(&places.nodes, asked.is_some(), &mut verdict);
        self.judge_drift(false, &mut verdict);
        self.judge_steps(&mut verdict);

        let is_looking = matches!(self.drift, Err(Unseen::Awaited));
        let healthy = verdict.problems.is_empty() && !is_looking;
        let otherwise = || match is_looking {
            true => Next::first("wait: the whole answer follows"),
            false => {
                Next::first(format!("nothing; {} proves every step", self.commands.of("verify")))
            }
        };
        let next = verdict.next.unwrap_or_else(otherwise);
        Standing {
            version: 1,
            cluster: self.settings.cluster.name.clone(),
            profile: self.guide.profile.clone(),
            healthy,
            is_looking,
            problems: verdict.problems,
            next: next.told(),
            commands: next.commands().cloned().collect(),
            way: next,
            journal: self.past,
            debugging: self.debugging,
            places,
        }
    }

    /// A command for this profile.
    fn of(&self, command: &str) -> Next {
        Next::typed(self.commands.of(command))
    }

    /// What goes on with the installation.
    pub(super) fn forward(&self) -> Next {
        if self.past.is_undone_in_part() {
            return Next::first("nothing, where this is what you want")
                .or("or, to go forward again")
                .then(self.commands.forward());
        }
        Next::typed(self.onward())
    }

    /// The command that does what is left: that of the last run, where it has not come to its end.
    /// After one that did what it was to do it is a decision of its own.
    fn onward(&self) -> String {
        let Past { chosen, .. } = &self.past;
        if !self.past.is_unfinished() || self.past.has_done_its_part() {
            return self.commands.forward();
        }
        if chosen.is_all() {
            return self.commands.resume();
        }
        // Resumed it would take every step.
        let only = chosen.only.iter().map(|step| format!(" --only {}", typed_word(step.as_ref())));
        let from = chosen.from.iter().map(|step| format!(" --from {}", typed_word(step.as_ref())));
        self.commands.forward() + &only.chain(from).collect::<String>()
    }

    /// A run that is at work, or stuck, comes before everything else.
    fn judge_run(&self, asked: Option<&Seen>, verdict: &mut Verdict) {
        match self.past.last_run.as_ref().map(|last| &last.ended) {
            Some(Ended::AtWork { by }) => verdict.add("a run is at work".to_owned(), || {
                Next::first(format!("wait until it has ended: {by}"))
                    .then(self.commands.of("status"))
            }),
            Some(Ended::Stuck { step, node, next, .. }) => {
                verdict.add(format!("{step} cannot be undone"), || {
                    let way = self.out_of_stuck(asked, node.as_ref(), next.as_deref());
                    way.then(self.commands.of("resume"))
                });
            }
            _ => {}
        }
    }

    /// What is done before an undo that is stuck is gone on with, as the cluster stands now: what
    /// is down is what the undo wants, and what has not stopped is in its way.
    fn out_of_stuck(
        &self,
        asked: Option<&Seen>,
        node: Option<&NodeName>,
        next: Option<&str>,
    ) -> Next {
        let read = |asked: &Seen, of: &Instance| {
            let condition = GroupCondition::read(asked, &of.resource_group).unwrap_or_default();
            condition.remedy().filter(|remedy| remedy.stopped.is_some())
        };
        let remedy =
            asked.and_then(|asked| self.settings.instances.iter().find_map(|of| read(asked, of)));
        if let Some(remedy) = remedy {
            return Next::of_remedy(&self.guide.remedy(remedy), |_| String::new());
        }

        let next = next.unwrap_or("see why");
        match node.filter(|_| next.starts_with('/')) {
            // Somebody has typed that already.
            Some(_) if asked.is_some() && next.contains("scswitch -c ") => Next::default(),
            Some(node) => Next::on(node, next),
            None => Next::first(next),
        }
    }

    /// What somebody has changed behind calha's back. Of a cluster that does not stand well the
    /// reason was said above. That the profile is another one comes before all of it.
    fn judge_drift(&self, of_profile: bool, verdict: &mut Verdict) {
        let drift = match &self.drift {
            Ok(drift) => drift.iter().filter(|d| (d.kind == DriftKind::Profile) == of_profile),
            Err(_) if of_profile => return,
            Err(Unseen::Awaited) => return,
            Err(Unseen::Failed(why)) => {
                let what = format!("calha could not look at what is installed: {why}");
                return verdict.add(what, || self.of("verify"));
            }
        };

        let is_up = verdict.problems.is_empty();
        for Drift { step, problem, kind } in drift {
            if !is_up && *kind == DriftKind::Cluster {
                continue;
            }

            let at = [problem.node.as_deref(), problem.place.as_deref()];
            let at: Vec<&str> = at.into_iter().flatten().collect();
            let at = if at.is_empty() { String::new() } else { format!(" ({})", at.join(", ")) };
            verdict.add(format!("{step}{at}: {}", problem.what), || {
                let ending = Next::of_problem(problem);
                ending.unwrap_or_else(|| match (kind, &problem.remedy) {
                    (DriftKind::Cluster | DriftKind::Asked, _) => self.forward(),
                    // What no command mends is told; afterwards verify proves it.
                    (_, Some(remedy)) => {
                        Next::first(remedy.clone()).then(self.commands.of("verify"))
                    }
                    (_, None) => self.of("verify"),
                })
            });
        }
    }

    /// `is_told`: whether any of them is in the cluster, and speaks for it.
    fn judge_nodes(&self, nodes: &[NodeStanding], is_told: bool, verdict: &mut Verdict) {
        let commands = self.commands;
        if !is_told && nodes.iter().any(|node| node.answer == Contact::Answers) {
            let what = "no node that answers is in the cluster".to_owned();
            verdict.add(what, || Next::first("bring the cluster up").then(commands.of("status")));
        }

        for node in nodes {
            let name = &node.name;
            let state = node.state.as_deref();
            let is_down = is_told && state.and_then(NodeState::parse) != Some(NodeState::Up);
            let what = match &node.answer {
                Contact::Answers if is_down => {
                    format!("the cluster does not say that {name} is up")
                }
                Contact::Answers => continue,
                Contact::NotAsked => format!("{name} was not asked"),
                Contact::Awaited => format!("{name} has not answered yet"),
                Contact::Silent => format!("{name} is silent"),
                Contact::Unreachable { why } => {
                    let why = on_one_line(why);
                    let why = why.strip_prefix(&format!("cannot reach {name}: ")).unwrap_or(&why);
                    format!("{name} cannot be reached: {why}")
                }
            };
            verdict.add(what, || match node.answer {
                Contact::NotAsked => Next::typed(commands.of("status")),
                Contact::Awaited => Next::first(format!("wait for {name}")),
                _ => {
                    let why = match &node.answer {
                        Contact::Unreachable { why } => why,
                        _ => "",
                    };
                    way_back(name, why, self.settings, commands)
                }
            });
        }
    }

    fn judge_steps(&self, verdict: &mut Verdict) {
        let Past { done, steps, .. } = self.past;
        let open = match &self.past.open[..] {
            [] => String::new(),
            open @ ([_] | [_, _]) => format!("; to do: {}", open.join(", ")),
            // They stand in a list of their own.
            _ => String::new(),
        };
        let told = format!("{done} of {steps} steps are done{open}");
        if !self.past.begun {
            if let Some(problem) = self.elsewhere.first() {
                let way = || {
                    let plain = || match &problem.remedy {
                        Some(remedy) => Next::first(remedy.clone()),
                        None => self.of("adopt"),
                    };
                    Next::of_problem(problem).unwrap_or_else(plain)
                };
                return verdict.add(problem.what.clone(), way);
            }
            if matches!(self.past.last_run.as_ref().map(|last| &last.ended), Some(Ended::Undone)) {
                return self.judge_undone(verdict);
            }
            let what = "nothing was installed from here".to_owned();
            return verdict.add(what, || self.of("install"));
        }

        match self.past.last_run.as_ref().map(|last| &last.ended) {
            Some(Ended::Undone) => self.judge_undone(verdict),
            Some(Ended::Removed { instance }) => {
                let what = format!("{instance} was removed, and is in the profile still");
                // The symmetric model has two: a profile of one is of another installation.
                let first = match self.settings.cluster.model {
                    Model::Symmetric => "nothing, where this is what you want".to_owned(),
                    _ => format!("take the tables of {instance} out of the profile"),
                };
                verdict.add(what, || {
                    Next::first(first)
                        .or("or, to install it again")
                        .then(self.commands.of("install"))
                });
            }
            _ if self.past.is_whole() => {}
            Some(Ended::Failed { step, node, why }) => verdict.add(told, || {
                let node = node.as_ref().map_or_else(String::new, |node| format!(" on {node}"));
                let first = self
                    .password_of_manager(why.as_deref().unwrap_or_default())
                    .unwrap_or_else(|| format!("put right why {step} failed{node}"));
                Next::first(first).then(self.onward())
            }),
            _ => verdict.add(told, || self.forward()),
        }
    }

    /// Nothing has to follow what was undone on purpose.
    fn judge_undone(&self, verdict: &mut Verdict) {
        verdict.add("the installation was undone".to_owned(), || {
            Next::first(format!("nothing; {} installs it again", self.commands.forward()))
        });
    }

    /// Where to put it right, if the directory did not take the password of its manager.
    fn password_of_manager(&self, why: &str) -> Option<String> {
        let directory = &self.settings.directory;
        let file = directory.password_file.as_ref().filter(|_| why.contains(WRONG_PASSWORD))?;
        let (manager, host) = (&directory.manager_dn, &directory.host);
        Some(format!("put the password of {manager} into {file} on {host}"))
    }
}

/// In the answer of every LDAP program to a wrong password (RFC 4511, invalidCredentials).
const WRONG_PASSWORD: &str = "nvalid credentials";
