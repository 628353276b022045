//! Errata about the configurator's output (6.11) and, since they meet there, about its directories,
//! user and defaults in other chapters.

use crate::guide::Erratum;
use crate::guide::Evidence::Confirmed;

/// The configurator's output (6.11).
pub(super) const ALL: &[Erratum] = &[
    Erratum::new(
        "E65",
        "6.11",
        "success is when every message begins with PASSED, and two of them have status 9",
        "groupadd and useradd end with 9 when the name exists; a status other than 0 may pass.",
        "The words PASSED and FAILED and the final sentence decide, in English and in Korean, not \
         the status.",
        Confirmed,
    ),
    Erratum::new(
        "E66",
        "6.11",
        "the sample is of a silent run, and 6.7.3 tells to run it on a screen",
        "Both are possible; the outputs differ.",
        "A silent run is judged by its output, an attended one by its end and what it leaves.",
        Confirmed,
    ),
    Erratum::new(
        "E67",
        "chapter 2, 2.1.7",
        "do not change the place of logs and temporary files",
        "High availability needs exactly that: they have to be where the service is.",
        "All seven directories are on the shared file system.",
        Confirmed,
    ),
    Erratum::new(
        "E72",
        "sister book, Chinese edition",
        "the runtime user should be root, and any start option may be chosen",
        "A mistake of translation: the user should not be root, and neither option is to be \
         checked.",
        "root is refused as the runtime user.",
        Confirmed,
    ),
    Erratum::new(
        "E74",
        "Appendix E",
        "csstored can be switched off with service.store.enable",
        "Release notes: it is mandatory since 6.3, local.store.enable must be yes.",
        "calha never switches it off.",
        Confirmed,
    ),
    Erratum::new(
        "E75",
        "Appendix E",
        "caldb.berleleydb.ensmsg and others",
        "Misspelt.",
        "caldb.berkeleydb; calha writes none of them.",
        Confirmed,
    ),
];
