create function audit_entries_are_kept() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are never changed or removed';
end
$$;

create trigger audit_entries_are_not_changed before update or delete on audit_entries
for each row execute function audit_entries_are_kept();

create trigger audit_entries_are_not_emptied before truncate on audit_entries
for each statement execute function audit_entries_are_kept();
