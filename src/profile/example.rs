//! The example profiles, one for each model, with the guide's own names and values. Where the guide
//! has none that can be used, a documented replacement stands: 192.0.2.x for its impossible address
//! (E20). Tests and the reference guide rely on these profiles being valid.

use crate::problem::Problem;
use crate::setting::{Answers, Model, Origin, Value};

/// The example profile of a model, with `values` filled in.
///
/// # Errors
/// As [`write`](super::write).
pub fn example(model: Model, values: &Answers) -> Result<String, Problem> {
    let title = match model {
        Model::Asymmetric => {
            "Profile of calha: the asymmetric model of section 6.6, with the names that the guide \
             uses."
        }
        Model::Symmetric => {
            "Profile of calha: the symmetric model of section 6.7, with the names that the guide \
             uses."
        }
        Model::NPlusOne => {
            "Profile of calha: the N+1 model of section 6.1.3 with N = 3, named as the guide \
             names the other models."
        }
    };
    let head = [
        title,
        "Lines with two signs explain, lines with one sign show the default: remove the sign to \
         change it.",
        "Check it with: calha profile check FILE",
    ];
    super::write(&head, values)
}

/// The guide's own names and values, where it has any that can be used (E20 has none for the
/// address).
pub fn guide_values(model: Model) -> Answers {
    let mut answers = Answers::new();
    let mut set = |key: &str, value: Value| answers.insert(key, value, Origin::Prompt);

    set("cluster.name", Value::text("calendar-cluster"));
    set("cluster.model", Value::text(model.name()));
    set("cluster.nodes", Value::texts(nodes(model)));

    set("account.uid", Value::Integer(5001));
    set("account.gid", Value::Integer(5001));

    match model {
        Model::Asymmetric => asymmetric(&mut set),
        Model::Symmetric => (1..=2).for_each(|number| symmetric(number, &mut set)),
        Model::NPlusOne => (1..=3).for_each(|number| n_plus_one(number, &mut set)),
    }

    for (key, value) in [
        ("installer.mode", "silent"),
        ("installer.program", "/cdrom/cdrom0/Solaris_sparc/installer"),
        (
            "installer.state-file",
            if model == Model::Asymmetric {
                "/var/tmp/calha-installer.state"
            } else {
                "/var/tmp/calha-installer-%i.state"
            },
        ),
        ("configurator.mode", "silent"),
        (
            "configurator.state-file",
            if model == Model::Asymmetric {
                "/var/tmp/calha-configurator.state"
            } else {
                "/var/tmp/calha-configurator-%i.state"
            },
        ),
        ("directory.host", "ldap"),
        ("directory.connection", "ssh"),
        ("directory.mode", "operator"),
        ("directory.instance", "slapd-ldap"),
    ] {
        set(key, Value::text(value));
    }

    answers
}

fn nodes(model: Model) -> Vec<&'static str> {
    match model {
        Model::Asymmetric | Model::Symmetric => vec!["Node1", "Node2"],
        Model::NPlusOne => vec!["Node1", "Node2", "Node3", "Node4"],
    }
}

/// Tables 6-3 and 6-5.
fn asymmetric(set: &mut impl FnMut(&str, Value)) {
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
}

/// What no default can say of the instance `csNUMBER`.
fn numbered(number: i64, set: &mut impl FnMut(&str, Value)) {
    for (name, value) in [
        ("logical-host", format!("cal-host{number}")),
        ("logical-host-fqdn", format!("cal-host{number}.example.com")),
        ("logical-host-address", format!("192.0.2.{}", 9 + number)),
    ] {
        set(&format!("instance.cs{number}.{name}"), Value::text(value));
    }
}

/// 6.7.1, with each disk set owned by one instance (E45).
fn symmetric(number: i64, set: &mut impl FnMut(&str, Value)) {
    numbered(number, set);
    let (disk_set, [root, share, var]) =
        if number == 1 { ("penguin", [500, 400, 600]) } else { ("polarbear", [200, 300, 700]) };
    for (name, volume) in
        [("install-root-device", root), ("block-device", share), ("var-dir-device", var)]
    {
        set(
            &format!("instance.cs{number}.{name}"),
            Value::text(format!("/dev/md/{disk_set}/dsk/d{volume}")),
        );
    }
}

/// The guide names no disk sets for N+1: the two it has, and one more.
fn n_plus_one(number: i64, set: &mut impl FnMut(&str, Value)) {
    numbered(number, set);
    let disk_set = ["penguin", "polarbear", "seal"][number as usize - 1];
    for (name, volume) in
        [("install-root-device", 500), ("block-device", 400), ("var-dir-device", 600)]
    {
        set(
            &format!("instance.cs{number}.{name}"),
            Value::text(format!("/dev/md/{disk_set}/dsk/d{volume}")),
        );
    }
}
