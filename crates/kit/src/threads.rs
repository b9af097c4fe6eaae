//! Pure work on many things, on several threads at once.
//!
//! What comes of it is in the order of the things and the same with any number of threads.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread;

/// How many threads are of use on this machine. It is asked once: the answer lies in files of the system.
pub fn usual() -> usize {
    static USUAL: LazyLock<usize> = LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));
    *USUAL
}

/// What `work` makes of each of `things`, in their order. A panic in it goes on in the caller.
pub fn map<T: Sync, R: Send>(threads: usize, things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let part = things.len().div_ceil(threads.max(1));
    if part == things.len() {
        return things.iter().map(work).collect();
    }
    let work = &work;
    thread::scope(|scope| {
        let parts = things
            .chunks(part)
            .map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>()));
        // All begin before the first is waited for.
        let begun: Vec<_> = parts.collect();
        let done = begun.into_iter().map(|part| {
            part.join()
                .unwrap_or_else(|cause| std::panic::resume_unwind(cause))
        });
        done.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_threads_gives_the_same_in_the_same_order() {
        for count in [0_u64, 1, 2, 3, 7, 100] {
            let things: Vec<u64> = (0..count).collect();
            let squares: Vec<u64> = things.iter().map(|thing| thing * thing).collect();
            for threads in [0, 1, 2, 4, 200] {
                assert_eq!(
                    map(threads, &things, |thing| thing * thing),
                    squares,
                    "{count}, {threads}"
                );
            }
        }
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn a_panic_is_heard() {
        map(2, &[1, 2, 3], |thing| assert_ne!(*thing, 3, "the third"));
    }
}
