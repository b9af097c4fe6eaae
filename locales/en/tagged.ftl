# Tickets by tag.
tagged-title = By tag
tagged-empty = No ticket has a tag yet
tagged-empty-text = Put a tag on a ticket, below its subject; then its tag leads here.
tagged-none = No ticket has this tag
