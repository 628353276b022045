//! The log of an agent: however it arrives its lines are the same, none is longer than its bound,
//! and a message says what stands in its line.

use calha::cluster::log::{Calendar, Lines, Message};

use super::Target;

/// Longest line that is told: what is kept of one, each byte spelt out, and how much is not.
const LONGEST: usize = 4 * 16 * 1024 + 50;

pub const TARGET: Target = Target {
    name: "agent_log",
    law: check,
    seeds: &["fuzz/seeds/agent_log"],
    pieces: &[
        "Dec 11 18:24:46 ",
        "Feb 29 00:00:00 ",
        "mars ",
        "SC",
        "[",
        "]",
        ",",
        ":",
        "SC[SUNW.scics,CAL-RG,cal-rs,ics_svc_start]: ",
        "SC[,SUNW.scics:3.2,CAL-RG,cal-rs,ics_svc_start]: ",
        "[ID 831728 daemon.debug] ",
        "[ID 99999999999 daemon.]",
        "\n ",
        "\n\t",
        "\n",
        "\r\n",
        "\0",
        "\0\0Dec 11 18:24:46 ",
        "\u{e9}",
        "\u{20ac}",
    ],
};

pub fn check(bytes: &[u8]) {
    let lines = lines(bytes, bytes.len().max(1));
    let piece = 1 + usize::from(bytes.first().copied().unwrap_or(0) % 61);
    assert_eq!(self::lines(bytes, piece), lines, "in pieces of {piece} bytes");

    let mut calendar = Calendar::default();
    for line in &lines {
        assert!(line.len() <= LONGEST, "a line of {} bytes", line.len());
        assert!(!line.contains(['\n', '\0']), "{line:?}");
        let Some(message) = Message::parse(line) else { continue };
        assert_eq!(Message::time(line), Some(message.at));
        calendar.place(message.at);
        said(&message, line);
    }
}

/// It has the words of its line, and one line for people.
fn said(message: &Message, line: &str) {
    let Message { host, resource_type, group, resource, method, text, .. } = message;
    for word in [host, resource_type, group, resource, method, text] {
        assert!(line.contains(word.as_str()), "{word:?} is not in {line:?}");
    }
    assert!(line.ends_with(text.as_str()), "{text:?} does not end {line:?}");
    assert_eq!(message.line().contains('\n'), line.contains('\n'));
    assert_eq!(message.at.to_string().parse(), Ok(message.at));
}

fn lines(bytes: &[u8], piece: usize) -> Vec<String> {
    let (mut read, mut all) = (Lines::default(), Vec::new());
    let mut tell = |line: &str| all.push(line.to_owned());
    bytes.chunks(piece).for_each(|piece| read.feed(piece, &mut tell));
    read.close(&mut tell);
    all
}
