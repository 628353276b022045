use super::site::Site;

#[test]
fn a_lost_journal_is_rebuilt_from_the_nodes() {
    let site = Site::new();
    let nothing = site.run("adopt", &["--from-nodes"]);
    assert!(
        nothing.status == 1 && nothing.err.contains("no node keeps a record"),
        "{}{}",
        nothing.out,
        nothing.err
    );
    let done = site.run("install", &["--yes"]);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    let known = site.run("adopt", &["--from-nodes"]);
    assert!(
        known.status == 1 && known.err.contains("there is a journal"),
        "{}{}",
        known.out,
        known.err
    );
    std::fs::remove_dir_all(site.dir.path().join("state")).unwrap();
    let before = site.changing_calls();
    let other = site.run("adopt", &["--from-nodes", "--set", "account.uid=7777"]);
    assert!(
        other.status == 1 && other.err.contains("began with other settings"),
        "{}{}",
        other.out,
        other.err
    );
    let adopted = site.run("adopt", &["--from-nodes"]);
    assert_eq!(adopted.status, 0, "{}{}", adopted.out, adopted.err);
    assert!(adopted.out.contains("operations from the nodes"), "{}", adopted.out);
    let verify = site.run("verify", &[]);
    assert!(
        verify.status == 0 && verify.out.contains("nothing to do"),
        "{}{}",
        verify.out,
        verify.err
    );
    let again = site.run("adopt", &["--from-nodes"]);
    assert_eq!(
        (again.status, again.out),
        (0, adopted.out),
        "a second adoption finds what the first one did: {}",
        again.err
    );
    assert_eq!(site.changing_calls(), before, "adopting changed a node");
    let gone = site.run("uninstall", &["--yes"]);
    assert_eq!(gone.status, 0, "{}{}", gone.out, gone.err);
    assert!(site.lab.cluster().unwrap().groups.is_empty());
}
