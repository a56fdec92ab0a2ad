//! Pages of search results.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::BadRequest;
use crate::entity::object_or_nothing;

/// Most results of a page.
pub const PAGE_MAX: usize = 1_000;

/// Which page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Whether any was asked for.
    asked: bool,
    /// Results before it.
    from: usize,
    /// Most results of it.
    limit: usize,
    /// What the token of the next has to be bound to.
    bond: [u8; 16],
}

impl Page {
    /// The page of a request, of which everything else has to be what it was when the token was given.
    pub fn of(request: &Map<String, Value>, what: &str, version: u64) -> Result<Page, BadRequest> {
        let mut rest = request.clone();
        let page = rest.remove("page");
        let bond = bond(&rest, what, version);
        let Some(page) = object_or_nothing(page.as_ref(), "page")? else {
            return Ok(Page { asked: false, from: 0, limit: PAGE_MAX, bond });
        };
        let limit = match page.get("limit") {
            None | Some(Value::Null) => PAGE_MAX,
            Some(limit) => match limit.as_u64() {
                Some(limit @ 1..) => usize::try_from(limit).unwrap_or(PAGE_MAX).min(PAGE_MAX),
                _ => return Err(BadRequest("`page.limit` has to be a whole number from 1 on".into())),
            },
        };
        let from = match page.get("token") {
            None | Some(Value::Null) => 0,
            Some(Value::String(token)) if token.is_empty() => 0,
            Some(Value::String(token)) => token_from(token, &bond).ok_or_else(|| {
                BadRequest(
                    "`page.token` belongs to another request, or to an earlier version of the matter; begin anew"
                        .into(),
                )
            })?,
            Some(_) => return Err(BadRequest("`page.token` has to be a text".into())),
        };
        Ok(Page { asked: true, from, limit, bond })
    }

    /// The response with this page of all results.
    pub fn response(&self, all: Vec<Value>) -> Value {
        let total = all.len();
        let end = self.from.saturating_add(self.limit).min(total);
        let results: Vec<Value> = all.into_iter().take(end).skip(self.from).collect();
        if !self.asked && end == total {
            return json!({ "results": results });
        }
        let next = if end < total { self.token(end) } else { String::new() };
        json!({"page": {"next_token": next, "count": results.len(), "total": total}, "results": results})
    }

    fn token(&self, from: usize) -> String {
        let mut bytes = self.bond.to_vec();
        bytes.extend((from as u64).to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

/// Where a token goes on, if it belongs to this request.
fn token_from(token: &str, bond: &[u8; 16]) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (theirs, from) = bytes.split_at_checked(bond.len())?;
    if theirs != bond {
        return None;
    }
    usize::try_from(u64::from_be_bytes(from.try_into().ok()?)).ok()
}

fn bond(rest: &Map<String, Value>, what: &str, version: u64) -> [u8; 16] {
    let mut text = String::new();
    servanda_wire::canonical(&Value::Object(rest.clone()), &mut text);
    let mut hash = Sha256::new();
    hash.update(what);
    hash.update([0]);
    hash.update(version.to_be_bytes());
    hash.update(text);
    let mut out = [0; 16];
    out.copy_from_slice(&hash.finalize()[..16]);
    out
}
