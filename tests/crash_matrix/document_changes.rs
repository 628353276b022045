//! What somebody may do to a document that calha has edited, as data: the change, what verify is to
//! say of it, and what is to become of the edit when it is undone.

/// A document with the lines of ours in it.
pub struct Text<'t> {
    pub whole: &'t str,
    /// Lines that calha wrote: of one instance in ics.conf, of all in the other documents.
    pub ours: &'t [String],
}

/// What verify, and install without anything accepted, say.
#[derive(Clone, Copy, Debug)]
pub enum Says {
    /// Nothing, or something that is merely worth knowing.
    Right,
    /// Problems, by their codes.
    Wrong(&'static [&'static str]),
    /// That the edit is not as it was done.
    Drift,
    /// The problems, and the drift once they are accepted.
    Both(&'static [&'static str]),
}

/// What becomes of the edit on the ways back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// It goes, or is gone, and the rest stays.
    Gone,
    /// Somebody is asked, and what is there stays.
    Asked,
}

/// A change with its name.
pub struct Change {
    pub name: &'static str,
    pub make: Box<dyn Fn(&Text<'_>) -> String>,
    pub says: Says,
    pub back: Back,
}

use Back::{Asked, Gone};
use Says::{Both, Drift, Right, Wrong};

impl Text<'_> {
    /// The last entry of ours.
    fn entry(&self) -> &str {
        self.ours.last().unwrap()
    }

    fn field(&self, at: usize) -> &str {
        self.entry().split('\t').nth(at).unwrap()
    }

    /// With something else for the last entry of ours.
    fn with(&self, instead: &str) -> String {
        let line = |l| if l == self.entry() { instead.to_owned() } else { format!("{l}\n") };
        self.whole.lines().map(line).collect()
    }

    /// With another field in it.
    fn set(&self, at: usize, to: &str) -> String {
        let mut fields: Vec<&str> = self.entry().split('\t').collect();
        fields[at] = to;
        self.with(&(fields.join("\t") + "\n"))
    }

    fn block(&self) -> String {
        self.ours.iter().map(|line| format!("{line}\n")).collect()
    }

    fn before_block(&self) -> &str {
        self.whole.split(&self.ours[0]).next().unwrap()
    }

    fn replace(&self, from: &str, to: &str) -> String {
        self.whole.replace(from, to)
    }
}

fn block(t: &Text<'_>) -> String {
    t.block()
}

