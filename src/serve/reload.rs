//! Takes a newer register into use while requests are answered.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use super::Service;

/// How often the folder is looked at. Looking reads one small file.
const EVERY: Duration = Duration::from_secs(1);

/// Looks for a later commit once a second, for ever; drop the future to end it.
///
/// The newer state is opened beside the one in use and swapped in whole, so that a request
/// sees either, never a mixture. Where that fails the older one stays in use and the
/// failure is logged: once, not once a second, until it changes or passes.
pub(super) async fn follow_register(service: Service) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last_failure = None;
    loop {
        ticks.tick().await;
        let reopened = tokio::task::spawn_blocking({
            let service = service.clone();
            move || service.reopen_if_outdated()
        });
        let failure = match reopened.await {
            Ok(Ok(true)) => {
                tracing::info!("a newer register is in use");
                None
            }
            Ok(Ok(false)) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("opening it panicked".to_owned()),
        };
        if let Some(failure) = &failure
            && last_failure.as_ref() != Some(failure)
        {
            tracing::warn!(failure, "the newer register can't be opened; the older one stays in use");
        }
        last_failure = failure;
    }
}
