//! What is written can be read back, and the example shows every setting.

use std::path::Path;

use calha::profile::{example, guide_values, parse, reference, schema, write};
use calha::setting::{Answers, Model, Origin, RunMode, Value, registry, resolve};

const EXAMPLE: &str = "profiles/asymmetric.toml";

fn guide_example() -> String {
    example(Model::Asymmetric, &guide_values(Model::Asymmetric)).expect("the template fits")
}

/// With `BLESS=1` in the environment the committed file is written anew.
#[test]
fn the_committed_examples_are_the_generated_ones() {
    for model in Model::ALL {
        let name = format!("profiles/{}.toml", model.name());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
        let generated = example(model, &guide_values(model)).expect("the template fits");
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(path.parent().expect("a directory"))
                .expect("profiles/ can be made");
            std::fs::write(&path, &generated).expect("the example can be written");
        }
        let committed =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            committed == generated,
            "{name} is not what the registry gives; run this test with BLESS=1"
        );
        let resolved = resolve(&parse(&name, &committed))
            .unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert_eq!(resolved.settings.cluster.model, model);
    }
}

#[test]
fn the_example_makes_the_settings_of_the_guide() {
    let resolved =
        resolve(&parse(EXAMPLE, &guide_example())).expect("the example is complete and valid");
    let settings = resolved.settings;
    let instance = &settings.instances[0];
    assert_eq!(settings.cluster.nodes[0].as_str(), "Node1");
    assert_eq!(instance.cal_svr_base.as_str(), "/opt/SUNWics5/cal");
    assert_eq!(instance.var_dir.as_str(), "/var/opt/SUNWics5");
    assert_eq!(instance.file_system.raw_device.as_str(), "/dev/md/penguin/rdsk/d400");
    assert_eq!(instance.file_system.options, "logging");
    assert_eq!(instance.directories.hotbackup.as_str(), "/cal/csdb/hotbackup");
    assert_eq!(instance.logical_host.description, "LogicalHostname resource for LOG-HOST-RS");
    assert_eq!(settings.installer.mode, RunMode::Silent);
}

#[test]
fn reading_what_was_written_gives_the_same_answers() {
    let mut answers = guide_values(Model::Asymmetric);
    let ssh = Value::Table(
        [
            ("ssh".to_string(), Value::text("n1")),
            ("options".to_string(), Value::texts(["-p", "22"])),
        ]
        .into(),
    );
    answers.insert("node.Node1.connection", ssh, Origin::Prompt);
    // A record keeps what was said even if it cannot be taken.
    answers.insert(
        "instance.cal.hasp-description",
        Value::text("say \"hé\"\\\n\t\u{1}"),
        Origin::Prompt,
    );
    answers.insert("limit.query", Value::text("soon"), Origin::Prompt);
    let text = write(&["A record."], &answers).expect("the template fits");
    let again = parse("record.toml", &text);
    assert_eq!(again.problems(), []);
    let values = |answers: &Answers| {
        answers
            .iter()
            .map(|(key, answer)| (key.to_string(), answer.value.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(values(&again), values(&answers));
}

#[test]
fn uncommented_defaults_change_nothing() {
    let text = guide_example();
    let with_defaults: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(setting) if !setting.contains('<') => format!("{setting}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let (plain, full) = (
        resolve(&parse("a", &text)).expect("valid"),
        resolve(&parse("b", &with_defaults)).expect("valid with its defaults"),
    );
    assert_eq!(plain.digest(), full.digest());
    assert_eq!(plain.settings, full.settings);
}

#[test]
fn every_setting_is_in_the_example_the_schema_and_the_reference() {
    let (example, schema, reference) =
        (guide_example(), schema(), reference().expect("the template fits"));
    let blank = write(&[], &Answers::new()).expect("the template fits");
    for setting in registry() {
        let table = setting.segments().next().unwrap_or_default();
        for (which, text) in [("example", &example), ("blank profile", &blank)] {
            let start = text
                .find(&format!("[{table}"))
                .unwrap_or_else(|| panic!("{which}: no table {table}"));
            let shown = text[start..].lines().any(|line| {
                line.trim_start_matches("# ").starts_with(&format!("{} = ", setting.name()))
            });
            assert!(shown, "{} is not in the {which}", setting.key);
        }
        assert!(
            reference.contains(&format!("### `{}`\n\n{}", setting.key, setting.help)),
            "{} is not in the reference",
            setting.key
        );
        let table = &schema["properties"][table];
        let table =
            if setting.placeholder().is_some() { &table["additionalProperties"] } else { table };
        assert_eq!(
            table["properties"][setting.name()]["title"],
            setting.prompt,
            "{} is not in the schema",
            setting.key
        );
    }
}

#[test]
fn the_schema_knows_what_is_required() {
    let schema = schema();
    assert_eq!(
        schema["required"],
        serde_json::json!(["cluster", "account", "instance", "directory"])
    );
    assert_eq!(
        schema["properties"]["instance"]["additionalProperties"]["required"],
        serde_json::json!(["block-device", "logical-host", "logical-host-address"])
    );
    let condition = &schema["properties"]["installer"]["allOf"][1];
    assert_eq!(condition["if"]["properties"]["mode"]["enum"], serde_json::json!(["silent"]));
    assert_eq!(condition["then"]["required"], serde_json::json!(["state-file"]));
}
