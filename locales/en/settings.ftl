# The index of the settings.
settings-group-own = You
settings-group-people = People and access
settings-group-operations = Operations
settings-look = Appearance and language
settings-look-hint = Theme, density, language, keyboard
settings-audit = Audit trail
settings-audit-hint = Who changed what, from where, before and after
settings-work = Background work
settings-work-hint = What runs, waits, or has failed
settings-group-workspace = Workspace
settings-workspace = Name, language, time zone
settings-workspace-hint = What holds wherever nobody chose their own
settings-hours = Working hours and holidays
settings-hours-hint = When your team works; promises are counted by it
settings-samples = Sample data
settings-samples-hint = Invented accounts to look around with
