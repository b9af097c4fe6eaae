-- What a macro changes beside fields, as JSON: tags and following. Rows from before do nothing of the kind.
alter table saved_replies add column extras text;

-- The same of an act on many tickets, and what it did of it to each; or into which one it merges them, and by what.
alter table ticket_bulks add column extras text;
alter table ticket_bulks add column merge_into bytea;
alter table ticket_bulk_rows add column connection_id bytea;
alter table ticket_bulk_rows add column did text;
