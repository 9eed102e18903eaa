//! Prints what the atlas, a look-up and a plan cost: `cargo run --release -p domain --example atlas`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for the console")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use domain::cells::{cell, parents};
use domain::mapview::plan;
use domain::metadata::Position;
use domain::place::{Atlas, Bounds, locate};
use domain::zone;

fn memory(label: &str) {
    let text = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap();
    let kilobytes = |key: &str| {
        text.lines().find_map(|line| line.strip_prefix(key)?.split_whitespace().next()?.parse::<u64>().ok())
    };
    let [all, own, file] = ["Pss:", "Pss_Anon:", "Pss_File:"].map(|key| kilobytes(key).unwrap_or_default());
    println!("{label:<28} {all:>6} KB PSS, of it private {own:>5}, mapped from the program {file:>5}");
}

fn each<T>(label: &str, items: &[T], mut work: impl FnMut(&T)) {
    let mut times: Vec<Duration> = items
        .iter()
        .map(|item| {
            let start = Instant::now();
            work(item);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let sum: Duration = times.iter().sum();
    println!(
        "{label:<28} mean {:>9.2?}, p50 {:>9.2?}, p99 {:>9.2?}",
        sum / items.len() as u32,
        times[items.len() / 2],
        times[items.len() * 99 / 100]
    );
}

/// Scattered over a box, without a generator: multiples of irrational steps.
fn scattered(south: f64, north: f64, west: f64, east: f64, count: u32) -> Vec<Position> {
    let part = |i: u32, step: f64| (f64::from(i) * step).fract();
    (0..count)
        .map(|i| Position {
            latitude: south + (north - south) * part(i, 0.618_033_988_749),
            longitude: west + (east - west) * part(i, 0.754_877_666_246),
            altitude: None,
        })
        .collect()
}

fn main() {
    memory("at start");
    for _ in 0..2 {
        let start = Instant::now();
        let atlas = Atlas::open().unwrap();
        println!("{:<28} {:.2?}", "open the atlas", start.elapsed());
        memory("atlas open");
        for (label, (south, north, west, east)) in [
            ("locate, around Paris", (48.5, 49.2, 1.8, 2.9)),
            ("locate, Europe", (37.0, 60.0, -9.0, 30.0)),
            ("locate, whole Earth", (-90.0, 90.0, -180.0, 180.0)),
        ] {
            each(label, &scattered(south, north, west, east, 20_000), |p| {
                drop(black_box(locate(&atlas, *p)));
            });
        }
        each("zone, Europe", &scattered(37.0, 60.0, -9.0, 30.0, 20_000), |p| {
            black_box(zone::at(&atlas, *p));
        });
        memory("after the look-ups");
    }
    memory("atlas dropped");
    each("cell and nine parents", &scattered(-80.0, 80.0, -180.0, 180.0, 20_000), |p| {
        black_box(parents(cell(*p).unwrap()).count());
    });
    for zoom in [0_u8, 3, 6, 9, 12, 14, 16] {
        let degrees = 360.0 / (512.0 * f64::from(zoom).exp2());
        let (width, height) = ((1440.0 * degrees / 2.0).min(180.0), 900.0 * degrees / 2.0 * 0.7);
        let view =
            Bounds::new(10.0 - width, (45.0 - height).max(-85.0), 10.0 + width, (45.0 + height).min(85.0))
                .unwrap();
        let (resolution, cells) = domain::mapview::cover(&view, domain::cells::Resolution::STORED, 1000);
        let planned = plan(&view, zoom);
        println!(
            "zoom {zoom:>2}: {:?}, {} stretches (finest that fits: {} with {} cells)",
            planned.detail,
            planned.spans.len(),
            resolution.number(),
            cells.len()
        );
        each("  plan", &[(); 200], |()| drop(black_box(plan(&view, zoom))));
    }
}
