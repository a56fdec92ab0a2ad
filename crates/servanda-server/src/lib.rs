//! Agreements over HTTP.
