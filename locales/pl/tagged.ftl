# Tickets by tag.
tagged-title = Według etykiet
tagged-empty = Żadne zgłoszenie nie ma jeszcze etykiety
tagged-empty-text = Dodaj etykietę pod tematem zgłoszenia; wtedy pojawi się tutaj.
tagged-none = Żadne zgłoszenie nie ma tej etykiety
