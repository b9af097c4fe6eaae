-- What a mailbox does with mails of strangers and of senders who fail the checks of their domain, whether people in copy take part,
-- and whether its answers carry what was written before.
alter table mailboxes add column strangers text not null default 'join';
alter table mailboxes add column holds_unverified boolean not null default false;
alter table mailboxes add column joins_copies boolean not null default true;
alter table mailboxes add column quotes boolean not null default true;
