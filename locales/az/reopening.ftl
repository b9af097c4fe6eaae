# Whether answers open solved tickets again.
audit-act-reopening-changed = Cavabların müraciətləri nə vaxt yenidən açdığı dəyişdirildi
reopening-text = Poçtla gələn cavab həll olunmuş müraciəti yenidən açır. Bir müddətdən sonra onun köhnəsi ilə bağlı ayrıca müraciət olması daha yaxşıdır.
reopening-days = Cavab müraciəti neçə gün ərzində yenidən açır
reopening-days-hint = Boş: həmişə. 0: heç vaxt, hər cavab yeni müraciətdir.
reopening-save = Saxla
reopening-was-changed = Saxlanıldı: bundan sonrakı cavablara aiddir
reopening-failure-days = 0 ilə 3650 arasında ədəd yazın və ya boş qoyun
reopening-failure-stale = Siz yazarkən kimsə bunu dəyişdi. Öz variantınızı qoymaq üçün yenidən saxlayın.
