-- Who leads to a name is read from the index alone; without the other end in it SQLite goes through all edges instead.
drop index usage_edges_by_target;
create index usage_edges_by_target on usage_edges (workspace_id, to_id, from_id);
