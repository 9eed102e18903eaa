//! Counts at an address of their own. A test file of its own, since a process counts in one way only.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use boot::metrics::{Kind, Metric, describe, init};
use boot::settings::Metrics;

const COUNTED: [Metric; 2] = [
    Metric { name: "tessera_jobs_total", kind: Kind::Counter, help: "Jobs that were finished." },
    Metric { name: "tessera_job_seconds", kind: Kind::Histogram, help: "Time that a job took." },
];

#[tokio::test]
async fn off_counts_nothing_and_an_address_serves_what_is_counted() {
    assert!(init(Metrics::Off).unwrap().render().is_none());

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let error = init(Metrics::Listen(address)).err().unwrap().to_string();
    assert!(error.contains("choose a free address"), "{error}");
    drop(taken);

    assert!(init(Metrics::Listen(address)).unwrap().render().is_none());
    describe(&COUNTED);
    metrics::counter!("tessera_jobs_total", "lane" => "cpu").increment(3);
    metrics::histogram!("tessera_job_seconds").record(0.2);

    let text = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    })
    .await
    .unwrap();
    for line in [
        "# HELP tessera_jobs_total Jobs that were finished.",
        "tessera_jobs_total{lane=\"cpu\"} 3",
        "tessera_job_seconds_bucket{le=\"0.1\"} 0",
        "tessera_job_seconds_bucket{le=\"0.25\"} 1",
    ] {
        assert!(text.contains(line), "missing {line} in\n{text}");
    }
}
