use std::io::{BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::*;
use crate::suggest::Options;

const MAIN: Manner = Manner { layers: Layers::Main, by_line: false, across: false };

/// Requests without end; counts how many have been taken.
struct Endless {
    line: Vec<u8>,
    at: usize,
    taken: Arc<AtomicU64>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.line[self.at..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        if self.at == self.line.len() {
            self.at = 0;
            self.taken.fetch_add(1, Ordering::Relaxed);
        }
        Ok(length)
    }
}

/// Takes nothing before the input has stood still for a while, and then fails.
struct Stuck(Arc<AtomicU64>);

impl Write for Stuck {
    fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        let (mut last, mut since) = (self.0.load(Ordering::Relaxed), Instant::now());
        while since.elapsed() < Duration::from_millis(500) {
            let now = self.0.load(Ordering::Relaxed);
            if now != last {
                (last, since) = (now, Instant::now());
            }
            assert!(now < 1_000_000, "lines are read without end");
            std::thread::sleep(Duration::from_millis(5));
        }
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_bounded_number_of_lines_is_held() {
    let engine = Engine::new(Options::default());
    for padding in [0, 3 << 20] {
        let taken = Arc::new(AtomicU64::new(0));
        let line = format!("{{\"id\":1,\"text\":\"\",\"more\":\"{}\"}}\n", "x".repeat(padding)).into_bytes();
        let length = line.len() as u64;
        // A buffer of one byte takes no more than is asked for.
        let input = BufReader::with_capacity(1 << 10, Endless { line, at: 0, taken: Arc::clone(&taken) });
        let output = Stuck(Arc::clone(&taken));
        let ended = answer_all(&engine, MAIN, &Lines::of(input), output, &mut ());
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        let (taken, batch) = (taken.load(Ordering::Relaxed), Engine::batch() as u64);
        // Those being answered, those that wait, one being handed over, and one that the buffer holds.
        assert!(taken <= 2 * batch + 2 + 1024 / length, "{taken} lines of {length} bytes were read");
        if padding > 0 {
            assert!(taken <= batch.min(3) + 3, "{taken} lines of {length} bytes were read");
        }
    }
}

/// Notes what is written between two flushes.
#[derive(Default)]
struct Flushes {
    now: Vec<u8>,
    all: Vec<usize>,
}

impl Write for &mut Flushes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.now.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.now.is_empty() {
            self.all.push(memchr::memchr_iter(b'\n', &std::mem::take(&mut self.now)).count());
        }
        Ok(())
    }
}

#[test]
fn each_line_is_flushed_when_asked() {
    let engine = Engine::new(Options::default());
    let count = 3 * Engine::batch();
    let input = "{\"id\":1,\"text\":\"\"}\n".repeat(count);
    for by_line in [true, false] {
        let lines = Lines::of(io::Cursor::new(input.clone().into_bytes()));
        // All that are answered together are there before the first is asked for.
        std::thread::sleep(Duration::from_millis(200));
        let mut output = Flushes::default();
        answer_all(&engine, Manner { by_line, ..MAIN }, &lines, &mut output, &mut ()).unwrap();
        assert_eq!(output.all.iter().sum::<usize>(), count);
        assert_eq!(output.all.iter().all(|lines| *lines == 1), by_line, "{:?}", output.all);
    }
}

#[test]
fn what_comes_early_waits_for_what_stands_before_it() {
    let (sender, first) = mpsc::channel();
    let (sender, first) = (std::sync::Mutex::new(sender), std::sync::Mutex::new(first));
    let mut taken = Vec::new();
    let work = |n: &u64| {
        // The first is done only after the last, where there are two processors to do so.
        if *n == 0 {
            let _ = first.lock().unwrap().recv_timeout(Duration::from_millis(300));
        } else if *n == 3 {
            let _ = sender.lock().unwrap().send(());
        }
        *n
    };
    in_order(&[0, 1, 2, 3], work, |n| {
        taken.push(n);
        Ok(())
    })
    .unwrap();
    assert_eq!(taken, [0, 1, 2, 3]);
}

#[test]
fn a_terminal_is_told_how_far_it_is() {
    let mut out = Vec::new();
    let mut progress = Progress::new(&mut out, true, Some(200));
    progress.answered(50);
    progress.refused(2, "the line is not a JSON object");
    progress.answered(20);
    progress.finish();
    let out = String::from_utf8(out).unwrap();
    assert!(out.starts_with("\r\x1b[K1 line answered (25 % of the input), "), "{out:?}");
    assert!(out.contains("\r\x1b[Krubricator: line 2: the line is not a JSON object\n"), "{out:?}");
    assert!(out.contains("2 lines answered (35 % of the input)"), "{out:?}");
    assert!(out.contains("\r\x1b[Krubricator: 2 lines answered in ") && out.ends_with(", 1 of them not understood\n"));
}

#[test]
fn without_a_terminal_only_what_is_wrong_is_told() {
    let mut out = Vec::new();
    let mut progress = Progress::new(&mut out, false, None);
    progress.answered(50);
    progress.refused(2, "the line is not a JSON object");
    progress.answered(20);
    progress.finish();
    assert_eq!(String::from_utf8(out).unwrap(), "rubricator: line 2: the line is not a JSON object\n");
}
