//! Starting a playbook at many accounts, from the bar below their list.

use kit::web::Failure;
use tandem_core::accounts::deeds::{Asks, Deed, Done, Offered, Refused, SINCE, VALUE, Wanted};
use tandem_core::permissions::Permission;

use super::{PlaybookError, PlaybookId, RunId, RunState, Status};

/// A playbook begins by hand; taken back, its run is stopped and the tasks that it made stay.
pub const START: Deed = Deed {
    key: "playbook",
    needs: Permission::TasksWrite,
    asks: Asks::Choice(|tx, actor| {
        let all = super::store::all(tx, actor.workspace)?.into_iter();
        let able = all.filter(|one| one.status == Status::Active);
        Ok(able.map(|one| Offered::named(one.id, one.name)).collect())
    }),
    has_detail: false,
    check: |tx, actor, wanted| {
        let playbook: PlaybookId = wanted.value.parse().map_err(|_| VALUE)?;
        match super::find(tx, actor, playbook) {
            Ok(one) if one.status == Status::Active => Ok(Wanted::clone(wanted)),
            Ok(_) => Err(PlaybookError::NotActive.into()),
            Err(PlaybookError::Unknown) => Err(VALUE),
            Err(error) => Err(error.into()),
        }
    },
    act: |tx, actor, account, wanted| {
        let playbook: PlaybookId = wanted.value.parse().map_err(|_| VALUE)?;
        let run = super::begin(tx, actor, playbook, account)?;
        Ok(Done::Changed(run.id.to_string()))
    },
    take_back: |tx, actor, _, (_, trace)| {
        let run: RunId = trace.parse().map_err(|_| SINCE)?;
        if super::find_run(tx, actor, run)?.state != RunState::Running {
            return Err(SINCE);
        }
        Ok(super::stop(tx, actor, run).map(drop)?)
    },
};

impl From<PlaybookError> for Refused {
    fn from(error: PlaybookError) -> Self {
        match error {
            PlaybookError::Db(error) => Self::Db(error),
            other => Self::Because(Failure::from(other).code.text),
        }
    }
}
