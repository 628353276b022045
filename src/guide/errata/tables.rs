//! Errata of the naming tables (6.5) and of the names that other chapters use for the same things.

use crate::guide::Erratum;
use crate::guide::Evidence::Confirmed;

/// The naming tables of 6.5.
pub(super) const ALL: &[Erratum] = &[
    Erratum::new(
        "E17",
        "tables 6-5, 6-6",
        "CAL-SVR-RS is described as the Calendar Server resource group",
        "It is a resource; the group is CAL-RG.",
        "Settings, plans and messages call it the service resource.",
        Confirmed,
    ),
    Erratum::new(
        "E18",
        "tables 6-5, 6-6, ics.conf",
        "LOG-HOST-RS is the name of a resource and is also used as the name of the host",
        "scrgadm -l takes host names, and clients need a name that resolves. One value for both \
         works only if the resource happens to be named like the host.",
        "Host name, its full name, its address and the resource's name are four settings; \
         ics.conf gets the host's.",
        Confirmed,
    ),
    Erratum::new(
        "E19",
        "tables 6-7, 6-8",
        "the daemon chsttpd",
        "Misspelt.",
        "cshttpd.",
        Confirmed,
    ),
    Erratum::new(
        "E20",
        "tables 6-7, 6-8",
        "the sample address 123.45.67.890",
        "No part of an IPv4 address exceeds 255.",
        "Addresses are checked part by part; the example profile uses one reserved for \
         documentation.",
        Confirmed,
    ),
    Erratum::new(
        "E21",
        "tables 6-7, 6-8",
        "the IP address of the port",
        "A port has no address.",
        "It is the logical host's address, on which cshttpd listens; the final proof looks for \
         that very socket.",
        Confirmed,
    ),
    Erratum::new(
        "E22",
        "whole guide",
        "cal-svr-base is /opt/SUNWics5/cal in this chapter and the install root in others",
        "Whoever mixes the two builds /opt/SUNWics5/cal/SUNWics5/cal.",
        "Install root and cal-svr-base are two settings, the second derived from the first.",
        Confirmed,
    ),
    Erratum::new(
        "E23",
        "chapter 4, appendix E",
        "two different directories for ics.conf",
        "Only /etc/opt/SUNWics5/config appears in the program's own output.",
        "The file is reached through the configuration directory of the profile, and the link \
         config is verified to lead there.",
        Confirmed,
    ),
];
