//! The services of Solaris 10 as far as they can be looked at: what starts each of them. A manifest
//! below /var/svc/manifest/site makes a service here; enabling and disabling are not simulated.

use crate::lab::call::Call;
use crate::lab::getopt::getopt;
use crate::lab::refusal::Refusal;

const MANIFESTS: &str = "/var/svc/manifest/site";

/// svcprop(1), for what starts every service. It prints a blank in a value behind a backslash.
pub(crate) fn svcprop(call: &mut Call<'_>) -> Result<(), Refusal> {
    const USAGE: &str = "svcprop -p start/exec '*'";
    let given = getopt(call.args(), "p:", USAGE)?;
    if given.value('p') != Some("start/exec") || given.operands != ["*"] {
        return Err(Refusal::usage(USAGE));
    }

    call.say(line("system/system-log", "/lib/svc/method/system-log"));
    let files = call.files();
    let names = files.names(MANIFESTS).unwrap_or_default();
    let services: Vec<String> = names
        .iter()
        .filter_map(|name| {
            let text = files.text(&format!("{MANIFESTS}/{name}"));
            let exec = text.split("exec='").nth(1)?.split('\'').next()?.to_owned();
            Some(line(&format!("site/{}", name.trim_end_matches(".xml")), &exec))
        })
        .collect();
    services.into_iter().for_each(|service| call.say(service));
    Ok(())
}

fn line(service: &str, exec: &str) -> String {
    let exec = exec.replace(' ', "\\ ");
    format!("svc:/{service}:default/:properties/start/exec astring {exec}")
}
