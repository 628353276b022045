//! `calha rt new` in front of a human.

use super::CALHA;
use super::pty::Pty;

#[test]
fn a_type_is_asked_for_and_an_answer_can_be_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("made");
    let words = ["rt", "new", file.to_str().unwrap(), "--set", "name=queue"];
    let mut pty = Pty::start(CALHA, &words, &[], 30, 80);
    pty.waits_for("Vendor > ");
    pty.types("?\n");
    pty.waits_for("stock symbol");
    pty.waits_for("Vendor > ");
    pty.types("two words\n");
    pty.waits_for("it has to be");
    pty.waits_for("Vendor > ");
    pty.types("SUNW\n");
    pty.waits_for("[SUNW queue] > ");
    pty.types("<\n");
    pty.waits_for("Vendor > ");
    pty.types("ACME\n");
    pty.waits_for("[ACME queue] > ");
    pty.types("Print queue\n");
    for offered in [
        "Version [1.0] > ",
        "[/opt/ACMEqueue/bin] > ",
        "Template [plain] > ",
        "[failover] > ",
        "[none] > ",
        "Fault monitor [yes] > ",
        "Aware of upgrades [yes] > ",
    ] {
        pty.waits_for(offered);
        pty.types("\n");
    }
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("VENDOR_ID = ACME;"), "{text}");
    assert!(text.contains("RT_DESCRIPTION = \"Print queue\";"), "{text}");
}

#[test]
fn an_interview_that_is_left_writes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("made");
    let mut pty = Pty::start(CALHA, &["rt", "new", file.to_str().unwrap()], &[], 30, 80);
    pty.waits_for("Vendor > ");
    pty.types("\u{3}");
    assert_eq!(pty.ends().code(), Some(130), "{}", pty.screen());
    assert!(!file.exists());
}
