# What a new workspace still lacks.
checklist-progress = Done
checklist-is-done = Done:
checklist-hours = Set your working hours
checklist-hours-text = Promises to customers are counted in them
checklist-account = Add your first account
checklist-account-text = A company or person you look after; sample data does not count
checklist-agent = Add a second agent
checklist-agent-text = Someone who answers with you, or for you
checklist-dismiss = Put this list away
checklist-bring-back = Show it on the home page
checklist-dismissed = List put away; the settings still lead to it
checklist-is-back = The list is on the home page again
