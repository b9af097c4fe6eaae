# Co czynność robi poza zmianą pól: etykiety i obserwowanie.
extras-add-tags = Dodaj etykiety
extras-remove-tags = Zdejmij etykiety
extras-tags-hint = Słowa rozdzielone przecinkami; nowe słowo staje się etykietą.
extras-follow = Obserwuj zgłoszenie
