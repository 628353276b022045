//! Several things at the same time, where that saves waiting.

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
        let threads: Vec<_> = all.iter().map(|one| scope.spawn(|| act(one))).collect();
        threads.into_iter().map(|thread| thread.join().ok()).collect()
    })
}
