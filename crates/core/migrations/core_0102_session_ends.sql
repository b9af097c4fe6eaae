-- When a session that is used again and again ends all the same; null: when it expires.
alter table sessions add column ends_at bigint;
