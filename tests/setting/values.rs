//! What each setting takes and refuses, alone and together with others.

use calha::problem::Problem;
use calha::profile::guide_values;
use calha::setting::{Answers, Model, Origin, Settings, Value, lookup, resolve};

pub(super) fn with(changes: &[(&str, Value)]) -> Result<Settings, Vec<Problem>> {
    let mut answers: Answers = guide_values(Model::Asymmetric);
    for (key, value) in changes {
        assert!(lookup(key).is_some(), "{key} is no setting");
        answers.insert(*key, value.clone(), Origin::Set);
    }
    Settings::from_answers(&answers)
}

pub(super) fn text(key: &str, value: &str) -> Result<Settings, Vec<Problem>> {
    with(&[(key, Value::text(value))])
}

/// One value that is refused, with a word that its message must contain.
pub(super) fn refused(key: &str, value: Value, code: &str, says: &str) {
    let problems =
        with(&[(key, value.clone())]).expect_err(&format!("{key} = {value:?} was taken"));
    let problem = problems
        .iter()
        .find(|problem| problem.code == code)
        .unwrap_or_else(|| panic!("{key} = {value:?}: {problems:?}"));
    assert!(
        problem.to_string().contains(says),
        "{key} = {value:?} does not say {says:?}: {problem}"
    );
    assert!(problem.remedy.is_some(), "{problem}");
    assert!(problem.what.contains(key), "{problem} does not name {key}");
    // A conflict may name the other setting of the two.
    assert!(code == "setting.conflict" || problem.place.as_deref() == Some("--set"), "{problem:?}");
}

#[test]
fn the_values_of_the_guide_are_taken() {
    with(&[]).expect("the guide's values");
}

#[test]
fn paths_that_a_shell_or_table_would_misread_are_refused() {
    for key in [
        "instance.cal.share-dir",
        "instance.cal.install-root",
        "installer.program",
        "directory.server-root",
        "instance.cal.logs-dir",
    ] {
        for bad in [
            "cal",
            "",
            "/cal/../etc",
            "/c al",
            "/c\tal",
            "/cal\n",
            "/'cal'",
            "/\"cal\"",
            "/$(id)",
            "/`id`",
            "/cal;id",
            "/cal/",
            "//cal",
            "/./cal",
            "/cál",
            "/cal*",
        ] {
            refused(key, Value::text(bad), "setting.path", "");
        }
    }
    refused(
        "installer.program",
        Value::text(format!("/{}", "x".repeat(1100))),
        "setting.path",
        "1023",
    );
    refused("instance.cal.share-dir", Value::text("/cal,2"), "setting.path", "scrgadm");
}

#[test]
fn calendar_server_never_runs_as_root() {
    refused("account.uid", Value::Integer(0), "setting.number", "root");
    refused("account.gid", Value::Integer(0), "setting.number", "root");
    refused("account.user", Value::text("root"), "setting.name", "root");
    for bad in [-1, 2_147_483_648] {
        refused("account.uid", Value::Integer(bad), "setting.number", "2147483647");
    }
    refused("account.uid", Value::text("5001"), "setting.type", "without quotes");
    for bad in ["Cal", "9cal", "toolongname", "c:al", ""] {
        refused("account.group", Value::text(bad), "setting.name", "");
    }
}

#[test]
fn the_line_of_vfstab_is_consistent() {
    refused("instance.cal.mount-at-boot", Value::Flag(true), "setting.conflict", "E42");
    refused(
        "instance.cal.mount-options",
        Value::text("global,logging"),
        "setting.conflict",
        "failover",
    );
    for bad in ["logging,", "logging, global", "logging;x", "logging,logging", ""] {
        refused("instance.cal.mount-options", Value::text(bad), "setting.text", "");
    }
    let cluster = ("instance.cal.file-system", Value::text("cluster"));
    let settings = with(std::slice::from_ref(&cluster)).expect("a cluster file system");
    let file_system = &settings.instances[0].file_system;
    assert_eq!((file_system.mount_at_boot, file_system.options.as_str()), (true, "global,logging"));
    let problems = with(&[cluster, ("instance.cal.mount-options", Value::text("logging"))])
        .expect_err("no global");
    assert!(problems[0].to_string().contains("lacks global"));
    refused("instance.cal.fsck-pass", Value::Integer(9), "setting.choice", "write");
    with(&[("instance.cal.fsck-pass", Value::Integer(1))]).expect("a number will do");
}

