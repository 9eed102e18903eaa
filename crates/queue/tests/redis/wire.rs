//! A wire that can be cut: nothing passes any more, and neither end is told.

use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;
use tokio::io::copy_bidirectional;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Notify;

use crate::server::Server;

pub struct Wire {
    folder: TempDir,
    knife: Arc<Notify>,
}

impl Wire {
    pub fn to(server: &Server) -> Self {
        let folder = TempDir::new().unwrap();
        let listener = UnixListener::bind(folder.path().join("wire.sock")).unwrap();
        let knife = Arc::new(Notify::new());
        tokio::spawn(lay(listener, server.socket(), Arc::clone(&knife)));
        Self { folder, knife }
    }

    pub fn url(&self) -> String {
        format!("redis+unix://{}", self.folder.path().join("wire.sock").display())
    }

    /// Cuts the connections there are; new ones can be made.
    pub fn cut(&self) {
        self.knife.notify_waiters();
    }
}

async fn lay(listener: UnixListener, server: PathBuf, knife: Arc<Notify>) {
    loop {
        let (mut near, _) = listener.accept().await.unwrap();
        let mut far = UnixStream::connect(&server).await.unwrap();
        let knife = Arc::clone(&knife);
        tokio::spawn(async move {
            tokio::select! {
                _ = copy_bidirectional(&mut near, &mut far) => {}
                () = knife.notified() => std::future::pending().await,
            }
        });
    }
}
