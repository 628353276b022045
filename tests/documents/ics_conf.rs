//! ics.conf: what a parameter is, what would make the block wrong, and what is only told.

use calha::document::{HaBlock, IcsConf, mask};

use crate::as_they_come::ICS_CONF;
use crate::findings::{assert_helps, codes, ics_notices, ics_problems};
use crate::wanted::block;

#[test]
fn what_a_word_processor_makes_of_an_ics_conf_is_told() {
    let notices = |text: &str| {
        let all = codes(&ics_notices(text.as_bytes()));
        all.into_iter().filter(|c| !c.ends_with("superseded")).collect::<Vec<_>>()
    };
    for (line, code) in [
        ("a = \u{201c}b\u{201d}", Some("typographic-quote")),
        ("a=\u{201e}b\u{201c}", Some("typographic-quote")),
        ("a=\u{2018}b\u{2019}", Some("typographic-quote")),
        ("a=\"it\u{2019}s\"", None),
        ("a =\n\"b\"", Some("value-elsewhere")),
        ("a = \n  b", Some("value-elsewhere")),
        ("a =\n\n\"b\"", None),
        ("a =\n! b", None),
        ("a =\nb=\"c\"", None),
        ("a=\"\"\nx", None),
        ("a =", None),
    ] {
        let expected: Vec<String> =
            code.iter().map(|code| format!("ics.conf:10 ics-conf.{code}")).collect();
        assert_eq!(notices(&format!("{ICS_CONF}{line}\n")), expected, "{line:?}");
        assert_eq!(codes(&ics_problems(format!("{ICS_CONF}{line}\n").as_bytes())).len(), 0);
    }
    let marked = format!("\u{feff}{ICS_CONF}");
    assert_eq!(notices(&marked), ["ics.conf:1 ics-conf.byte-order-mark"]);
    let latin = [ICS_CONF.as_bytes(), b"a=\x93b\x94\n"].concat();
    assert_eq!(
        codes(&ics_notices(&latin)).last().unwrap(),
        "ics.conf:10 ics-conf.typographic-quote"
    );
}

#[test]
fn what_is_a_parameter_and_what_is_not() {
    let text = b"a=\"1\"\r\n!b=\"2\"\n!!c = \"3\"\n d=\"4\"\nE=\"5\"\na \t= \t\"6\" rest\nf=\"7\n\
        !g=\"8\"\nh=\"\xe9\xff\"\ni= 9 \nj k=\"10\"\n\
                 caldb.dwp.server.Node1.ip=\"11\"\n=\"12\"\nl\nm=\"";
    let file = IcsConf::parse(text);
    let found: Vec<_> = file.parameters().map(|p| (p.line, p.last_line, p.name, p.value)).collect();
    let expected: [(usize, usize, &str, &[u8]); 7] = [
        (1, 1, "a", b"1"),
        (6, 6, "a", b"6"),
        (7, 8, "f", b"7\n!g="),
        (9, 9, "h", b"\xe9\xff"),
        (10, 10, "i", b"9"),
        (12, 12, "caldb.dwp.server.Node1.ip", b"11"),
        (15, 15, "m", b""),
    ];
    assert_eq!(found, expected);
    assert_eq!(file.value("a"), Some(&b"6"[..]), "the last duplicate wins");
    for none in ["b", "c", "d", "E", "e", "g", "j", "k", ""] {
        assert_eq!(file.value(none), None, "{none}");
    }
}

#[test]
fn every_problem_of_an_ics_conf_and_its_opposite() {
    let HaBlock { begin, end, text } = block();
    let changed = text.replace("SUNWscics", "SUNWscIcs");
    let longer = text.replace(&end, &format!("! more\n{end}"));
    let shorter = text.replace("local.autorestart=\"yes\"\n", "");
    let after = "! later\nservice.ens.port=\"1\"\n local.hostname=\"x\"\n!local.hostname=\"x\"\n";
    let last = text.lines().count();
    let at = |line: usize, code: &str| vec![format!("{line} {code}")];
    let cases: Vec<(String, Vec<String>)> = vec![
        (String::new(), vec![]),
        (text.clone(), vec![]),
        (text.trim_end().to_string(), vec![]),
        (format!("{text}{after}"), vec![]),
        (format!("! BEGIN calha HA block cal2\n{text}"), vec![]),
        (begin.clone(), at(1, "ics-conf.markers")),
        (end.clone(), at(1, "ics-conf.markers")),
        (format!("{end}\n{begin}\n"), at(1, "ics-conf.markers")),
        (format!("{text}{text}"), at(last + 1, "ics-conf.markers")),
        (format!("{text}{end}\n"), at(last + 1, "ics-conf.markers")),
        (format!("{text} {end}\n"), at(last + 1, "ics-conf.markers")),
        (text.replace('\n', "\r\n"), at(1, "ics-conf.markers")),
        (changed, at(6, "ics-conf.block-changed")),
        (longer, at(last, "ics-conf.block-changed")),
        (shorter, at(last - 1, "ics-conf.block-changed")),
        (
            format!("{text}local.hostname=\"x\"\n\nlocal.hostname = \"y\"\n"),
            at(last + 3, "ics-conf.overridden"),
        ),
        ("a=\"b\nc=d\n".into(), at(1, "ics-conf.open-quote")),
        ("a=\"b\nc=\"d\n".into(), vec![]),
        ("!a=\"b\n b=\"c\n".into(), vec![]),
        (format!("a=\"b\n{text}"), at(1, "ics-conf.open-quote")),
        (format!("a=\"b\nc\"\n{text}"), vec![]),
        ("!\0\n".into(), at(1, "file.not-text")),
        (format!("!\nx=\"{}\"\n", "y".repeat(2045)), at(2, "file.not-text")),
        (format!("!\nx=\"{}\"\n", "y".repeat(2044)), vec![]),
        ("! \u{d55c}\u{ae00}\nx=\"\u{e9}\"\n".into(), vec![]),
    ];
    for (rest, expected) in cases {
        let problems = ics_problems(format!("{ICS_CONF}{rest}").as_bytes());
        assert_helps(&problems);
        let base = ICS_CONF.lines().count();
        let expected: Vec<String> = expected
            .iter()
            .map(|problem| {
                let (line, code) = problem.split_once(' ').expect("line and code");
                format!("ics.conf:{} {code}", line.parse::<usize>().expect("a line") + base)
            })
            .collect();
        assert_eq!(codes(&problems), expected, "{rest:?}");
    }
}

