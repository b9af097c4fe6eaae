-- Where people come in person: a branch, a desk. The board on its wall is opened with a key of which the row holds a hash.
create table counter_places (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  name_folded text not null,
  board_hash bytea,
  version bigint not null,
  created_at bigint not null,
  archived_at bigint,
  archived_by text,
  primary key (workspace_id, id)
);

create unique index counter_places_by_name on counter_places (workspace_id, name_folded);

-- global: whoever opens a board has no workspace yet.
create unique index counter_places_by_board on counter_places (board_hash);

-- What people queue for at a place. The letter begins their numbers.
create table counter_queues (
  workspace_id bytea not null,
  place_id bytea not null,
  letter text not null,
  name text not null,
  kind text not null,
  team_id bytea,
  primary key (workspace_id, place_id, letter),
  foreign key (workspace_id, place_id) references counter_places (workspace_id, id)
);

-- The last number of a letter that was given at a place on a day of the workspace's calendar.
create table counter_numbers (
  workspace_id bytea not null,
  place_id bytea not null,
  day text not null,
  letter text not null,
  last bigint not null,
  primary key (workspace_id, place_id, day, letter),
  foreign key (workspace_id, place_id) references counter_places (workspace_id, id)
);

-- At which window an agent serves; holds for its day. No letters: they serve every queue.
create table counter_seats (
  workspace_id bytea not null,
  agent_id bytea not null,
  place_id bytea not null,
  window_name text not null,
  letters text not null,
  day text not null,
  taken_at bigint not null,
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, place_id) references counter_places (workspace_id, id)
);

create unique index counter_seats_at_window on counter_seats (workspace_id, place_id, window_name);

-- Somebody who came. The letter and number are those of the slip in their hand, the queue is where they wait now. Tickets,
-- contacts and agents are named, not bound: the numbers of a day outlive them. Spans are microseconds.
create table counter_visits (
  workspace_id bytea not null,
  id bytea not null,
  place_id bytea not null,
  day text not null,
  letter text not null,
  number bigint not null,
  queue text not null,
  ticket_id bytea not null,
  contact_id bytea,
  state text not null,
  came_at bigint not null,
  since bigint not null,
  called_at bigint,
  calls bigint not null,
  agent_id bytea,
  window_name text not null,
  waited bigint not null,
  served bigint not null,
  ended_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, place_id) references counter_places (workspace_id, id)
);

create unique index counter_visits_by_number on counter_visits (workspace_id, place_id, day, letter, number);
create index counter_visits_in_line on counter_visits (workspace_id, place_id, day, state, came_at, id);
create index counter_visits_of_agent on counter_visits (workspace_id, agent_id, day, state);
create index counter_visits_of_contact on counter_visits (workspace_id, contact_id);
