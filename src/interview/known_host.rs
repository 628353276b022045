//! Lines of a hosts(4) file, to offer logical hosts and to complete their names. Only IPv4
//! addresses that can belong to one host are of use here; the checks of an installation ask the
//! resolver instead.

use serde::{Deserialize, Serialize};

/// A line of a hosts(4) file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownHost {
    pub address: String,
    /// Its names and aliases, in the order of the file.
    pub names: Vec<String>,
}

impl KnownHost {
    /// The lines of a hosts file, without comments, loopback addresses and what is no IPv4 address.
    pub fn all(text: &str) -> Vec<Self> {
        let line = |line: &str| {
            let mut words =
                line.split('#').next().unwrap_or_default().split_whitespace().map(str::to_owned);
            let address = words.next()?;
            let parsed: std::net::Ipv4Addr = address.parse().ok()?;
            let names: Vec<String> = words.collect();
            (!parsed.is_loopback() && !names.is_empty()).then_some(Self { address, names })
        };
        text.lines().filter_map(line).collect()
    }

    /// Whether the line names this host, with or without its domain.
    pub fn is(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name || known.split('.').next() == Some(name))
    }

    /// The name without a domain.
    pub fn short(&self) -> &str {
        let plain = self.names.iter().find(|n| !n.contains('.')).or(self.names.first());
        plain.map_or("", |n| n.split('.').next().unwrap_or(n))
    }

    /// The name with its domain, where the line has one.
    pub fn qualified(&self) -> Option<&str> {
        self.names.iter().find(|n| n.contains('.')).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::KnownHost;

    #[test]
    fn lines_of_hosts_are_read_as_they_are_written() {
        let text = "127.0.0.1\tlocalhost\n\
                    # 192.0.2.9 gone\n\
                    192.0.2.1\tNode1 Node1.example.com loghost # the first\n\
                    ::1 six\n\
                    192.0.2.10 cal.example.com\n";
        let hosts = KnownHost::all(text);
        assert_eq!(hosts.len(), 2);
        assert_eq!((hosts[0].short(), hosts[0].qualified()), ("Node1", Some("Node1.example.com")));
        assert_eq!((hosts[1].short(), hosts[1].qualified()), ("cal", Some("cal.example.com")));
        assert!(hosts[0].is("loghost") && !hosts[0].is("Node2"));
    }
}
