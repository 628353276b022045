//! The lies that a program can tell, made from its command line: nothing done, done elsewhere, half
//! done, done and called a failure, words and status apart. That its work is gone a moment later
//! no call can tell: `lies` tries it on what stands.

use std::fmt;

use calha::lab::{Fault, Trouble};
use calha::node::Command;

/// A column of the matrix of lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    NoEffect,
    Elsewhere,
    Half,
    EffectAndFailure,
    WordsApart,
    UndoneLater,
}

impl Kind {
    pub const ALL: [Self; 6] = [
        Self::NoEffect,
        Self::Elsewhere,
        Self::Half,
        Self::EffectAndFailure,
        Self::WordsApart,
        Self::UndoneLater,
    ];
}

/// What goes wrong, unnoticed, while a step's program runs.
#[derive(Clone, Debug)]
pub struct Lie {
    pub step: String,
    pub kind: Kind,
    pub fault: Fault,
}

impl fmt::Display for Lie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}: {:?}", self.step, self.kind, self.fault)
    }
}

impl Lie {
    pub fn is(&self, other: &Trouble) -> bool {
        matches!(&self.fault, Fault::Call { trouble, .. } if trouble == other)
    }

    /// The program that lies.
    pub fn program(&self) -> &str {
        match &self.fault {
            Fault::Call { program, .. } => program,
            _ => "",
        }
    }

    /// Of the directory's schema two attributes are known by name; that it lacks more of a release
    /// than these nobody can see, and calha says so.
    pub fn is_beyond_proof(&self) -> bool {
        let has_both =
            |trouble: &Trouble| matches!(trouble, Trouble::Pretends { after } if *after >= 2);
        self.step == "directory-server"
            && matches!(&self.fault, Fault::Call { trouble, .. } if has_both(trouble))
    }
}

/// The lies that fit the command of a step.
pub fn lies_of(step: &str, command: &Command) -> Vec<Lie> {
    let call = |trouble: Trouble| Fault::Call {
        program: program(command),
        host: None,
        argument: telling(command),
        nth: 1,
        seen: 0,
        trouble,
    };
    let told = |(kind, fault)| Lie { step: step.to_owned(), kind, fault };
    let enabled = value(command, "-j").filter(|_| command.args.iter().any(|word| word == "-e"));
    let fails = enabled.map(|resource| Fault::StartFails { resource, host: None });
    let fails = fails.map(|fault| (Kind::Half, fault));
    let calls = troubles(command).into_iter().map(|(kind, trouble)| (kind, call(trouble)));
    calls.chain(fails).map(told).collect()
}

fn value(command: &Command, option: &str) -> Option<String> {
    let at = command.args.iter().position(|word| word == option)?;
    command.args.get(at + 1).cloned()
}

/// The program as the lab knows it: of a script, the script.
pub fn program(command: &Command) -> String {
    let script = command.args.first().filter(|word| word.ends_with(".pl"));
    let path = script.map_or(command.program.as_str(), String::as_str);
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// An argument that no other command of that program has, as far as there is one.
pub fn telling(command: &Command) -> Option<String> {
    value(command, "-j").or_else(|| value(command, "-t")).or_else(|| command.args.last().cloned())
}

fn troubles(command: &Command) -> Vec<(Kind, Trouble)> {
    let told = |status| Trouble::Errs { status, text: "an error that was none".into() };
    let mut all = vec![
        (Kind::NoEffect, Trouble::Pretends { after: 0 }),
        (Kind::Elsewhere, Trouble::Misplaces { ending: "-other".into() }),
        (Kind::EffectAndFailure, told(1)),
        (Kind::WordsApart, told(0)),
        (Kind::WordsApart, Trouble::Fails { status: 0, text: "an error".into() }),
    ];
    all.extend(elsewhere(command).map(|trouble| (Kind::Elsewhere, trouble)));
    all.extend(halves(command).into_iter().map(|trouble| (Kind::Half, trouble)));
    if command.program.as_str().ends_with("csconfigurator.sh") {
        for sentence in ["Some Tasks Failed. Please check install log", "That was it."] {
            all.push((Kind::WordsApart, Trouble::Concludes { sentence: sentence.into() }));
        }
    }
    all
}

/// The name under which a resource is made that was to have another.
pub const OTHER: &str = "OTHER-RS";

fn mistakes(from: &str, to: &str) -> Trouble {
    Trouble::Mistakes { from: from.to_owned(), to: to.to_owned() }
}

/// Done to another node, resource, number or property than the one that was meant.
fn elsewhere(command: &Command) -> impl Iterator<Item = Trouble> {
    let other = |option: &str, to: &dyn Fn(&str) -> String| {
        value(command, option).map(|word| mistakes(&word, &to(&word)))
    };
    let creates = command.args.iter().any(|word| word == "-a");
    [
        other("-h", &|nodes| match nodes.split_once(',') {
            Some((first, second)) => format!("{second},{first}"),
            None if nodes == "Node1" => "Node2".into(),
            None => "Node1".into(),
        }),
        other("-j", &|resource| match resource {
            _ if creates => OTHER.into(),
            "LOG-HOST-RS" => "CAL-HASP-RS".into(),
            _ => "LOG-HOST-RS".into(),
        }),
        other("-u", &|_| "5009".into()),
    ]
    .into_iter()
    .flatten()
}

/// Some of its work, by what kind of work it is.
fn halves(command: &Command) -> Vec<Trouble> {
    let name = program(command);
    let up_to = |most: u32| (1..most).map(|after| Trouble::Pretends { after });
    let has = |option: &str| command.args.iter().any(|word| word == option);
    match name.as_str() {
        "installer" => up_to(6).collect(),
        // Five attributes, a class, two indexes.
        "comm_dssetup.pl" => up_to(8).collect(),
        "csconfigurator.sh" => {
            up_to(13).chain((1..=13).map(|task| Trouble::TaskFails { task })).collect()
        }
        // Managed, and nowhere online; offline here, and not online there.
        "scswitch" if has("-Z") => vec![mistakes("-Z", "-o")],
        "scswitch" => value(command, "-h").map(|node| mistakes(&node, "")).into_iter().collect(),
        "groupadd" | "useradd" => {
            value(command, "-g").map(|text| Trouble::Overlooks { text }).into_iter().collect()
        }
        // A group with one node of two.
        "scrgadm" if !has("-j") => {
            let nodes = value(command, "-h").filter(|nodes| nodes.contains(','));
            let first =
                |nodes: String| mistakes(&nodes, nodes.split(',').next().unwrap_or_default());
            nodes.map(first).into_iter().collect()
        }
        "scrgadm" => overlooked(command),
        _ => Vec::new(),
    }
}

/// A resource without one of its properties. Which adapters an address is on the cluster works out
/// itself where `-n` does not say it: that is the same.
fn overlooked(command: &Command) -> Vec<Trouble> {
    let pairs = command.args.windows(2).filter(|pair| ["-x", "-y"].contains(&pair[0].as_str()));
    // The value that the type has anyway.
    let told = pairs.filter(|pair| pair[1] != "AffinityOn=True");
    told.map(|pair| Trouble::Overlooks { text: pair[1].clone() }).collect()
}
