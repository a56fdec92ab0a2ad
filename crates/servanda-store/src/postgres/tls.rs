//! Whom connections to PostgreSQL trust.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::Error;

/// Connections to hosts that show a certificate by one of these authorities, in PEM, or by one of the system's where there are none.
///
/// # Errors
/// [`Error::Unsafe`]: there is no authority.
pub fn client(authorities: Option<&[u8]>) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore::empty();
    let (from, certificates) = match authorities {
        Some(pem) => ("the file of authorities", CertificateDer::pem_slice_iter(pem).flatten().collect()),
        None => ("the system", rustls_native_certs::load_native_certs().certs),
    };
    // One that cannot be read is trusted by nobody; the others still are.
    roots.add_parsable_certificates(certificates);
    if roots.is_empty() {
        return Err(Error::Unsafe(format!(
            "{from} names no authority whose certificates could be trusted; name a file with one in PEM"
        )));
    }
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| Error::Unsafe(e.to_string()))
        .map(|builder| builder.with_root_certificates(roots).with_no_client_auth())
}
