//! Which steps a run was to do, as they were named on its command line: a run of some steps has
//! ended when these are done, and is gone on with by the same words.

use serde::{Deserialize, Serialize};

/// The steps that a run was told to do; none named: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepChoice {
    /// Only these steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// This step and those after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

impl StepChoice {
    /// Whether it is all steps.
    pub fn is_all(&self) -> bool {
        self.only.is_empty() && self.from.is_none()
    }

    /// Those of all steps, in their order, that it names.
    pub fn of<'s>(&self, all: &[&'s str]) -> Vec<&'s str> {
        let is_before = |step: &&&str| self.from.as_ref().is_some_and(|from| from != **step);
        let is_named =
            |step: &&str| self.only.is_empty() || self.only.iter().any(|only| only == step);
        all.iter().skip_while(is_before).copied().filter(is_named).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::StepChoice;

    #[test]
    fn it_takes_what_is_named_from_a_step_on() {
        let all = ["a", "b", "c", "d"];
        let of = |only: &[&str], from: Option<&str>| {
            let only = only.iter().map(|one| (*one).to_owned()).collect();
            StepChoice { only, from: from.map(str::to_owned) }.of(&all)
        };
        assert_eq!(of(&[], None), all);
        assert_eq!(of(&["c", "a"], None), ["a", "c"]);
        assert_eq!(of(&[], Some("c")), ["c", "d"]);
        assert_eq!(of(&["a", "d"], Some("b")), ["d"]);
    }
}
