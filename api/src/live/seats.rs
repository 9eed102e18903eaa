//! How many connections each person has that follow something.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::UserId;

use crate::error::ApiError;

/// Connections of one person that follow something, at once.
const MOST: usize = 100;

/// Counts the connections that follow something.
#[derive(Clone, Default)]
pub struct Seats(Arc<Mutex<HashMap<UserId, usize>>>);

/// A connection that follows something, counted as long as this lives.
pub struct Seat {
    seats: Seats,
    user: UserId,
}

impl Seats {
    /// A place for one more connection of this person.
    pub fn enter(&self, user: UserId) -> Result<Seat, ApiError> {
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = seats.entry(user).or_default();
        if *taken >= MOST {
            let words = "you have 100 connections open that follow changes: close one, then try again";
            return Err(ApiError::TooMany(words));
        }
        *taken += 1;
        Ok(Seat { seats: self.clone(), user })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = seats.get_mut(&self.user) {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.user);
            }
        }
    }
}
