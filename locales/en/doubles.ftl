# Accounts that may be one customer.
doubles-title = Possible duplicates
doubles-text = Pairs of accounts that may be one customer. Compare two to merge them, or say that they are different: then they are not listed again.
doubles-none = No duplicates found
doubles-none-text = Accounts with the same name, website, number elsewhere or people would be listed here.
doubles-distinct = Not the same
doubles-was-distinguished = They are different and are not listed again
doubles-was-confused = They may be the same again
doubles-like-number = Same number elsewhere
doubles-like-domain = Same website
doubles-like-name = Same name
doubles-like-contacts = Same people
doubles-alike = { $name } may be the same account
doubles-event-judged = Compared with another account
