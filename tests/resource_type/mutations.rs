//! Every rule, broken on purpose in each of the files that have the place for it: the rule is found there, and nothing else is.

use std::collections::BTreeSet;

use calha::resource_type::RULES;

use super::{CLEAN, found, text};

/// Where the finding stands, from the line that was changed.
enum At {
    Here,
    Lines(isize),
    /// On the first line that contains this.
    Line(&'static str),
}

struct Mutation {
    code: &'static str,
    find: &'static str,
    put: &'static str,
    at: At,
    /// What follows from it besides, elsewhere.
    also: &'static [&'static str],
}

const fn here(code: &'static str, find: &'static str, put: &'static str) -> Mutation {
    Mutation { code, find, put, at: At::Here, also: &[] }
}

const fn lines(code: &'static str, find: &'static str, put: &'static str, n: isize) -> Mutation {
    Mutation { code, find, put, at: At::Lines(n), also: &[] }
}

const fn line(
    code: &'static str,
    find: &'static str,
    put: &'static str,
    at: &'static str,
) -> Mutation {
    Mutation { code, find, put, at: At::Line(at), also: &[] }
}

const FROM: &str = "#$upgrade_from \"8\" AT_CREATION";
const START: &str = "START\t\t\t\t=\tqueue_svc_start;";
const STOP: &str = "STOP\t\t\t\t=\tqueue_svc_stop;";

