# Axtarış: səhifə və indeksin ayarları.
search-title = Axtarış
search-label = Hər yerdə axtarmaq
search-placeholder = Axtarın və ya süzün, məsələn is:open
search-go = Axtarmaq
search-short = Axtarış
search-filters = Süzgəclər
search-without = Bu süzgəci götürmək
search-building = Axtarış indeksi qurulur
search-building-text = Bir azdan hər şeyi yenə tapmaq olacaq. Heç nə itməyib, bu səhifəni istənilən vaxt yeniləmək olar.
search-no-filter = “{ $name }:” süzgəci yoxdur, ona görə söz kimi axtarıldı.
search-no-value = “{ $value }” nəzərə alınmadı: { $name }: bunları tanıyır: { $known }.
search-no-date = “{ $value }” tarix deyil. 2026-05-07, 2026-05, 2026, today, yesterday və ya 30d yazmaq olar.
search-meant = Bəlkə bunu nəzərdə tuturdunuz:
search-count = { $n ->
    [one] { $n } nəticə
   *[other] { $n } nəticə
}
search-all-of-kind = { $n ->
    [one] { $n } nəticəni göstərmək
   *[other] { $n } nəticənin hamısını göstərmək
}
search-begin = İstədiyinizi tapın
search-begin-text = Adlar, nömrələr, ünvanlar və sözlər. İfadəni dırnağa alın və ya nəticələri süzgəclə daraldın; from:, account:, agent:, team:, status:, priority:, channel: və tag: söz və ya dırnaqda ifadə ilə də işləyir:
search-keep = Görünüş kimi saxla
search-none = Heç nə tapılmadı
search-none-text = Yazılışı yoxlayın, daha az söz işlədin və ya süzgəci götürün.
search-without-filters = Birinci süzgəc olmadan axtarmaq
search-agents = İnsanlar
search-active = Girişi var
search-inactive = Girişi yoxdur
search-index = Axtarış indeksi
search-index-text = İndeks verilənlər bazasından qurulur və özü yenilənir. Tapılmalı olan bir şey tapılmırsa, onu yenidən qurun; axtarış bu vaxt işləməkdə davam edir.
search-rebuilding = İndeks yenidən qurulur
search-documents = Sənədlər
search-rebuild = İndeksi yenidən qurmaq
search-rebuild-begun = İndeks yenidən qurulur
search-palette-open = Açmaq
search-palette-all = “{ $text }” sözünü hər yerdə axtarmaq
