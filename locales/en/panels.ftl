# What places show of features.
panel-checklist = Getting ready
panel-accounts = Accounts
panel-newest = Newest
panel-failed = Background work
panel-history = What happened
panels-open = Open “{ $panel }”
panels-trouble = This part could not be loaded. The rest of the page works.
panels-again = Try again
panel-subscriptions = Subscriptions
panel-family = Family
panel-external-ids = External IDs
panel-fields = Details
panel-contact-fields = Details
panel-stages = Stages
panel-tier = Tier
panel-owner = Owner
