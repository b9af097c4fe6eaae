# The settings of a workspace.
workspaces-title = Workspace
workspaces-name = Name
workspaces-name-hint = Your company or team, as your customers know it
workspaces-locale = Language
workspaces-locale-hint = Wherever nobody has chosen their own
workspaces-zone = Time zone
workspaces-zone-hint = Working hours and reports follow it
workspaces-save = Save
workspaces-cancel = Cancel
workspaces-read-only = Only administrators can change this
workspaces-kept = Workspace saved
workspaces-failure-name = A name has 1 to 100 characters
workspaces-failure-locale = Choose one of the languages in the list
workspaces-failure-zone = Choose one of the time zones in the list
workspaces-failure-stale = Someone changed the workspace while you were writing. Your text is below; save again to put it in place.
