//! The atlas, opened for use and put away when nobody has asked for it in a while.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::place::{Atlas, AtlasError};

const UNUSED: Duration = Duration::from_secs(60);

/// Where the atlas lies while it is needed.
#[derive(Default)]
pub struct Shelf {
    place: Mutex<Option<(Arc<Atlas>, Instant)>>,
}

impl Shelf {
    /// The atlas.
    ///
    /// # Errors
    /// Where the program file is damaged.
    pub fn atlas(&self) -> Result<Arc<Atlas>, AtlasError> {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        let atlas = match place.take() {
            Some((atlas, _)) => atlas,
            None => Arc::new(Atlas::open()?),
        };
        *place = Some((Arc::clone(&atlas), Instant::now()));
        Ok(atlas)
    }

    /// Puts it away if it has not been used for a minute.
    pub fn tidy(&self) {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        place.take_if(|(_, used)| used.elapsed() > UNUSED);
    }
}
