//! Examples of the documents, for the API's document.

use kit::web::api::Sample;

use super::{
    FiredDocument, MailDocument, MailInput, PlaybookDocument, PlaybookInput, PreviewDocument, RunDocument,
    RunInput, RunState, Status, StepDocument, UndoInput,
};
use crate::playbooks::standard;

impl Sample for MailDocument {
    fn sample() -> Self {
        Self {
            number: 2,
            contact: "con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().ok(),
            outcome: "written".to_owned(),
            conversation: Some("tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned()),
            fate: Some("sent".to_owned()),
            written_at: 1_795_000_000_000_000,
        }
    }
}

impl Sample for MailInput {
    fn sample() -> Self {
        Self {
            contact: "con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}

impl Sample for UndoInput {
    fn sample() -> Self {
        Self { step: 3 }
    }
}

impl Sample for PreviewDocument {
    fn sample() -> Self {
        Self {
            contact: "con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            subject: Some("Your renewal on 12 March".to_owned()),
            words: Some("Dear Leyla, …".to_owned()),
            missing: Vec::new(),
            hindrance: None,
        }
    }
}

impl Sample for PlaybookDocument {
    fn sample() -> Self {
        let (name, content) = standard::renewal();
        Self {
            id: "pbk_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: name.to_owned(),
            status: Status::Active,
            version: 2,
            published: Some(2),
            content,
            changed_at: 1_795_000_000_000_000,
            changed_by: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada Byron".to_owned(),
        }
    }
}

impl Sample for PlaybookInput {
    fn sample() -> Self {
        let (name, content) = standard::renewal();
        Self {
            name: name.to_owned(),
            content,
        }
    }
}

impl Sample for RunDocument {
    fn sample() -> Self {
        Self {
            id: "run_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            playbook: "pbk_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            version: 2,
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            state: RunState::Running,
            step: 1,
            wait_until: Some(1_795_000_000_000_000),
            waits_for: Some("tsk_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned()),
            cause: "renewal".to_owned(),
            why: None,
            began_at: 1_795_000_000_000_000,
            began_by: "system: playbook".to_owned(),
            ended_at: None,
            ended_by: None,
        }
    }
}

impl Sample for StepDocument {
    fn sample() -> Self {
        Self {
            number: 0,
            kind: "task".to_owned(),
            outcome: "done".to_owned(),
            subject: Some("tsk_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned()),
            reached_at: 1_795_000_000_000_000,
            change: None,
        }
    }
}

impl Sample for RunInput {
    fn sample() -> Self {
        Self {
            playbook: "pbk_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}

impl Sample for FiredDocument {
    fn sample() -> Self {
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Northwind".to_owned(),
            days: vec!["2026-10-02".parse().expect("a day")],
            is_held_out: false,
        }
    }
}
