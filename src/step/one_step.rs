//! A step as data, and the methods that build it and ask it. Its operations follow from the
//! settings and the node alone, so nobody has to ask a host to know them. Looking, running and
//! undoing are the engine's.

use std::fmt;
use std::net::SocketAddr;

use super::{
    Alternate, Citation, Comparison, Guard, Lifespan, Look, Place, Role, Scope, Site, StepId,
    StepKind, Weight, When,
};
use crate::node::{NodeName, NodePath};
use crate::op::{Op, OpId};
use crate::problem::Code;

/// The operations of a step on one host.
pub type Ops = Box<dyn Fn(&NodeName) -> Vec<Op> + Send + Sync>;

/// One entry of the guide's list.
pub struct Step {
    pub id: StepId,
    /// What it does, for the list of steps: "entry for /cal in /etc/vfstab".
    pub title: String,
    pub why: &'static str,
    pub cite: Citation,
    pub lifespan: Lifespan,
    pub role: Role,
    pub scope: Scope,
    /// Steps whose effect must stand while this one is done. Only passing steps are looked up again
    /// for it.
    pub needs: Vec<StepId>,
    /// Steps that have to be done again once this one has run again.
    pub invalidates: Vec<StepId>,
    /// Its undo is left out once an operation of one of these has begun.
    pub kept_once: Vec<StepId>,
    /// Code of the question that is asked before what somebody else made is taken over; absent: it
    /// is taken over and said.
    pub asks_before_adopting: Option<Code>,
    /// The operations on one host, in order. None for a step that only looks.
    pub ops: Ops,
    /// The operations as earlier versions of the program did them: what these began is the same
    /// work.
    pub formerly: Vec<Ops>,
    /// What must not be so at its moments, asked by calha and by printed scripts alike.
    pub guards: Vec<Guard>,
    /// What a printed script leaves to whoever runs it, before the first change.
    pub compared: Vec<Comparison>,
    /// Mount points of the shared file systems that its operations work on, besides the one that
    /// its scope holds.
    pub works_on: Vec<NodePath>,
    /// Steps whose work is gone by this one's: there is nothing of them to undo any more.
    pub cleans: Vec<StepId>,
    pub looks: Vec<(When, Look)>,
    /// A setting that its operations need and that may have to be chosen first.
    pub alternatives: Option<Alternate>,
    /// What goes wrong later when this one is undone from under what stands on it.
    pub endangers: Option<String>,
    /// Where the service answers once the step is done, tried from the administrator's own machine:
    /// a sign, no condition.
    pub answers_at: Option<SocketAddr>,
}

impl Step {
    /// A lasting step without needs, operations or look.
    pub fn new(
        kind: StepKind,
        title: impl Into<String>,
        cite: Citation,
        scope: Scope,
        why: &'static str,
    ) -> Self {
        Self {
            id: kind.into(),
            title: title.into(),
            why,
            cite,
            lifespan: Lifespan::Lasting,
            role: Role::Works,
            scope,

            needs: Vec::new(),
            invalidates: Vec::new(),
            kept_once: Vec::new(),
            asks_before_adopting: None,

            ops: Box::new(|_| Vec::new()),
            formerly: Vec::new(),
            guards: Vec::new(),
            compared: Vec::new(),
            works_on: Vec::new(),
            cleans: Vec::new(),
            looks: Vec::new(),
            alternatives: None,
            endangers: None,
            answers_at: None,
        }
    }

    /// The same as a step of one instance among several: what it names besides `shared` is that
    /// instance's own.
    pub(crate) fn of(mut self, site: &Site, shared: &[StepKind]) -> Self {
        let own = |id: &mut StepId| {
            if !shared.contains(&id.kind) {
                *id = site.step(id.kind);
            }
        };

        own(&mut self.id);
        [&mut self.needs, &mut self.invalidates, &mut self.kept_once, &mut self.cleans]
            .into_iter()
            .flatten()
            .for_each(own);
        self
    }

    /// The same, looked at only while needed.
    pub fn passing(self) -> Self {
        Self { lifespan: Lifespan::Passing, ..self }
    }

