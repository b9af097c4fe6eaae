create table survey_settings (
  workspace_id bytea not null,
  is_on boolean not null,
  question text not null,
  direction text not null,
  scale bigint not null,
  delay_minutes bigint not null,
  is_working_time boolean not null,
  rest_days bigint not null,
  after_low text not null,
  version bigint not null,
  primary key (workspace_id)
);

-- The question in the workspace's own words; a language without a row has ours.
create table survey_words (
  workspace_id bytea not null,
  language text not null,
  question text not null,
  primary key (workspace_id, language)
);

-- One question to one contact about one ticket, and the answer that holds. Tickets, contacts, agents and teams are named,
-- not bound: an answer outlives them.
create table surveys (
  workspace_id bytea not null,
  id bytea not null,
  ticket_id bytea not null,
  contact_id bytea,
  agent_id bytea,
  team_id bytea,
  question text not null,
  direction text not null,
  scale bigint not null,
  language text not null,
  is_mailed boolean not null,
  asked_at bigint not null,
  rating bigint,
  impression bigint,
  comment text not null,
  first_answered_at bigint,
  answered_at bigint,
  primary key (workspace_id, id)
);

create unique index surveys_of_ticket on surveys (workspace_id, ticket_id);
create index surveys_of_contact on surveys (workspace_id, contact_id, asked_at);
create index surveys_by_asking on surveys (workspace_id, asked_at, id);
create index surveys_by_answer on surveys (workspace_id, answered_at, id);

-- The links by which a contact answers. Rows hold hashes.
create table survey_links (
  workspace_id bytea not null,
  token_hash bytea not null,
  survey_id bytea not null,
  expires_at bigint not null,
  primary key (workspace_id, token_hash),
  foreign key (workspace_id, survey_id) references surveys (workspace_id, id)
);

-- global: whoever opens a link has no workspace yet.
create unique index survey_links_by_token on survey_links (token_hash);
create index survey_links_of_survey on survey_links (workspace_id, survey_id);

-- Every answer as it was given: the scale and which end of it is good stand with the question.
create table survey_answers (
  workspace_id bytea not null,
  id bytea not null,
  survey_id bytea not null,
  rating bigint not null,
  comment text not null,
  answered_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, survey_id) references surveys (workspace_id, id)
);

create index survey_answers_of_survey on survey_answers (workspace_id, survey_id, id);

-- Contacts who want no more questions.
create table survey_refusals (
  workspace_id bytea not null,
  contact_id bytea not null,
  refused_at bigint not null,
  primary key (workspace_id, contact_id)
);

alter table outgoing_mails add column survey_id bytea;
