# What the workspace's own fields say of tickets.
details-taken-back = Pola mają znów poprzednie wartości
details-rule = Które zgłoszenia mają to pole
details-kinds = Rodzaje zgłoszeń
details-kinds-hint = Nie wybieraj żadnego, a pole będzie w każdym zgłoszeniu. Pole, którego zgłoszenie już nie ma, zachowuje swoją wartość.
details-when = Pokazywane
details-when-hint = Zawsze albo tylko tam, gdzie inne pole ma tę wartość
details-is-before-solving = Wypełniane przed rozwiązaniem
details-is-before-solving-hint = Kto rozwiązuje zgłoszenie, zostanie o nie zapytany. To, co rozwiązuje się samo, nie jest zatrzymywane.
details-save-rule = Zapisz
details-rule-was-set = Zapisano, które zgłoszenia mają pole „{ $name }”
details-before-solving = Przed rozwiązaniem
details-before-solving-text = Wypełnij to, a to, co zostało wysłane, zostanie wykonane.
details-fill-and-go = Wypełnij i kontynuuj
details-missing = Wypełnij to przed rozwiązaniem
details-missing-names = Przed rozwiązaniem wypełnij: { $names }
details-failure-condition = Pole zależy od wyboru w innym polu, które nie zależy od niego
details-failure-stale = Ktoś zmienił to w trakcie pisania. Zapisz ponownie, aby zastąpić swoją wersją.
