use super::*;
use kit::id::{TypedId, Uuid};

fn seat() -> Seat {
    Seat {
        agent: AgentId::from_uuid(Uuid::nil()),
        place: CounterPlaceId::from_uuid(Uuid::nil()),
        window: "3".to_owned(),
        letters: String::new(),
        day: "2026-11-23".parse().unwrap(),
        taken_at: Timestamp(0),
    }
}

fn visit() -> Visit {
    Visit {
        id: CounterVisitId::from_uuid(Uuid::nil()),
        place: CounterPlaceId::from_uuid(Uuid::nil()),
        day: "2026-11-23".parse().unwrap(),
        letter: "A".to_owned(),
        number: 7,
        queue: "A".to_owned(),
        ticket: TicketId::from_uuid(Uuid::nil()),
        contact: None,
        state: VisitState::Waiting,
        came_at: Timestamp(0),
        since: Timestamp(0),
        called_at: None,
        calls: 0,
        agent: None,
        window: String::new(),
        waited: 0,
        served: 0,
        ended_at: None,
    }
}

#[test]
fn waiting_and_serving_add_up_over_queues() {
    let mut one = visit();
    assert_eq!(one.code(), "A007");
    one.call(&seat(), Timestamp(10)).unwrap();
    one.call_again(Timestamp(12)).unwrap();
    assert_eq!((one.waited, one.calls, one.window.as_str()), (10, 2, "3"));
    one.hand_on("B", Timestamp(15)).unwrap();
    assert_eq!(
        (one.served, one.queue.as_str(), one.code().as_str()),
        (5, "B", "A007")
    );
    one.call(&seat(), Timestamp(22)).unwrap();
    one.end(VisitState::Done, Timestamp(30)).unwrap();
    assert_eq!(
        (one.waited, one.served, one.ended_at),
        (17, 13, Some(Timestamp(30)))
    );
    assert_eq!(one.put_back(Timestamp(31)), Err(CounterError::BadDeed));
    assert_eq!(one.call(&seat(), Timestamp(31)), Err(CounterError::BadDeed));
}

#[test]
fn who_did_not_come_waits_again_where_they_waited() {
    let mut one = visit();
    one.call(&seat(), Timestamp(10)).unwrap();
    one.end(VisitState::NoShow, Timestamp(14)).unwrap();
    assert_eq!(one.served, 0);
    one.put_back(Timestamp(20)).unwrap();
    assert_eq!(
        (one.state, one.came_at, one.since),
        (VisitState::Waiting, Timestamp(0), Timestamp(20))
    );
    assert_eq!((one.agent, one.ended_at, one.waited), (None, None, 10));
}
