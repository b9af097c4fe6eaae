-- global: the clock looks through the trash of all workspaces
create index tickets_in_trash on tickets (touched_at) where shelf = 'trash';
