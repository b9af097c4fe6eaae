//! A task as a form, and back.

use kit::db::Tx;
use kit::i18n::Text;
use kit::web::Filled;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;

use super::failures::{ACCOUNT, DUE, OWNER};
use super::{Due, Owner, Priority, Task, TaskError, TaskText};

/// The form with a task in it.
pub(super) fn filled(t: &Text, task: &Task, account_name: &str) -> Filled {
    let mut form = Filled::default();
    form.set("title", &task.title);
    form.set("words", &task.words);
    form.set(
        "account",
        task.account.map(|id| id.to_string()).unwrap_or_default(),
    );
    form.set("account_name", account_name);
    form.set(
        "contact",
        task.contact.map(|id| id.to_string()).unwrap_or_default(),
    );
    form.set("evidence", &task.evidence);
    form.set("owner", task.owner.written());
    form.set("due", task.due.map(|day| t.day_written(day)).unwrap_or_default());
    form.set("priority", task.priority.as_str());
    form
}

/// What a form says but for the account, which is looked for by its name; nothing after refusing what can't be read.
pub(super) fn text(form: &mut Filled, t: &Text, usual: Owner) -> Option<TaskText> {
    let due = due(form, t);
    let owner = match form.has("owner") {
        true => Owner::read(form.value("owner")),
        false => Some(usual),
    };
    if owner.is_none() {
        form.refuse("owner", t.say(OWNER.text));
    }
    Some(TaskText {
        title: form.value("title").to_owned(),
        words: form.value("words").to_owned(),
        account: form.value("account").parse().ok(),
        contact: form.value("contact").parse().ok(),
        evidence: form.value("evidence").to_owned(),
        owner: owner?,
        due: due?,
        priority: Priority::named(form.value("priority")).unwrap_or_default(),
    })
}

/// Until when, as people write it: a day, working days after a plus sign, or nothing.
pub(super) fn due(form: &mut Filled, t: &Text) -> Option<Due> {
    let typed = form.value("due").trim().to_owned();
    if typed.is_empty() {
        return Some(Due::Whenever);
    }
    if let Some(days) = typed.strip_prefix('+') {
        let days = days
            .trim()
            .parse::<i64>()
            .ok()
            .filter(|days| (0..=365).contains(days));
        if days.is_none() {
            form.refuse("due", t.say(DUE.text));
        }
        return days.map(Due::In);
    }
    form.day(t, "due").map(Due::On)
}

/// The account that a form names: the one it came with while its name stands there, else the one that is called so.
pub(super) fn account(tx: &mut Tx<'_>, actor: &Actor, form: &Filled) -> Result<Option<AccountId>, TaskError> {
    let given: Option<AccountId> = form.value("account").parse().ok();
    if !form.has("account_name") {
        return Ok(given);
    }
    let typed = form.value("account_name").trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if let Some(id) = given
        && accounts::name(tx, actor.workspace, id)?.as_deref() == Some(typed)
    {
        return Ok(Some(id));
    }
    let called = accounts::named(tx, actor, typed, 2).map_err(|error| match error {
        accounts::AccountError::Db(error) => TaskError::Db(error),
        accounts::AccountError::Forbidden(missing) => missing.into(),
        _ => TaskError::UnknownAccount,
    })?;
    match called.as_slice() {
        [one] => Ok(Some(one.id)),
        _ => Err(TaskError::UnknownAccount),
    }
}

/// Puts what is wrong beside its field; the account's stands beside its name.
pub(super) fn refuse(
    form: &mut Filled,
    error: TaskError,
    t: &Text,
) -> Result<http::StatusCode, kit::web::Failure> {
    if matches!(error, TaskError::UnknownAccount) {
        form.refuse("account_name", t.say(ACCOUNT.text));
    }
    form.refuse_all(error.into(), t)
}
