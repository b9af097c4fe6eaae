//! Pages for what went wrong: they say what happened, whether anything was lost, and where to go.

use askama::Template;
use axum::http::StatusCode;
use kit::i18n::Text;
use kit::web::{Failure, Page};

#[derive(Template)]
#[template(path = "shell/views/trouble.html")]
struct Trouble<'a> {
    t: &'a Text,
    icon: &'static str,
    title: String,
    explanation: String,
    again: bool,
}

/// The page for a failure: as [`trouble`] makes it, with its own sentence where it has one.
pub(super) fn failed(failure: &Failure, t: &Text) -> Page {
    page(failure.status(), t, failure.told.as_deref().map(str::to_owned))
}

/// The page for a failure: its number as the title, a sentence for a person, and a way on.
pub fn trouble(status: StatusCode, t: &Text) -> Page {
    page(status, t, None)
}

fn page(status: StatusCode, t: &Text, told: Option<String>) -> Page {
    let (kind, icon, again) = match status {
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => ("forbidden", "lock", false),
        StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::METHOD_NOT_ALLOWED => {
            ("missing", "search", false)
        }
        StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => ("conflict", "users", true),
        StatusCode::PAYLOAD_TOO_LARGE => ("large", "file-text", false),
        StatusCode::TOO_MANY_REQUESTS => ("hurried", "hourglass", true),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => ("busy", "hourglass", true),
        status if status.is_server_error() => ("broken", "circle-alert", true),
        _ => ("refused", "circle-alert", false),
    };
    let title = t.say(&format!("trouble-{kind}"));
    let explanation = told.unwrap_or_else(|| t.say(&format!("trouble-{kind}-why")));
    let view = Trouble {
        t,
        icon,
        title,
        explanation,
        again,
    };
    let code = status.as_u16().to_string();
    Page::new(
        t.say_with("trouble-code", kit::args!(code = code.as_str())),
        &view,
    )
    .status(status)
}
