-- By which an address is found however it was written; rows from before have none.
alter table outgoing_recipients add column address_folded text;

create index outgoing_recipients_by_address on outgoing_recipients (workspace_id, address_folded);
