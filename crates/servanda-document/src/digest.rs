//! Digests of documents and passages.

use sha2::{Digest, Sha256};

/// Bytes of the hash in the digest of a passage.
const PASSAGE_BYTES: usize = 8;

/// `sha256:` and the first 16 hexadecimal digits of the SHA-256 of a passage in UTF-8: what citations carry.
pub fn digest(passage: &str) -> String {
    prefixed(&Sha256::digest(passage.as_bytes())[..PASSAGE_BYTES])
}

/// `sha256:` and all 64 hexadecimal digits of the SHA-256 of some bytes: what a source declaration may carry.
pub fn full_digest(bytes: &[u8]) -> String {
    prefixed(&Sha256::digest(bytes))
}

fn prefixed(hash: &[u8]) -> String {
    hash.iter().fold(String::from("sha256:"), |digits, byte| digits + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_has_the_beginning_of_the_digest_of_its_bytes() {
        // FIPS 180-4, the example "abc".
        let all = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(full_digest(b"abc"), all);
        assert_eq!(digest("abc"), all[..23]);
    }
}
