//! Whoever has no journal of an installation is told from the nodes whose it is, and what is
//! printed leads on.

use calha::engine::{Commands, Stop, elsewhere};
use calha::guide::Guide;
use calha::node::Inspect;
use calha::problem::Problem;
use calha::step::Views;

use super::bench::{Start, Work, every_model, install, rollback, run};
use super::thorough::thorough;

fn told(guide: &Guide, start: &Start) -> Vec<Problem> {
    let (_, hosts) = start.rack.clone().hosts(&guide.record, None);
    let hosts: Views<'_> = hosts.iter().map(|h| (h.name().clone(), h as &dyn Inspect)).collect();
    let commands = Commands { profile: "profiles/site.toml".into(), ..Commands::default() };
    elsewhere(guide, &hosts, &commands).unwrap()
}

#[test]
fn an_installation_without_its_journal_is_named_and_taken_over() {
    let sample = if thorough() { 6 } else { 3 };
    for resolved in every_model().into_iter().take(sample) {
        let guide = Guide::of(&resolved, "cal").unwrap();
        let fresh = Start::fresh(&resolved);
        assert_eq!(told(&guide, &fresh), [], "nothing is there yet");
        let (_, installed) = run(&guide, &fresh, &install);
        let lost = Start { journal: Vec::new(), ..installed.clone() };
        let problems = told(&guide, &lost);
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        let what = &problem.what;
        assert!(what.contains("has installed this from root on admin with memory"), "{what}");
        let remedy = problem.remedy.as_deref().unwrap();
        assert!(remedy.contains("calha adopt profiles/site.toml --from-nodes"), "{remedy}");
        let acts: [Work<'_>; 2] = [&install, &rollback];
        for act in acts {
            let (refused, _) = run(&guide, &lost, act);
            let Err(Stop::Blocked(problems)) = &refused.result else {
                panic!("{:?}", refused.result)
            };
            assert_eq!(problems[0].code, "journal.elsewhere");
        }
        let (verified, _) = run(&guide, &lost, &|engine| {
            let (_, problems) = engine.verify()?;
            assert!(problems.iter().any(|p| p.code == "journal.elsewhere"), "{problems:?}");
            Ok(())
        });
        verified.result.unwrap();
        let (adopted, end) = run(&guide, &lost, &|engine| engine.adopt_from_nodes());
        adopted.result.unwrap();
        let (again, _) = run(&guide, &end, &install);
        assert!(again.result.is_ok(), "{:?}", again.result);
        assert!(run(&guide, &end, &rollback).0.result.is_ok());

        // The profile was renamed, with and without its journal.
        let renamed = Guide::of(&resolved, "site").unwrap();
        let problems = told(&renamed, &lost);
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert!(problem.what.contains("with a profile called cal"), "{}", problem.what);
        let remedy = problem.remedy.as_deref().unwrap();
        assert!(remedy.contains("mv profiles/site.toml profiles/cal.toml"), "{remedy}");

        // After an uninstallation there is nothing to be told.
        let (_, gone) = run(&guide, &installed, &rollback);
        assert_eq!(told(&guide, &gone), []);
    }
}
