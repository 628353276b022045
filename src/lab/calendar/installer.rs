use std::collections::BTreeMap;

use crate::lab::calendar::state_file;
use crate::lab::call::Call;
use crate::lab::refusal::{Refusal, of_io};
use crate::op::{Mode, Owner};

/// root:bin, as the listing in 6.6.3 shows the tree.
const BIN: Owner = Owner { uid: 0, gid: 2 };

const USAGE: &str = "installer -nodisplay -noconsole {-state file | -saveState file}";

/// The Communications Suite installer, silently: `-nodisplay -noconsole -state file`.
///
/// It puts the packages and the unconfigured tree in place ("Configure Later"): no `config`, no `data`.
pub(crate) fn installer(call: &mut Call<'_>) -> Result<(), Refusal> {
    let args = call.args.clone();
    let mut rest = args.iter();
    let (mut silent, mut state) = (false, None);
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-noconsole" => silent = true,
            "-nodisplay" => {}
            "-state" => state = rest.next(),
            "-saveState" => {
                rest.next();
            }
            _ => return Err(Refusal::usage(USAGE)),
        }
    }
    let Some(state) = state.filter(|_| silent) else {
        return Err(Refusal::new(1, "without -noconsole and -state it asks on a screen, which the lab has not"));
    };
    let text = String::from_utf8_lossy(&call.input(state)?).into_owned();
    let answers = state_file::parse(&text);
    if answers.get("ID").is_none_or(|id| id != "sim.installer.6.3") {
        return Err(Refusal::new(1, format!("{state}: not a state file of this installer")));
    }
    let products = call.world.cluster.site.products.clone();
    let chosen: Vec<_> = products
        .into_iter()
        .filter(|(root, _)| answers.get("sim.install.root").is_none_or(|r| r.split(',').any(|x| x == root)))
        .collect();
    for (root, base) in &chosen {
        tree(call, base)?;
        if let Some(machine) = call.world.cluster.hosts.get_mut(&call.host) {
            machine.packages.insert("SUNWics5".into(), root.clone());
            machine.packages.insert("SUNWica5".into(), root.clone());
        }
    }
    let log = "/var/sadm/install/logs/Communications_Suite_Install.log";
    let text = format!("{}Installed SUNWics5 SUNWica5\n", call.files().text(log));
    call.files().make_directories("/var/sadm/install/logs", Mode(0o755), Owner::ROOT).map_err(|e| of_io(log, &e))?;
    call.files().overwrite(log, text.as_bytes()).map_err(|e| of_io(log, &e))?;
    call.say("Installation complete.  Components must be configured before use.");
    Ok(())
}

fn tree(call: &mut Call<'_>, base: &str) -> Result<(), Refusal> {
    let mut files = call.files();
    for directory in ["share/lib", "tools", "lib/counter", "sbin", "csapi", "html/en"] {
        files.make_directories(&format!("{base}/{directory}"), Mode(0o755), BIN).map_err(|e| of_io(base, &e))?;
    }
    for (name, text) in
        [("html/en/login.html", "<html></html>\n"), ("lib/libics.so", "simulated\n"), ("share/lib/configure.jar", "simulated\n")]
    {
        let path = format!("{base}/{name}");
        files.save(&path, text.as_bytes(), Mode(0o644), BIN).map_err(|e| of_io(&path, &e))?;
    }
    for name in ["csconfigurator.sh", "start-cal", "stop-cal"] {
        let path = format!("{base}/sbin/{name}");
        if !files.is_file(&path) {
            files.make_program(&path).map_err(|e| of_io(&path, &e))?;
        }
    }
    Ok(())
}

/// What the lab puts into the state file that an administrator would have recorded.
pub(crate) fn answers(roots: &[String]) -> String {
    let mut values = BTreeMap::new();
    values.insert("ID".to_string(), String::new());
    values.insert("sim.install.root".to_string(), roots.join(","));
    state_file::render("installer", &values)
}
