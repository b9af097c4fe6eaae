alter table imports add column writing text not null default '[]';

create index accounts_by_website on accounts (workspace_id, website);
create index account_external_ids_by_text on account_external_ids (workspace_id, value);
