//! The second guide, section by section: commands to try, beside what rows and errata say of it.

use super::{Erratum, Row, errata, rows};

/// A section of the second guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeSection {
    /// As rows and errata cite it, without `second guide, `.
    pub name: &'static str,
    /// Where no row says it: what the section is about and what calha does.
    pub about: &'static str,
    /// Commands as one would type them.
    pub commands: &'static [&'static str],
}

impl TypeSection {
    const fn of(
        name: &'static str,
        about: &'static str,
        commands: &'static [&'static str],
    ) -> Self {
        Self { name, about, commands }
    }

    /// What the guide asks for there.
    pub fn rows(&self) -> impl Iterator<Item = &'static Row> {
        let name = self.name;
        rows().into_iter().filter(move |row| is_cited(row.section, name))
    }

    /// What is wrong with it there.
    pub fn errata(&self) -> impl Iterator<Item = &'static Erratum> {
        let name = self.name;
        errata().into_iter().filter(move |erratum| is_cited(erratum.section, name))
    }
}

fn is_cited(section: &str, name: &str) -> bool {
    section.strip_prefix("second guide, ") == Some(name)
}

/// In the order of the guide.
pub const TYPE_SECTIONS: &[TypeSection] = &[
    TypeSection::of(
        "overview",
        "Administrators must be able to register a new version of a type, to have several versions \
         side by side, and to upgrade a resource without deleting it. calha rt helps the author of \
         a type: it checks the file, compares versions, and writes what administrators have to \
         know.",
        &["calha rt lint SUNW.nfs"],
    ),
    TypeSection::of(
        "contents of the RTR file",
        "",
        &[
            "calha rt lint SUNW.nfs",
            "calha rt lint --fix SUNW.nfs",
            "calha rt new ACME.queue --set vendor=ACME --set name=queue",
        ],
    ),
    TypeSection::of(
        "names of resource types",
        "",
        &["calha rt show SUNW.nfs", "calha rt which site.toml --resource nfs-rs"],
    ),
    TypeSection::of(
        "directives",
        "",
        &[
            "calha rt show SUNW.nfs",
            "calha rt bump SUNW.nfs --to 3.3 --from 3.2=ANYTIME --from 3.1=WHEN_UNMONITORED",
        ],
    ),
    TypeSection::of("RT_version", "", &["calha rt bump SUNW.nfs --to 3.3 --dry-run"]),
    TypeSection::of(
        "names before 3.1",
        "",
        &["calha rt lint --release 3.0 SUNW.nfs", "calha rt lint --release 3.1-8/05 SUNW.nfs"],
    ),
    TypeSection::of(
        "what an upgrade does",
        "Values that were set stay, others take the new default. A new property without a default \
         has to be given, and one that the new version does not declare is deleted. calha rt diff \
         says it for each property, and the page of calha rt document has the commands.",
        &["calha rt diff old.rt new.rt", "calha rt document old.rt new.rt"],
    ),
    TypeSection::of(
        "monitor code",
        "",
        &["calha rt which site.toml SUNW.nfs 3.2", "calha rt which --emit sh"],
    ),
    TypeSection::of("before the RTR file changes", "", &["calha rt diff old.rt new.rt"]),
    TypeSection::of(
        "method code",
        "Whether new code fits what the old one has started, no text can say. calha rt diff finds \
         which methods changed and asks the rest.",
        &["calha rt diff old.rt new.rt --old-methods old/bin --new-methods new/bin"],
    ),
    TypeSection::of("packaging", "", &["calha rt diff old.rt new.rt --answers compatibility.toml"]),
    TypeSection::of(
        "documentation",
        "",
        &[
            "calha rt document old.rt new.rt",
            "calha rt document 1.0.rt 1.1.rt 2.0.rt --facts facts.toml --format html",
        ],
    ),
    TypeSection::of("lost lists", "", &[]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cites_the_second_guide_cites_a_section_of_it() {
        let known = |section: &str| TYPE_SECTIONS.iter().any(|own| is_cited(section, own.name));
        let cited = rows().into_iter().map(|row| (row.id, row.section));
        let cited = cited.chain(errata().into_iter().map(|e| (e.id, e.section)));
        for (id, section) in cited.filter(|(_, section)| section.starts_with("second guide")) {
            assert!(known(section), "{id} cites {section}");
        }
    }
}
