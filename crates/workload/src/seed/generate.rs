//! Rows by the chunk, on threads of their own, in order.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::data_type::DataType;
use super::parents::Parents;
use super::recipe::Recipe;
use super::row::{Maker, Pool, Refused};
use super::stage::Referred;
use super::value::Value;

/// How many ordinals a chunk has, at most.
const CHUNK: u64 = 2048;

/// And at least.
const LEAST_CHUNK: u64 = 64;

/// How many chunks may wait to be sent.
const WAITING: usize = 4;

/// After so many ordinals in a row that come to nothing, there are no further rows.
const PATIENCE: u64 = 2000;

/// What rows are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// `COPY … (FORMAT binary)`
    Binary,
    /// `COPY … (FORMAT text)`
    Text,
}

/// Some rows that follow each other.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    /// Written, without header and trailer.
    pub(crate) bytes: Vec<u8>,
    /// Where each row ends.
    pub(crate) ends: Vec<usize>,
    /// The last ordinal of each row.
    pub(crate) ordinals: Vec<u64>,
    /// Of each row, the values of each set of columns that others refer to: [`Making::referred`].
    pub(crate) referred: Vec<Vec<Value>>,
    /// Ordinals that came to nothing.
    pub(crate) skipped: Vec<u64>,
    /// Is there a value that cannot be written in this notation?
    pub(crate) is_unwritable: bool,
    /// Why rows end here, if they do.
    pub(crate) end: Option<Refused>,
}

/// What it takes to make rows: everything but what came of rows before.
#[derive(Clone)]
pub(crate) struct Making {
    pub(crate) recipe: Arc<Recipe>,
    pub(crate) parents: Vec<Option<Arc<Parents>>>,
    pub(crate) pools: Vec<Pool>,
    /// Is each parent to be referred to at least once?
    pub(crate) covers: Vec<bool>,
    pub(crate) notation: Notation,
    /// The columns that are written.
    pub(crate) columns: Arc<[usize]>,
    /// The sets of columns that others refer to and that are to be kept, since they cannot be computed again.
    pub(crate) referred: Arc<[Vec<usize>]>,
}

impl Making {
    /// The same, which keeps what others refer to and what cannot be computed again.
    pub(crate) fn keeping(self, referred: &[Referred]) -> Making {
        let kept = referred.iter().filter(|set| !set.is_computed);
        Making {
            referred: kept.map(|set| set.places.clone()).collect(),
            ..self
        }
    }

    /// One that makes the rows.
    pub(crate) fn maker(&self) -> Maker {
        Maker::new(
            Arc::clone(&self.recipe),
            self.parents.clone(),
            self.pools.clone(),
            self.covers.clone(),
        )
    }
}

/// Chunks in order, as they are made.
pub(crate) struct Chunks {
    lanes: Vec<mpsc::Receiver<Chunk>>,
    next: usize,
}

impl Chunks {
    /// Begins to make rows, on as many threads as there are jobs. A table whose rows depend on those before is made on one.
    /// `maker` knows what was there before; rows begin with the ordinal `first`, and so many are wanted.
    pub(crate) fn begin(making: &Making, maker: Maker, first: u64, wanted: u64, jobs: usize) -> Chunks {
        // What is made beyond what is wanted is made for nothing.
        let size = wanted.clamp(LEAST_CHUNK, CHUNK);
        let useful = usize::try_from(wanted.div_ceil(size)).unwrap_or(usize::MAX);
        let jobs = if making.recipe.is_free() {
            jobs.min(useful).max(1)
        } else {
            1
        };
        let mut makers: Vec<Maker> = vec![maker];
        makers.extend((1..jobs).map(|_| making.maker()));
        let lanes = makers
            .into_iter()
            .enumerate()
            .map(|(lane, maker)| {
                let (sender, receiver) = mpsc::channel(WAITING);
                let making = making.clone();
                let lane = Lane {
                    first: first + lane as u64 * size,
                    stride: jobs as u64 * size,
                    size,
                    // One lane alone knows when there are enough.
                    wanted: if jobs == 1 { wanted } else { u64::MAX },
                };
                tokio::task::spawn_blocking(move || lane.run(&making, maker, &sender));
                receiver
            })
            .collect();
        Chunks { lanes, next: 0 }
    }

    /// The next chunk; none where a thread broke off.
    pub(crate) async fn next(&mut self) -> Option<Chunk> {
        let lane = self.next;
        self.next = (lane + 1) % self.lanes.len();
        self.lanes[lane].recv().await
    }
}

/// Every so many chunks one.
struct Lane {
    first: u64,
    stride: u64,
    size: u64,
    wanted: u64,
}

impl Lane {
    fn run(&self, making: &Making, mut maker: Maker, sender: &mpsc::Sender<Chunk>) {
        let types: Vec<DataType> = making
            .columns
            .iter()
            .map(|&column| making.recipe.table.columns[column].data_type.clone())
            .collect();
        let is_free = making.recipe.is_free();
        let mut start = self.first;
        let mut made = start;
        let mut in_vain = 0;
        let enough = start.saturating_add(self.wanted);
        loop {
            let mut chunk = Chunk {
                referred: making.referred.iter().map(|_| Vec::new()).collect(),
                ..Chunk::default()
            };
            for ordinal in start..start.saturating_add(self.size) {
                // Rows that are made side by side do not know how many came to nothing elsewhere.
                let number = if is_free { ordinal } else { made };
                match maker.make(ordinal, number, 0) {
                    Ok(row) => {
                        chunk.is_unwritable |= !making.write(row, &types, &mut chunk.bytes);
                        chunk.ends.push(chunk.bytes.len());
                        chunk.ordinals.push(ordinal);
                        for (values, columns) in chunk.referred.iter_mut().zip(making.referred.iter()) {
                            values.extend(columns.iter().map(|&column| row[column].clone()));
                        }
                        made += 1;
                        in_vain = 0;
                        if made >= enough {
                            break;
                        }
                    }
                    Err(refused) => {
                        chunk.skipped.push(ordinal);
                        in_vain += 1;
                        if in_vain > PATIENCE {
                            chunk.end = Some(refused);
                            break;
                        }
                    }
                }
            }
            let is_end = chunk.end.is_some() || made >= enough;
            // Whoever has enough does not listen any more.
            if sender.blocking_send(chunk).is_err() || is_end {
                return;
            }
            start = start.saturating_add(self.stride);
        }
    }
}

impl Making {
    /// Writes a row; false where a value of it cannot be written in this notation.
    pub(crate) fn write(&self, row: &[Value], types: &[DataType], out: &mut Vec<u8>) -> bool {
        match self.notation {
            Notation::Binary => {
                out.extend((self.columns.len() as i16).to_be_bytes());
                self.columns
                    .iter()
                    .zip(types)
                    .all(|(&column, of)| row[column].write_binary(of, out))
            }
            Notation::Text => {
                for (at, (&column, of)) in self.columns.iter().zip(types).enumerate() {
                    if at > 0 {
                        out.push(b'\t');
                    }
                    row[column].write_copy_text(of, out);
                }
                out.push(b'\n');
                true
            }
        }
    }
}
