//! Starting processes from one thread that never ends.
//!
//! A child is killed when the *thread* that started it ends, not only the process (PR_SET_PDEATHSIG), and a
//! runtime's threads come and go.

use std::{
    io,
    sync::{Mutex, PoisonError, mpsc},
    thread,
};

use tokio::{
    process::{Child, Command},
    runtime::Handle,
    sync::oneshot,
};

struct Order {
    command: Command,
    runtime: Handle,
    done: oneshot::Sender<io::Result<Child>>,
}

static ORDERS: Mutex<Option<mpsc::Sender<Order>>> = Mutex::new(None);

/// Starts a process that outlives whichever thread asks for it.
pub(super) async fn spawn(command: Command) -> io::Result<Child> {
    let (done, started) = oneshot::channel();
    let order = Order { command, runtime: Handle::current(), done };
    orders()?.send(order).map_err(|_| gone())?;
    started.await.map_err(|_| gone())?
}

fn orders() -> io::Result<mpsc::Sender<Order>> {
    let mut orders = ORDERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(sender) = orders.as_ref() {
        return Ok(sender.clone());
    }
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().name("sandbox-spawner".into()).spawn(move || work(&receiver))?;
    *orders = Some(sender.clone());
    Ok(sender)
}

fn work(orders: &mpsc::Receiver<Order>) {
    while let Ok(Order { mut command, runtime, done }) = orders.recv() {
        let _entered = runtime.enter();
        // Nobody waiting any more: the child is dropped, and that kills it.
        drop(done.send(command.spawn()));
    }
}

fn gone() -> io::Error {
    io::Error::other("the thread that starts processes is gone")
}