#[test]
fn an_ics_conf_without_parameters_is_not_the_configurators() {
    let text = block().text;
    for empty in ["", "\n", "! only\n!a=\"b\"\n", &text] {
        assert_eq!(
            codes(&ics_problems(empty.as_bytes())),
            ["ics.conf ics-conf.empty"],
            "{empty:?}"
        );
    }
    assert_eq!(codes(&ics_problems(b"a=\"b\"\n")), Vec::<String>::new());
    let binary: Vec<u8> = (0..=255).cycle().take(4096).collect();
    assert_eq!(codes(&ics_problems(&binary))[0], "ics.conf:1 file.not-text");
}

#[test]
fn notices_say_what_the_block_supersedes_and_what_it_cannot() {
    let text = format!(
        "{ICS_CONF} service.indented=\"x\"\nService.capital=\"x\"\nlocal.hostname=\"again\"\n\
            service.smtp.host=\"NODE1.example.com\"\n\
         service.x=\"node10\"\nservice.y=\"192.0.2.10\"\nservice.z=\"ldap://192.0.2.1:389\"\n\
             caldb.dwp.server.node1.ip=\"\"\n\
         local.bindcred=\"node1\"\nlong=\"1\n2\"\r\n{}",
        block().text
    );
    let notices = ics_notices(text.as_bytes());
    assert_helps(&notices);
    assert_eq!(
        codes(&notices),
        [
            "ics.conf:10 ics-conf.not-an-option",
            "ics.conf:11 ics-conf.not-an-option",
            "ics.conf:13 ics-conf.physical-host",
            "ics.conf:16 ics-conf.physical-host",
            "ics.conf:17 ics-conf.physical-host",
            "ics.conf:18 ics-conf.physical-host",
            "ics.conf:19 ics-conf.long-quote",
            "ics.conf:20 ics-conf.crlf",
        ]
    );
    // Before the block is there.
    let text = text.strip_suffix(&block().text).unwrap();
    assert_eq!(
        ics_notices(text.as_bytes())[0].what,
        "local.hostname is also set before the block, on lines 4 and 12; the block wins"
    );
    let shown = notices.iter().map(ToString::to_string).collect::<String>();
    assert!(
        shown.contains("local.bindcred = \"****\"")
            && shown.contains("service.smtp.host = \"NODE1.example.com\""),
        "{shown}"
    );
    assert_eq!(
        codes(&ics_notices(format!("a=\"b\"\n{}", block().text).as_bytes())),
        Vec::<String>::new()
    );
}

#[test]
fn physical_names_are_whole_names() {
    let file = IcsConf::parse(
        b"a=\"node1\"\nb=\"xnode1\"\nc=\"node1-x\"\nd=\"x,Node1:80\"\n!e=\"node1\"\n",
    );
    let expected: [(usize, &str, &[u8]); 2] = [(1, "a", b"node1"), (4, "d", b"x,Node1:80")];
    assert_eq!(file.physical_names(&["node1"]), expected);
    assert_eq!(file.physical_names(&["", "node2"]), []);
}

#[test]
fn values_of_credentials_are_masked() {
    for (line, masked) in [
        ("local.enduseradmincred = \"x\"", "local.enduseradmincred = \"****\""),
        ("!local.ugldapbindcred=\"x\"y\"\r", "!local.ugldapbindcred=\"****\"\r"),
        ("ldap.bindpw=x # y", "ldap.bindpw=\"****\""),
        ("userPassword:: eA==", "userPassword:\"****\""),
        ("rw,user=me,passwd=x,ro", "rw,user=me,passwd=\"****\""),
        ("{\"client_secret\": \"x\"}", "{\"client_secret\": \"****\""),
        ("admin.PASSWORD\t=\tx", "admin.PASSWORD\t=\t\"****\""),
        ("\u{e9}pw=x", "\u{e9}pw=\"****\""),
        ("local.hostname = \"password\"", "local.hostname = \"password\""),
        ("! the password is set elsewhere", "! the password is set elsewhere"),
        ("service.http.port=\"80\"", "service.http.port=\"80\""),
        ("password=", "password="),
        ("", ""),
    ] {
        assert_eq!(mask(line), masked, "{line:?}");
    }
}
