/// What the words after the options of a passed-on command are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// Paths.
    Files,
    /// The first is a pattern or script unless -e or -f was given; the rest are paths.
    PatternThenFiles,
    /// No paths at all.
    Plain,
    /// `find`: paths up to the first expression word.
    Find,
    /// `dd`: `if=` and `of=`.
    Assignments,
    /// A program or script to run: everything as it is.
    Everything,
}

#[expect(dead_code, reason = "in memory nothing is handed over; the options are what a lab on disk checks first")]
/// A base command that this machine's own command of the same name does, after its options were checked.
pub(crate) struct Passed {
    pub name: &'static str,
    /// Option letters of Solaris 8, as of getopt(3C). `*` = the command reads its own words.
    pub options: &'static str,
    pub words: Words,
}

const fn passed(name: &'static str, options: &'static str, words: Words) -> Passed {
    Passed { name, options, words }
}

/// Commands of Solaris 8 that are handed over. What Solaris 8 lacks (readlink, mktemp, stat, seq, md5sum …) is not here and not in PATH.
pub(crate) const PASSED_ON: &[Passed] = &[
    passed("awk", "F:f:", Words::PatternThenFiles),
    passed("nawk", "F:f:v:", Words::PatternThenFiles),
    passed("sed", "nf:e:", Words::PatternThenFiles),
    passed("grep", "bchilnsvw", Words::PatternThenFiles),
    passed("egrep", "bchilnsve:f:", Words::PatternThenFiles),
    passed("fgrep", "bchilnsvxe:f:", Words::PatternThenFiles),
    passed("find", "*", Words::Find),
    passed("head", "n:", Words::Files),
    passed("tail", "*", Words::Files),
    passed("sort", "bcdfimMnru:k:o:t:T:", Words::Files),
    passed("uniq", "cduf:s:", Words::Files),
    passed("wc", "clmwC", Words::Files),
    passed("diff", "bcefhilntwrsD:C:S:", Words::Files),
    passed("od", "bcCdDfFoOsSvxXA:j:N:t:", Words::Files),
    passed("dd", "", Words::Assignments),
    passed("tr", "cds", Words::Plain),
    passed("date", "u", Words::Plain),
    passed("expr", "*", Words::Plain),
    passed("printf", "", Words::Plain),
    passed("kill", "*", Words::Plain),
    passed("ps", "aAcdefjlLPyg:n:o:p:s:t:u:U:G:", Words::Plain),
    passed("pwd", "", Words::Plain),
    passed("sleep", "", Words::Plain),
    passed("stty", "ag", Words::Plain),
    passed("sync", "", Words::Plain),
    passed("tty", "ls", Words::Plain),
    passed("env", "*", Words::Everything),
    passed("sh", "*", Words::Everything),
];
