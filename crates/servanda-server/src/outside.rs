//! Addresses outside: which of them may be called, and what calls them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use async_trait::async_trait;

/// What calls other servers: the one way out.
#[async_trait]
pub trait Outside: Send + Sync {
    /// The addresses of a host.
    ///
    /// # Errors
    /// It has none: why.
    async fn resolve(&self, host: &str, port: u16) -> Result<Vec<IpAddr>, String>;

    /// Sends a body to a URL whose host is taken to be at this address, follows no redirect, and gives the status.
    ///
    /// # Errors
    /// Nobody answered in time: why.
    async fn post(&self, call: Call) -> Result<u16, String>;

    /// Reads what a URL gives, whose host is taken to be at this address, follows no redirect, and gives the status and the body.
    ///
    /// # Errors
    /// Nobody answered in time, or the body has more than so many bytes: why.
    async fn get(&self, call: Call, bytes_max: usize) -> Result<(u16, Vec<u8>), String>;
}

/// A call to another server.
#[derive(Debug, Clone)]
pub struct Call {
    /// Where to.
    pub url: String,
    /// The host of the URL.
    pub host: String,
    /// The address and the port at which it is called, whatever its name resolves to by now.
    pub at: std::net::SocketAddr,
    /// Headers by name.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The longest that it may take.
    pub time_max: Duration,
}

/// Nobody outside: for servers that call nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nobody;

#[async_trait]
impl Outside for Nobody {
    async fn resolve(&self, _: &str, _: u16) -> Result<Vec<IpAddr>, String> {
        Err("this server calls nobody".into())
    }

    async fn post(&self, _: Call) -> Result<u16, String> {
        Err("this server calls nobody".into())
    }

    async fn get(&self, _: Call, _: usize) -> Result<(u16, Vec<u8>), String> {
        Err("this server calls nobody".into())
    }
}

/// Why a URL is not called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no URL that can be called.
    #[error("`url` has to be an absolute `https` URL without a user, such as `https://example.com/hook`")]
    NoUrl,
    /// Another port than those of the web.
    #[error("`url` names the port {0}; 443 and 8443 are called")]
    Port(u16),
    /// It leads inside.
    #[error("the host of `url` is at {0}, which is not on the public internet")]
    Inside(IpAddr),
    /// It leads nowhere.
    #[error("the host of `url` has no address: {0}")]
    Nowhere(String),
}

/// A URL that may be called, in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The whole URL.
    pub url: String,
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
}

impl Target {
    /// The parts of a URL that may be called, as far as can be said without looking its host up.
    ///
    /// # Errors
    /// [`Refused::NoUrl`], [`Refused::Port`], [`Refused::Inside`].
    pub fn parse(url: &str, private: bool) -> Result<Target, Refused> {
        if url.len() > 2_000 || url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err(Refused::NoUrl);
        }
        let uri: axum::http::Uri = url.parse().map_err(|_| Refused::NoUrl)?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") if private => false,
            _ => return Err(Refused::NoUrl),
        };
        let authority = uri.authority().ok_or(Refused::NoUrl)?;
        if authority.as_str().contains('@') {
            return Err(Refused::NoUrl);
        }
        let host = uri.host().ok_or(Refused::NoUrl)?.trim_end_matches('.').to_ascii_lowercase();
        let port = match uri.port() {
            Some(port) => port.as_u16(),
            // What follows the host and is no port is nothing that two readers take alike.
            None if authority.as_str().len() != uri.host().map_or(0, str::len) => return Err(Refused::NoUrl),
            None => {
                if secure {
                    443
                } else {
                    80
                }
            }
        };
        if !private && port != 443 && port != 8443 {
            return Err(Refused::Port(port));
        }
        if host.is_empty() {
            return Err(Refused::NoUrl);
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>()
            && !private
            && !is_public(address)
        {
            return Err(Refused::Inside(address));
        }
        // Other spellings of numbers (decimal, octal, hexadecimal) are taken for addresses by some, and for names by others.
        let last = bare.rsplit('.').next().unwrap_or_default();
        let numeric =
            last.starts_with("0x") || (!last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()));
        if numeric && bare.parse::<IpAddr>().is_err() {
            return Err(Refused::NoUrl);
        }
        Ok(Target { url: url.to_string(), host, port })
    }

    /// Where it is called: its first address, if all are on the public internet.
    ///
    /// # Errors
    /// [`Refused::Inside`] where any is not; [`Refused::Nowhere`].
    pub async fn at(&self, outside: &dyn Outside, private: bool) -> Result<std::net::SocketAddr, Refused> {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        let addresses = match bare.parse::<IpAddr>() {
            Ok(address) => vec![address],
            Err(_) => outside.resolve(bare, self.port).await.map_err(Refused::Nowhere)?,
        };
        if let Some(inside) = addresses.iter().find(|a| !private && !is_public(**a)) {
            return Err(Refused::Inside(*inside));
        }
        let first = addresses.first().ok_or_else(|| Refused::Nowhere("it has none".into()))?;
        Ok(std::net::SocketAddr::new(*first, self.port))
    }
}

