# Klienci, którzy mogą być jednym.
doubles-title = Możliwe duplikaty
doubles-text = Pary, które mogą być jednym klientem. Porównaj dwóch, by ich połączyć, albo powiedz, że to różni klienci: wtedy para już tu nie wróci.
doubles-none = Nie znaleziono duplikatów
doubles-none-text = Tu pojawią się klienci o tej samej nazwie, stronie, numerze w innym systemie lub z tymi samymi osobami.
doubles-distinct = To nie ten sam
doubles-was-distinguished = To różni klienci; para już tu nie wróci
doubles-was-confused = Znów mogą być jednym klientem
doubles-like-number = Ten sam numer gdzie indziej
doubles-like-domain = Ta sama strona
doubles-like-name = Ta sama nazwa
doubles-like-contacts = Te same osoby
doubles-alike = { $name } to może ten sam klient
doubles-event-judged = Porównano z innym klientem
