-- Search reads the touchpoints with words alone: traces, which are most of all, have none.
create index touchpoints_with_words on touchpoints (workspace_id, id) where summary <> '';