fn change(
    name: &'static str,
    make: impl Fn(&Text<'_>) -> String + 'static,
    says: Says,
    back: Back,
) -> Change {
    Change { name, make: Box::new(make), says, back }
}

/// What is written below everything else.
fn below(
    name: &'static str,
    line: impl Fn(&Text<'_>) -> String + 'static,
    says: Says,
    back: Back,
) -> Change {
    change(name, move |t| t.whole.to_owned() + &line(t), says, back)
}

const OTHER: Says = Wrong(&["vfstab.other-entry"]);
const CR: Says = Wrong(&["vfstab.crlf"]);
const TWICE: Says = Wrong(&["vfstab.duplicate"]);
const FIELDS: Says = Wrong(&["vfstab.fields"]);
const DEVICE: Says = Wrong(&["vfstab.device-in-use"]);
const MIXED: Says = Wrong(&["vfstab.device-in-use", "vfstab.raw-device"]);
const OTHER_MIXED: Says = Wrong(&["vfstab.other-entry", "vfstab.raw-device"]);

/// Of /etc/vfstab.
pub fn vfstab() -> Vec<Change> {
    let mut all = beside_the_entry();
    all.extend(the_entry_itself());
    all
}

fn beside_the_entry() -> Vec<Change> {
    let on = |t: &Text<'_>, point: &str| {
        format!("/dev/dsk/c9 /dev/rdsk/c9 {} ufs 2 no -\n", point.replace('@', t.field(2)))
    };
    let elsewhere = |block: &str, raw: &str| format!("{block} {raw} /other ufs 2 no -\n");
    vec![
        below("raw device", move |t| elsewhere("/dev/dsk/c9", t.field(1)), MIXED, Gone),
        below("block device", move |t| elsewhere(t.field(0), "/dev/rdsk/c9"), MIXED, Gone),
        below("both devices", move |t| elsewhere(t.field(0), t.field(1)), DEVICE, Gone),
        below("a device as swap", |t| format!("{} - - swap - no -\n", t.field(1)), DEVICE, Gone),
        below(
            "a device spelt otherwise",
            |t| format!("{} - - swap - no -\n", t.field(0).replace("/md/", "//md/./")),
            DEVICE,
            Gone,
        ),
        below("mount point", move |t| on(t, "@"), OTHER, Gone),
        below("trailing slash", move |t| on(t, "@/"), OTHER, Gone),
        below("two slashes", move |t| on(t, "/@"), OTHER, Gone),
        below("a dot", move |t| on(t, "@/."), OTHER, Gone),
        below("below it", move |t| on(t, "@/below"), Right, Gone),
        below("another one", move |t| on(t, "@2"), Right, Gone),
        below("nfs", |t| format!("nas:/x - {} nfs - yes ro\n", t.field(2)), OTHER, Gone),
        below("no newline", |_| "nas:/x - /x nfs - yes -".into(), Right, Gone),
        below("a comment", |t| format!("#{}\n", t.entry()), Right, Gone),
        below("empty lines", |_| "\n\n".into(), Right, Gone),
    ]
}

fn the_entry_itself() -> Vec<Change> {
    let at_boot = |t: &Text<'_>| t.set(5, if t.field(5) == "no" { "yes" } else { "no" });
    let first = |t: &Text<'_>| format!("{}\n{}", t.entry(), t.with(""));
    let tabs = |t: &Text<'_>| format!("  {}\t \n", t.entry().replace('\t', "\t\t"));
    let cut = |t: &Text<'_>| t.entry().rsplit_once('\t').unwrap().0.to_owned() + "\n";
    let blanks = |t: &Text<'_>| t.entry().replace('\t', "   ") + "\n";
    vec![
        change("blanks", move |t| t.with(&blanks(t)), Right, Gone),
        change("more TABs", move |t| t.with(&tabs(t)), Right, Gone),
        change("first", first, Right, Gone),
        change("first, and more", move |t| first(t) + "nas:/x - /x nfs - yes -\n", Right, Gone),
        change("open end", |t| t.whole.trim_end().to_owned(), Right, Gone),
        change("CR", |t| t.with(&format!("{}\r\n", t.entry())), CR, Asked),
        change("blank and CR", |t| t.with(&format!("{} \r\n", t.entry())), CR, Asked),
        change("all CR LF", |t| t.replace("\n", "\r\n"), CR, Asked),
        change("slash", |t| t.set(2, &format!("{}/", t.field(2))), OTHER, Asked),
        change("options", |t| t.set(6, "noatime"), OTHER, Asked),
        change("no options", |t| t.set(6, "-"), OTHER, Asked),
        change("at boot", at_boot, OTHER, Asked),
        change("fsck pass", |t| t.set(4, "3"), OTHER, Asked),
        change("type", |t| t.set(3, "vxfs"), OTHER, Asked),
        change("block device", |t| t.set(0, "/dev/md/other/dsk/d1"), OTHER_MIXED, Asked),
        change("raw device", |t| t.set(1, "/dev/md/other/rdsk/d1"), OTHER_MIXED, Asked),
        change("mount point", |t| t.set(2, "/calendar"), Both(&["vfstab.device-in-use"]), Asked),
        change("eight fields", |t| t.with(&format!("{} x\n", t.entry())), FIELDS, Asked),
        change("six fields", move |t| t.with(&cut(t)), FIELDS, Asked),
        change("form feed", |t| t.with(&format!("{}\u{c}\n", t.entry())), OTHER, Asked),
        below("twice", |t| format!("{}\n", t.entry()), TWICE, Gone),
        below("twice, with blanks", blanks, TWICE, Gone),
        change("commented out", |t| t.with(&format!("# {}\n", t.entry())), Drift, Gone),
        change("removed", |t| t.with(""), Drift, Gone),
    ]
}

const AGAIN: Says = Wrong(&["ics-conf.overridden"]);
const MARKERS: Says = Wrong(&["ics-conf.markers"]);
const CHANGED: Says = Wrong(&["ics-conf.block-changed"]);
const OPEN: Says = Wrong(&["ics-conf.markers", "ics-conf.open-quote"]);
const AGAIN_OPEN: Says = Wrong(&["ics-conf.open-quote", "ics-conf.overridden"]);

/// Of ics.conf.
pub fn ics_conf() -> Vec<Change> {
    let mut all = below_the_block();
    all.extend(cut_off());
    all.extend(the_block_itself());
    all.extend(left_of_the_block());
    all
}

fn below_the_block() -> Vec<Change> {
    let line = |name: &'static str, says| below(name, move |_| format!("{name}\n"), says, Gone);
    vec![
        line("local.hostname = \"other\"", AGAIN),
        line("local.servername\t=\t\"other\"", AGAIN),
        line("service.listenaddr=other", AGAIN),
        line("service.ens.host =", AGAIN),
        line("local.hostname=\"\"", AGAIN),
        line("local.hostname='other'", AGAIN),
        line("service.http.listenaddr=\"other\"\r", AGAIN),
        line("local.autorestart=\"yes\"", AGAIN),
        line("local.server.ha.enabled = YES", AGAIN),
        line("local.hostname=\"x\"\nlocal.hostname=\"y\"", AGAIN),
        line("local.hostname=\"other", AGAIN_OPEN),
        line("local.hostname: other", Right),
        line("  local.hostname = \"other\"", Right),
        line("LOCAL.HOSTNAME=\"other\"", Right),
        line("!local.hostname=\"other\"", Right),
        line("#local.hostname=\"other\"", Right),
        line("local.mine=\"x\"", Right),
        line("local.mine=\"x\nlocal.hostname=\"other\"\ny\"", Right),
        below("no newline", |_| "local.hostname=\"other\"".into(), AGAIN, Gone),
    ]
}

/// What is left of a file whose end, or beginning, is gone.
fn cut_off() -> Vec<Change> {
    let until = |t: &Text<'_>, text: &str| {
        let end = t.before_block().len() + t.block().find(text).unwrap();
        t.whole[..end].to_owned()
    };
    vec![
        change("everything", |_| String::new(), Both(&["ics-conf.empty"]), Gone),
        change("from the block on", |t| t.before_block().to_owned(), Drift, Gone),
        change("in its first line", move |t| until(t, "calha HA block"), Drift, Gone),
        change("behind its first line", move |t| until(t, "! Written"), MARKERS, Asked),
        change("between two lines", move |t| until(t, "local.hostname"), MARKERS, Asked),
        change("in a value", move |t| until(t, "SUNWscics"), OPEN, Asked),
        change("in its last line", move |t| until(t, "! END") + "! END cal", MARKERS, Asked),
        change("the last newline", |t| t.whole.trim_end().to_owned(), Right, Gone),
        change("before it", block, Wrong(&["ics-conf.empty"]), Gone),
    ]
}

