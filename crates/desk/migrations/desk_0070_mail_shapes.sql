-- What a mail has beyond the words of its message, with blanks between: 'look' and 'rest'; none for mails from before.
alter table mails add column shape text;
