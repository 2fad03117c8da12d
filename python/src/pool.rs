//! The threads that work: pools of a number that the caller says, kept for the next call.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// The pools of this process, by their number of threads. A process that was forked from one with pools has copies of them
/// without their threads: it makes its own, and those are left alone.
static POOLS: Mutex<Option<(u32, Pools)>> = Mutex::new(None);

type Pools = HashMap<usize, Arc<ThreadPool>>;

/// A pool of that many threads; of one for each processor where none are said.
pub(crate) fn pool(threads: Option<usize>) -> PyResult<Arc<ThreadPool>> {
    let threads = match threads {
        Some(threads) => threads.max(1),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    };
    let process = std::process::id();
    let mut held = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if held.as_ref().is_some_and(|(owner, _)| *owner != process) {
        // To end a pool is to wait for its threads, which are not in this process.
        std::mem::forget(held.take());
    }
    let (_, pools) = held.get_or_insert_with(|| (process, Pools::new()));
    if let Some(pool) = pools.get(&threads) {
        return Ok(Arc::clone(pool));
    }
    let named = |index| format!("rubricator-{index}");
    let made = ThreadPoolBuilder::new().num_threads(threads).thread_name(named).build();
    let pool = Arc::new(made.map_err(|error| PyRuntimeError::new_err(format!("no threads can be started: {error}")))?);
    pools.insert(threads, Arc::clone(&pool));
    Ok(pool)
}

/// Does something on a pool, while Python's other threads go on.
pub(crate) fn on<R: Send>(py: Python<'_>, threads: Option<usize>, work: impl FnOnce() -> R + Send) -> PyResult<R> {
    let pool = pool(threads)?;
    Ok(py.detach(|| pool.install(work)))
}
