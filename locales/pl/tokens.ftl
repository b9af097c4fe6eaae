# Tokeny programów i agenci dla maszyn.
tokens-name = Nazwa
tokens-name-hint = Do czego służy, na przykład „nocny import”
tokens-agent = Działa jako
tokens-agent-hint = Ty albo agent maszyny
tokens-myself = Ja
tokens-life = Ważny przez
tokens-never = Do unieważnienia
tokens-scopes = Uprawnienia
tokens-scopes-hint = Zaznacz tylko to, czego program potrzebuje. Token nigdy nie pozwala na więcej niż jego agent.
tokens-made = Utworzono
tokens-expires = Wygasa
tokens-revoke = Unieważnij
tokens-revoked = Token „{ $name }” unieważniono
tokens-new = Nowy token
tokens-make = Utwórz token
tokens-made-title = Token gotowy
tokens-made-text = Z tym tokenem program działa jako { $agent }. Jest widoczny tylko teraz.
tokens-made-how = Programy wysyłają go w nagłówku:
tokens-machine-new = Nowa maszyna
tokens-machine-make = Dodaj maszynę
tokens-machine-text = Maszyna to agent bez osoby: ma rolę, nie loguje się i działa tylko przez swoje tokeny.
tokens-empty = Nie ma jeszcze tokenów
tokens-empty-text = Token pozwala programowi używać API w Twoim imieniu albo jako osobny agent.
tokens-failure-name = Nazwa tokenu ma od 1 do 60 znaków
tokens-failure-life = Token jest ważny od 1 do 366 dni
tokens-failure-scopes = Zaznacz co najmniej jedno uprawnienie i żadnego, którego agent nie ma
tokens-failure-agent = Żaden obecny agent tego obszaru roboczego nie ma tego identyfikatora
tokens-days = { $n ->
    [one] { $n } dzień
    [few] { $n } dni
    [many] { $n } dni
   *[other] { $n } dnia
}
