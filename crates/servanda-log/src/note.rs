//! Texts signed by keys with names: C2SP signed-note, with Ed25519 (`c2sp.org/signed-note`).

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer;

use crate::hash::digest;

/// Most bytes of a note. The specification asks for a limit and leaves it open.
pub const NOTE_BYTES_MAX: usize = 1 << 20;
/// Most signatures of a note. The specification wants at least 16.
pub const SIGNATURES_MAX: usize = 100;

/// The signature type of Ed25519 (C2SP signed-note, "Signature types").
const ED25519: u8 = 0x01;
/// Bytes of an Ed25519 public key.
const PUBLIC_BYTES: usize = ed25519_dalek::PUBLIC_KEY_LENGTH;
/// Bytes of the identifier of a key.
const ID_BYTES: usize = 4;
/// What each line of a signature begins with: an em dash and a space.
const SIGNATURE_MARK: &str = "— ";

/// What is wrong with a key or its name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A name that no key can have.
    #[error(
        "`{0}` cannot be the name of a key; a name is not empty and has no spaces, no `+` and no control characters, such as `example.com/log`"
    )]
    Name(String),
    /// Not the form of a verifier key.
    #[error(
        "not a verifier key; it looks like `NAME+c74f20a3+ARpc2QcU…`, where the middle is 8 hexadecimal digits and the end base64"
    )]
    Form,
    /// Another algorithm than Ed25519.
    #[error(
        "the verifier key of `{name}` is of the signature type {found}; only type 1 (Ed25519) is known here"
    )]
    Algorithm {
        /// The name of the key.
        name: String,
        /// The type found.
        found: u8,
    },
    /// The identifier is not that of the name and the key.
    #[error(
        "the verifier key of `{name}` has the identifier {found}, but its name and key have {expected}; it was copied wrongly, or renamed"
    )]
    Id {
        /// The name of the key.
        name: String,
        /// The identifier found.
        found: String,
        /// The one it should be.
        expected: String,
    },
    /// The bytes are no Ed25519 public key, or one that would accept forged signatures.
    #[error(
        "the verifier key of `{name}` holds no usable Ed25519 public key; ask its owner for the right one"
    )]
    Point {
        /// The name of the key.
        name: String,
    },
}

/// Whether a key can have this name: not empty, without spaces and `+` (C2SP signed-note, "Format"), and without
/// control characters, which no note can hold.
fn checked_name(name: &str) -> Result<&str, KeyError> {
    if name.is_empty() || name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+') {
        return Err(KeyError::Name(name.to_string()));
    }
    Ok(name)
}

/// The identifier of a key: `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)[:4]` (C2SP signed-note, "Ed25519 signatures").
fn key_id(name: &str, public: &[u8; PUBLIC_BYTES]) -> [u8; ID_BYTES] {
    let bytes = [name.as_bytes(), &[b'\n', ED25519], public].concat();
    let [a, b, c, d, ..] = *digest(&bytes).as_bytes();
    [a, b, c, d]
}

/// The identifier as people see it: 8 hexadecimal digits.
fn shown_id(id: [u8; ID_BYTES]) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}

/// A key that signs, with its name.
pub struct SigningKey {
    verifier: VerifierKey,
    secret: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// The key of a name and a secret seed of 32 bytes (RFC 8032 §5.1.5). Whoever calls makes the seed, at random, and
    /// keeps it.
    ///
    /// # Errors
    /// A name that no key can have.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<SigningKey, KeyError> {
        let name = checked_name(name)?.to_string();
        let secret = ed25519_dalek::SigningKey::from_bytes(seed);
        let public = secret.verifying_key();
        let id = key_id(&name, public.as_bytes());
        Ok(SigningKey { verifier: VerifierKey { name, id, public }, secret })
    }

    /// The name of the key.
    pub fn name(&self) -> &str {
        &self.verifier.name
    }

    /// What others check its signatures with.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Signs a text. The same text always has the same signature (RFC 8032).
    fn sign(&self, text: &str) -> Signature {
        Signature {
            name: self.verifier.name.clone(),
            id: self.verifier.id,
            bytes: self.secret.sign(text.as_bytes()).to_bytes().to_vec(),
        }
    }
}

impl fmt::Debug for SigningKey {
    /// Never shows the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifier)
    }
}

/// A key that checks signatures, with its name. It is written `NAME+ID+BASE64`, the form called *vkey*.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; ID_BYTES],
    public: ed25519_dalek::VerifyingKey,
}