    /// The same, with this role in the installation.
    pub fn playing(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// The same, needing these to hold.
    pub fn needing(mut self, steps: &[StepKind]) -> Self {
        self.needs.extend(steps.iter().copied().map(StepId::from));
        self
    }

    /// The same, putting these back to "to do" when it runs again.
    pub fn invalidating(mut self, steps: &[StepKind]) -> Self {
        self.invalidates.extend(steps.iter().copied().map(StepId::from));
        self
    }

    /// The same, never undone once one of these has begun.
    pub fn kept_once(self, steps: Vec<StepId>) -> Self {
        Self { kept_once: steps, ..self }
    }

    /// The same, asking under this code before it takes over what somebody else made.
    pub fn asking(self, code: Code) -> Self {
        Self { asks_before_adopting: Some(code), ..self }
    }

    /// The same, working on these shared file systems: nothing of it begins where they are not
    /// mounted.
    pub fn working_on(self, mounts: Vec<NodePath>) -> Self {
        Self { works_on: mounts, ..self }
    }

    /// Mount points of all shared file systems that its operations work on.
    pub fn share(&self) -> Vec<NodePath> {
        let held = match &self.scope {
            Scope::Holding { mount, .. } => Some(mount.clone()),
            Scope::EachNode(_) | Scope::One(_) | Scope::Member(_) => None,
        };
        let besides = self.works_on.iter().filter(|m| Some(*m) != held.as_ref()).cloned();
        held.clone().into_iter().chain(besides).collect()
    }

    /// The same with these operations.
    pub fn doing(self, ops: impl Fn(&NodeName) -> Vec<Op> + Send + Sync + 'static) -> Self {
        Self { ops: Box::new(ops), ..self }
    }

    /// The same, of which an earlier version of the program did these operations.
    pub fn formerly(mut self, ops: impl Fn(&NodeName) -> Vec<Op> + Send + Sync + 'static) -> Self {
        self.formerly.push(Box::new(ops));
        self
    }

    /// The same with what must not be so; a printed script asks each guard, and a look those of
    /// which no other look says more.
    pub fn guarded(mut self, guards: Vec<Guard>) -> Self {
        for when in [When::Early, When::Before, When::After] {
            let asked = |guard: &&Guard| guard.when == when && guard.weight != Weight::Look;
            let of_it: Vec<Guard> = guards.iter().filter(asked).cloned().collect();
            if !of_it.is_empty() {
                self.looks.push((when, Guard::look(of_it)));
            }
        }
        self.guards.extend(guards);
        self
    }

    /// The same, with what a printed script leaves to whoever runs it.
    pub fn comparing(self, compared: Vec<Comparison>) -> Self {
        Self { compared, ..self }
    }

    /// The same, with a setting that may have to be chosen first.
    pub fn choosing(self, alternatives: Alternate) -> Self {
        Self { alternatives: Some(alternatives), ..self }
    }

    /// The same, removing what these made for the time being.
    pub fn cleaning(mut self, steps: &[StepKind]) -> Self {
        self.cleans.extend(steps.iter().copied().map(StepId::from));
        self
    }

    /// The same with an address at which the service answers afterwards.
    pub fn answering_at(self, address: SocketAddr) -> Self {
        Self { answers_at: Some(address), ..self }
    }

    /// The same, with what goes wrong later when it is undone alone.
    pub fn endangering(self, what: String) -> Self {
        Self { endangers: Some(what), ..self }
    }

    /// The same with a look before its operations.
    pub fn looking(self, look: Look) -> Self {
        self.with_look(When::Before, look)
    }

    /// The same with a look before the first change of the whole run.
    pub fn looking_early(self, look: Look) -> Self {
        self.with_look(When::Early, look)
    }

    /// The same with a look that proves it.
    pub fn proving(self, look: Look) -> Self {
        self.with_look(When::After, look)
    }

    fn with_look(mut self, when: When, look: Look) -> Self {
        self.looks.push((when, look));
        self
    }

    /// The host it is about where nothing says which; none for a step of no host.
    pub fn expected_host(&self) -> Option<NodeName> {
        self.nodes().into_iter().next()
    }

    /// The hosts it runs on as printed.
    pub fn nodes(&self) -> Vec<NodeName> {
        match &self.scope {
            Scope::EachNode(nodes) => nodes.clone(),
            Scope::One(node) | Scope::Holding { expected: node, .. } => vec![node.clone()],
            Scope::Member(nodes) => nodes.first().cloned().into_iter().collect(),
        }
    }

    /// Whether it edits a document. Its looks before that say what makes the edit wrong, and go on
    /// to be right where it stands.
    pub fn edits(&self) -> bool {
        let edit = |op: &Op| matches!(op, Op::Edit { .. });
        self.nodes().first().is_some_and(|node| (self.ops)(node).iter().any(edit))
    }

    /// Whether it may move a group or a mount.
    pub fn moves(&self) -> bool {
        self.nodes().first().is_some_and(|node| (self.ops)(node).iter().any(Op::moves))
    }

    /// Whether it has operations, and does not only look.
    pub fn acts(&self) -> bool {
        self.nodes().first().is_some_and(|node| !(self.ops)(node).is_empty())
    }

    /// Whether it takes up a position: where a group stands, which is no configuration.
    pub fn takes_position(&self) -> bool {
        self.lifespan == Lifespan::Passing && self.moves()
    }

    /// Where the state of its operations on this host belongs.
    pub fn place(&self, node: &NodeName) -> Place {
        match &self.scope {
            Scope::Holding { mount, .. } => Place::Holding(mount.clone()),
            Scope::Member(_) => Place::Cluster,
            Scope::EachNode(_) | Scope::One(_) => Place::Node(node.clone()),
        }
    }

    /// Its operations on a host with their names.
    pub fn named_ops(&self, node: &NodeName) -> Vec<(OpId, Op)> {
        self.named((self.ops)(node), node)
    }

    /// The same as earlier versions of the program did them.
    pub fn former_ops(&self, node: &NodeName) -> Vec<(OpId, Op)> {
        self.formerly.iter().flat_map(|ops| self.named(ops(node), node)).collect()
    }

    fn named(&self, ops: Vec<Op>, node: &NodeName) -> Vec<(OpId, Op)> {
        let name = |at: usize| OpId {
            step: self.id.to_string(),
            node: node.clone(),
            number: at as u32 + 1,
        };
        ops.into_iter().enumerate().map(|(at, op)| (name(at), op)).collect()
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Step({})", self.id)
    }
}
