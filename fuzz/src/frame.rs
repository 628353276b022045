//! The answer of a node's shell: however it arrives it is the same, and what a command prints comes
//! through to the byte and passes for nothing else.

use calha::host::{Broken, Delivery, Frame};
use calha::node::Output;

use super::Target;

const HEAD: &str = "head";
const MARK: &str = "mark";

pub const TARGET: Target = Target {
    name: "frame",
    law: check,
    seeds: &["fuzz/seeds/frame"],
    pieces: &[
        "head",
        "head\n",
        "mark",
        "\nmark\n",
        "\nmark ",
        "\nmark 0\n",
        "\nmark 265\n",
        "mar",
        "hea",
        "-1",
        "99999999999",
        "\n",
        " ",
        "\r",
        "\0",
        "m",
    ],
};

/// How the bytes go on, which the first of them chooses.
pub fn check(bytes: &[u8]) {
    let choice = usize::from(bytes.first().copied().unwrap_or(0));
    let delivery = [Delivery::Kept, Delivery::Straight, Delivery::Inside][choice % 3];
    let piece = 1 + choice % 61;

    let whole = answer(bytes, delivery, bytes.len().max(1)).0;
    assert_eq!(answer(bytes, delivery, piece).0, whole, "in pieces of {piece} bytes");
    comes_through(bytes, delivery, piece);
}

/// The answer, and of how many bytes it was made.
fn answer(
    bytes: &[u8],
    delivery: Delivery,
    piece: usize,
) -> (Result<Option<Output>, Broken>, usize) {
    let mut frame = Frame::of(HEAD.into(), MARK.into(), delivery);
    let mut fed = 0;
    for piece in bytes.chunks(piece) {
        fed += piece.len();
        match frame.feed(piece) {
            Ok(None) => {}
            ended => return (ended, fed),
        }
    }
    (Ok(None), fed)
}

/// What holds neither head nor mark, which nobody can know, is an output like any other.
fn comes_through(bytes: &[u8], delivery: Delivery, piece: usize) {
    let is_there = |word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
    if is_there(HEAD) || is_there(MARK) {
        return;
    }
    let (stdout, stderr) = bytes.split_at(bytes.len() / 2);
    let sent = [b"banner\nhead\n", stdout, b"\nmark\n", stderr, b"\nmark 3\n"].concat();

    let (ended, fed) = answer(&sent, delivery, piece);
    assert_eq!(fed, sent.len(), "it ends before its end");
    let expected = Output { status: 3, stdout: stdout.to_vec(), stderr: stderr.to_vec() };
    assert_eq!(ended, Ok(Some(expected)));
}
