//! Documents of many formats as plain text with places and digests.
