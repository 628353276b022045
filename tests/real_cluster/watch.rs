//! A thread that looks every 100 ms and keeps what it saw, each time with the moment.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often somebody looks.
pub const EVERY: Duration = Duration::from_millis(100);

pub struct Watch<T> {
    seen: Arc<Mutex<Vec<(Instant, T)>>>,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Clone + Send + 'static> Watch<T> {
    /// Begins to look. What is prepared is prepared by the thread, which may enter a namespace.
    pub fn begin<L: FnMut() -> T>(prepare: impl FnOnce() -> L + Send + 'static) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let ends = Arc::new(AtomicBool::new(false));
        let (keeps, ended) = (Arc::clone(&seen), Arc::clone(&ends));
        let thread = std::thread::spawn(move || {
            let mut look = prepare();
            while !ended.load(Ordering::SeqCst) {
                let begun = Instant::now();
                let what = look();
                keeps.lock().unwrap().push((begun, what));
                std::thread::sleep(EVERY.saturating_sub(begun.elapsed()));
            }
        });
        Self { seen, ends, thread: Some(thread) }
    }

    /// Everything seen so far, in the order of time.
    pub fn seen(&self) -> Vec<(Instant, T)> {
        self.seen.lock().unwrap().clone()
    }
}

impl<T> Drop for Watch<T> {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
