//! Which nodes the lab pretends to have. A pair that never existed, or a release before 3.0 5/02,
//! is refused by name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{ClusterRelease, Oddity, Solaris, facts};
use crate::node::Owner;

/// Two releases that existed together, or a kind of node that no vendor sold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Personality {
    /// Solaris 9 and Sun Cluster 3.1 8/05 with nothing odd about them.
    #[default]
    Plain,
    Releases(Solaris, ClusterRelease),
    /// The least kind answer to everything: no real node gives all of them.
    Odd,
}

/// Why a name is no personality.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum UnknownPersonality {
    #[error("Sun Cluster {0} is older than 3.0 5/02, with which HAStoragePlus begins")]
    TooOld(String),
    #[error("{1} never ran on {0}")]
    NeverMet(Solaris, ClusterRelease),
    #[error("no such personality; there are {}", names())]
    NoSuch,
}

fn names() -> String {
    Personality::all().map(|p| p.to_string()).collect::<Vec<_>>().join(", ")
}

impl Personality {
    /// Every one that can be chosen.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Plain].into_iter().chain(Self::pairs()).chain([Self::Odd])
    }

    /// Those of two releases that existed together.
    pub fn pairs() -> impl Iterator<Item = Self> {
        Solaris::ALL.into_iter().flat_map(|solaris| {
            let fitting = ClusterRelease::ALL.into_iter().filter(move |c| c.runs_on(solaris));
            fitting.map(move |cluster| Self::Releases(solaris, cluster))
        })
    }

    /// Whether its nodes do this.
    pub fn has(self, oddity: Oddity) -> bool {
        match self {
            Self::Plain => oddity.is_everywhere(),
            Self::Odd => true,
            Self::Releases(solaris, cluster) => {
                facts().any(|fact| fact.oddity == oddity && (fact.on)(solaris, cluster))
            }
        }
    }

    /// What root makes belongs to, unless its directory says otherwise.
    pub fn root(self) -> Owner {
        Owner { uid: 0, gid: u32::from(self.has(Oddity::RootGroupOther)) }
    }

    pub fn solaris(self) -> Solaris {
        match self {
            Self::Plain => Solaris::Nine,
            Self::Releases(solaris, _) => solaris,
            Self::Odd => Solaris::Ten,
        }
    }

    pub fn cluster(self) -> ClusterRelease {
        match self {
            Self::Plain => ClusterRelease::ThreeOne,
            Self::Releases(_, cluster) => cluster,
            Self::Odd => ClusterRelease::ThreeTwo,
        }
    }

    /// For somebody who has to choose.
    pub fn describe(self) -> String {
        let releases = format!("{} and {}", self.solaris(), self.cluster());
        match self {
            Self::Plain => format!("{releases}, without oddities"),
            Self::Releases(..) => releases,
            Self::Odd => format!("{releases}, every oddity at once"),
        }
    }
}

impl fmt::Display for Personality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain => f.write_str("plain"),
            Self::Releases(s, c) => write!(f, "solaris{}-cluster{}", s.number(), c.number()),
            Self::Odd => f.write_str("odd"),
        }
    }
}

impl FromStr for Personality {
    type Err = UnknownPersonality;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(one) = Self::all().find(|p| p.to_string() == text) {
            return Ok(one);
        }
        let (solaris, cluster) = text
            .strip_prefix("solaris")
            .and_then(|rest| rest.split_once("-cluster"))
            .ok_or(UnknownPersonality::NoSuch)?;
        let solaris = Solaris::ALL.into_iter().find(|s| s.number() == solaris);
        let release = ClusterRelease::ALL.into_iter().find(|c| c.number() == cluster);
        Err(match (solaris, release) {
            (Some(solaris), Some(release)) => UnknownPersonality::NeverMet(solaris, release),
            (Some(_), None) if is_too_old(cluster) => UnknownPersonality::TooOld(cluster.into()),
            _ => UnknownPersonality::NoSuch,
        })
    }
}

/// Whether a release, as scinstall(1M) spells it, is older than 3.0 5/02, which is 3.0u3.
fn is_too_old(release: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().ok();
    let (version, update) = release.split_once('u').unwrap_or((release, "3"));
    let mut parts = version.splitn(2, '.').map(number);
    let version = (parts.next().flatten(), parts.next().flatten());
    match (version, number(update)) {
        ((Some(3), Some(0)), Some(update)) => update < 3,
        ((Some(major), Some(_)), _) => major < 3,
        _ => false,
    }
}

impl TryFrom<String> for Personality {
    type Error = UnknownPersonality;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Personality> for String {
    fn from(personality: Personality) -> Self {
        personality.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_it_was_made_of() {
        for one in Personality::all() {
            assert_eq!(one.to_string().parse(), Ok(one));
        }
        assert_eq!(Personality::pairs().count(), 7);
    }

    #[test]
    fn what_never_existed_is_refused_by_name() {
        let refused = |text: &str| text.parse::<Personality>().unwrap_err();

        assert_eq!(
            refused("solaris8-cluster3.2").to_string(),
            "Sun Cluster 3.2 never ran on Solaris 8"
        );
        for old in ["2.2", "3.0u1", "3.0u2"] {
            assert_eq!(
                refused(&format!("solaris8-cluster{old}")),
                UnknownPersonality::TooOld(old.into())
            );
        }
        for wrong in ["", "odd ", "solaris7-cluster3.0", "solaris9-cluster", "solaris9-cluster3.3"]
        {
            assert_eq!(refused(wrong), UnknownPersonality::NoSuch, "{wrong}");
        }
    }

    #[test]
    fn what_is_not_certain_is_played_both_ways() {
        for fact in facts().filter(|f| !f.mark.is_certain()) {
            let plays = Personality::pairs().filter(|p| p.has(fact.oddity)).count();
            assert!(plays < Personality::pairs().count(), "{} is played one way", fact.id);
        }
    }
}
