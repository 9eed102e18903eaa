//! Questions to the API, asked as Ann.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};

use crate::house::{ANN, House, PASSWORD, SOON};

pub struct Ann {
    pub client: Client,
    pub base: String,
    pub token: String,
}

impl Ann {
    /// Signs in.
    pub async fn sign_in(house: &House) -> Self {
        let base = format!("http://127.0.0.1:{}", house.port);
        let mut ann = Self { client: Client::new(), base, token: String::new() };
        let signed_in = ann.sign_in_with(PASSWORD).await;
        ann.token = signed_in["sessionCreate"]["token"].as_str().unwrap().to_owned();
        ann
    }

    pub async fn sign_in_with(&self, password: &str) -> Value {
        let document = "mutation ($input: SessionCreateInput!) {
            sessionCreate(input: $input) { token userErrors { code field message } } }";
        let input = json!({ "email": ANN, "password": password, "wantToken": true });
        self.ask(document, json!({ "input": input })).await
    }

    /// Asks, and answers the data. Errors are none of the answers that a test expects.
    pub async fn ask(&self, document: &str, variables: Value) -> Value {
        let body = json!({ "query": document, "variables": variables });
        let mut request = self.client.post(format!("{}/graphql", self.base)).json(&body);
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        let mut answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert!(answer["errors"].is_null(), "{}", answer["errors"]);
        answer["data"].take()
    }

    /// Every asset that Ann may see, also what is stacked beneath another one, by id.
    pub async fn assets(&self) -> BTreeMap<String, Value> {
        let document = "query ($after: String) {
            search(filter: { text: \"state:active,stacked\" }, first: 200, after: $after) {
            nodes { id name path type format state problem notes offline width height caption rating keywords tag
                takenAt localTakenAt offsetMinutes timeZone takenGuessed
                camera { make model lens } exposure { fNumber time iso focalLength }
                position { latitude longitude altitude } place { city country countryCode } }
            pageInfo { endCursor hasNextPage } } }";
        let (mut assets, mut after) = (BTreeMap::new(), Value::Null);
        loop {
            let mut page = self.ask(document, json!({ "after": after })).await["search"].take();
            for asset in page["nodes"].as_array_mut().unwrap() {
                assets.insert(asset["id"].as_str().unwrap().to_owned(), asset.take());
            }
            if page["pageInfo"]["hasNextPage"] != true {
                return assets;
            }
            after = page["pageInfo"]["endCursor"].take();
        }
    }

    /// One asset, also one that the index does not know yet.
    pub async fn asset(&self, id: &str) -> Value {
        let document = "query ($id: ID!) { asset(id: $id) { id name state problem offline tag } }";
        self.ask(document, json!({ "id": id })).await["asset"].take()
    }

    /// A library of her own, by its id.
    pub async fn new_library(&self) -> String {
        let document = "mutation { libraryCreate(input: { name: \"Uploads\" }) { library { id } } }";
        let made = self.ask(document, Value::Null).await;
        made["libraryCreate"]["library"]["id"].as_str().unwrap().to_owned()
    }

    /// The assets, once there are so many of them and none is pending: the index follows a moment behind.
    pub async fn settled(&self, assets: usize) -> BTreeMap<String, Value> {
        let since = Instant::now();
        loop {
            let now = self.assets().await;
            let pending = now.values().filter(|asset| asset["state"] == "PENDING").count();
            if now.len() == assets && pending == 0 {
                return now;
            }
            assert!(since.elapsed() < SOON, "{} of {assets} assets are there, {pending} pending", now.len());
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// The one folder that is imported from.
    pub async fn folder(&self) -> Value {
        let document = "{ libraries { nodes { folders {
            path state message found imported duplicates refused refusals { path reason } } } } }";
        self.ask(document, Value::Null).await["libraries"]["nodes"][0]["folders"][0].take()
    }

    /// The status of a rendition, asked for as the gallery asks for it.
    pub async fn rendition(&self, asset: &Value, rendition: &str) -> u16 {
        let (id, tag) = (asset["id"].as_str().unwrap(), &asset["tag"]);
        let address = format!("{}/media/{id}/{rendition}?v={tag}", self.base);
        let answer = self.client.get(address).bearer_auth(&self.token).send().await.unwrap();
        answer.status().as_u16()
    }
}
