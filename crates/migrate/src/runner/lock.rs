//! One run at a time.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, Instant};

use cogway_pg::execute::Held;

use super::{Event, RunError, Runner};

/// The key of the advisory lock, which belongs to the database: the bytes of `cogway` behind two zeros.
pub(super) const KEY: i64 = 0x0000_636f_6777_6179;

/// Pauses between two questions grow up to this.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

impl Runner {
    /// Takes the lock, or waits for it as long as the options let.
    pub(super) async fn lock(&self, on_event: &mut dyn FnMut(Event<'_>)) -> Result<(), RunError> {
        self.or_interrupted(self.take_lock(on_event).await)
    }

    /// Somebody who asks to stop has what runs cancelled, a question of Cogway's own too: that is no failure.
    pub(super) fn or_interrupted<T>(&self, outcome: Result<T, RunError>) -> Result<T, RunError> {
        match outcome {
            Err(error) if self.options.stop.is_set() && error.is_cancelled() => {
                Err(self.interrupted(Vec::new(), &[], None))
            }
            outcome => outcome,
        }
    }

    async fn take_lock(&self, on_event: &mut dyn FnMut(Event<'_>)) -> Result<(), RunError> {
        let started = Instant::now();
        let mut pause = Duration::from_millis(20);
        let mut told = false;
        loop {
            if self.executor.try_lock(KEY).await? == Held::ByUs {
                return Ok(());
            }
            let waited = started.elapsed();
            let over = waited >= self.options.lock_wait;
            if !told || over {
                let holder = self.executor.lock_holder(KEY).await?;
                if over {
                    let holder = holder.map(Box::new);
                    return Err(RunError::Locked { holder, waited });
                }
                // One that ends soon is not worth a word.
                if waited >= Duration::from_millis(500) {
                    on_event(Event::Waiting {
                        holder: holder.as_ref(),
                    });
                    told = true;
                }
            }
            if self.options.stop.is_set() {
                return Err(self.interrupted(Vec::new(), &[], None));
            }
            let left = self.options.lock_wait.saturating_sub(waited);
            tokio::time::sleep(jittered(pause).min(left.max(Duration::from_millis(1)))).await;
            pause = (pause * 3 / 2).min(LONGEST_PAUSE);
        }
    }

    /// Takes the lock again, if a script has let it go: one that does `DISCARD ALL` or `pg_advisory_unlock_all()`.
    pub(super) async fn keep_lock(&self, script: &str) -> Result<(), RunError> {
        let script = script.as_bytes();
        let may_unlock = [&b"advisory_unlock"[..], b"discard"]
            .iter()
            .any(|word| script.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word)));
        if may_unlock
            && self.executor.holds_lock(KEY).await? == Held::ByAnother
            && self.executor.try_lock(KEY).await? == Held::ByAnother
        {
            let holder = self.executor.lock_holder(KEY).await?;
            return Err(RunError::Locked {
                holder: holder.map(Box::new),
                waited: Duration::ZERO,
            });
        }
        Ok(())
    }
}

/// A pause between half and one and a half times as long, so that several who wait do not ask at once.
pub(super) fn jittered(pause: Duration) -> Duration {
    // The keys of hash maps are random; this is all the randomness that is needed.
    let random = RandomState::new().build_hasher().finish() % 1000;
    let share = 500 + u32::try_from(random).unwrap_or(500);
    pause * share / 1000
}
