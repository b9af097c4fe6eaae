-- Whether a mailbox's server delivers what has a token behind a plus, and whether subjects of its answers carry a signed tag.
alter table mailboxes add column has_plus_addresses boolean not null default false;
alter table mailboxes add column tags_subjects boolean not null default false;
