//! Many small things done on several processors.

/// What a function makes of each item, in their order. A thread is begun only for so many items that it is worth its while.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    /// For less a thread is not worth its while, where an item takes some microseconds.
    const LEAST: usize = 50;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(threads).max(LEAST);
    let make_all = |items: &[T]| -> Vec<R> { items.iter().map(&make).collect() };
    let (first, rest) = items.split_at(share.min(items.len()));
    std::thread::scope(|scope| {
        let others: Vec<_> = rest
            .chunks(share)
            .map(|items| scope.spawn(|| make_all(items)))
            .collect();
        let mut made = make_all(first);
        for other in others {
            made.extend(
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            );
        }
        made
    })
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn the_order_is_kept() {
        for length in [0, 1, 49, 50, 51, 100, 101, 1000] {
            let items: Vec<usize> = (0..length).collect();
            let doubled: Vec<usize> = items.iter().map(|item| 2 * item).collect();
            assert_eq!(map(&items, |item| 2 * item), doubled);
        }
    }
}
