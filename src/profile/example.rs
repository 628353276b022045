use crate::problem::Problem;
use crate::setting::{Answers, Model, Origin, Value};

/// The example profile of a model, with `values` filled in.
///
/// # Errors
/// As [`write`](super::write).
pub fn example(model: Model, values: &Answers) -> Result<String, Problem> {
    let title = match model {
        Model::Asymmetric => "Profile of calha: the asymmetric model of section 6.6, with the names that the guide uses.",
    };
    let head = [
        title,
        "Lines with two signs explain, lines with one sign show the default: take the sign away to change it.",
        "Check it with: calha profile check FILE",
    ];
    super::write(&head, values)
}

/// The guide's own names and values, where it has any that can be used (E20 has none for the address).
pub fn guide_values(model: Model) -> Answers {
    let Model::Asymmetric = model;
    let mut answers = Answers::new();
    let mut set = |key: &str, value: Value| answers.insert(key, value, Origin::Prompt);
    set("cluster.name", Value::text("calendar-cluster"));
    set("cluster.model", Value::text("asymmetric"));
    set("cluster.nodes", Value::texts(["Node1", "Node2"]));
    set("account.uid", Value::Integer(5001));
    set("account.gid", Value::Integer(5001));
    for (name, value) in [
        ("install-root", "/opt"),
        ("share-dir", "/cal"),
        ("block-device", "/dev/md/penguin/dsk/d400"),
        ("resource-group", "CAL-RG"),
        ("logical-host-resource", "LOG-HOST-RS"),
        ("hasp-resource", "CAL-HASP-RS"),
        ("service-resource", "CAL-SVR-RS"),
        ("logical-host", "cal-host"),
        ("logical-host-fqdn", "cal-host.example.com"),
        ("logical-host-address", "192.0.2.10"),
    ] {
        set(&format!("instance.cal.{name}"), Value::text(value));
    }
    for (key, value) in [
        ("installer.mode", "silent"),
        ("installer.program", "/cdrom/cdrom0/Solaris_sparc/installer"),
        ("installer.state-file", "/var/tmp/calha-installer.state"),
        ("configurator.mode", "silent"),
        ("configurator.state-file", "/var/tmp/calha-configurator.state"),
        ("directory.host", "ldap"),
        ("directory.connection", "ssh"),
        ("directory.mode", "operator"),
        ("directory.instance", "slapd-ldap"),
    ] {
        set(key, Value::text(value));
    }
    answers
}
