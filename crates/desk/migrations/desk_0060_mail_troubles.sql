-- What was odd about a mail: codes with blanks between; none for mails from before. And up to which UID a folder is still being
-- compared with what came before; none when that is over.
alter table mails add column oddities text;
alter table mail_cursors add column compared_to bigint;