fn mutations() -> Vec<Mutation> {
    let with = |mutation: Mutation, also| Mutation { also, ..mutation };
    vec![
        here("rtr.typographic-quote", "\"ACME print queue\"", "\u{201c}ACME print queue\u{201d}"),
        here("rtr.mixed-quotes", "\"ACME print queue\"", "\"ACME print queue\u{201d}"),
        here("rtr.mixed-quotes", "\"5\"", "\u{201c}5\""),
        here("rtr.open-quote", "\"ACME print queue\"", "\"ACME print queue"),
        here("rtr.not-ascii", "\"Seconds", "\"S\u{e9}conds"),
        here("rtr.nul-byte", "\"Seconds", "\"Sec\0onds"),
        here("rtr.carriage-return", "VENDOR_ID = ACME;", "VENDOR_ID = ACME;\r"),
        here("rtr.missing-semicolon", "FAILOVER = TRUE;", "FAILOVER = TRUE"),
        here("rtr.missing-semicolon", "\tEXTENSION;", "\tEXTENSION"),
        here("rtr.missing-semicolon", "Failover = true;", "Failover = true"),
        here("rtr.missing-brace", "\n}\n", "\n\n"),
        here("rtr.stray-brace", "VENDOR_ID = ACME;", "VENDOR_ID = ACME; }"),
        here("rtr.missing-name", "VENDOR_ID = ACME;", "VENDOR_ID = ACME; = 5;"),
        here("rtr.unquoted-blanks", "\"ACME print queue\"", "ACME print queue"),
        here("rtr.empty-statement", "VENDOR_ID = ACME;", "VENDOR_ID = ACME;;"),
        here("rtr.keyword-comment", "# $Revision: 1.4 $", "#$Revision: 1.4 $"),
        here("rtr.unknown-directive", FROM, "#$upgrade_form \"8\" AT_CREATION"),
        here("rtr.unknown-directive", "#$upgrade", "#$upgrade \"7\""),
        here(
            "rtr.directive-place",
            "RT_DESCRIPTION = \"Web service\";",
            "#$upgrade_from \"7\" ANYTIME",
        ),
        here("rtr.directive-place", "\tPER_NODE;", "\tPER_NODE;\n#$upgrade_from \"7\" ANYTIME"),
        here("rtr.directive-version", FROM, "#$upgrade_from"),
        here("rtr.directive-tunability", FROM, "#$upgrade_from \"8\" SOMETIMES"),
        here("rtr.directive-tunability", FROM, "#$upgrade_from \"8\""),
        here("rtr.directive-rest", FROM, "#$upgrade_from \"8\" AT_CREATION now"),
        here("rtr.directive-quotes", FROM, "#$upgrade_from 8 AT_CREATION"),
        here("rtr.directive-capitals", FROM, "#$Upgrade_From \"8\" AT_CREATION"),
        lines("rtr.upgrade-missing", "#$upgrade", "# ", 1),
        here("rtr.upgrade-twice", FROM, "#$upgrade_from \"\" AT_CREATION"),
        here("rtr.upgrade-own-version", FROM, "#$upgrade_from \"9\" AT_CREATION"),
        here("rtr.not-first", "RESOURCE_TYPE = \"", "PKGLIST = ACMEp; RESOURCE_TYPE = \""),
        lines("rtr.type-missing", "RESOURCE_TYPE = \"queue\";", "", 1),
        here("rtr.type-period", "\"queue\"", "\"print.queue\""),
        with(line("rtr.start-missing", START, "", "RESOURCE_TYPE"), &["rtr.timeout-method"]),
        with(line("rtr.stop-missing", STOP, "", "RESOURCE_TYPE"), &["rtr.timeout-method"]),
        here("rtr.version-characters", "RT_VERSION =\"1.2\"", "RT_VERSION =\"1,2\""),
        here("rtr.version-characters", "RT_VERSION =\"1.2\"", "RT_VERSION =\"1 2\""),
        here("rtr.version-colon", "RT_VERSION =\"1.2\"", "RT_VERSION =\"1:2\""),
        here("rtr.installed-nodes", "INIT_NODES = RG_PRIMARIES;", "INSTALLED_NODES = n1;"),
        here("rtr.api-version", "API_VERSION = 2;", "API_VERSION = two;"),
        here("rtr.unknown-property", "INIT_NODES", "INIT_NODE"),
        here("rtr.duplicate-property", "INIT_NODES = RG_PRIMARIES;", "Failover = TRUE;"),
        line("rtr.basedir-missing", "RT_BASEDIR=/opt/ACMEqueue/bin;", "", "queue_svc_start"),
        here("rtr.placeholder", "/opt/ACMEqueue/bin", "(DIRECTORY)"),
        line(
            "rtr.monitor-stop-missing",
            "MONITOR_STOP\t\t\t=\tqueue_monitor_stop;",
            "",
            "MONITOR_START",
        ),
        here(
            "rtr.property-first",
            "\tPROPERTY = Retry_count;",
            "\tMIN = 1; PROPERTY = Retry_count;",
        ),
        lines(
            "rtr.extension-second",
            "\tPROPERTY = Child_mon_level;",
            "\tPROPERTY = Child_mon_level; MIN = -1;",
            1,
        ),
        here("rtr.system-type", "\tPROPERTY = Retry_count;", "\tPROPERTY = Retry_count; INT;"),
        here(
            "rtr.system-description",
            "\tPROPERTY = Retry_count;",
            "\tPROPERTY = Retry_count; DESCRIPTION = \"x\";",
        ),
        lines("rtr.extension-type", "\tSTRINGARRAY;", "", -2),
        here("rtr.default-empty", "\tDEFAULT = -1;", "\tDEFAULT = ;"),
        here("rtr.default-empty", "Default = \"Auto\"", "Default = \"\""),
        here("rtr.default-value", "\tDEFAULT = 30;", "\tDEFAULT = 0;"),
        here("rtr.default-value", "Default = \"Auto\"", "Default = \"Never\""),
        here("rtr.limits", "\tMIN = 1;", "\tMIN = one;"),
        here("rtr.timeout-min", "\tMIN = 60;", "\tMIN = 0;"),
        here("rtr.timeout-max", "\tMIN = 60;", "\tMAX = 600;"),
        line("rtr.timeout-method", "VALIDATE\t\t\t=\tqueue_validate;", "", "Validate_timeout"),
        here("rtr.tunable", "\tTUNABLE = ANYTIME;", "\tTUNABLE = WHEN_OFFLINE;"),
        line("rtr.per-node", "\tMAX = 9;\n\tDEFAULT = 2;", "\tMAX = 9;\n", "PER_NODE"),
        here("rtr.per-node-place", "\tMIN = 30;", "\tPER_NODE; MIN = 30;"),
        here("rtr.unknown-system-property", "Retry_count", "Retry_cuont"),
        here("rtr.unknown-attribute", "\tMIN = 60;", "\tLEAST = 60;"),
        here("rtr.duplicate-attribute", "\tMIN = 60;", "\tMIN = 60; Min = 60;"),
        here("rtr.duplicate-entry", "PROPERTY = Stop_timeout;", "PROPERTY = start_timeout;"),
        here("rtr.name-form", "PROPERTY = Confdir_list", "PROPERTY = 2dirs"),
        lines("rtr.scalable-failover", "\tDEFAULT = FALSE;", "\tDEFAULT = TRUE;", -2),
        lines("rtr.retry-interval", "PROPERTY = Retry_count;", "PROPERTY = Retry_interval;", 2),
        here("rtr.value-separator", "\tDEFAULT = ;", "\tDEFAULT = \"80/tcp;81/tcp\";"),
    ]
}

