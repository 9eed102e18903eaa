//! One request to a push service, and the number of its answer: all that is needed of HTTP.

use std::io::{Error, ErrorKind, Result};
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::Url;

use crate::PostError;

/// Bytes of an answer in which its number stands.
const HEAD: usize = 12;

/// A way out, by TLS.
pub(super) struct Way(TlsConnector);

impl Way {
    /// Trusting whom browsers trust.
    pub(super) fn new() -> std::result::Result<Self, PostError> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| PostError::Never(format!("there is no way to push services: {error}")))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    /// Posts a body, with lines of headers; answers the number of the answer.
    pub(super) async fn post(&self, address: &str, headers: &str, body: &[u8]) -> Result<u16> {
        let wrong = || Error::new(ErrorKind::InvalidInput, "its address is none");
        let url = Url::parse(address).map_err(|_| wrong())?;
        let (host, port) = url.host_str().zip(url.port_or_known_default()).ok_or_else(wrong)?;
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let named = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let head = format!(
            "POST {}{query} HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
            url.path(),
            body.len()
        );
        let request = [head.as_bytes(), body].concat();
        let line = TcpStream::connect((host, port)).await?;
        if url.scheme() == "https" {
            let name = ServerName::try_from(host.to_owned()).map_err(|_| wrong())?;
            exchange(self.0.connect(name, line).await?, &request).await
        } else {
            exchange(line, &request).await
        }
    }
}

async fn exchange(mut line: impl AsyncRead + AsyncWrite + Unpin, request: &[u8]) -> Result<u16> {
    line.write_all(request).await?;
    line.flush().await?;
    let mut head = [0; HEAD];
    line.read_exact(&mut head).await?;
    let number =
        std::str::from_utf8(&head).ok().and_then(|head| head.strip_prefix("HTTP/1.")?.get(2..)?.parse().ok());
    number.ok_or_else(|| Error::new(ErrorKind::InvalidData, "it does not speak HTTP"))
}
