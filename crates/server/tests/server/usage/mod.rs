//! Usage as SDKs send it: every path, each form of the key, what browsers ask, and what senders are told.

mod counted;
mod rejected;
mod sending;
mod settled;

use axum::http::Method;
use success::usage::sources::{self, Source};

use crate::world::{Call, World};

async fn source(world: &World) -> Source {
    let system = world.ours.system();
    let made = world.app.db.write(move |tx| sources::add(tx, &system, "Web app"));
    made.await.unwrap()
}

fn basic(key: &str) -> String {
    format!("Basic {}", kit::text::base64(format!("{key}:").as_bytes()))
}

fn post(path: &str, body: &serde_json::Value) -> Call<'static> {
    let mut call = Call::new(Method::POST, path);
    call.body = body.to_string();
    call
}