#[test]
fn block_and_raw_device_are_one_volume() {
    let raw = "instance.cal.raw-device";
    refused(raw, Value::text("/dev/md/penguin/rdsk/d300"), "setting.conflict", "E43");
    refused(raw, Value::text("/dev/md/polarbear/rdsk/d400"), "setting.conflict", "E43");
    refused(raw, Value::text("/dev/md/penguin/dsk/d400"), "setting.conflict", "block device");
    refused("instance.cal.block-device", Value::text("/cal/d400"), "setting.path", "below /dev");
    let problems = text("instance.cal.block-device", "/dev/vx/volume")
        .expect_err("the raw device cannot be derived");
    assert_eq!((problems.len(), problems[0].code.as_str()), (1, "setting.missing"));
    assert!(problems[0].what.contains("/rdsk/"));
}

#[test]
fn directories_lie_on_the_shared_disk_each_in_its_place() {
    refused(
        "instance.cal.logs-dir",
        Value::text("/var/logs"),
        "setting.conflict",
        "below share-dir /cal",
    );
    refused("instance.cal.logs-dir", Value::text("/cal"), "setting.conflict", "below share-dir");
    refused(
        "instance.cal.logs-dir",
        Value::text("/calendar/logs"),
        "setting.conflict",
        "below share-dir",
    );
    refused("instance.cal.logs-dir", Value::text("/cal/tmp"), "setting.conflict", "");
    refused(
        "instance.cal.logs-dir",
        Value::text("/cal/config/logs"),
        "setting.conflict",
        "inside config-dir",
    );
    assert_eq!(text("instance.cal.logs-dir", "/cal").expect_err("one mistake").len(), 1);
    refused(
        "instance.cal.hotbackup-dir",
        Value::text("/cal/csdb/archive"),
        "setting.conflict",
        "also archive-dir",
    );
    text("instance.cal.hotbackup-dir", "/cal/hotbackup")
        .expect("it need not lie below the database");
}

#[test]
fn the_shared_disk_hides_nothing_of_the_system() {
    let key = "instance.cal.share-dir";
    for bad in [
        "/usr", "/etc", "/var", "/opt", "/tmp", "/dev", "/proc", "/var/opt", "/etc/cal",
        "/dev/cal", "/tmp/cal", "/export",
    ] {
        refused(key, Value::text(bad), "setting.conflict", "system");
    }
    refused(key, Value::text("/"), "setting.path", "root directory");
    refused(key, Value::text("/opt/cal"), "setting.conflict", "install-root");
    let inside = [
        ("instance.cal.install-root", Value::text("/cal/opt")),
        ("instance.cal.var-dir", Value::text("/var/cal")),
    ];
    assert!(
        with(&inside).expect_err("software on the shared disk")[0]
            .what
            .contains("lie inside each other")
    );
    for good in ["/global/cal", "/export/cal", "/calendar"] {
        text(key, good).expect("a directory of its own");
    }
}

#[test]
fn cal_svr_base_has_its_ending_once() {
    let key = "instance.cal.cal-svr-base";
    for bad in [
        "/opt",
        "/opt/SUNWics5",
        "/opt/SUNWics5/cal/SUNWics5/cal",
        "/opt/SUNWics5/cal/sbin",
        "/apps/SUNWics5/cal",
    ] {
        refused(key, Value::text(bad), "setting.conflict", "E22");
    }
    refused(
        "instance.cal.install-root",
        Value::text("/opt/SUNWics5/cal"),
        "setting.conflict",
        "E22",
    );
    assert_eq!(
        text("instance.cal.install-root", "/opt/SUNWics5/cal").expect_err("one mistake").len(),
        1
    );
    let settings = text("instance.cal.install-root", "/opt/Node1").expect("the root of table 6-4");
    assert_eq!(settings.instances[0].var_dir.as_str(), "/var/opt/Node1/SUNWics5");
    let problems =
        text("instance.cal.install-root", "/apps").expect_err("the guide has no rule for it");
    assert!(problems[0].to_string().contains("instance.cal.var-dir is missing"), "{problems:?}");
}

