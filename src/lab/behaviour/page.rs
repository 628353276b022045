//! The page of what the lab's nodes do, `docs/lab.md`. Its rows come from the table by which the
//! lab acts, so page and lab agree; the facts themselves are in the `about_` files.

use std::fmt::Write;

use super::{ASSUMPTIONS, Assumption, Fact, OnRealCluster, Personality, facts};

/// The whole page, in Markdown.
pub fn page() -> String {
    let mut out = String::from(HEAD);
    // Writing into a String cannot fail, here and below.
    for one in Personality::all() {
        let _ = writeln!(out, "| `{one}` | {} |", one.describe());
    }
    out.push_str(FACTS);
    for fact in facts() {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            fact.id,
            fact.does,
            fact.mark,
            fact.source,
            who(fact)
        );
    }

    out.push_str(ASSUMED);
    for Assumption { id, does, on_real_cluster, .. } in ASSUMPTIONS {
        let seen = match on_real_cluster {
            OnRealCluster::Seen(scene) => format!("seen on a real cluster: {scene}"),
            OnRealCluster::NotSeen(why) => format!("not seen: {why}"),
        };
        let _ = writeln!(out, "| {id} | {does} | {seen} |");
    }
    out
}

/// Which pairs do it, for the last column.
fn who(fact: &Fact) -> String {
    let having: Vec<_> = Personality::pairs().filter(|p| p.has(fact.oddity)).collect();
    if having.len() == Personality::pairs().count() {
        let all = if fact.oddity.is_everywhere() { ", `plain`" } else { "" };
        return format!("every pair, `odd`{all}");
    }
    let names = having.iter().map(|p| format!("`{p}`")).chain(["`odd`".into()]);
    names.collect::<Vec<_>>().join(", ")
}

const HEAD: &str = "# Nodes of the lab\n\n\
This page is made from the program's own table (`src/lab/behaviour`).\n\n\
`calha lab create --on PERSONALITY`, `calha rehearse --on PERSONALITY` and\n\
`calha rt rehearse --on PERSONALITY` choose which nodes the\n\
simulated cluster pretends to have:\n\n\
| personality | nodes |\n|---|---|\n";

const FACTS: &str = "\n\
The pairs are those that existed. \
A release of Sun Cluster before 3.0 5/02 has no HAStoragePlus and\n\
is refused.\n\n\
## What these nodes do\n\n\
`plain` does only what says so, `odd` does all of it. *Documented* was read \
in a manual or on a page of the\n\
vendor, *source* in the source of the program, and *seen* is what it did when it ran. *Recalled* \
and\n\
*unknown* are played both ways: some pairs do it and some do not. For calha such a thing is a \
question, or\n\
\"not proved\": never a failure, and never \"done\".\n\n\
| name | what the node does | mark | source | personalities |\n|---|---|---|---|---|\n";

const ASSUMED: &str = "\n\
## What every cluster of the lab decides\n\n\
No manual that could be read says so, and no step depends on it. What Corosync and Pacemaker \
decide too\n\
is *seen on a real cluster*, in a scene that [a test plays on both](design/real-cluster.md).\n\n\
| name | what the cluster does | on a real cluster |\n|---|---|---|\n";
