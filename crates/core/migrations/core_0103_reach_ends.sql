-- A reach lasts on while its session is used, until this moment. Those from before only lapse.
alter table session_reaches add column ends_at bigint;
