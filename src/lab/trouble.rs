//! How one call of a program goes wrong. Which call it is, a `Fault` says; `run` and `multicall`
//! act it out, and the configurator has troubles of its own.

use serde::{Deserialize, Serialize};

/// How a call goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "trouble")]
pub enum Trouble {
    /// It prints this on standard error, does nothing and exits so.
    Fails { status: i32, text: String },
    /// It prints bytes that are no text, does nothing and exits 0.
    Garbage,
    /// It prints so many lines before its real work.
    Floods {
        #[serde(default = "two_thousand")]
        lines: u32,
    },
    /// It does nothing for so long, then works.
    Hangs { seconds: u64 },
    /// It is killed (status 137): the configurator after that many tasks, any other program before
    /// (0) or after (1 and more) its work.
    Dies { after: u32 },
    /// The configurator's task of this number (from 1) prints FAILED.
    TaskFails { task: u32 },
    /// It says what it says of success, and does nothing: the configurator after that many tasks,
    /// the installer after that many directories, comm_dssetup.pl after that many of the
    /// attributes, classes and indexes that it adds, any other program from the beginning.
    Pretends {
        #[serde(default)]
        after: u32,
    },
    /// It does its work, then prints this on standard error and exits so.
    Errs { status: i32, text: String },
    /// It does its work elsewhere: the configurator in its own default directories, the installer
    /// below a directory with this behind it, comm_dssetup.pl in another directory server, any
    /// other program under a last word with this behind it.
    Misplaces { ending: String },
    /// It reads this word of its command line as that one.
    Mistakes { from: String, to: String },
    /// It takes no notice of an argument that has this text in it, nor of the option before it.
    Overlooks { text: String },
    /// The configurator does its work and ends with this sentence instead of its own.
    Concludes { sentence: String },
    /// The configurator speaks Korean, as in 6.11 of the guide.
    Korean,
}

fn two_thousand() -> u32 {
    2000
}
