//! What holds for some releases only.

use calha::resource_type::{Fit, RegistrationFile, Release, lint};

use super::{found, text};

fn codes(text: &str, release: &str) -> Vec<&'static str> {
    let release = Release::parse(release).unwrap();
    found(text.as_bytes(), Some(release)).into_iter().map(|(code, _)| code).collect()
}

fn fits(text: &str, fit: Fit) -> Vec<&'static str> {
    let lint = lint(&RegistrationFile::parse(text.as_bytes()), None, None);
    lint.fits.iter().filter(|(_, own)| *own == fit).map(|(release, _)| release.name()).collect()
}

#[test]
fn a_version_is_required_from_3_1_on() {
    let text = text("builder.rt").replace("RT_VERSION =\"1.2\";", "");
    assert!(codes(&text, "3.0").is_empty());
    assert_eq!(codes(&text, "3.1"), ["rtr.version-missing"]);
    assert_eq!(fits(&text, Fit::Yes), ["3.0"]);
}

#[test]
fn rt_system_may_stand_there_from_3_2_on() {
    let text = text("builder.rt").replace("FAILOVER", "RT_SYSTEM = TRUE;\nFAILOVER");
    assert!(codes(&text, "3.1u4").contains(&"rtr.rt-system"));
    assert!(!codes(&text, "3.2").contains(&"rtr.rt-system"));
    assert_eq!(fits(&text, Fit::Yes).first(), Some(&"3.2"));
    assert!(found(text.as_bytes(), None).iter().all(|(code, _)| *code != "rtr.rt-system"));
}

#[test]
fn what_came_later_is_told_for_earlier_releases() {
    let zone = text("builder.rt").replace("FAILOVER", "GLOBAL_ZONE = TRUE;\nFAILOVER");
    assert!(codes(&zone, "3.1-8/05").contains(&"rtr.global-zone"));
    assert!(!codes(&zone, "3.2").contains(&"rtr.global-zone"));

    let mode = text("hand.rt").replace("DEFAULT = SOFT", "DEFAULT = LOG_ONLY");
    assert!(codes(&mode, "3.1-4/04").contains(&"rtr.failover-mode"));
    assert!(!codes(&mode, "3.1-9/04").contains(&"rtr.failover-mode"));
}

/// The table of the manual, row by row: the lowest release that takes each API_version.
#[test]
fn an_api_version_decides_which_releases_take_the_type() {
    let first = [
        (3, "3.1 10/03"),
        (4, "3.1 4/04"),
        (5, "3.1 9/04"),
        (6, "3.1 8/05"),
        (7, "3.2"),
        (8, "3.2 2/08"),
        (9, "3.2 1/09"),
        (10, "3.2 11/09"),
        (11, "3.3"),
        (12, "3.3 5/11"),
        (13, "3.3 12/12"),
        (20, "4.0"),
        (21, "4.1"),
        (22, "4.2"),
    ];
    for (api, release) in first {
        let text = text("builder.rt").replace("API_VERSION = 2;", &format!("API_VERSION = {api};"));
        assert_eq!(fits(&text, Fit::Yes).first(), Some(&release), "{api}");
        assert!(!codes(&text, release).contains(&"rtr.api-too-new"));
        assert!(codes(&text, "3.0").contains(&"rtr.api-too-new"), "{api}");
        // What these take no document says.
        let unknown = fits(&text, Fit::Unknown);
        assert!(unknown.ends_with(&["4.3", "4.4"]), "{unknown:?}");
    }
    assert_eq!(fits(&text("builder.rt"), Fit::Yes).len(), Release::ALL.len());
}

#[test]
fn no_release_at_all_is_an_error() {
    let text = text("later.rt").replace("RT_VERSION = \"9\";", "").replace("#$upgrade\n", "");
    let codes: Vec<_> = found(text.as_bytes(), None).into_iter().map(|(code, _)| code).collect();
    assert!(codes.contains(&"rtr.release-none"), "{codes:?}");
    assert!(codes.contains(&"rtr.version-missing"), "{codes:?}");
}
