mod common;
use std::fs::File;
fn cpu(pid: u32) -> f64 {
    let s = std::fs::read_to_string(format!("/proc/{pid}/schedstat")).unwrap();
    s.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e6
}
fn hwm(pid: u32) -> String {
    let s = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    s.lines()
        .filter(|l| {
            l.starts_with("VmHWM")
                || l.starts_with("VmRSS")
                || l.starts_with("VmPeak")
                || l.starts_with("RssAnon")
        })
        .collect::<Vec<_>>()
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
#[tokio::test]
async fn photos() {
    let decoder = common::decoder_with(media::Settings { children: 1, ..Default::default() });
    let mut total = 0.0;
    let mut meta = 0.0;
    for round in 0..3 {
        let (mut t0, mut m0, mut n, mut kp, mut kt) = (0.0, 0.0, 0, 0, 0);
        for e in std::fs::read_dir("/tmp/mw/photos").unwrap() {
            let file = File::open(e.unwrap().path()).unwrap();
            let c0 = decoder.idle_children().first().map_or(0.0, |c| cpu(c.pid));
            decoder.read_metadata(1, &file).await.unwrap();
            let c1 = cpu(decoder.idle_children()[0].pid);
            let (_, p, t) = common::render(&decoder, &file).await.unwrap();
            let c2 = cpu(decoder.idle_children()[0].pid);
            m0 += c1 - c0;
            t0 += c2 - c1;
            n += 1;
            kp += p.len();
            kt += t.len();
        }
        println!(
            "round {round}: render {:.1} ms, metadata {:.2} ms, preview {} k, thumb {} k; {}",
            t0 / n as f64,
            m0 / n as f64,
            kp / n / 1024,
            kt / n / 1024,
            hwm(decoder.idle_children()[0].pid)
        );
        total += t0;
        meta += m0;
    }
    println!("{total} {meta}");
}
