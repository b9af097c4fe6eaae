# Role i to, na co pozwala każde uprawnienie.
role-custom = Rola własna
roles-name = Rola
roles-allows = Pozwala na
roles-agents = Agenci
roles-everything = Wszystko
roles-own = Role własne
roles-built-in = Role wbudowane
roles-built-in-text = Tych sześć jest wszędzie takich samych i nie można ich zmienić.
roles-empty = Nie ma jeszcze ról własnych
roles-empty-text = Gdy żadna z sześciu nie pasuje, utwórz rolę, zaznaczając, na co pozwala.
roles-new = Nowa rola
roles-edit = Edytuj rolę
roles-save = Zapisz rolę
roles-remove = Usuń rolę
roles-made = Rola „{ $name }” już jest
roles-changed = Rolę „{ $name }” zapisano
roles-removed = Rolę „{ $name }” usunięto
roles-failure-name = Nazwa roli ma od 1 do 60 znaków
roles-failure-taken = Inna rola ma tę nazwę
roles-failure-in-use = Tę rolę mają agenci lub zaproszenia
roles-failure-last-admin = Nikt nie mógłby potem zarządzać obszarem roboczym
roles-failure-stale = Ktoś zmienił tę rolę w trakcie edycji. Zapisz ponownie, aby wstawić swoją wersję.
permission-group-accounts = Klienci
permission-accounts-read = Oglądanie klientów
permission-accounts-read-hint = Lista, każdy klient i jego historia
permission-accounts-write = Zmienianie klientów
permission-accounts-write-hint = Dodawanie klientów i zmienianie ich danych
permission-accounts-close = Zamykanie klientów
permission-accounts-close-hint = Zamykanie klientów i otwieranie ich ponownie
permission-group-imports = Importy
permission-imports-write = Importowanie plików
permission-imports-write-hint = Wczytywanie list i cofanie tego, co wniosły
permission-group-agents = Agenci
permission-agents-read = Oglądanie agentów
permission-agents-read-hint = Kto tu pracuje, w jakich zespołach i rolach
permission-agents-write = Zarządzanie agentami
permission-agents-write-hint = Zapraszanie agentów, zmiana ról, odbieranie dostępu
permission-group-teams = Zespoły
permission-teams-write = Zarządzanie zespołami
permission-teams-write-hint = Dodawanie zespołów, zmiana składu, archiwizacja
permission-group-roles = Role
permission-roles-write = Zarządzanie rolami
permission-roles-write-hint = Tworzenie ról, zmiana uprawnień, usuwanie
permission-group-tokens = Programy
permission-tokens-own = Tworzenie własnych tokenów
permission-tokens-own-hint = Pozwalanie programom działać w swoim imieniu
permission-tokens-write = Zarządzanie wszystkimi tokenami
permission-tokens-write-hint = Podgląd i unieważnianie wszystkich tokenów, dodawanie maszyn
permission-group-audit = Dziennik zdarzeń
permission-audit-read = Czytanie dziennika zdarzeń
permission-audit-read-hint = Kto co zmienił w administracji i skąd
permission-group-work = Praca w tle
permission-work-read = Oglądanie pracy w tle
permission-work-read-hint = Co działa, czeka lub się nie udało
permission-work-write = Sterowanie pracą w tle
permission-work-write-hint = Ponawianie, anulowanie, usuwanie
roles-in-use = { $n ->
    [one] Tę rolę ma { $n } agent lub zaproszenie
    [few] Tę rolę mają { $n } osoby lub zaproszenia
    [many] Tę rolę ma { $n } osób lub zaproszeń
   *[other] Tę rolę ma { $n } osoby lub zaproszenia
}
permission-group-workspace = Obszar roboczy
permission-workspace-read = Oglądanie obszaru roboczego
permission-workspace-read-hint = Nazwa, język, strefa czasowa i godziny pracy
permission-workspace-write = Zmienianie obszaru roboczego
permission-workspace-write-hint = Zmiana nazwy, języka, strefy i godzin; dane przykładowe
