//! A person who asks, and sends files by tus. Whatever is promised is remembered.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

use crate::pictures::{Kind, Sample};

/// What is answered to a text that is named as a picture: that it is none, and then that it is gone.
const REFUSED: [StatusCode; 2] = [StatusCode::UNSUPPORTED_MEDIA_TYPE, StatusCode::NOT_FOUND];

/// How long the API may be away.
const AWAY: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(25);

pub struct Client {
    http: reqwest::Client,
    base: String,
    token: String,
    /// The library that files are sent to.
    library: String,
    /// The contents that are stored, as was said, and their assets.
    pub receipts: Mutex<Vec<(String, String)>>,
}

impl Client {
    /// Signs in, as soon as the API serves.
    pub async fn sign_in(base: &str, email: &str, password: &str) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        let mut client = Self {
            http,
            base: base.to_owned(),
            token: String::new(),
            library: String::new(),
            receipts: Mutex::default(),
        };
        let words = "mutation($input: SessionCreateInput!) { sessionCreate(input: $input) { token userErrors { message } } }";
        let input = json!({ "email": email, "password": password, "wantToken": true });
        let signed = client.ask(words, json!({ "input": input })).await;
        client.token = signed["sessionCreate"]["token"].as_str().unwrap().to_owned();
        client
    }

    /// Makes a library to send files to.
    pub async fn make_library(&mut self) {
        let words =
            "mutation { libraryCreate(input: { name: \"Sent\" }) { library { id } userErrors { message } } }";
        let made = self.ask(words, Value::Null).await;
        self.library = made["libraryCreate"]["library"]["id"].as_str().unwrap().to_owned();
    }

    /// Asks by GraphQL; answers the data.
    pub async fn ask(&self, words: &str, variables: Value) -> Value {
        let body = json!({ "query": words, "variables": variables });
        let send = || self.http.post(format!("{}/graphql", self.base)).json(&body);
        let answer: Value = self.patiently(send).await.json().await.unwrap();
        assert!(answer["errors"].is_null(), "{words}\n{answer}");
        answer["data"].clone()
    }

    /// Fetches bytes.
    pub async fn fetch(&self, path: &str) -> (StatusCode, Vec<u8>) {
        let answer = self.patiently(|| self.http.get(format!("{}{path}", self.base))).await;
        (answer.status(), answer.bytes().await.unwrap().to_vec())
    }

    /// Sends one file in two pieces, whatever happens to the server meanwhile.
    pub async fn send(&self, sample: &Sample) {
        let (name, library) = (STANDARD.encode(&sample.name), STANDARD.encode(&self.library));
        let metadata = format!("filename {name},library {library}");
        let length = sample.bytes.len();
        let create = || {
            let post = self.http.post(format!("{}/upload", self.base)).header("tus-resumable", "1.0.0");
            post.header("upload-length", length).header("upload-metadata", &metadata)
        };
        let created = self.patiently(create).await;
        assert_eq!(created.status(), StatusCode::CREATED, "{}", sample.name);
        let address = format!("{}{}", self.base, header(&created, "location").unwrap());
        let mut promised = 0;
        loop {
            let state = self.patiently(|| self.http.head(&address).header("tus-resumable", "1.0.0")).await;
            if sample.kind == Kind::Text && REFUSED.contains(&state.status()) {
                return;
            }
            assert_eq!(state.status(), StatusCode::OK, "{}: the upload is gone that was begun", sample.name);
            if self.is_stored(&state, sample) {
                return;
            }
            let offset = offset(&state);
            assert!(offset >= promised, "{}: at {offset} after {promised} was promised", sample.name);
            let end = if offset < length / 2 { length / 2 } else { length };
            if let Some(reached) = self.send_piece(&address, sample, offset, end).await {
                if reached == length {
                    return;
                }
                promised = reached;
            }
        }
    }

    /// One piece; none if the answer did not come, or the server is still busy with an earlier try.
    async fn send_piece(&self, address: &str, sample: &Sample, from: usize, to: usize) -> Option<usize> {
        let patch = self.http.patch(address).header("tus-resumable", "1.0.0").header("upload-offset", from);
        let patch = patch.header("content-type", "application/offset+octet-stream");
        let sum = STANDARD.encode(blake3::hash(&sample.bytes[from..to]).as_bytes());
        let patch = patch.header("upload-checksum", format!("blake3 {sum}"));
        let answer = self.signed(patch).body(sample.bytes[from..to].to_vec()).send().await.ok()?;
        match answer.status() {
            StatusCode::NO_CONTENT => {
                let reached = offset(&answer);
                let stored = self.is_stored(&answer, sample);
                assert_eq!(stored, reached == sample.bytes.len(), "{}: at {reached}", sample.name);
                Some(reached)
            }
            StatusCode::LOCKED | StatusCode::CONFLICT => None,
            // The next question hears that it is refused, or gone.
            status if sample.kind == Kind::Text && REFUSED.contains(&status) => None,
            status => {
                panic!("{}: a piece was answered {status}: {}", sample.name, answer.text().await.unwrap())
            }
        }
    }

    /// Whether an answer is a receipt. It is remembered.
    fn is_stored(&self, answer: &Response, sample: &Sample) -> bool {
        let Some(asset) = header(answer, "tessera-asset") else { return false };
        self.receipts.lock().unwrap().push((sample.hash(), asset));
        true
    }

    /// Sends a request again until it is answered.
    async fn patiently(&self, request: impl Fn() -> RequestBuilder) -> Response {
        let since = Instant::now();
        loop {
            match self.signed(request()).send().await {
                Ok(answer) => return answer,
                Err(error) => assert!(since.elapsed() < AWAY, "the API does not answer: {error:?}"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        if self.token.is_empty() { request } else { request.bearer_auth(&self.token) }
    }
}

fn header(answer: &Response, name: &str) -> Option<String> {
    Some(answer.headers().get(name)?.to_str().unwrap().to_owned())
}

fn offset(answer: &Response) -> usize {
    header(answer, "upload-offset").unwrap().parse().unwrap()
}
