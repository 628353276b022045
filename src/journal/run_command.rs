//! What a run was told to do. Journals and events hold it as a word, or a few; a word of another
//! release stays what it is, and decides nothing.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! commands {
    ($($command:ident = $name:literal,)*) => {
        /// The command of a run.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum RunCommand {
            $(#[doc = $name] $command,)*
            /// One that this release does not have.
            Other(String),
        }

        impl RunCommand {
            /// As it is written.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$command => $name,)*
                    Self::Other(word) => word,
                }
            }
        }

        impl From<String> for RunCommand {
            fn from(word: String) -> Self {
                match word.as_str() {
                    $($name => Self::$command,)*
                    _ => Self::Other(word),
                }
            }
        }
    };
}

commands! {
    Install = "install",
    Resume = "resume",
    Undo = "rollback",
    Uninstall = "uninstall",
    Restore = "restore",
    Rehearse = "rehearse",
    Adopt = "adopt",
    ImportResults = "import-results",
    DebugOn = "debug on",
    DebugOff = "debug off",
    ServiceStart = "service start",
    ServiceStop = "service stop",
    ServiceRestart = "service restart",
    ServiceFailover = "service failover",
    ServiceRemove = "service remove",
    KeepServer = "uninstall --keep-server",
    LeaveServer = "uninstall --keep-server --rollback",
    Upgrade = "rt upgrade",
    UndoUpgrade = "rt upgrade --rollback",
}

impl RunCommand {
    /// Whether `calha resume` goes on with a run of it. The others are gone on with by the same
    /// command.
    pub fn can_be_resumed(&self) -> bool {
        match self {
            Self::Install | Self::Resume | Self::Undo | Self::Uninstall | Self::Restore => true,
            Self::Rehearse
            | Self::Adopt
            | Self::ImportResults
            | Self::DebugOn
            | Self::DebugOff
            | Self::ServiceStart
            | Self::ServiceStop
            | Self::ServiceRestart
            | Self::ServiceFailover
            | Self::ServiceRemove
            | Self::KeepServer
            | Self::LeaveServer
            | Self::Upgrade
            | Self::UndoUpgrade
            | Self::Other(_) => false,
        }
    }
}

impl RunCommand {
    /// Whether it undoes what an earlier run did.
    pub fn goes_back(&self) -> bool {
        match self {
            Self::Undo
            | Self::Uninstall
            | Self::Restore
            | Self::DebugOff
            | Self::ServiceRemove
            | Self::LeaveServer
            | Self::UndoUpgrade => true,
            Self::Install
            | Self::Resume
            | Self::Rehearse
            | Self::Adopt
            | Self::ImportResults
            | Self::DebugOn
            | Self::ServiceStart
            | Self::ServiceStop
            | Self::ServiceRestart
            | Self::ServiceFailover
            | Self::KeepServer
            | Self::Upgrade
            | Self::Other(_) => false,
        }
    }
}

impl From<RunCommand> for String {
    fn from(command: RunCommand) -> Self {
        command.as_str().to_owned()
    }
}

impl fmt::Display for RunCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::RunCommand;

    #[test]
    fn every_word_is_written_as_it_was_read() {
        for word in ["install", "import-results", "debug on", "service failover", "of-tomorrow", ""]
        {
            let line = format!("{word:?}");
            let read: RunCommand = serde_json::from_str(&line).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), line);
        }
        let unknown = RunCommand::from("of-tomorrow".to_owned());
        assert!(matches!(&unknown, RunCommand::Other(_)) && !unknown.can_be_resumed());
    }
}
