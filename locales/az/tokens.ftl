# Proqramların tokenləri və maşınlar üçün agentlər.
tokens-name = Ad
tokens-name-hint = Nə üçündür, məsələn, “gecə idxalı”
tokens-agent = Kimin adından
tokens-agent-hint = Siz və ya maşın agenti
tokens-myself = Özüm
tokens-life = Etibarlıdır
tokens-never = Ləğv olunanadək
tokens-scopes = İcazələr
tokens-scopes-hint = Yalnız proqrama lazım olanı işarələyin. Token heç vaxt agentinin icazəsindən artığını vermir.
tokens-made = Yaradılıb
tokens-expires = Bitir
tokens-revoke = Ləğv et
tokens-revoked = “{ $name }” tokeni ləğv edildi
tokens-new = Yeni token
tokens-make = Token yarat
tokens-made-title = Token yaradıldı
tokens-made-text = Bu tokenlə proqram { $agent } adından işləyir. O, yalnız indi görünür.
tokens-made-how = Proqramlar onu başlıqda göndərir:
tokens-machine-new = Yeni maşın
tokens-machine-make = Maşın əlavə et
tokens-machine-text = Maşın insansız agentdir: rolu var, heç yerə daxil olmur, yalnız tokenləri ilə işləyir.
tokens-empty = Hələ token yoxdur
tokens-empty-text = Token proqrama API-dən sizin adınızdan və ya ayrıca agent kimi istifadə etmək imkanı verir.
tokens-failure-name = Tokenin adı 1–60 simvoldan ibarətdir
tokens-failure-life = Token 1–366 gün etibarlıdır
tokens-failure-scopes = Ən azı bir icazə işarələyin və agentdə olmayanı işarələməyin
tokens-failure-agent = Bu iş sahəsinin fəaliyyətdə olan heç bir əməkdaşının belə nömrəsi yoxdur
tokens-days = { $n ->
    [one] { $n } gün
   *[other] { $n } gün
}
