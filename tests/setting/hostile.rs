//! Whatever is answered, nothing that a shell or a table reads as syntax gets into a path, a name or a description.

use calha::profile::{guide_values, parse};
use calha::setting::{Answers, Kind, Model, Origin, Value, registry, resolve};
use proptest::prelude::*;

/// What a Bourne shell, vfstab or `scrgadm` would act on, unquoted or not.
const SYNTAX: &str = "'\"\\`$;|&<>\n\r\t\0(){}*?!~#^";

fn hostile() -> impl Strategy<Value = String> {
    let syntax = proptest::sample::select(SYNTAX.chars().collect::<Vec<_>>());
    let start = proptest::sample::select(vec![
        "",
        "/",
        "/cal",
        "/dev/md/penguin/dsk/d400",
        "cal",
        "o=",
        "-x",
        "192.0.2.1",
        "logging",
        "ipmp0@1",
    ]);
    (start, "[ -~]{0,6}", syntax, "[a-z/. ]{0,6}")
        .prop_map(|(start, middle, syntax, end)| format!("{start}{middle}{syntax}{end}"))
}

fn setting_keys() -> Vec<(String, Kind)> {
    let given = |kind: &Kind| !matches!(kind, Kind::Connection);
    registry()
        .filter(|setting| given(&setting.kind))
        .map(|setting| (setting.key_for("cal"), setting.kind))
        .collect()
}

proptest! {
    #[test]
    fn syntax_is_refused_by_every_setting(text in hostile(), (key, kind) in proptest::sample::select(setting_keys())) {
        let value = if matches!(kind, Kind::NodeNames | Kind::Options) { Value::texts(["Node1", &text]) } else { Value::text(&*text) };
        let mut answers: Answers = guide_values(Model::Asymmetric);
        answers.insert(&*key, value, Origin::Set);
        if let Ok(resolved) = resolve(&answers) {
            // Free text may hold brackets and the like, which every op quotes; never what ends a quotation or a line.
            let free = matches!(kind, Kind::Description | Kind::DistinguishedName);
            let (taken, _) = &resolved.values[&key];
            prop_assert!(free && !taken.chars().any(|c| "'\"\\`$;|&<>\n\r\t\0".contains(c)), "{key} took {text:?}");
        }
    }

    #[test]
    fn a_list_of_nodes_never_carries_anything_else(names in proptest::collection::vec("[ -~]{0,8}", 0..4)) {
        let mut answers = guide_values(Model::Asymmetric);
        answers.insert("cluster.nodes", Value::texts(names), Origin::Set);
        if let Ok(resolved) = resolve(&answers) {
            for node in resolved.settings.cluster.nodes {
                prop_assert!(node.as_str().chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !node.as_str().starts_with('-'));
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_fail(text in "(\\[[a-z.\"]{0,12}\\]|[a-z-]{1,9} = [\"\\[{0-9a-z é']{0,9}|[ -~é\\n]{0,12}|\\n){0,12}") {
        let answers = parse("any.toml", &text);
        if let Err(problems) = resolve(&answers) {
            prop_assert!(problems.iter().all(|problem| !problem.what.is_empty()));
        }
    }

    #[test]
    fn no_cut_of_a_profile_makes_the_reader_fail(cut in 0usize..6000, inserted in "[\\x00-\\x7fé]{0,3}") {
        let whole = include_str!("../../profiles/asymmetric.toml");
        let cut = (0..=cut.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
        let _ = resolve(&parse("cut.toml", &format!("{}{inserted}{}", &whole[..cut], &whole[cut..])));
        let _ = resolve(&parse("cut.toml", &whole[..cut]));
    }
}
