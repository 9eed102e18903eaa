//! Measures the index over a made-up library: `cargo run --release --workspace --example cost_per_question -- 100000`.

#![expect(clippy::print_stdout, reason = "the table is what it is for")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement that fails has nothing to say")]

#[path = "../tests/it/library.rs"]
mod library;

use std::fs;
use std::path::Path;
use std::time::Instant;

use domain::cells::{Cell, Resolution};
use domain::facet::{Facet, NAMED, SUGGESTED};
use domain::filter::{Filter, Key, Scope, day_of};
use library::{docs, position, read, scope};
use search::{Reader, Sort, Writer};

/// As both programs have it.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

const BATCH: usize = 1000;
const ROUNDS: usize = 200;

fn main() {
    tikv_jemalloc_ctl::background_thread::write(true).unwrap();
    let count: i64 = std::env::args().nth(1).map_or(100_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let docs = docs(1, count);
    let before = memory("RssAnon");
    println!("{count} documents, {ROUNDS} rounds each; {before} kB in use before");

    let mut writer = Writer::open(folder.path()).unwrap();
    let (mut peak, started, cpu) = (0, Instant::now(), cpu_ms("/proc/self/schedstat"));
    for (at, part) in docs.chunks(BATCH).enumerate() {
        writer.upsert(part).unwrap();
        if at % 20 == 19 {
            writer.commit(position(at as i64)).unwrap();
        }
        peak = peak.max(memory("RssAnon") - before);
    }
    writer.commit(position(count)).unwrap();
    let built = started.elapsed();
    println!(
        "build         {:.1} s wall, {:.0} documents/s, {peak} kB more memory at most, main thread {:.1} s",
        built.as_secs_f64(),
        count as f64 / built.as_secs_f64(),
        (cpu_ms("/proc/self/schedstat") - cpu) / 1000.0
    );
    let reader = Reader::open(folder.path()).unwrap();
    let mut seq = count;
    for size in [1, 100, 1000] {
        measure(&format!("commit of {size} changes"), 20, || {
            seq += 1;
            let from = (seq as usize * 7919) % (docs.len() - size);
            writer.upsert(&docs[from..from + size]).unwrap();
            writer.commit(position(seq)).unwrap();
        });
    }
    measure("reload of a commit", 1, || reader.reload().unwrap());
    measure("reload of nothing", ROUNDS, || reader.reload().unwrap());
    // Long enough for merges to end and for freed pages to go back.
    std::thread::sleep(std::time::Duration::from_secs(20));
    reader.reload().unwrap();
    println!("writer at rest {} kB more memory", memory("RssAnon") - before);
    writer.close().unwrap();
    println!(
        "index         {:.1} MB, {} kB memory after closing the writer",
        size(folder.path()),
        memory("RssAnon") - before
    );
    drop(docs);
    let reader = Reader::open(folder.path()).unwrap();
    questions(&reader, &scope(&[1, 2, 3], true, true));
    println!("in use after all questions: {} kB", memory("RssAnon"));
}

fn questions(reader: &Reader, scope: &Scope) {
    for (name, text) in [
        ("word + filters", "birthday camera:fuji iso:>=400 taken:2019..2022"),
        ("common word + filter", "fujifilm place:lisbon"),
        ("two words", "old bridge"),
        ("phrase", "\"golden gate\""),
        ("word being typed", "lisbon brid*"),
        ("name being typed", "img_12*"),
        ("filters alone", "type:image iso:800 country:pt"),
        ("either, not", "(dog or cat) -snow has:gps"),
        ("pattern", "name:*123*"),
        ("near", "near:38.72,-9.14,5km"),
        ("everything", ""),
    ] {
        let filter = read(text);
        for (order, sort) in [("by date", Sort::TakenDesc), ("by relevance", Sort::Relevance)] {
            let total = reader.search(&filter, scope, sort, None, 50).unwrap().total;
            measure(&format!("{name}, {order} ({total})"), ROUNDS, || {
                reader.search(&filter, scope, sort, None, 50).unwrap();
            });
        }
    }
    lists(reader, scope, &read("fujifilm -type:video"));
    facets(reader, scope);
    values(reader, scope);
}

fn facets(reader: &Reader, scope: &Scope) {
    let five = [Facet::Year, Facet::Country, Facet::City, Facet::Camera, Facet::Tag];
    for (name, text) in [("everything", ""), ("a word", "fujifilm"), ("a filter", "type:image country:pt")] {
        let filter = read(text);
        measure(&format!("five facets of {name}"), ROUNDS, || {
            reader.facets(&filter, scope, &five, 20).unwrap();
        });
        measure(&format!("all facets of {name}"), ROUNDS, || {
            reader.facets(&filter, scope, Facet::ALL, 20).unwrap();
        });
    }
}

/// What is asked at each letter.
fn values(reader: &Reader, scope: &Scope) {
    for typed in ["l", "li", "lis", "lisbon", "s", "b", "f", "2", "barc", "x"] {
        let found = reader.existing(NAMED, typed, scope, 10).unwrap().len();
        measure(&format!("values for the word '{typed}' ({found})"), ROUNDS, || {
            reader.existing(NAMED, typed, scope, 10).unwrap();
        });
    }
    for (key, typed) in
        [(Key::City, ""), (Key::Tag, ""), (Key::Tag, "b"), (Key::Lens, "3"), (Key::Folder, "")]
    {
        measure(&format!("values of {key}: for '{typed}'"), ROUNDS, || {
            reader.existing(&[key], typed, scope, 10).unwrap();
        });
    }
    measure("values of all keys", ROUNDS, || drop(reader.existing(SUGGESTED, "", scope, 10).unwrap()));
    measure("values meant by 'lisbn'", ROUNDS, || drop(reader.meant(NAMED, "lisbn", scope, 10).unwrap()));
    measure("values meant by 'barcleona'", ROUNDS, || {
        drop(reader.meant(NAMED, "barcleona", scope, 10).unwrap());
    });
}

fn lists(reader: &Reader, scope: &Scope, filter: &Filter) {
    let total = reader.count(filter, scope).unwrap();
    measure(&format!("count ({total})"), ROUNDS, || assert_eq!(reader.count(filter, scope).unwrap(), total));
    measure("days", ROUNDS, || drop(reader.days(filter, scope).unwrap()));
    measure("days of everything", ROUNDS, || drop(reader.days(&read(""), scope).unwrap()));
    measure("ids", ROUNDS, || drop(reader.ids(filter, scope, None).unwrap()));
    measure("ids of everything", ROUNDS, || drop(reader.ids(&read(""), scope, None).unwrap()));
    let (first, last) = (day_of(18_000).unwrap(), day_of(18_030).unwrap());
    measure("ids of a month", ROUNDS, || drop(reader.ids(filter, scope, Some(first..=last)).unwrap()));
    for number in [3, 8] {
        let resolution = Resolution::new(number).unwrap();
        let world: Vec<_> = Cell::roots().filter_map(|root| root.span(Resolution::STORED)).collect();
        measure(&format!("map of the world, resolution {number}"), ROUNDS, || {
            reader.cells(filter, scope, resolution, &world).unwrap();
        });
    }
}

/// Mean of the thread's own CPU time, median and 99th percentile of the wall's.
fn measure(name: &str, rounds: usize, mut what: impl FnMut()) {
    let mut wall = Vec::with_capacity(rounds);
    let busy = cpu_ms("/proc/thread-self/schedstat");
    for _ in 0..rounds {
        let clock = Instant::now();
        what();
        wall.push(clock.elapsed().as_secs_f64() * 1000.0);
    }
    let cpu = (cpu_ms("/proc/thread-self/schedstat") - busy) / rounds as f64;
    wall.sort_by(f64::total_cmp);
    let at = |part: usize| wall[(wall.len() - 1) * part / 100];
    println!("{name:44} CPU {cpu:8.3} ms   wall p50 {:8.3} ms  p99 {:8.3} ms", at(50), at(99));
}

fn cpu_ms(path: &str) -> f64 {
    let text = fs::read_to_string(path).unwrap();
    text.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e6
}

fn memory(what: &str) -> i64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn size(folder: &Path) -> f64 {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let bytes = |entry: fs::DirEntry| {
        if entry.path().is_dir() { size(&entry.path()) * 1e6 } else { entry.metadata().unwrap().len() as f64 }
    };
    files.map(bytes).sum::<f64>() / 1e6
}
