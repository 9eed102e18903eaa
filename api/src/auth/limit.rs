//! How often somebody may try a password, refilled with time.
//!
//! The rule, in three sentences. An address has so many tries in all, and fewer at one account. The first try of an
//! address at an account is always looked at, so nobody is shut out by what others do. Once it has failed, it also
//! draws on what all failing addresses together may try at that account, which is what slows a guesser with many of
//! them.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use moka::sync::Cache;

use crate::error::ApiError;

/// How long an address that has failed at an account is counted among those that fail.
const FAILING: Duration = Duration::from_secs(3_600);
/// Most of them that are remembered.
const MOST_FAILING: u64 = 100_000;

/// Tries that are left.
pub struct Tries {
    by_address: DefaultKeyedRateLimiter<Source>,
    by_both: DefaultKeyedRateLimiter<Pair>,
    /// Of all addresses together that have failed at an account.
    by_account: DefaultKeyedRateLimiter<Account>,
    failing: Cache<Pair, ()>,
    clock: DefaultClock,
}

/// Who tries, as far as that can be told.
type Source = Option<IpAddr>;
/// What is tried: a hash, for what people send may be long, and is kept for a while.
type Account = [u8; 32];
type Pair = (Account, Source);

impl Default for Tries {
    fn default() -> Self {
        Self {
            by_address: RateLimiter::keyed(quota(Duration::from_secs(3), 20)),
            by_both: RateLimiter::keyed(quota(Duration::from_secs(30), 10)),
            by_account: RateLimiter::keyed(quota(Duration::from_secs(10), 100)),
            failing: Cache::builder().max_capacity(MOST_FAILING).time_to_live(FAILING).build(),
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
        let (account, source) = pair(address, account);
        self.by_address.check_key(&source).map_err(wait)?;
        self.by_both.check_key(&(account, source)).map_err(wait)?;
        if self.failing.contains_key(&(account, source)) {
            self.by_account.check_key(&account).map_err(wait)?;
        }
        Ok(())
    }

    /// Notes that a try failed.
    pub fn failed(&self, address: Option<IpAddr>, account: &str) {
        self.failing.insert(pair(address, account), ());
    }

    /// Notes that a try was right: a slip before it is no guess.
    pub fn succeeded(&self, address: Option<IpAddr>, account: &str) {
        self.failing.invalidate(&pair(address, account));
    }

    /// Forgets keys that have all their tries again.
    pub fn tidy(&self) {
        self.by_address.retain_recent();
        self.by_both.retain_recent();
        self.by_account.retain_recent();
    }
}

fn pair(address: Option<IpAddr>, account: &str) -> Pair {
    (*blake3::hash(account.to_lowercase().as_bytes()).as_bytes(), address.map(household))
}

/// What one person is given: an IPv4 address, or a network of 2^64 IPv6 addresses, which are no more to them than one.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(n: u16) -> Option<IpAddr> {
        let [high, low] = n.to_be_bytes();
        Some(IpAddr::from([10, 0, high, low]))
    }

    fn seconds(taken: &Result<(), ApiError>) -> u64 {
        let Err(ApiError::RateLimited(seconds)) = taken else { panic!("not limited") };
        *seconds
    }

    #[test]
    fn an_address_uses_up_its_own_tries_at_an_account_whatever_its_case_and_nobody_elses() {
        let tries = Tries::default();
        for _ in 0..10 {
            assert!(tries.take(address(1), "Ann@example.org").is_ok());
            tries.failed(address(1), "Ann@example.org");
        }
        assert!((1..=30).contains(&seconds(&tries.take(address(1), "ann@EXAMPLE.org"))));
        assert!(tries.take(address(2), "ann@example.org").is_ok());
        assert!(tries.take(address(1), "bob@example.org").is_ok());
    }

    #[test]
    fn many_addresses_that_guess_run_out_together_and_one_that_has_not_failed_is_looked_at() {
        let tries = Tries::default();
        let guess = |n: u16| {
            let taken = tries.take(address(n), "ann@example.org");
            tries.failed(address(n), "ann@example.org");
            taken
        };
        assert!((0..100).all(|n| guess(n).is_ok() && guess(n).is_ok()), "two tries each");
        assert!((1..=10).contains(&seconds(&guess(5))));
        assert!(tries.take(address(500), "ann@example.org").is_ok(), "ann, at home");
        assert!(tries.take(address(5), "bob@example.org").is_ok());
        tries.succeeded(address(5), "ann@example.org");
        assert!(tries.take(address(5), "ann@example.org").is_ok());
    }

    #[test]
    fn addresses_of_one_household_are_one() {
        let tries = Tries::default();
        let v6 = |text: &str| Some(text.parse().unwrap());
        for n in 0..10 {
            assert!(tries.take(v6(&format!("2001:db8::{n}")), "ann@example.org").is_ok());
        }
        assert!(tries.take(v6("2001:db8::1:2:3:4"), "ann@example.org").is_err());
        assert!(tries.take(v6("2001:db8:0:1::1"), "ann@example.org").is_ok());
        for _ in 0..10 {
            assert!(tries.take(v6("::ffff:10.0.0.1"), "ann@example.org").is_ok());
        }
        assert!(tries.take(v6("10.0.0.1"), "ann@example.org").is_err());
    }
}
