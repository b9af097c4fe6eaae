-- An alert comes from a version of a rule, or from what somebody told us.
alter table alerts alter column rule_id drop not null;
alter table alerts alter column version drop not null;
