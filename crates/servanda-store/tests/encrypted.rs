//! Connections to PostgreSQL are encrypted where the address says so, to the database that it names and to nobody else.

#![allow(clippy::disallowed_methods, reason = "tests start a database and write files")]

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "../../../xtask/src/postgres.rs"]
mod postgres;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use servanda_store::{Draft, Error, Place, Postgres as Opened, Store};

/// An authority: its certificate in PEM, and what it signs with.
fn authority() -> (String, Issuer<'static, KeyPair>) {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    (pem, Issuer::new(params, key))
}

fn write(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, text)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
}

#[test]
fn a_connection_is_encrypted_to_the_database_that_is_meant() {
    let (trusted, issuer) = authority();
    let (other, _) = authority();
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["db.example".to_string()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap().pem();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let options = format!("-c listen_addresses=127.0.0.1 -c port={port} -c ssl=on");
    let prepared = postgres::Postgres::start_with(&options, |data| {
        write(&data.join("server.crt"), &certificate)?;
        write(&data.join("server.key"), &key.serialize_pem())?;
        // Over the network nobody comes in without encryption.
        write(&data.join("pg_hba.conf"), "local all all trust\nhostssl all all 127.0.0.1/32 trust\n")
    });
    let Some(_database) = prepared.expect("the database starts") else {
        let required = std::env::var("SERVANDA_REQUIRE").is_ok_and(|v| v == "all");
        assert!(!required, "SERVANDA_REQUIRE=all, and there is no PostgreSQL");
        println!("left out: there is no PostgreSQL");
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let at = |host: &str, mode: &str| {
            format!("host={host} hostaddr=127.0.0.1 port={port} user=postgres {mode}")
        };
        let open = async |host: &str, mode: &str, authorities: Option<&str>| {
            Opened::open_with(&at(host, mode), authorities.map(str::as_bytes)).await
        };
        let required = "sslmode=require";
        let store = open("db.example", required, Some(&trusted)).await.unwrap();
        let place = Place { organisation: "port".parse().unwrap(), matter: "lease".parse().unwrap() };
        let draft = Draft { key: None, bytes: b"kept".to_vec() };
        assert_eq!(store.append(&place, 0, vec![draft]).await.unwrap(), 1);
        assert_eq!(store.entries(&place, 0, 9).await.unwrap()[0].bytes, b"kept");
        store.close().await;
        for (what, host, mode, authorities) in [
            ("another authority", "db.example", required, Some(other.as_str())),
            ("an authority of the system", "db.example", required, None),
            ("another host", "elsewhere.example", required, Some(trusted.as_str())),
            ("no encryption", "db.example", "sslmode=disable", None),
            ("nothing said", "db.example", "", None),
        ] {
            let refused = open(host, mode, authorities).await.err();
            assert!(matches!(refused, Some(Error::Unavailable(_))), "{what}: {refused:?}");
        }
        for (what, mode, authorities) in [
            ("authorities without encryption", "", trusted.as_str()),
            ("no certificate at all", required, "nothing of the kind"),
        ] {
            let refused = open("db.example", mode, Some(authorities)).await.err();
            assert!(matches!(refused, Some(Error::Unsafe(_))), "{what}: {refused:?}");
        }
    });
}
