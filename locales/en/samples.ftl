# Sample data in a real workspace.
samples-title = Sample data
samples-none = No sample data here
samples-none-text = Invented accounts with a past, to look around with. They go again with one press and touch nothing of yours.
samples-load = Load sample data
samples-asked = Asked for by { $name }
samples-coming = Being added
samples-remove-text = Removing takes these accounts and everything that happened to them. Accounts that your team added stay.
samples-remove = Remove sample data
samples-are-coming = Sample data is being added
samples-are-gone = Sample data removed
samples-count = { $n ->
    [one] { $n } sample account
   *[other] { $n } sample accounts
}
