# The home page.
home-greeting = Hello, { $name }
home-open-accounts = Open accounts
home-nothing-yet = Nothing happened yet
home-nothing-yet-text = What your team does shows here as it happens.
home-imported = { $n ->
    [one] { $n } account came by an import
   *[other] { $n } accounts came by an import
}
