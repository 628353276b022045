//! Worksheets: nothing that has to be known is missing, nothing in a value becomes markup.

use std::path::Path;
use std::process::Command;

use calha::profile;
use calha::setting::{Model, Resolved};
use calha::worksheet::Sheet;

fn load(model: Model, set: &[&str]) -> Resolved {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{}.toml", model.name()));
    profile::load(&file, &set.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
        .unwrap_or_else(|p| panic!("{p:?}"))
}

/// The text of a well-formed document, markup left out.
fn text_of(xml: &str) -> String {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|e| panic!("{e}"));
    document
        .root()
        .descendants()
        .filter(|n| n.is_text())
        .filter_map(|n| n.text())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_worksheet_holds_every_value_of_the_tables() {
    for model in Model::ALL {
        let resolved = load(model, &[]);
        let sheet = Sheet::filled(&resolved).unwrap();
        let html = sheet.html().unwrap();
        let body = html.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0;
        let (shown, markdown) =
            (text_of(&format!("<body>{body}</body>")), sheet.markdown().unwrap());
        for (key, (value, _)) in &resolved.values {
            assert!(markdown.contains(&format!("`{key}` | {value} |")), "{model:?} {key}");
            assert!(
                shown.contains(key.as_str()) && shown.contains(value.as_str()),
                "{model:?} {key}"
            );
        }
        let tables: &[&str] = if model == Model::Asymmetric {
            &["table 6-3", "table 6-5", "tables 6-5 and 6-7"]
        } else {
            &["table 6-4", "table 6-6", "tables 6-6 and 6-8"]
        };
        assert!(tables.iter().all(|t| markdown.contains(t) && shown.contains(t)), "{model:?}");
        // It works alone: no script, nothing that is fetched.
        assert!(
            !html.contains("<script") && !html.contains("src=") && !html.contains("href="),
            "{model:?}"
        );
    }
}

#[test]
fn a_blank_worksheet_has_room_for_them() {
    for model in Model::ALL {
        let sheet = Sheet::blank(model).unwrap();
        assert!(
            sheet.blank && sheet.tables.iter().flat_map(|t| &t.rows).all(|r| r.value.is_empty())
        );
        let markdown = sheet.markdown().unwrap();
        let rows = markdown.lines().filter(|l| l.starts_with("| ") && l.ends_with(" | |")).count();
        assert_eq!(rows, sheet.tables.iter().map(|t| t.rows.len()).sum::<usize>(), "{model:?}");
        assert_eq!(
            sheet.html().unwrap().matches("class=\"value empty\"").count(),
            rows,
            "{model:?}"
        );
    }
}

#[test]
fn the_picture_shows_who_is_on_standby_for_whom() {
    for model in Model::ALL {
        let resolved = load(model, &[]);
        let sheet = Sheet::filled(&resolved).unwrap();
        let shown = text_of(sheet.svg());
        for instance in &resolved.settings.instances {
            // Once at home, once on standby.
            assert_eq!(
                shown.lines().filter(|l| *l == instance.resource_group).count(),
                2,
                "{model:?} {}",
                instance.name
            );
            assert!(
                shown.contains(&instance.logical_host.address.to_string()),
                "{model:?} {}",
                instance.name
            );
            for system in instance.file_systems() {
                assert!(
                    shown.contains(system.mount_point.as_str()),
                    "{model:?} {}",
                    system.mount_point
                );
            }
        }
        for node in &resolved.settings.cluster.nodes {
            assert!(shown.lines().any(|l| l == node.as_str()), "{model:?} {node}");
        }
    }
}

#[test]
fn a_value_is_never_markup() {
    // No setting takes such a value; the page does not rely on that.
    let mut resolved = load(Model::Asymmetric, &[]);
    resolved.values.get_mut("directory.manager-dn").unwrap().0 = "cn=<b>&|x".into();
    resolved.settings.instances[0].resource_group = "<i>&\"".into();
    let sheet = Sheet::filled(&resolved).unwrap();
    let html = sheet.html().unwrap();
    assert!(!html.contains("<b>") && html.contains("&lt;b&gt;&amp;"), "it stands there as text");
    assert!(text_of(sheet.svg()).contains("<i>&\""));
    assert!(sheet.markdown().unwrap().contains("cn=<b>&&#124;x |"));
}

#[test]
fn the_command_prints_each_form() {
    let calha = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_calha"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .arg("worksheet")
            .args(args)
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    assert!(calha(&[]).1.starts_with("# Worksheet for the asymmetric model\n"));
    assert!(calha(&["--model", "n-plus-one"]).1.starts_with("# Worksheet for the N+1 model\n"));
    assert!(
        calha(&["profiles/symmetric.toml", "--format", "html"]).1.starts_with("<!DOCTYPE html>")
    );
    assert!(calha(&["profiles/symmetric.toml", "--format", "svg"]).1.starts_with("<svg "));
    assert_eq!(calha(&["profiles/symmetric.toml", "--model", "symmetric"]).0, Some(2));
    assert_eq!(calha(&["profiles/none.toml"]).0, Some(2));
}
