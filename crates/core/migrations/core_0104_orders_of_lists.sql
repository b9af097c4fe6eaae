-- The orders in which people read the list of contacts.
create unique index contacts_by_change on contacts (workspace_id, changed_at, id);
create unique index contacts_by_creation on contacts (workspace_id, created_at, id);