fn the_block_itself() -> Vec<Change> {
    fn first(t: &Text<'_>) -> String {
        format!("{}\n", t.ours[0])
    }
    fn last(t: &Text<'_>) -> String {
        format!("{}\n", t.entry())
    }
    let agent = "local.server.ha.agent=\"SUNWscics\"\n";
    let upside_down = |t: &Text<'_>| {
        t.replace(&first(t), "@").replace(&last(t), &first(t)).replace('@', &last(t))
    };
    let up = |t: &Text<'_>| t.block() + &t.replace(&t.block(), "");
    let mine = |t: &Text<'_>| t.replace(&last(t), &format!("local.mine=\"x\"\n{}", last(t)));
    let double = |t: &Text<'_>| t.replace(&first(t), &first(t).repeat(2));
    vec![
        change("no begin", |t| t.replace(&first(t), ""), MARKERS, Asked),
        change("no end", |t| t.replace(&last(t), ""), MARKERS, Asked),
        change("another begin", |t| t.replace("! BEGIN", "! Begin"), MARKERS, Asked),
        change("another end", |t| t.replace("! END", "!END"), MARKERS, Asked),
        change("end before begin", upside_down, MARKERS, Asked),
        change("two begins", double, MARKERS, Asked),
        below("two blocks", block, MARKERS, Asked),
        change("indented begin", |t| t.replace("! BEGIN", "  ! BEGIN"), MARKERS, Asked),
        change("DEL behind end", |t| t.with(&format!("{}\u{7f}\n", t.entry())), MARKERS, Asked),
        change("all CR LF", |t| t.replace("\n", "\r\n"), MARKERS, Asked),
        change("CR", move |t| t.replace(agent, &agent.replace('\n', "\r\n")), CHANGED, Asked),
        change("blank", move |t| t.replace(agent, &agent.replace('\n', " \n")), CHANGED, Asked),
        change("a line of mine", mine, CHANGED, Asked),
        change("a line less", move |t| t.replace(agent, ""), CHANGED, Asked),
        change("a comment", move |t| t.replace(agent, &format!("!{agent}")), CHANGED, Asked),
        change("another value", |t| t.replace("=\"SUNWscics\"", "=\"x\""), CHANGED, Asked),
        change("above the rest", up, AGAIN, Gone),
    ]
}

