//! A client over HTTP, as thin as can be.

use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// A client of one person, or of nobody.
#[derive(Clone)]
pub struct Client {
    pub url: String,
    pub token: Option<String>,
    http: reqwest::Client,
}

/// An answer, whole.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

impl Client {
    pub fn new(url: &str, token: Option<String>) -> Self {
        Self { url: url.to_owned(), token, http: reqwest::Client::new() }
    }

    /// A request with this person's token and nothing else.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, body: &Value) -> Reply {
        Reply::of(self.request(Method::POST, "/graphql").json(body)).await
    }

    /// Asks in GraphQL; answers all of the answer.
    pub async fn ask(&self, document: &str, variables: Value) -> Value {
        self.post(&json!({ "query": document, "variables": variables })).await.json()
    }

    /// Asks in GraphQL what must be answered without an error; answers the data.
    pub async fn data(&self, document: &str, variables: Value) -> Value {
        let mut answer = self.ask(document, variables).await;
        assert!(answer["errors"].is_null(), "{document}: {answer}");
        answer["data"].take()
    }

    /// A GraphQL multipart request with one file.
    pub fn multipart(&self, document: &str, mut variables: Value, file: (&str, Vec<u8>)) -> RequestBuilder {
        variables["input"]["file"] = Value::Null;
        let operations = json!({ "query": document, "variables": variables });
        let form = Form::new()
            .text("operations", operations.to_string())
            .text("map", json!({ "0": ["variables.input.file"] }).to_string())
            .part("0", Part::bytes(file.1).file_name(file.0.to_owned()));
        self.request(Method::POST, "/graphql").header("graphql-require-preflight", "1").multipart(form)
    }
}

impl Reply {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, body: response.bytes().await.unwrap().to_vec() }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The code of an answer's first error.
pub fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}
