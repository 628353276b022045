//! The program by which somebody who is not root becomes it. How it is started and answered is the
//! session's.

/// The program that does it (sudo(8), su(1M), pfexec(1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BecomeProgram {
    Sudo,
    Su,
    Pfexec,
}

impl BecomeProgram {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sudo => "sudo",
            Self::Su => "su",
            Self::Pfexec => "pfexec",
        }
    }
}