impl VerifierKey {
    /// The name of the key.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The identifier, 8 hexadecimal digits. Name and identifier together name a key.
    pub fn id(&self) -> String {
        shown_id(self.id)
    }

    /// Whether a signature says that this key made it.
    fn made(&self, signature: &Signature) -> bool {
        self.name == signature.name && self.id == signature.id
    }

    /// Whether a signature of this key stands. Keys and points that would let a signature stand for several texts are
    /// refused, which is stricter than RFC 8032 asks.
    fn accepts(&self, text: &str, signature: &Signature) -> bool {
        ed25519_dalek::Signature::from_slice(&signature.bytes)
            .is_ok_and(|bytes| self.public.verify_strict(text.as_bytes(), &bytes).is_ok())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[ED25519], self.public.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, self.id(), STANDARD.encode(key))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<VerifierKey, KeyError> {
        // Base64 may hold a `+`; a name and an identifier may not.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Form);
        };
        let name = checked_name(name)?.to_string();
        if id.len() != 2 * ID_BYTES || !id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(KeyError::Form);
        }
        let key = STANDARD.decode(key).map_err(|_| KeyError::Form)?;
        let public: &[u8; PUBLIC_BYTES] = match key.split_first() {
            Some((&ED25519, public)) => public.try_into().map_err(|_| KeyError::Form)?,
            Some((&found, _)) => return Err(KeyError::Algorithm { name, found }),
            None => return Err(KeyError::Form),
        };
        let expected = key_id(&name, public);
        if shown_id(expected) != id {
            return Err(KeyError::Id { name, found: id.to_string(), expected: shown_id(expected) });
        }
        match ed25519_dalek::VerifyingKey::from_bytes(public) {
            Ok(public) if !public.is_weak() => Ok(VerifierKey { name, id: expected, public }),
            _ => Err(KeyError::Point { name }),
        }
    }
}

/// A signature of a note, by whatever key and algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    name: String,
    id: [u8; ID_BYTES],
    bytes: Vec<u8>,
}

impl Signature {
    /// The name of the key that it says made it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The identifier of that key, 8 hexadecimal digits.
    pub fn id(&self) -> String {
        shown_id(self.id)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.as_slice(), &self.bytes].concat();
        write!(f, "{SIGNATURE_MARK}{} {}", self.name, STANDARD.encode(bytes))
    }
}

/// A text with signatures. Nothing is known of the text before [`Note::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

/// What is wrong with a note.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Longer than any note needs to be.
    #[error("the note has more than {NOTE_BYTES_MAX} bytes; it is no note")]
    TooLong,
    /// A character that no note may hold.
    #[error("line {line} of the note holds a control character; a note has none but line feeds")]
    Control {
        /// The line, from 1.
        line: usize,
    },
    /// A text that cannot be signed.
    #[error("the text of a note has to end in a line feed")]
    TextEnd,
    /// No empty line, and so no signatures.
    #[error("the note has no empty line between text and signatures; it was cut, or is no signed note")]
    NoSignatures,
    /// A line below the text that is no signature.
    #[error("line {line} of the note is no signature; it looks like `— NAME BASE64` and ends in a line feed")]
    SignatureLine {
        /// The line, from 1.
        line: usize,
    },
    /// More signatures than any note needs.
    #[error("the note has more than {SIGNATURES_MAX} signatures")]
    TooManySignatures,
    /// Nothing to check with.
    #[error(
        "no verifier key was given, so no signature can be checked; give the key of who should have signed"
    )]
    NoKeys,
    /// Two trusted keys that a signature cannot tell apart.
    #[error("two trusted keys are called `{name}+{id}`; leave the wrong one out")]
    Ambiguous {
        /// Their name.
        name: String,
        /// Their identifier.
        id: String,
    },
    /// No signature is by a trusted key.
    #[error("the note is signed by {found}, and by no trusted key; trusted are {trusted}")]
    Untrusted {
        /// By whom it says it is signed.
        found: String,
        /// The keys that were given.
        trusted: String,
    },
    /// A signature that says it is by a trusted key, and is not over this text.
    #[error("the signature by `{name}+{id}` does not fit the text; the text or the signature was changed")]
    Forged {
        /// The name of the key.
        name: String,
        /// Its identifier.
        id: String,
    },
}

