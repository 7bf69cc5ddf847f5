//! Listener, signals, and an orderly end.

use std::io;
use std::panic;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::reload::follow_register;
use super::{ServeOptions, Service, router};
use crate::{Error, ErrorKind, Result};

/// How long requests that run may still take once the service was told to end.
const GRACE: Duration = Duration::from_secs(10);

/// Runs the service until ctrl-c or SIGTERM. Blocks; makes its own runtime.
///
/// It listens at once and answers `not_ready` until the register is open; requests that run
/// when it is told to end have ten seconds to finish.
///
/// # Errors
/// [`ErrorKind::Usage`] where the address can't be listened on; those of opening the register.
pub fn run(options: ServeOptions) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::new(ErrorKind::Internal, "no threads for the service").caused_by(error))?;
    let outcome = runtime.block_on(async {
        let listener = bind(&options).await?;
        hide_panic_messages();
        serve(listener, Service::new(options), told_to_end()).await
    });
    // A search that outlived its grace is of no use to anyone.
    runtime.shutdown_background();
    outcome
}

/// Serves on `listener` until `end` comes, opening the register first and following it
/// after. Where `service` has a register already, that is used at once.
///
/// # Errors
/// Those of opening the register for the first time; a listener that broke.
pub async fn serve(listener: TcpListener, service: Service, end: impl Future<Output = ()> + Send + 'static) -> Result<()> {
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, "listening");
    }
    let (tell_end, ended) = oneshot::channel::<()>();
    let (tell_server, server_told) = oneshot::channel::<()>();
    let server = axum::serve(listener, router(service.clone())).with_graceful_shutdown(async move {
        // A dropped sender means the end as well.
        let _ = server_told.await;
    });
    let server = tokio::spawn(server.into_future());
    tokio::spawn(async move {
        end.await;
        // Nobody listens where the register could not be opened.
        let _ = tell_end.send(());
    });
    let opened = open_and_follow(service);
    let failed = tokio::select! {
        _ = ended => Ok(()),
        failure = opened => failure,
    };
    drop(tell_server);
    match tokio::time::timeout(GRACE, server).await {
        Ok(Ok(Err(error))) => failed.and(Err(Error::output("the listener broke").caused_by(error))),
        Ok(_) => failed,
        Err(_) => {
            tracing::warn!("requests were still running after {} seconds and are cut off", GRACE.as_secs());
            failed
        }
    }
}

/// Opens the register where none is open, then follows its commits. Comes back on failure
/// of the first alone.
async fn open_and_follow(service: Service) -> Result<()> {
    if service.index().is_err() {
        let opening = service.clone();
        let opened = tokio::task::spawn_blocking(move || opening.open()).await;
        opened.unwrap_or_else(|_| Err(Error::new(ErrorKind::Internal, "opening the register panicked")))?;
    }
    tracing::info!("ready");
    follow_register(service).await;
    Ok(())
}

async fn bind(options: &ServeOptions) -> Result<TcpListener> {
    let listen = options.listen;
    TcpListener::bind(listen).await.map_err(|error| {
        let message = match error.kind() {
            io::ErrorKind::AddrInUse => format!("{listen}: another program listens here; choose another port with --listen"),
            io::ErrorKind::PermissionDenied => format!("{listen}: not allowed to listen here; choose a port above 1023 with --listen"),
            _ => format!("{listen}: can't listen here; choose an address of this machine with --listen"),
        };
        Error::usage(message).caused_by(error)
    })
}

/// Comes back on ctrl-c or SIGTERM.
async fn told_to_end() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a handler the signal ends the process by itself.
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// Reports a panic by its place alone: a message such as that of a wrong slice quotes the
/// text, and the text is a name that is nobody's business.
fn hide_panic_messages() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "unknown place".to_owned(), ToString::to_string);
        tracing::error!(place, "a promise of mirip was broken; please report this place");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_says_what_to_do() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let listen = taken.local_addr().expect("an address");
        let error = run(ServeOptions { listen, ..ServeOptions::default() }).expect_err("the port is taken");
        assert_eq!(error.kind(), ErrorKind::Usage);
        let text = error.to_string();
        assert!(text.contains(&listen.to_string()) && text.contains("--listen"), "{text}");
    }
}
