//! `serve`: everything that answers requests, until asked to stop.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use boot::{Settings, Shutdown};
use tokio::net::TcpListener;

use super::store;
use crate::app::{App, Parts};
use crate::http::ground;
use crate::live::Live;
use crate::router::router;
use crate::{log, lost};

/// Serves until asked to stop; running requests may end.
pub async fn serve() -> anyhow::Result<()> {
    let settings = Settings::load()?;
    boot::tracing::init(&settings.log, settings.log_format)?;
    let shutdown = Shutdown::on_signals(settings.shutdown_grace())?;
    let listen = settings.listen;
    // First the address: if it is taken, nothing else has been touched.
    let listener = TcpListener::bind(listen).await.with_context(|| taken(listen))?;
    let store = store(&settings).await?;
    if !store.ready().await.unwrap_or(false) {
        anyhow::bail!(
            "the database schema is not there or older than this version: run {}",
            boot::command("tessera-api migrate")
        );
    }
    let queue = queue::Queue::connect(settings.redis_url.expose(), settings.redis_prefix.as_str()).await?;
    // Only a new installation makes its folder: an empty mount point must not pass for one.
    if store.is_untouched().await? {
        files::Files::create(&settings.data).await?;
    }
    let files = files::Files::open(&settings.data, settings.reserve_free_mb << 20).await?;
    let metrics = boot::metrics::init(settings.metrics)?;
    boot::metrics::describe(log::METRICS);
    let app =
        App::new(Parts { settings, store, queue, files, metrics: Some(metrics), shutdown: shutdown.clone() });
    let background = tokio::spawn(background(app.clone()));
    tracing::info!(address = %listen, version = boot::version(), "serving");
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(async move { shutdown.requested().await }).await?;
    background.abort();
    app.store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// What goes on beside the requests.
pub async fn background(app: App) {
    let tidy = async {
        let mut second = tokio::time::interval(Duration::from_secs(1));
        loop {
            second.tick().await;
            app.tries.tidy();
        }
    };
    tokio::join!(Live::run(app.clone()), app.search.follow(), lost::watch(&app), tidy, ground::look(&app));
}

fn taken(listen: SocketAddr) -> String {
    format!("can't listen on {listen}: is another program there? Choose another port with TESSERA_LISTEN")
}
