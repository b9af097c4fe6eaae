-- Whom a scheduled reply is written to, the ticket that it is written in wherever a merge carries it, and the token that made it;
-- none for one made by hand.
alter table scheduled_replies add column contact_id bytea;
alter table scheduled_replies add column home_id bytea;
alter table scheduled_replies add column token_id bytea;

update scheduled_replies
set home_id = ticket_id,
  contact_id = (select contact_id from tickets t
    where t.workspace_id = scheduled_replies.workspace_id and t.id = scheduled_replies.ticket_id);

create index scheduled_replies_of_contact on scheduled_replies (workspace_id, contact_id, id);
create index scheduled_replies_at_home on scheduled_replies (workspace_id, home_id, id);
