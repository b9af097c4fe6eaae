-- What happened of a kind since a moment: what dry runs and comparisons of playbooks ask of the past.
create index events_by_kind on events (workspace_id, kind, created_at, id);
