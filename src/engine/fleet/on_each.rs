//! Several things at the same time, where that saves waiting.

use std::thread::{Builder, ScopedJoinHandle};

/// Does something for each of these, at the same time where that saves waiting; the results in
/// their order. `None`: its thread has died.
pub fn on_each<I: Sync, T: Send>(
    all: &[I],
    is_waited_for: bool,
    act: impl Fn(&I) -> T + Sync,
) -> Vec<Option<T>> {
    if all.len() < 2 || !is_waited_for {
        return all.iter().map(|one| Some(act(one))).collect();
    }
    std::thread::scope(|scope| {
        let act = &act;
        let begin = |one| Builder::new().spawn_scoped(scope, move || act(one)).map_err(|_| one);
        let threads: Vec<_> = all.iter().map(begin).collect();
        // Where the machine starts no more threads, one thing is done after the other.
        let end = |begun: Result<ScopedJoinHandle<'_, T>, _>| match begun {
            Ok(thread) => thread.join().ok(),
            Err(one) => Some(act(one)),
        };
        threads.into_iter().map(end).collect()
    })
}
