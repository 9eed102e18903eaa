//! Why nothing new was made of a file.

use files::FilesError;
use media::MediaError;

use super::JobError;
use crate::outcome::Outcome;

/// Why nothing new was made of a file.
pub enum Failed {
    /// The file, or the decoder.
    Media(MediaError),
    /// The data folder.
    Files(FilesError),
    /// Nothing was tried, the work was stopped, or somebody else has the lease now.
    Ended(Outcome),
    /// The database.
    Job(JobError),
}

impl Failed {
    /// Whether the next try goes on with what there is of a film.
    pub fn goes_on(&self) -> bool {
        match self {
            Self::Media(error) => error.blames_the_machine(),
            Self::Ended(outcome) => !matches!(outcome, Outcome::Lost),
            Self::Files(_) | Self::Job(_) => true,
        }
    }
}

impl From<MediaError> for Failed {
    fn from(error: MediaError) -> Self {
        Self::Media(error)
    }
}

impl From<FilesError> for Failed {
    fn from(error: FilesError) -> Self {
        Self::Files(error)
    }
}

impl From<JobError> for Failed {
    fn from(error: JobError) -> Self {
        Self::Job(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_of_a_film_is_kept_where_the_file_is_not_to_blame() {
        for (error, kept) in [
            (MediaError::Killed("by whoever".into()), true),
            (MediaError::Output("the disk is full".into()), true),
            (MediaError::Crashed("it is damaged".into()), false),
            (MediaError::Limit("more than 1536 MiB of memory".into()), false),
        ] {
            assert_eq!(Failed::Media(error.clone()).goes_on(), kept, "{error}");
        }
    }
}
