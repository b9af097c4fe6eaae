-- Who took a draft over, as a signature; none for one that its writer threw away or still has.
alter table ticket_drafts add column taken_by text;
