# What an act does beside changing fields: tags and following.
extras-add-tags = Add tags
extras-remove-tags = Remove tags
extras-tags-hint = Words with commas between them; a new word becomes a tag.
extras-follow = Follow the ticket
