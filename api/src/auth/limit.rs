//! How often somebody may try a password: per address and per account, refilled with time.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::error::ApiError;

/// Tries that are left.
pub struct Tries {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_account: DefaultKeyedRateLimiter<String>,
    clock: DefaultClock,
}

impl Default for Tries {
    fn default() -> Self {
        Self {
            by_address: RateLimiter::keyed(quota(Duration::from_secs(3), 20)),
            by_account: RateLimiter::keyed(quota(Duration::from_secs(30), 10)),
            clock: DefaultClock::default(),
        }
    }
}

fn quota(refill: Duration, burst: u32) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(refill).unwrap_or(Quota::per_minute(burst)).allow_burst(burst)
}

impl Tries {
    /// Takes one try away, or says how long to wait.
    pub fn take(&self, address: Option<IpAddr>, account: &str) -> Result<(), ApiError> {
        let wait = |until: governor::NotUntil<_>| {
            ApiError::RateLimited(until.wait_time_from(self.clock.now()).as_secs().max(1))
        };
        if let Some(address) = address {
            self.by_address.check_key(&address).map_err(wait)?;
        }
        self.by_account.check_key(&account.to_lowercase()).map_err(wait)
    }

    /// Forgets keys that have all their tries again.
    pub fn tidy(&self) {
        self.by_address.retain_recent();
        self.by_account.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_closed_after_ten_tries_whatever_the_address_or_case() {
        let tries = Tries::default();
        for n in 0..10u8 {
            assert!(tries.take(Some(IpAddr::from([10, 0, 0, n])), "Ann@example.org").is_ok());
        }
        let Err(ApiError::RateLimited(seconds)) = tries.take(None, "ann@EXAMPLE.org") else {
            panic!("not limited")
        };
        assert!((1..=30).contains(&seconds));
        assert!(tries.take(None, "bob@example.org").is_ok());
    }
}
