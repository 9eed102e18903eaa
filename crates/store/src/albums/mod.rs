//! Albums: what is in them, who sees them, and how they lie in each other. Ask `allowed_albums` first: what is here does what
//! it is told.

mod change;
mod content;
mod end;
mod members;
mod read;
mod rules;
mod sizes;
mod talk;
mod tell;
mod tree;

pub use change::{AlbumChange, AlbumRefusal, NewAlbum};
pub use content::{Removed, Restored};
pub(crate) use end::{end_all, leave_library};
pub use members::AlbumMember;
pub use read::AlbumEntry;
pub use rules::DueRule;
pub use sizes::AlbumSize;
pub use talk::{Comment, CommentPage, Likes};
