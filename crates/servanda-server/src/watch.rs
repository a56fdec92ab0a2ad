//! Time that acts: matters are looked at when a day begins and after each append, and what changed is told by notices.
//! `docs/living.md`, "Time that acts".

use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use servanda_matter::Watched;
use servanda_store::{Error as StoreError, Place};
use tokio::time::Instant;

use crate::app::App;
use crate::fault::Fault;

/// How often matters that want to be looked at are asked for.
const EVERY: Duration = Duration::from_millis(500);
/// A matter into which much comes is looked at no more often than this.
const REST: Duration = Duration::from_secs(1);
/// Matters that are asked for at once.
const MATTERS: usize = 100;
/// The register kind of how far a matter was watched.
const WATCHED: &str = "watched";
/// How long a matter that cannot be looked at is left alone.
const SULK: Duration = Duration::from_secs(3_600);

/// How far a matter was watched, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    version: u64,
    day: String,
}

/// Looks at matters until `stop` comes.
pub async fn watch(app: App, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let mut looked: HashMap<Place, Instant> = HashMap::new();
    loop {
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        looked.retain(|_, at| at.elapsed() < REST);
        let waiting = match app.store.awake(app.edge.now().as_millisecond(), MATTERS).await {
            Ok(waiting) => waiting,
            Err(error) => {
                tracing::warn!(%error, "nobody knows which matters want to be looked at");
                continue;
            }
        };
        for place in waiting {
            if !looked.contains_key(&place) {
                looked.insert(place.clone(), Instant::now());
                look(&app, &place).await;
            }
        }
    }
}

/// Looks at every matter that wants to be looked at now, once; how many notices were written.
///
/// # Errors
/// What the store says. A matter that cannot be looked at is told in the server's log, and is no error here.
pub async fn watch_once(app: &App) -> Result<usize, Fault> {
    let mut told = 0;
    for place in app.store.awake(app.edge.now().as_millisecond(), usize::MAX >> 1).await? {
        told += look(app, &place).await;
    }
    Ok(told)
}

/// Looks at a matter; how many notices were written.
async fn look(app: &App, place: &Place) -> usize {
    if place.matter.is_audit() {
        // Nothing happens in it by time. If this fails, it is tried again.
        if let Ok(version) = app.store.version(place).await {
            let _ = app.store.set_wake(place, version, None).await;
        }
        return 0;
    }
    match try_look(app, place).await {
        Ok(told) => told,
        Err(fault) => {
            tracing::warn!(matter = %place.matter, %fault, "a matter could not be looked at");
            // What passes by itself delays no notice: the matter still wants to be looked at.
            if fault.status() == StatusCode::SERVICE_UNAVAILABLE {
                return 0;
            }
            let later = app.edge.now().as_millisecond().saturating_add(SULK.as_millis() as i64);
            if let Ok(version) = app.store.version(place).await {
                // If this fails as well, it is looked at again at once, which does no harm.
                let _ = app.store.set_wake(place, version, Some(later)).await;
            }
            0
        }
    }
}

async fn try_look(app: &App, place: &Place) -> Result<usize, Fault> {
    let register = app.store.register(&place.organisation, WATCHED, place.matter.as_str()).await?;
    let revision = register.as_ref().map_or(0, |r| r.revision);
    // A hint that cannot be read is none.
    let kept = register.and_then(|r| serde_json::from_slice::<Kept>(&r.bytes).ok());
    let watched = kept.and_then(|k| Some(Watched { version: k.version, day: k.day.parse().ok()? }));
    let edge = app.edge.clone();
    let ((told, look_to, wake), version) = app
        .desks
        .append(place, None, move |drafting| {
            let matter = drafting.matter();
            let today = matter.day(edge.now())?;
            let look = matter.look(today, watched)?;
            // After a long sleep only a part of the days is looked at in one go.
            let wake =
                if look.watched.day < today { 0 } else { matter.beginning(today.next())?.as_millisecond() };
            for body in &look.notices {
                drafting.notice(body.clone());
            }
            Ok((look.notices.len(), look.watched, wake))
        })
        .await?;
    let kept = Kept { version: look_to.version, day: look_to.day.to_string() };
    let bytes = serde_json::to_vec(&kept).map_err(|e| Fault::internal(&e.to_string()))?;
    let matter = place.matter.as_str();
    match app.store.write_register(&place.organisation, WATCHED, matter, revision, Some(bytes)).await {
        // Another server looked at the same time: its hint is as good.
        Ok(_) | Err(StoreError::Revised { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    app.store.set_wake(place, version, Some(wake)).await?;
    if told > 0 {
        metrics::counter!("servanda_notices_total").increment(told as u64);
    }
    Ok(told)
}
