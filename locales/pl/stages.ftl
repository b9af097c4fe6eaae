# Etapy klientów.
stages-stage = Etap
stages-set = Zmień etap
stages-none = Ten klient nie jest jeszcze na żadnym etapie.
stages-since = od { $day }
stages-experience = Doświadczenie { $index } (n = { $n })
stages-experience-none = Brak wrażeń
stages-was-set = Etap to teraz „{ $name }”
stages-failure-stage = Wybierz etap, który jest w użyciu