#[test]
fn free_text_carries_no_syntax() {
    for bad in ["a'b", "a\"b", "a\\b", "a`b", "a$b", "a;b", "a\nb", "a\u{7}b", " a", "", "-y"] {
        refused("instance.cal.hasp-description", Value::text(bad), "setting.text", "");
        if !["", " a", "-y"].contains(&bad) {
            refused("directory.manager-dn", Value::text(format!("cn={bad}")), "setting.text", "");
        }
    }
    refused("instance.cal.hasp-description", Value::text("a, b"), "setting.text", "comma");
    refused("directory.dc-suffix", Value::text("internet"), "setting.text", "o=usergroup");
    text("directory.manager-dn", "uid=admin,ou=Administrators,o=NetscapeRoot")
        .expect("a name with commas");
}

#[test]
fn passwords_stay_off_command_lines() {
    refused("directory.password-file-option", Value::text("-w"), "setting.secret", "ps");
    refused(
        "configurator.options",
        Value::texts(["-nodisplay", "-wsecret"]),
        "setting.secret",
        "ps",
    );
    let problems = text("configurator.state-option", "-wsecret").expect_err("a password");
    assert!(!problems[0].to_string().contains("secret "), "{}", problems[0]);
    refused("configurator.options", Value::texts(["-x; id"]), "setting.text", "';'");
}

#[test]
fn modes_ask_for_what_they_need() {
    let problems = text("directory.mode", "silent").expect_err("it needs more");
    let missing: Vec<_> = problems.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(missing.len(), 2, "{missing:?}");
    assert!(missing[0].contains(
        "password-file-option is missing; it is needed because directory.mode is silent"
    ));
    let mut answers = guide_values(Model::Asymmetric);
    for key in ["installer.program", "installer.state-file", "configurator.state-file"] {
        answers.remove(key);
    }
    assert_eq!(Settings::from_answers(&answers).expect_err("three are missing").len(), 3);
    answers.insert("installer.mode", Value::text("operator"), Origin::Set);
    answers.insert("configurator.mode", Value::text("attended"), Origin::Set);
    let settings = Settings::from_answers(&answers).expect("now none is needed");
    assert_eq!((settings.installer.program, settings.installer.state_file), (None, None));
    assert_eq!(settings.configurator.state_file, None);
    let connection = [
        ("directory.mode", Value::text("attended")),
        ("directory.connection", Value::text("none")),
    ];
    assert!(
        with(&connection).expect_err("nobody can run it")[0]
            .to_string()
            .contains("directory.connection is none")
    );
    refused("installer.mode", Value::text("automatic"), "setting.choice", "\"silent\"");
}

#[test]
fn ports_limits_and_lists_have_their_range_and_form() {
    for bad in [0, -1, 65536] {
        refused("instance.cal.port", Value::Integer(bad), "setting.number", "1 to 65535");
    }
    refused("limit.query", Value::Integer(0), "setting.number", "seconds");
    for bad in ["ipmp0", "@1", "ipmp0@", "ipmp0@1,", "ipmp0@1 ,ipmp0@2", "ipmp0@1,ipmp1@1", "a;b@1"]
    {
        refused("instance.cal.netiflist", Value::text(bad), "setting.text", "");
    }
    refused("instance.cal.netiflist", Value::text("ipmp0@Node9"), "setting.conflict", "Node9");
    let settings = text("instance.cal.netiflist", "ipmp0@1,nafo0@Node2").expect("both forms");
    assert_eq!(
        settings.instances[0].logical_host.netiflist.as_deref(),
        Some("ipmp0@1,nafo0@Node2")
    );
}

#[test]
fn names_that_become_directories_are_safe() {
    for bad in ["..", ".", ".hidden", "a/b", "a b", "-rf", "", "a..b"] {
        refused("cluster.name", Value::text(bad), "setting.name", "");
    }
    for bad in ["Cal", "1cal", "c_l", "-cal"] {
        let mut answers = guide_values(Model::Asymmetric);
        answers.insert(format!("instance.{bad}.port"), Value::Integer(80), Origin::Set);
        let problems = Settings::from_answers(&answers).expect_err("not a name of an instance");
        assert!(
            problems
                .iter()
                .any(|problem| problem.code == "setting.name" && problem.what.contains(bad)),
            "{problems:?}"
        );
    }
}

#[test]
fn a_second_instance_does_not_fit_the_model() {
    let mut answers = guide_values(Model::Asymmetric);
    answers.insert("instance.two.port", Value::Integer(80), Origin::Set);
    let problems = resolve(&answers).expect_err("one instance only");
    assert!(
        problems.iter().any(|problem| problem.what.contains("one of 2 instances")),
        "{problems:?}"
    );
}
