# Səviyyədəki müştərilərin nə aldığı.
service-title = Xidmət
service-about = Bu səviyyədəki müştərilərə necə baxılır və onlar nə istəyə bilər. Təyinat, siyahılar, xəbərdarlıqlar və ana səhifə buna görə işləyir. Heç nə deyilməyibsə, heç nə vəd olunmur və heç nə qadağan edilmir.
service-model = Əlaqə modeli
service-unsaid = Deyilməyib
service-self = Özünəxidmət
service-tech = Avtomatik əlaqə
service-high = Şəxsi əlaqə
service-say = Nə verdiyini deyin
service-channels = Kanallar
service-lacks = Daxil deyil: { $channels }
service-cadence = Ən azı bu qədər gündən bir şəxsən
service-cadence-hint = 1-dən 730-a qədər. Boş: vəd yoxdur. Vaxtında əlaqə saxlanmayanlar ana səhifədə və xəbərdarlıqlarda görünür.
service-has-owner = Hər müştərinin öz məsul şəxsi var
service-has-owner-hint = Bunsuz təyinat qaydaları bu müştəriləri heç kimə vermir.
service-most = Bir nəfərə bu səviyyədən müştəri
service-most-hint = Qaydalar heç kimə bundan çox vermir. Boş: məhdudiyyət yoxdur.
service-person = Məsul şəxs
service-owner-missing = Öz məsul şəxsi vəd olunub; hələ heç kim yoxdur
service-owner-beyond = { $owner }, səviyyə heç kimi vəd etməsə də
service-owner-none = Şəxsən heç kim
service-in-person = Şəxsən
service-every = { $n ->
    [one] Hər gün
   *[other] Hər { $n } gündən bir
}
service-never = Heç vaxt
service-next = Növbəti əlaqənin son günü
service-late = { $n ->
    [one] { $n } gün gecikib
   *[other] { $n } gün gecikib
}
service-today = Bu gün əlaqə saxlanmalıdır
service-soon = { $n ->
    [one] { $n } gün qalıb
   *[other] { $n } gün qalıb
}
service-unknown = Bu səviyyənin nə verdiyi deyilməyib.
service-was-saved = “{ $name }” səviyyəsinin xidməti saxlanıldı
service-failure-model = Əlaqə modelini seçin
service-failure-cadence = 1-dən 730-a qədər gün sayı
service-failure-most = 1-dən 100000-ə qədər ədəd
service-failure-channel = Göstərilən kanallardan seçin
