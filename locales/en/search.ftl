# Search: the page, the settings of its index.
search-title = Search
search-label = Search everything
search-placeholder = Search, or filter with is:open
search-go = Search
search-short = Search
search-filters = Filters
search-without = Remove this filter
search-building = The search index is being built
search-building-text = Everything can be found again in a moment. Nothing is lost, and this page can be loaded again at any time.
search-no-filter = There is no filter “{ $name }:”, so it was searched for as words.
search-no-value = “{ $value }” was left out: { $name }: knows { $known }.
search-no-date = “{ $value }” is no day. Write 2026-05-07, 2026-05, 2026, today, yesterday or 30d.
search-meant = Did you mean
search-count = { $n ->
    [one] { $n } result
   *[other] { $n } results
}
search-all-of-kind = { $n ->
    [one] Show { $n } result
   *[other] Show all { $n }
}
search-begin = Find anything
search-begin-text = Names, numbers, addresses and words. Put a phrase in quotes, or narrow the results down with a filter, also from:, account:, agent:, team:, status:, priority:, channel: and tag: with a word or a phrase in quotes:
search-keep = Save as view
search-none = Nothing was found
search-none-text = Check the spelling, use fewer words, or take a filter away.
search-without-filters = Search without the first filter
search-agents = People
search-active = Active
search-inactive = No access
search-index = Search index
search-index-text = The index is made from the database and kept up to date by itself. Rebuild it when something that should be found is not; searching goes on meanwhile.
search-rebuilding = The index is being rebuilt
search-documents = Documents
search-rebuild = Rebuild the index
search-rebuild-begun = The index is being rebuilt
search-palette-open = Open
search-palette-all = Search everything for “{ $text }”
