//! What two instances must not have in common, and how many instances and nodes a model takes.

use std::path::Path;

use calha::problem::Problem;
use calha::profile;
use calha::setting::Resolved;

fn load(model: &str, set: &[&str]) -> Result<Resolved, Vec<Problem>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
    profile::load(&file, &set.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
}

/// The one problem of a changed profile: what it says and what it advises.
fn only_problem(model: &str, set: &[&str]) -> String {
    let problems = load(model, set).err().unwrap_or_else(|| panic!("{set:?} was taken"));
    let [problem] = problems.as_slice() else { panic!("{set:?}: {problems:#?}") };
    format!("{} [{}] {}", problem.what, problem.code, problem.remedy.as_deref().unwrap_or_default())
}

#[test]
fn what_two_instances_must_not_share_is_refused_by_name() {
    let cases: &[(&str, &[&str], &str)] = &[
        (
            "symmetric",
            &["instance.cs2.watcher-port=49994"],
            "instance.cs2.watcher-port 49994 is also that of cs1",
        ),
        (
            "symmetric",
            &["instance.cs2.logical-host-address=192.0.2.10"],
            "instance.cs2.logical-host-address",
        ),
        ("symmetric", &["instance.cs2.logical-host=CAL-host1"], "instance.cs2.logical-host"),
        (
            "symmetric",
            &["instance.cs2.resource-group=CAL-CS1-RG"],
            "CAL-CS1-RG is also instance.cs1.resource-group",
        ),
        ("n-plus-one", &["instance.cs3.hasp-resource=CAL-HASP-CS1-RS"], "CAL-HASP-CS1-RS is also"),
        // One root below another: a mount point would hide it.
        (
            "symmetric",
            &[
                "instance.cs2.install-root=/opt/Node1/x",
                "instance.cs2.var-dir=/var/opt/Node2/SUNWics5",
            ],
            "lie inside each other",
        ),
        (
            "n-plus-one",
            &[
                "instance.cs2.install-root=/opt/Node1",
                "instance.cs2.var-dir=/var/opt/Node2/SUNWics5",
            ],
            "/opt/Node1 is also install-root of cs1",
        ),
        // 6.7.1 puts a volume of the first instance into the disk set of the second (E45).
        (
            "symmetric",
            &["instance.cs1.var-dir-device=/dev/md/polarbear/dsk/d600"],
            "disk set polarbear",
        ),
        (
            "symmetric",
            &["instance.cs1.var-dir-raw-device=/dev/md/penguin/rdsk/d300"],
            "another volume",
        ),
        (
            "symmetric",
            &["instance.cs1.var-dir-device=/dev/md/penguin/dsk/d400"],
            "/dev/md/penguin/dsk/d400 is also block-device;",
        ),
        (
            "n-plus-one",
            &["instance.cs2.block-device=/dev/md/penguin/dsk/d400"],
            "is also block-device of cs1",
        ),
        ("n-plus-one", &["installer.state-file=/var/tmp/one.state"], "%i"),
    ];
    for (model, set, wanted) in cases {
        let said = match load(model, set) {
            Ok(_) => panic!("{set:?} was taken"),
            Err(problems) => problems
                .iter()
                .map(|p| format!("{}; {}\n", p.what, p.remedy.as_deref().unwrap_or_default()))
                .collect::<String>(),
        };
        assert!(said.contains(wanted), "{set:?}: {said}");
    }
}

#[test]
fn a_cluster_file_system_may_lie_in_a_disk_set_of_the_other_instance() {
    let set = [
        "instance.cs1.file-system=cluster",
        "instance.cs2.file-system=cluster",
        "instance.cs1.var-dir-device=/dev/md/polarbear/dsk/d600",
    ];
    load("symmetric", &set).unwrap();
}

#[test]
fn each_model_takes_its_number_of_nodes_and_instances() {
    assert!(
        only_problem("symmetric", &["cluster.nodes=Node1,Node2,Node3"]).contains("names 3 node(s)")
    );
    assert!(
        only_problem("n-plus-one", &["cluster.nodes=Node1,Node2,Node3,Node4,Node5"])
            .contains("names 5 node(s) for 3 instances")
    );
    let both = ["instance.cs1.nodes=Node1,Node2", "instance.cs2.nodes=Node1,Node2"];
    let said = only_problem("symmetric", &both);
    assert!(said.contains("prefers Node1, as the instance cs1 does"), "{said}");
    let said = only_problem("symmetric", &["instance.cs2.nodes=Node2,Node2"]);
    assert!(said.contains("two different nodes"), "{said}");
    let said = only_problem("symmetric", &["instance.cs2.nodes=Node2,node1"]);
    assert!(said.contains("node1, which is not one of cluster.nodes"), "{said}");
    let said = load(
        "n-plus-one",
        &[
            "instance.cs1.nodes=Node1,Node4",
            "instance.cs2.nodes=Node2,Node3",
            "instance.cs3.nodes=Node3,Node4",
        ],
    )
    .unwrap_err();
    assert!(said.iter().any(|p| p.what.contains("there is one spare")), "{said:?}");
    assert!(
        said.iter().any(|p| p.what.contains("has Node3 on standby, which is active for cs3")),
        "{said:?}"
    );
}

#[test]
fn names_of_instances_are_put_into_names_of_state_files() {
    let settings = load("n-plus-one", &[]).unwrap().settings;
    let site = calha::step::Site::new(&settings, &settings.instances[1], "cal").unwrap();
    assert_eq!(
        site.settings.installer.state_file.as_ref().unwrap().as_str(),
        "/var/tmp/calha-installer-cs2.state"
    );
    assert_eq!(site.state_file.as_str(), "/var/tmp/calha-configurator-cs2.state");
}
