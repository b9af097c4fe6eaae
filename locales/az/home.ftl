home-greeting = Salam, { $name }
home-open-accounts = Açıq müştərilər
home-newest = Ən yenilər
home-nothing-yet = Hələ heç nə baş verməyib
home-nothing-yet-text = Komandanızın etdikləri dərhal burada görünür.
