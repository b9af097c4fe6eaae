create trigger audit_entries_are_not_changed before update on audit_entries
begin
  select raise(abort, 'audit entries are never changed');
end;

create trigger audit_entries_are_not_removed before delete on audit_entries
begin
  select raise(abort, 'audit entries are never removed');
end;
