use super::site::Site;

#[test]
fn several_clusters_are_looked_at_at_once_and_summed_up() {
    let site = Site::new();
    let fleet = site.dir.path().join("fleet");
    std::fs::create_dir_all(fleet.join("south")).unwrap();
    let text = std::fs::read_to_string(&site.profile).unwrap();
    std::fs::write(fleet.join("east.toml"), &text).unwrap();
    std::fs::write(fleet.join("south/west.toml"), &text).unwrap();
    std::fs::write(fleet.join("notes.txt"), "no profile").unwrap();
    let dir = fleet.display().to_string();
    let both = site.calha(&["check", &dir]);
    assert_eq!(both.status, 0, "{}{}", both.out, both.err);
    assert!(both.out.contains("2 of 2 profiles are as they should be"), "{}", both.out);
    std::fs::write(fleet.join("broken.toml"), "model = \"asymmetric\"\n").unwrap();
    let one = fleet.join("south/west.toml").display().to_string();
    let three = site.calha(&["verify", &dir, &one, "--jobs", "2", "--format", "json"]);
    assert_eq!(three.status, 3, "{}{}", three.out, three.err);
    let report: serde_json::Value = serde_json::from_str(&three.out).unwrap();
    let statuses: Vec<(String, i64)> = report["profiles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| {
            (
                p["profile"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(),
                p["status"].as_i64().unwrap(),
            )
        })
        .collect();
    let expected =
        [("broken.toml", 2), ("east.toml", 3), ("west.toml", 3)].map(|(n, s)| (n.to_owned(), s));
    assert_eq!(statuses, expected);
    assert!(
        report["profiles"][0]["messages"].as_str().unwrap().contains("cluster"),
        "{}",
        three.out
    );
    let alone = site.calha(&["status", &one, "--offline", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&alone.out).unwrap();
    assert_eq!(alone.status, 3);
    assert_eq!(report["healthy"], false, "{}", alone.out);
    assert_eq!(report["journal"]["begun"], false, "{}", alone.out);
    let table = site.calha(&["status", &fleet.display().to_string(), "--offline"]);
    let lines: Vec<&str> = table.out.lines().collect();
    let is_row = |name: &str, what: &str| {
        lines.iter().any(|line| line.contains(name) && line.contains(what))
    };
    assert!(is_row("NO   ", "/east.toml") && is_row("NO   ", "/broken.toml"), "{}", table.out);
    assert!(is_row("     ", "Node1 was not asked; 2 more"), "{}", table.out);
    assert!(is_row("/broken.toml:1: ", "model is not a setting"), "{}", table.out);
    assert!(is_row("next: calha ", "/west.toml"), "{}", table.out);
    assert_eq!(lines.last(), Some(&"0 of 3 profiles are as they should be"), "{}", table.out);
    let empty = fleet.join("empty");
    std::fs::create_dir(&empty).unwrap();
    let none = site.calha(&["status", &empty.display().to_string(), "--offline"]);
    assert!(none.status == 2 && none.err.contains("no .toml file"), "{}", none.err);
}
