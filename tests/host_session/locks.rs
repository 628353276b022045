//! The record directory and the lock in it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use calha::host::Host;
use calha::node::HostError;

use crate::host;
use crate::support::{RECORD, Root, shells};

const ONE: &str = "admin@console (it's \\c $HOME `x`), since 2026-11-25 17:43";

fn fresh() -> Root {
    let root = Root::new();
    fs::remove_dir_all(root.here("/var/opt/calha")).unwrap();
    root
}

fn mode(root: &Root, at: &str) -> u32 {
    fs::metadata(root.here(at)).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_lock_has_one_holder() {
    for shell in shells() {
        let root = fresh();
        let host = host(&root, &shell);
        assert_eq!(host.take(ONE), Ok(None), "{shell}");
        assert_eq!(host.take(ONE), Ok(None), "{shell}: one's own");
        assert_eq!(host.take("another"), Ok(Some(ONE.into())), "{shell}");
        assert_eq!(
            (mode(&root, RECORD), mode(&root, "/var/opt/calha/penguin")),
            (0o700, 0o755),
            "{shell}"
        );
        assert_eq!(mode(&root, &format!("{RECORD}/lock")), 0o700, "{shell}");
        assert_eq!(mode(&root, &format!("{RECORD}/lock/holder")), 0o600, "{shell}");
        // The lock, and who made the record.
        assert_eq!(fs::read_dir(root.here(RECORD)).unwrap().count(), 2, "{shell}");
        assert_eq!(host.release("another"), Ok(()), "{shell}: not his");
        assert_eq!(host.take("another"), Ok(Some(ONE.into())), "{shell}: so it stays");
        assert_eq!(host.release(ONE), Ok(()), "{shell}");
        assert_eq!(host.release(ONE), Ok(()), "{shell}: again");
        assert_eq!(host.take("another"), Ok(None), "{shell}");
        // Killed between lock and name.
        fs::remove_file(root.here(&format!("{RECORD}/lock/holder"))).unwrap();
        assert_eq!(host.take(ONE), Ok(Some(String::new())), "{shell}");
        assert_eq!((host.release(""), host.take(ONE)), (Ok(()), Ok(None)), "{shell}: nobody's");
        assert!(matches!(host.take("two\nlines"), Err(HostError::Invalid(_))), "{shell}");
    }
}

#[test]
fn a_record_that_cannot_be_made_is_an_error_not_a_lock() {
    for shell in shells() {
        let root = fresh();
        fs::write(root.here("/var/opt/calha"), "in the way").unwrap();
        assert!(matches!(host(&root, &shell).take(ONE), Err(HostError::Io { .. })), "{shell}");
    }
}

#[test]
fn of_those_who_come_at_once_one_gets_it() {
    for shell in shells() {
        let root = fresh();
        let results: Vec<_> = std::thread::scope(|scope| {
            let take = |n: usize| {
                let host = host(&root, &shell);
                scope.spawn(move || host.take(&format!("holder {n}")))
            };
            let threads: Vec<_> = (0..4).map(take).collect();
            threads.into_iter().map(|t| t.join().unwrap().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|r| r.is_none()).count(), 1, "{shell}: {results:?}");
    }
}

#[test]
fn forgetting_leaves_nothing_of_ours_and_all_of_others() {
    for shell in shells() {
        let root = fresh();
        let host = host(&root, &shell);
        assert_eq!(host.take(ONE), Ok(None));
        fs::write(root.here(&format!("{RECORD}/step.1.intent")), "{}").unwrap();
        assert_eq!(host.remove_record(), Ok(()), "{shell}");
        assert!(!root.here("/var/opt/calha").exists() && root.here("/var/opt").exists(), "{shell}");
        assert_eq!(host.remove_record(), Ok(()), "{shell}: again");
        assert_eq!(host.take(ONE), Ok(None), "{shell}");
        fs::create_dir(root.here("/var/opt/calha/penguin/other")).unwrap();
        assert_eq!(host.remove_record(), Ok(()), "{shell}");
        assert!(
            !root.here(RECORD).exists() && root.here("/var/opt/calha/penguin/other").exists(),
            "{shell}"
        );
    }
}
