# Tickets by tag.
tagged-title = По меткам
tagged-empty = Ни у одного обращения пока нет метки
tagged-empty-text = Добавьте метку под темой обращения, и она появится здесь.
tagged-none = Ни у одного обращения нет этой метки
