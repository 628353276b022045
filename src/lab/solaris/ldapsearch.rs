//! ldapsearch, as far as calha asks: schema and indexes are there once comm_dssetup.pl has prepared
//! the directory. No directory server is run, and no other entry has content.

use std::net::Ipv4Addr;

use crate::lab::call::Call;
use crate::lab::getopt::{Options, getopt};
use crate::lab::refusal::Refusal;

const USAGE: &str = "ldapsearch -h host -p port -b base -s scope filter [attributes]";

/// What every directory server has.
const COMMON_NAME: &str =
    "attributeTypes: ( 2.5.4.3 NAME 'cn' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )";

/// Attributes of Calendar Server, numbered from here.
const FIRST: usize = 2000;
const ATTRIBUTES: [&str; 5] =
    ["icsCalendar", "icsCalendarOwned", "icsDefaultSet", "icsSubscribed", "icsTimezone"];

const OBJECT_CLASS: &str =
    "objectClasses: ( 2.16.840.1.113730.3.2.141 NAME 'icsCalendarUser' SUP top AUXILIARY )";

/// ldapsearch: answers about what comm_dssetup.pl prepared, else nothing.
pub(crate) fn ldapsearch(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "h:p:b:s:D:w:j:xLT1", USAGE)?;
    let Some(base) = given.value('b') else {
        return Err(Refusal::new(89, "option -b is required"));
    };
    if !answers(call, &given) {
        return Err(Refusal::new(91, "Can't connect to the LDAP server - Connection refused"));
    }

    let base = base.to_ascii_lowercase();
    if base == "cn=schema" {
        schema(call, &given);
        return Ok(());
    }
    if base.starts_with("cn=icscalendar") && base.contains("cn=index") {
        return index(call, &base);
    }
    call.say(format!("dn: {base}\nobjectClass: top"));
    Ok(())
}

/// Whether the directory server is the one that is asked, and is up.
fn answers(call: &Call<'_>, given: &Options) -> bool {
    let site = &call.cluster().site;
    let server = site.directory_host.as_str();
    let asked = given.value('h').unwrap_or(server);
    let known = asked == server
        || asked.parse::<Ipv4Addr>().is_ok()
        || asked.split('.').next() == Some(server);
    let up = call.cluster().hosts.iter().any(|(n, m)| n.as_str() == server && m.up);
    known && up && given.value('p').is_none_or(|p| p.parse() == Ok(site.directory_port))
}

/// How many of the attributes, the class and the two indexes are there.
fn parts(call: &Call<'_>) -> usize {
    let cluster = call.cluster();
    if cluster.directory_prepared { usize::MAX } else { cluster.directory_parts }
}

fn schema(call: &mut Call<'_>, given: &Options) {
    let wanted = |attribute: &str| {
        given.operands.len() < 2
            || given.operands[1..].iter().any(|a| a.eq_ignore_ascii_case(attribute) || a == "*")
    };
    let parts = parts(call);

    call.say("dn: cn=schema");
    if wanted("attributeTypes") {
        call.say(COMMON_NAME);
        for (at, name) in ATTRIBUTES.iter().enumerate().take(parts) {
            let number = FIRST + at;
            call.say(format!(
                "attributeTypes: ( 2.16.840.1.113730.3.1.{number} NAME '{name}' SYNTAX \
                 1.3.6.1.4.1.1466.115.121.1.15 )"
            ));
        }
    }
    if wanted("objectClasses") && parts > ATTRIBUTES.len() {
        call.say(OBJECT_CLASS);
    }
}

fn index(call: &mut Call<'_>, base: &str) -> Result<(), Refusal> {
    let owned = base.starts_with("cn=icscalendarowned,");
    if parts(call) < ATTRIBUTES.len() + if owned { 3 } else { 2 } {
        return Err(Refusal::new(32, "No such object"));
    }
    let name = if owned { "icsCalendarOwned" } else { "icsCalendar" };
    call.say(format!(
        "dn: cn={name},cn=index,cn=userRoot,cn=ldbm database,cn=plugins,cn=config\n\
         cn: {name}\n\
         nsIndexType: pres\n\
         nsIndexType: eq"
    ));
    Ok(())
}
