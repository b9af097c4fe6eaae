-- What formatting says beyond the plain words: canonical HTML of few kinds; none where the words say everything.
alter table ticket_messages add column html text;
alter table ticket_drafts add column html text;
alter table scheduled_replies add column html text;
