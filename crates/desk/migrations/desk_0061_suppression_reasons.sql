-- Why nothing is sent to an address; rows from before were refused.
alter table suppressed_addresses add column reason text;
