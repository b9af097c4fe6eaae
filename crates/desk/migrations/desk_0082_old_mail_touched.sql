-- When a ticket that was there had last been touched before an import put old mail into it; none for its own, and from before.
alter table mail_import_tickets add column touched_at bigint;
