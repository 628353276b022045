//! A walk over the registry: no entry lacks anything that a question, an error or a page needs.

use std::collections::BTreeSet;

use calha::setting::{Fallback, Group, Kind, Need, lookup, registry};

#[test]
fn every_entry_is_complete() {
    let mut keys = BTreeSet::new();
    for setting in registry() {
        let key = setting.key;
        assert!(keys.insert(key), "{key} is there twice");
        for (what, text) in [
            ("prompt", setting.prompt),
            ("help", setting.help),
            ("long help", setting.long),
            ("source", setting.source),
        ] {
            assert!(!text.trim().is_empty() && text.trim() == text, "{key}: {what}");
            assert!(
                !text.contains("  ") && !text.contains('\n'),
                "{key}: {what} is folded: {text}"
            );
        }
        assert!(
            !setting.prompt.ends_with([':', '?']) && !setting.help.ends_with('.'),
            "{key}: marks are added where it is shown"
        );
        assert!(setting.long.ends_with(['.', ')']), "{key}: the long help is sentences");
        assert!(Group::ALL.contains(&setting.group));
        assert!(!setting.kind.describe().is_empty());
    }
}

#[test]
fn every_default_is_taken_by_its_own_check() {
    for setting in registry() {
        if let Fallback::Fixed(text) = setting.fallback {
            let value = setting.kind.read(text);
            assert_eq!(setting.kind.check(&value).as_ref(), Ok(&value), "{}", setting.key);
        }
    }
}

#[test]
fn what_a_setting_depends_on_comes_before_it() {
    let mut known = BTreeSet::new();
    for setting in registry() {
        if let Fallback::Derived { from, rule, .. } = setting.fallback {
            assert!(
                from.iter().all(|key| known.contains(key)) && !rule.is_empty(),
                "{}",
                setting.key
            );
        }
        if let Need::When { key, is } = setting.need {
            let Some(Kind::Choice(choices)) = lookup(key).map(|found| found.setting.kind) else {
                panic!("{key} is no choice")
            };
            assert!(
                known.contains(key)
                    && is.iter().all(|value| choices.iter().any(|choice| choice.value == *value)),
                "{}",
                setting.key
            );
        }
        known.insert(setting.key);
    }
}

#[test]
fn only_what_nobody_can_guess_has_no_default() {
    let without: Vec<_> = registry()
        .filter(|s| matches!(s.fallback, Fallback::None) && s.need == Need::Always)
        .map(|s| s.key)
        .collect();
    assert_eq!(
        without,
        [
            "cluster.name",
            "cluster.nodes",
            "account.uid",
            "account.gid",
            "instance.<instance>.block-device",
            "instance.<instance>.logical-host",
            "instance.<instance>.logical-host-address",
            "directory.host",
        ]
    );
}
