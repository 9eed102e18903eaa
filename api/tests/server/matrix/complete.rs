//! What the table lacks, by the schema's and the router's own words.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};
use serde_json::{Value, json};

use super::table::{Ask, Row};
use crate::client::Client;

/// Type → field → type that it answers with.
type Types = BTreeMap<String, BTreeMap<String, String>>;

const ROUTER: &str = include_str!("../../../src/router.rs");

/// Fields and paths that no row asks for.
pub async fn missing(client: &Client, rows: &[Row]) -> Vec<String> {
    let (types, wanted) = schema(client).await;
    let mut asked = BTreeSet::new();
    let mut paths = BTreeSet::new();
    for row in rows {
        match &row.ask {
            Ask::GraphQl(text, _) | Ask::Multipart(text, ..) | Ask::Events(text, _) => {
                reach(&types, &parse_query(text).unwrap(), &mut asked);
            }
            Ask::Http(_, route, ..) => drop(paths.insert((*route).to_owned())),
        }
    }
    let routes = routes();
    assert!(wanted.len() > 50 && routes.len() > 7, "too little was found: {wanted:?} {routes:?}");
    wanted.difference(&asked).chain(routes.difference(&paths)).cloned().collect()
}

/// All fields of the roots, and all fields that lead to another object.
async fn schema(client: &Client) -> (Types, BTreeSet<String>) {
    const OF: &str =
        "name kind ofType { name kind ofType { name kind ofType { name kind ofType { name kind } } } }";
    let document = format!("{{ __schema {{ types {{ name kind fields {{ name type {{ {OF} }} }} }} }} }}");
    let answer = client.data(&document, json!({})).await;
    let (mut types, mut wanted) = (Types::new(), BTreeSet::new());
    for one in answer["__schema"]["types"].as_array().unwrap() {
        let name = one["name"].as_str().unwrap();
        if name.starts_with("__") || !["OBJECT", "INTERFACE"].contains(&one["kind"].as_str().unwrap()) {
            continue;
        }
        for field in one["fields"].as_array().unwrap() {
            let field_name = field["name"].as_str().unwrap();
            let mut of = &field["type"];
            while of["ofType"] != Value::Null {
                of = &of["ofType"];
            }
            let leads_on = ["OBJECT", "INTERFACE", "UNION"].contains(&of["kind"].as_str().unwrap());
            if leads_on || ["Query", "Mutation", "Subscription"].contains(&name) {
                wanted.insert(format!("{name}.{field_name}"));
            }
            let of = of["name"].as_str().unwrap().to_owned();
            types.entry(name.to_owned()).or_default().insert(field_name.to_owned(), of);
        }
    }
    (types, wanted)
}

fn reach(types: &Types, document: &ExecutableDocument, asked: &mut BTreeSet<String>) {
    for (_, operation) in document.operations.iter() {
        let root = match operation.node.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        walk(types, root, &operation.node.selection_set.node, asked);
    }
}

fn walk(types: &Types, of: &str, set: &SelectionSet, asked: &mut BTreeSet<String>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                asked.insert(format!("{of}.{name}"));
                let next = types.get(of).and_then(|fields| fields.get(name));
                walk(
                    types,
                    next.unwrap_or_else(|| panic!("there is no {of}.{name}")),
                    &field.node.selection_set.node,
                    asked,
                );
            }
            Selection::InlineFragment(inline) => {
                let on = inline.node.type_condition.as_ref().map(|on| on.node.on.node.to_string());
                walk(types, on.as_deref().unwrap_or(of), &inline.node.selection_set.node, asked);
            }
            Selection::FragmentSpread(_) => panic!("the table names no fragments"),
        }
    }
}

/// The paths that stand in the router's text.
fn routes() -> BTreeSet<String> {
    let calls = ROUTER.split(".route(").skip(1);
    calls.map(|call| call.split('"').nth(1).unwrap().to_owned()).collect()
}
