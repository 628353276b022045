//! Pages for people, in a real browser: wide and narrow, dark and light, on paper, and without a network.

#[path = "cli_run/site.rs"]
mod site;
#[path = "support/thorough.rs"]
mod thorough;

use std::path::Path;
use std::process::Command;

use site::Site;

const BROWSERS: [&str; 3] = ["chromium-headless-shell", "chromium", "chromium-browser"];

/// A browser; without one the test fails where CI=true and is skipped elsewhere. A sample of tests opens none.
fn browser() -> Option<&'static str> {
    if !thorough::thorough() {
        return None;
    }
    let found = BROWSERS.into_iter().find(|name| {
        Command::new(name).arg("--version").output().is_ok_and(|o| o.status.success())
    });
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "no browser: install chromium-headless-shell");
        println!("skipped: no chromium-headless-shell");
    }
    found
}

/// What a script at the end of a page says of it, at this width.
fn asked(browser: &str, page: &str, width: u32, dark: bool, script: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("page.html");
    let probe = format!("<script>document.title = 'ANSWER ' + String({script});</script></body>");
    std::fs::write(&file, page.replace("</body>", &probe)).unwrap();
    let output = Command::new(browser)
        .args([
            "--no-sandbox",
            "--headless",
            "--disable-gpu",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--dump-dom",
        ])
        .arg(format!("--window-size={width},1000"))
        .arg(format!("--blink-settings=preferredColorScheme={}", if dark { 0 } else { 1 }))
        .arg(format!("--user-data-dir={}", dir.path().join("data").display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let answer = dom.split("<title>ANSWER ").nth(1).and_then(|rest| rest.split("</title>").next());
    answer
        .unwrap_or_else(|| panic!("no answer: {dom}{}", String::from_utf8_lossy(&output.stderr)))
        .to_owned()
}

fn looked_at(browser: &str, name: &str, page: &str) {
    let document = roxmltree::Document::parse(page.trim_start_matches("<!DOCTYPE html>"))
        .unwrap_or_else(|e| panic!("{name}: {e}"));
    // Nothing is fetched: every reference is one into the page itself.
    for attribute in document.descendants().flat_map(|node| node.attributes().collect::<Vec<_>>()) {
        if matches!(attribute.name(), "src" | "href") {
            assert!(attribute.value().starts_with('#'), "{name}: {}", attribute.value());
        }
    }
    assert!(
        !page.contains("<script") && !page.contains("@import") && !page.contains("url("),
        "{name}"
    );
    for width in [1200, 500] {
        // The page itself never scrolls sideways, whatever its tables do.
        let overflow = asked(
            browser,
            page,
            width,
            false,
            "document.documentElement.scrollWidth - window.innerWidth",
        );
        assert!(overflow.parse::<i32>().unwrap() <= 0, "{name} at {width}: {overflow} too wide");
    }
    let colours = "getComputedStyle(document.body).backgroundColor + ' ' + getComputedStyle(document.body).color";
    let (light, dark) =
        (asked(browser, page, 1000, false, colours), asked(browser, page, 1000, true, colours));
    assert_ne!(light, dark, "{name} is the same in the dark");
    assert!(light.starts_with("rgb(255, 255, 255)"), "{name}: {light}");
    let picture = asked(
        browser,
        page,
        1000,
        false,
        "Math.round(document.querySelector('svg').getBoundingClientRect().width)",
    );
    assert!(picture.parse::<u32>().unwrap() > 200, "{name}: the picture is {picture} wide");
    let links = "[...document.querySelectorAll('a')].filter(a => !document.querySelector(a.getAttribute('href'))).length";
    assert_eq!(asked(browser, page, 1000, false, links), "0", "{name}: links that lead nowhere");

    let dir = tempfile::tempdir().unwrap();
    let (file, paper) = (dir.path().join("page.html"), dir.path().join("page.pdf"));
    std::fs::write(&file, page).unwrap();
    let printed = Command::new(browser)
        .args(["--no-sandbox", "--headless", "--disable-gpu", "--no-pdf-header-footer"])
        .arg(format!("--user-data-dir={}", dir.path().join("data").display()))
        .arg(format!("--print-to-pdf={}", paper.display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let pdf = std::fs::read(&paper)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&printed.stderr)));
    assert!(pdf.starts_with(b"%PDF") && pdf.len() > 10_000, "{name}: {} bytes on paper", pdf.len());
}

#[test]
fn the_hand_over_report_of_an_installation() {
    let site = Site::new();
    let nothing = site.run("report", &[]);
    assert!(
        nothing.status == 2 && nothing.err.contains("nothing was installed"),
        "{}",
        nothing.err
    );
    let install = site.run("install", &["--yes", "--accept", "lock.node"]);
    assert_eq!(install.status, 0, "{}{}", install.out, install.err);
    let file = site.dir.path().join("report.html");
    let report = site.run("report", &["--format", "html", "--out", file.to_str().unwrap()]);
    assert_eq!(report.status, 0, "{}", report.err);
    let html = std::fs::read_to_string(&file).unwrap();
    let markdown = site.run("report", &[]);
    assert_eq!(markdown.status, 0, "{}", markdown.err);
    for text in [&html, &markdown.out] {
        for part in [
            "The installation is complete.",
            "calha service restart",
            "/usr/cluster/bin/scswitch -n -j CAL-SVR-RS",
            "+/dev/md/penguin/dsk/d400",
            "accepted on the command line: lock.node",
            "Node1: listens on 192.0.2.10 port 80",
            "the packages of Calendar Server",
            "E43",
        ] {
            assert!(text.contains(part), "{part} is missing:\n{text}");
        }
        // Secrets stand nowhere.
        assert!(!text.contains("local.ugldapbindcred") || !text.contains("secret"), "{text}");
    }
    // It is the same after nothing was done, but for its time.
    let again = site.run("install", &["--yes"]);
    assert_eq!(again.status, 0, "{}", again.err);
    let once_more = site.run("report", &[]).out;
    let steps = |text: &str| {
        text.split("## Steps").nth(1).unwrap().split("## Runs").next().unwrap().to_owned()
    };
    assert_eq!(steps(&once_more), steps(&markdown.out));
    if let Some(browser) = browser() {
        looked_at(browser, "report", &html);
    }
}

#[test]
fn the_worksheet() {
    let Some(browser) = browser() else { return };
    for model in ["asymmetric", "n-plus-one"] {
        let output = Command::new(env!("CARGO_BIN_EXE_calha"))
            .args(["worksheet", "--model", model, "--format", "html"])
            .output()
            .unwrap();
        assert!(output.status.success());
        looked_at(browser, model, &String::from_utf8(output.stdout).unwrap());
    }
    let profile = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/symmetric.toml");
    let output = Command::new(env!("CARGO_BIN_EXE_calha"))
        .arg("worksheet")
        .arg(profile)
        .args(["--format", "html"])
        .output()
        .unwrap();
    looked_at(browser, "filled", &String::from_utf8(output.stdout).unwrap());
}
