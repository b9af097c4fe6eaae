samples-title = Nümunə məlumatlar
samples-none = Burada nümunə məlumat yoxdur
samples-none-text = Tanış olmaq üçün keçmişi olan uydurma müştərilər. Bir kliklə silinir və sizin məlumatlara toxunmur.
samples-load = Nümunələri yüklə
samples-asked = İstəyən: { $name }
samples-coming = Əlavə olunur
samples-remove-text = Silmə bu müştəriləri və onlarla baş verən hər şeyi aparır. Komandanızın əlavə etdiyi müştərilər qalır.
samples-remove = Nümunələri sil
samples-are-coming = Nümunələr əlavə olunur
samples-are-gone = Nümunələr silindi
samples-count = { $n ->
    [one] { $n } nümunə müştəri
   *[other] { $n } nümunə müştəri
}
