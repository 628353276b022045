//! The HA block: what the guide has in it, and that nothing breaks out of it.

use calha::document::{HaBlock, IcsConf};
use calha::setting::Instance;

use crate::as_they_come::ICS_CONF;
use crate::findings::{codes, ics_problems};
use crate::wanted::{block, guide};

#[test]
fn each_key_of_the_block_that_is_set_again_is_named_with_what_is_wanted_and_found() {
    let text = block().text;
    let ours = IcsConf::parse(text.as_bytes());
    let last = ICS_CONF.lines().count() + text.lines().count();
    let mut keys = 0;
    for parameter in ours.parameters() {
        keys += 1;
        let file = format!("{ICS_CONF}{text}! mine\n{} = \"other\"\n", parameter.name);
        let problems = ics_problems(file.as_bytes());
        assert_eq!(codes(&problems), [format!("ics.conf:{} ics-conf.overridden", last + 2)]);
        let wanted = String::from_utf8_lossy(parameter.value);
        let said = format!("{}=\"other\" instead of \"{wanted}\"", parameter.name);
        assert!(problems[0].what.contains(&said), "{}", problems[0].what);
    }
    assert_eq!(keys, 9);
}

#[test]
fn the_ha_block_of_the_guide() {
    let HaBlock { begin, end, text } = block();
    assert_eq!(
        text,
        r#"! BEGIN calha HA block cal
! Written by calha, which also removes it; own changes go before this block.
! Of a parameter that is set twice the last one counts, so the block stays last.
! The server runs under Sun Cluster and is started and stopped by this agent.
local.server.ha.enabled="yes"
local.server.ha.agent="SUNWscics"
! Address of the logical host: what cshttpd and the other daemons listen on.
service.http.listenaddr="192.0.2.10"
service.listenaddr="192.0.2.10"
! Name of the logical host in place of the node's own name.
local.hostname="cal-host"
local.servername="cal-host"
service.ens.host="cal-host"
! Fully qualified, as it stands in the URLs of calendars.
service.http.calendarhostname="cal-host.example.com"
! The watcher restarts a daemon that failed; the cluster does the rest.
local.autorestart="yes"
! END calha HA block cal
"#
    );
    assert_eq!(
        (begin.as_str(), end.as_str()),
        ("! BEGIN calha HA block cal", "! END calha HA block cal")
    );
    assert!(text.is_ascii());
    let parameters = text.lines().filter(|line| !line.starts_with("! ")).count();
    assert_eq!((parameters, IcsConf::parse(text.as_bytes()).parameters().count()), (9, 9));
}

#[test]
fn no_value_breaks_out_of_the_ha_block() {
    for bad in ["", "a\"b", "a\nb", "a\r", "{{ host }}", "h\u{f6}st", "a b", "a\\", "a/b", "a*b"] {
        let mut instance = guide();
        instance.logical_host.fqdn = bad.to_string();
        assert_eq!(
            HaBlock::of(&instance).map_err(|problem| problem.code),
            Err("ha-block.value".to_string()),
            "{bad:?}"
        );
        let instance = Instance { name: bad.to_string(), ..guide() };
        assert!(HaBlock::of(&instance).is_err(), "{bad:?} as a name");
    }
}
