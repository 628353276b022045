//! Whether the cluster takes a member for up or down. A word that is not here is neither.

/// State of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeState {
    Up,
    Down,
}

impl NodeState {
    pub fn parse(word: &str) -> Option<Self> {
        match word.trim() {
            "UP" => Some(Self::Up),
            "DOWN" => Some(Self::Down),
            _ => None,
        }
    }
}
