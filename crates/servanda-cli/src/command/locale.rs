//! The language of what a person reads.

use servanda_report::Tongue;

use crate::context::Fault;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Locale {
    /// The language of the answer, as a BCP 47 tag such as `fa` or `ar-u-nu-arab` (English, where it is left out).
    /// JSON is the same in every locale, but for the sentences of `read`
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
}

impl Locale {
    /// The language.
    ///
    /// # Errors
    /// A tag without messages; the fault lists those that there are.
    pub fn tongue(&self) -> Result<Tongue, Fault> {
        match &self.locale {
            None => Ok(Tongue::english()),
            Some(tag) => Tongue::new(tag).map_err(|e| Fault::input(format!("--locale: {e}"))),
        }
    }
}
