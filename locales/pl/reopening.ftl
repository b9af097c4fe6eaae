# Whether answers open solved tickets again.
audit-act-reopening-changed = Zmieniono, kiedy odpowiedzi otwierają zgłoszenia
reopening-text = Odpowiedź pocztą otwiera rozwiązane zgłoszenie ponownie. Po pewnym czasie lepiej, by była osobnym zgłoszeniem, powiązanym ze starym.
reopening-days = Przez ile dni odpowiedź otwiera zgłoszenie ponownie
reopening-days-hint = Puste: zawsze. 0: nigdy, każda odpowiedź jest nowym zgłoszeniem.
reopening-save = Zapisz
reopening-was-changed = Zapisano: dotyczy odpowiedzi od teraz
reopening-failure-days = Wpisz liczbę od 0 do 3650 albo nic
reopening-failure-stale = Ktoś zmienił to w trakcie pisania. Zapisz ponownie, aby zastąpić jego zmianę swoją.