impl Note {
    /// Signs a text with one or more keys.
    ///
    /// # Errors
    /// A text that no note may have, or a wrong number of keys.
    pub fn sign(text: &str, keys: &[&SigningKey]) -> Result<Note, NoteError> {
        no_controls(text)?;
        if !text.ends_with('\n') {
            return Err(NoteError::TextEnd);
        }
        match keys.len() {
            0 => return Err(NoteError::NoKeys),
            1..=SIGNATURES_MAX => {}
            _ => return Err(NoteError::TooManySignatures),
        }
        let signatures = keys.iter().map(|key| key.sign(text)).collect();
        let note = Note { text: text.to_string(), signatures };
        if note.to_string().len() > NOTE_BYTES_MAX { Err(NoteError::TooLong) } else { Ok(note) }
    }

    /// Reads a note. Signatures of unknown keys and algorithms are read as well.
    ///
    /// # Errors
    /// Whatever the specification forbids, by line.
    pub fn parse(note: &str) -> Result<Note, NoteError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::TooLong);
        }
        no_controls(note)?;
        // The last empty line parts text and signatures; the text may have others.
        let middle = note.rfind("\n\n").ok_or(NoteError::NoSignatures)?;
        let (text, below) = (&note[..=middle], &note[middle + 2..]);
        let above = text.matches('\n').count() + 1;
        let mut signatures = Vec::new();
        for (i, line) in below.split_inclusive('\n').enumerate() {
            if signatures.len() == SIGNATURES_MAX {
                return Err(NoteError::TooManySignatures);
            }
            let wrong = NoteError::SignatureLine { line: above + i + 1 };
            signatures.push(line.strip_suffix('\n').and_then(parse_signature).ok_or(wrong)?);
        }
        if signatures.is_empty() {
            return Err(NoteError::NoSignatures);
        }
        Ok(Note { text: text.to_string(), signatures })
    }

    /// The text with its last line feed. It is not to be believed before [`Note::verify`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signatures, as they stand there.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Which of the trusted keys signed the text; at least one. Signatures of other keys are passed over (C2SP
    /// signed-note, "Signatures").
    ///
    /// # Errors
    /// No signature by a trusted key, or one in its name that does not stand.
    pub fn verify<'k>(&self, trusted: &'k [VerifierKey]) -> Result<Vec<&'k VerifierKey>, NoteError> {
        if trusted.is_empty() {
            return Err(NoteError::NoKeys);
        }
        let mut signed_by: Vec<&VerifierKey> = Vec::new();
        for signature in &self.signatures {
            let mut candidates = trusted.iter().filter(|key| key.made(signature));
            let Some(key) = candidates.next() else { continue };
            if candidates.any(|other| other != key) {
                return Err(NoteError::Ambiguous { name: key.name.clone(), id: key.id() });
            }
            if !key.accepts(&self.text, signature) {
                return Err(NoteError::Forged { name: key.name.clone(), id: key.id() });
            }
            if !signed_by.contains(&key) {
                signed_by.push(key);
            }
        }
        if signed_by.is_empty() {
            let found = self.signatures.iter().map(|s| format!("`{}+{}`", s.name, s.id()));
            let known = trusted.iter().map(|k| format!("`{}+{}`", k.name, k.id()));
            return Err(NoteError::Untrusted { found: listed(found), trusted: listed(known) });
        }
        Ok(signed_by)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

/// Names for a message: the first of them.
fn listed(names: impl Iterator<Item = String>) -> String {
    const NAMES_MAX: usize = 5;
    let mut names: Vec<String> = names.take(NAMES_MAX + 1).collect();
    if names.len() > NAMES_MAX {
        names[NAMES_MAX] = "others".to_string();
    }
    names.join(", ")
}

fn no_controls(text: &str) -> Result<(), NoteError> {
    match text.bytes().position(|b| b < b' ' && b != b'\n') {
        Some(at) => Err(NoteError::Control { line: text[..at].matches('\n').count() + 1 }),
        None => Ok(()),
    }
}

/// A line `— NAME BASE64` without its line feed.
fn parse_signature(line: &str) -> Option<Signature> {
    let (name, encoded) = line.strip_prefix(SIGNATURE_MARK)?.split_once(' ')?;
    let name = checked_name(name).ok()?.to_string();
    let decoded = STANDARD.decode(encoded).ok()?;
    let (id, bytes) = decoded.split_first_chunk::<ID_BYTES>()?;
    if bytes.is_empty() {
        return None;
    }
    Some(Signature { name, id: *id, bytes: bytes.to_vec() })
}
