//! What the tests of the whole share.

use std::net::TcpListener;
use std::process;
use std::time::{SystemTime, UNIX_EPOCH};

/// Ports that the kernel gives to nobody by itself (Linux gives 32768 to 60999).
const OWN: std::ops::Range<u16> = 20_000..32_000;

/// A port of loopback that nobody listens on, and that no outgoing connection gets while the server that is to have it
/// is stopped. `None` where all are taken.
pub fn free_port() -> Option<u16> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.subsec_nanos());
    // Tests run side by side: each begins elsewhere.
    let first = now.wrapping_add(process::id().wrapping_mul(7919)) % u32::from(OWN.end - OWN.start);
    let first = OWN.start + u16::try_from(first).unwrap_or_default();
    (first..OWN.end).chain(OWN.start..first).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
}
