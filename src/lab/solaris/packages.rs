//! pkginfo(1): the packages of a host. It only reports what the layout and the installer have
//! entered; nothing here adds or removes a package.

use crate::lab::call::Call;
use crate::lab::getopt::getopt;
use crate::lab::refusal::Refusal;

/// pkginfo(1): the list, or -q, -l, -r for named packages.
pub(crate) fn pkginfo(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "qlrx", "pkginfo [-q|-l|-r|-x] [pkginst ...]")?;
    let packages = call.machine().map(|m| m.packages.clone()).unwrap_or_default();
    let names = if given.operands.is_empty() {
        packages.keys().cloned().collect()
    } else {
        given.operands.clone()
    };
    for name in names {
        let Some(base) = packages.get(&name) else {
            let text = if given.has('q') {
                String::new()
            } else {
                format!("ERROR: information for \"{name}\" was not found")
            };
            return Err(Refusal { status: 1, text });
        };
        let version = version(&name);
        if given.has('q') {
        } else if given.has('l') {
            call.say(format!(
                "   PKGINST:  {name}\
                \n      NAME:  {}\
                \n  CATEGORY:  application\
                \n      ARCH:  sparc\
                \n   VERSION:  {version}\
                \n   BASEDIR:  {base}\
                \n    VENDOR:  Sun Microsystems, Inc.\
                \n    STATUS:  completely installed\
                \n",
                title(&name)
            ));
        } else if given.has('r') {
            call.say(base);
        } else {
            call.say(format!("application {name:<16}{}", title(&name)));
        }
    }

    Ok(())
}

fn version(name: &str) -> &'static str {
    match name {
        "SUNWics5" | "SUNWica5" => "6.3,REV=2006.12.14",
        "SUNWscr" | "SUNWscu" => "3.1.0,REV=2004.09.10",
        _ => "1.0,REV=2004.01.01",
    }
}

fn title(name: &str) -> &'static str {
    match name {
        "SUNWics5" => "Sun Java System Calendar Server",
        "SUNWica5" => "Sun Java System Calendar Server API",
        "SUNWscics" => "Sun Cluster data service for Calendar Server",
        "SUNWscr" => "Sun Cluster Framework, (Root)",
        "SUNWscu" => "Sun Cluster, (Usr)",
        _ => "Solaris package",
    }
}
