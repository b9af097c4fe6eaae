home-greeting = Salam, { $name }
home-open-accounts = Açıq müştərilər
home-nothing-yet = Hələ heç nə baş verməyib
home-nothing-yet-text = Komandanızın etdikləri dərhal burada görünür.
home-imported = { $n ->
    [one] İdxalla { $n } müştəri gəldi
   *[other] İdxalla { $n } müştəri gəldi
}