/// Without the marker lines, as a whole or in part.
fn left_of_the_block() -> Vec<Change> {
    let left = |name: &'static str, line: &'static str| {
        change(name, move |t| format!("{}{line}\n", t.before_block()), Drift, Asked)
    };
    let lines = |t: &Text<'_>, line: &dyn Fn(&String) -> String| {
        t.before_block().to_owned() + &t.ours.iter().map(line).collect::<String>()
    };
    let inner = |t: &Text<'_>| {
        let inner = &t.ours[1..t.ours.len() - 1];
        t.before_block().to_owned() + &inner.join("\n") + "\n"
    };
    let renamed = |t: &Text<'_>| t.replace("HA block ", "HA block other");
    let commented = move |t: &Text<'_>| lines(t, &|line| format!("!{line}\n"));
    vec![
        change("without markers", inner, Drift, Asked),
        change("another name", renamed, Drift, Asked),
        change("commented out", commented, Drift, Gone),
        left("a line", "local.server.ha.agent=\"SUNWscics\""),
        left("a line with blanks", "local.server.ha.agent = \"SUNWscics\""),
        left("a line with TABs and CR", "local.server.ha.agent\t=\t\"SUNWscics\"\r"),
        left("a line without quotes", "local.server.ha.agent=SUNWscics"),
        change("removed", |t| t.before_block().to_owned(), Drift, Gone),
    ]
}

/// Of /etc/syslog.conf, while debugging is on.
pub fn syslog_conf() -> Vec<Change> {
    let respaced = |t: &Text<'_>| t.with(&(t.entry().replace('\t', "   ") + "\n"));
    let tabs = |t: &Text<'_>| t.with(&(t.entry().replace('\t', "\t\t\t") + " \n"));
    let file = |t: &Text<'_>| t.with(&t.entry().replace("clusterlog", "other\n"));
    let level = |t: &Text<'_>| t.with(&(t.entry().replace(".debug", ".info") + "\n"));
    let above = |t: &Text<'_>, line: &str| format!("{line}{}", t.whole);
    let twice = Wrong(&["syslog-conf.duplicate"]);
    vec![
        change("open ifdef", move |t| above(t, "ifdef(`LOGHOST', ,\n"), Right, Gone),
        change("open quote", move |t| above(t, "ifdef(`LOGHOST, ,\nx\t/y\n)\n"), Right, Gone),
        change("CR elsewhere", move |t| above(t, "*.emerg\t*\r\n"), Right, Gone),
        change("more TABs", tabs, Right, Gone),
        change("first", |t| format!("{}\n{}", t.entry(), t.with("")), Right, Gone),
        change("open end", |t| t.whole.trim_end().to_owned(), Right, Gone),
        below("another selector", |_| "*.err\t/var/adm/clusterlog\n".into(), Right, Gone),
        below("twice", |t| format!("{}\n", t.entry()), twice, Gone),
        change("blanks", respaced, Drift, Asked),
        change("CR", |t| t.with(&format!("{}\r\n", t.entry())), Drift, Asked),
        change("level", level, Drift, Asked),
        change("another file", file, Drift, Gone),
        change("commented out", |t| t.with(&format!("#{}\n", t.entry())), Drift, Gone),
        change("removed", |t| t.with(""), Drift, Gone),
    ]
}