/// What one mutation does to one file; false where the file has no place for it.
fn tried(mutation: &Mutation, name: &str) -> bool {
    let whole = text(name);
    let Some(place) = whole.find(mutation.find) else { return false };
    let changed_line = whole[..place].matches('\n').count() + 1;
    let changed = whole.replacen(mutation.find, mutation.put, 1);
    let more = changed.lines().count() - whole.lines().count();

    let before: Vec<_> = found(whole.as_bytes(), None)
        .into_iter()
        .map(|(code, line)| (code, if line > changed_line { line + more } else { line }))
        .collect();
    let new: Vec<_> = found(changed.as_bytes(), None)
        .into_iter()
        .filter(|one| !before.contains(one) && !mutation.also.contains(&one.0))
        .collect();

    let wanted = match mutation.at {
        At::Here => changed_line + more,
        At::Lines(lines) => changed_line.checked_add_signed(lines).unwrap(),
        At::Line(text) => changed.lines().position(|line| line.contains(text)).unwrap() + 1,
    };
    assert_eq!(new, [(mutation.code, wanted)], "{name}: {} -> {}", mutation.find, mutation.put);
    true
}

#[test]
fn each_rule_is_found_where_it_is_broken_and_nothing_else_is() {
    for mutation in mutations() {
        let places = CLEAN.into_iter().filter(|name| tried(&mutation, name)).count();
        assert!(places > 0, "{}: {:?} stands in no file", mutation.code, mutation.find);
    }
}

/// Tried elsewhere: what needs a release, a directory, or more than one line.
const ELSEWHERE: [&str; 10] = [
    "rtr.value-lines",
    "rtr.upgrade-unaware",
    "rtr.version-missing",
    "rtr.rt-system",
    "rtr.api-too-new",
    "rtr.release-none",
    "rtr.global-zone",
    "rtr.method-file",
    "rtr.failover-mode",
    "rtr.too-many",
];

#[test]
fn no_rule_is_without_a_test() {
    let tried: BTreeSet<&str> =
        mutations().iter().map(|mutation| mutation.code).chain(ELSEWHERE).collect();
    let all: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(tried, all);
}

#[test]
fn a_value_over_two_lines_is_one_value() {
    let text = text("builder.rt").replace("\"ACME print queue\"", "\"ACME print\nqueue\"");
    let new: Vec<_> = found(text.as_bytes(), None).into_iter().map(|(code, _)| code).collect();
    assert_eq!(new, ["rtr.value-lines", "rtr.upgrade-unaware"]);
}

/// A listing from a manual's page, damaged in seven ways: each is told once, and nothing that follows from it.
#[test]
fn the_damaged_listing_has_one_finding_for_each_damage() {
    let codes: Vec<&str> =
        found(text("damaged.rt").as_bytes(), None).into_iter().map(|(code, _)| code).collect();
    assert_eq!(
        codes,
        [
            "rtr.typographic-quote",
            "rtr.missing-semicolon",
            "rtr.mixed-quotes",
            "rtr.keyword-comment",
            "rtr.directive-tunability",
            "rtr.missing-brace",
            "rtr.missing-semicolon",
            "rtr.open-quote",
            "rtr.unquoted-blanks",
        ]
    );
}