/// Whether an address is on the public internet.
///
/// # Source
/// IANA special-purpose address registries (RFC 6890): everything that is not globally reachable is refused, and so is what carries
/// another address inside (IPv4-mapped, NAT64, 6to4, Teredo), unless that one is public itself.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (192, 31, 196)
            | (192, 52, 193)
            | (192, 175, 48)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, ..)
    );
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match s {
        // IPv4-mapped, IPv4-translated.
        [0, 0, 0, 0, 0, 0xffff, h, l] | [0, 0, 0, 0, 0xffff, 0, h, l] => embedded(h, l),
        // NAT64.
        [0x64, 0xff9b, 0, 0, 0, 0, h, l] => embedded(h, l),
        // 6to4.
        [0x2002, h, l, ..] => embedded(h, l),
        // Teredo, benchmarking, ORCHID and the rest of 2001::/23; documentation.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        // Global unicast is all that is left.
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_lead_inside_are_known_in_every_dress() {
        for inside in [
            "127.0.0.1",
            "127.255.255.255",
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.2.3",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2002:c0a8:1::1",
            "2001::1",
            "2001:0:7f00:1::",
            "2001:2::1",
            "2001:10::1",
            "2001:db8::1",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "5f00::1",
            "4000::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for public in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "93.184.216.34",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn a_url_that_two_readers_could_take_differently_is_none() {
        for good in ["https://example.com/hook", "https://example.com:8443/a?b=c", "https://93.184.216.34/"] {
            assert!(Target::parse(good, false).is_ok(), "{good}");
        }
        for bad in [
            "http://example.com/",
            "ftp://example.com/",
            "example.com/hook",
            "//example.com",
            "https:///hook",
            "https://",
            "https://user@example.com/",
            "https://a:b@example.com/",
            "https://example.com@127.0.0.1/",
            "https://exam ple.com/",
            "https://example.com\\@127.0.0.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://127.1/",
            "https://0x7f.1/",
            "https://1.2.3.4.5/",
            "https://example.com:443@evil/",
            "javascript:alert(1)",
            "https://example.com\n/",
            "file:///etc/passwd",
            "https://example.0/",
            "",
        ] {
            assert!(Target::parse(bad, false).is_err(), "{bad}");
        }
        assert!(matches!(Target::parse("https://example.com:22/", false), Err(Refused::Port(22))));
        for inside in [
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest",
            "https://127.0.0.1./",
        ] {
            assert!(matches!(Target::parse(inside, false), Err(Refused::Inside(_))), "{inside}");
        }
        assert_eq!(Target::parse("https://EXAMPLE.com./x", false).unwrap().host, "example.com");
        assert!(Target::parse("http://127.0.0.1:9000/", true).is_ok());
    }

    /// Names that resolve to what the test says.
    struct Names(Vec<IpAddr>);

    #[async_trait]
    impl Outside for Names {
        async fn resolve(&self, _: &str, _: u16) -> Result<Vec<IpAddr>, String> {
            Ok(self.0.clone())
        }

        async fn post(&self, _: Call) -> Result<u16, String> {
            Ok(200)
        }

        async fn get(&self, _: Call, _: usize) -> Result<(u16, Vec<u8>), String> {
            Ok((200, Vec::new()))
        }
    }

    #[tokio::test]
    async fn a_name_of_which_any_address_leads_inside_is_not_called() {
        let target = Target::parse("https://example.com/", false).unwrap();
        let of = |list: &[&str]| Names(list.iter().map(|a| a.parse().unwrap()).collect());
        assert!(target.at(&of(&["8.8.8.8"]), false).await.is_ok());
        assert!(matches!(target.at(&of(&["8.8.8.8", "127.0.0.1"]), false).await, Err(Refused::Inside(_))));
        assert!(matches!(target.at(&of(&["::ffff:192.168.0.1"]), false).await, Err(Refused::Inside(_))));
        assert!(matches!(target.at(&of(&[]), false).await, Err(Refused::Nowhere(_))));
    }
}
