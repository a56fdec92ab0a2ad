//! A bar for a person who waits.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::world::World;

/// How long something takes before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// The progress of one piece of work; shown to a person, and only if it takes long.
pub struct Progress {
    person: bool,
    begun: Duration,
    total: Option<u64>,
    template: &'static str,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins now. `total` is how many steps there are, where that is known; `template` is indicatif's.
    pub fn new(world: &dyn World, person: bool, total: Option<u64>, template: &'static str) -> Progress {
        Progress { person, begun: world.elapsed(), total, template, bar: None }
    }

    /// So many steps are done.
    pub fn at(&mut self, world: &dyn World, done: u64) {
        if self.person && world.elapsed().saturating_sub(self.begun) > PATIENCE {
            self.bar.get_or_insert_with(|| draw(self.total, self.template)).set_position(done);
        }
    }

    /// Does something that writes to the terminal, with the bar out of its way.
    pub fn aside<T>(&self, act: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(act),
            None => act(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn draw(total: Option<u64>, template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
