# Şifrələr, ikinci addım və əməkdaşların bunlara baxdığı səhifə.
doors-email = E-poçt ünvanı
doors-password = Şifrə
doors-need-help = Şifrəni unutmusunuz, yoxsa heç vaxt olmayıb?
doors-wrong = Bu ünvan ilə bu şifrə bir-birinə uyğun gəlmir
doors-too-many = { $n ->
    [one] Cəhdlər həddən çoxdur. Bir dəqiqə gözləyib yenidən cəhd edin.
   *[other] Cəhdlər həddən çoxdur. { $n } dəqiqə gözləyib yenidən cəhd edin.
}
doors-choose-workspace = İş sahəsini seçin
doors-choose-workspace-why = Siz bir neçə iş sahəsində işləyirsiniz. Hansını açaq?
doors-code-title = Bir addım da qaldı
doors-code-why = Autentifikator tətbiqiniz altı rəqəmli kod göstərir.
doors-code = Kod
doors-code-hint = Tətbiq yanınızda deyil? Bərpa kodlarınızdan birini yazın.
doors-code-wrong = Bu kod səhvdir və ya artıq istifadə olunub
doors-go-on = Davam et
doors-start-again = Yenidən başla
security-title = Təhlükəsizlik
security-sessions = Harada daxil olmusunuz
security-device = { $browser }, { $system }
security-device-unknown = Naməlum brauzer
security-last-used = Son istifadə
security-began = Giriş
security-this-one = Bu brauzer
security-end-session = Oradan çıx
security-end-others = Qalan hər yerdən çıx
security-session-ended = Həmin brauzerdən çıxış edildi
security-sessions-ended = Bütün digər brauzerlərdən çıxış edildi
security-no-sessions = Heç bir brauzerdə daxil olmamısınız.
security-password = Şifrə
security-no-password = Hələ şifrəniz yoxdur; keçidlərlə daxil olursunuz.
security-present = İndiki şifrəniz
security-present-wrong = Bu, indiki şifrəniz deyil
security-come-in-again = Yarım saatdan çox əvvəl daxil olmusunuz. Çıxın, yenidən daxil olun və sonra bunu dəyişin.
security-new-password = Yeni şifrə
security-new-password-hint = Ən azı { $shortest } işarə. Bir-birinə aid olmayan bir neçə söz yaxşıdır.
security-set-password = Şifrə qoy
security-change-password = Şifrəni dəyiş
security-password-changed = Şifrəniz dəyişdirildi və bütün digər brauzerlərdən çıxış edildi
security-password-short = Çox qısadır; şifrədə ən azı 12 işarə olmalıdır
security-password-long = Çox uzundur; şifrədə ən çoxu 200 işarə ola bilər
security-password-common = Bu, ilk yoxlanılan şifrələrdəndir
security-password-personal = Bu, əsasən sizin adınız, ünvanınız və ya iş sahənizin adıdır
security-password-repeating = Təkrarlanan işarələri tapmaq asandır
security-second-step = İkinci addım
security-second-step-why = Telefondakı tətbiq hər yarım dəqiqədə yeni kod göstərir. Onunla oğurlanmış şifrə təkbaşına heç nə açmır.
security-authenticator-set-up = Autentifikator qur
security-authenticator-on = Daxil olanda autentifikatorun kodu soruşulur
security-authenticator-off = Autentifikatorun kodu daha soruşulmur
security-switch-on = Aktiv et
security-switch-off = Söndür
security-cancel = Ləğv et
security-scan = Bu şəkli autentifikator tətbiqi ilə skan edin.
security-picture = Autentifikator tətbiqi üçün şəkil
security-scan-not = Kamera yoxdur? Tətbiqə bu açarı yazın:
security-type-code = Tətbiqin indi göstərdiyi kodu yazın.
security-codes = Bərpa kodları
security-codes-why = Autentifikator yanınızda olmayanda bu kodların hər biri qapını bir dəfə açır. Onları çap edin və ya şifrələrinizi saxladığınız yerdə saxlayın.
security-codes-once = Onlar yalnız bu dəfə göstərilir.
security-codes-kept = Onları saxladım
security-new-codes = Yeni bərpa kodları yarat
security-codes-left = { $n ->
    [0] Bərpa kodu qalmayıb. Yenilərini yaradın.
    [one] { $n } bərpa kodu qalıb.
   *[other] { $n } bərpa kodu qalıb.
}
security-failure-nothing-to-confirm = Təsdiq gözləyən autentifikator yoxdur
doors-help = Daxil olmağın başqa yolu
doors-help-mail = Ünvanınızı yazın, keçid poçtla gələcək.
doors-send-link = Giriş keçidini göndər
doors-send-reset = Şifrəni sıfırla
doors-no-address = Bu, e-poçt ünvanı deyil
doors-mail-left = Poçtunuza baxın
doors-mail-left-why = Bu ünvan burada kiməsə məxsusdursa, keçid artıq yoldadır.
doors-mail-left-wait = Bir neçə dəqiqədən sonra heç nə gəlməyib? Arzuolunmaz məktublara baxın və ya iş sahənizin administratorundan keçid istəyin.
doors-back = Girişə qayıt
doors-new-password = Yeni şifrə seçin
doors-new-password-why = Daxil olduğunuz bütün brauzerlərdən çıxış ediləcək.
# Letters of the program itself.
letter-greeting = Salam, { $name }!
letter-entry-subject = { $workspace }: daxil olmaq üçün keçidiniz
letter-entry = Bu keçid sizi { $workspace } iş sahəsinə daxil edir. O, bir gün ərzində bir dəfə işləyir.
letter-reset-subject = { $workspace }: yeni şifrə seçin
letter-reset = Bu keçidlə { $workspace } iş sahəsi üçün yeni şifrə seçirsiniz. O, bir saat ərzində bir dəfə işləyir.
letter-not-you = Bunu siz istəməmisinizsə, heç nə etmək lazım deyil: bu keçid olmadan heç kim daxil ola bilməz.
# Acts in the audit trail, and the entry in the settings.
audit-act-password-changed = Şifrə dəyişdirildi
audit-act-second-step-on = Girişin ikinci addımı aktiv edildi
audit-act-second-step-off = Girişin ikinci addımı söndürüldü
audit-act-recovery-code-used = Bərpa kodu istifadə edildi
settings-security = Təhlükəsizlik
settings-security-hint = Şifrə, ikinci addım və daxil olduğunuz yerlər
# Passkeys.
doors-passkey = Giriş açarı ilə daxil ol
doors-passkey-refused = Bu giriş açarı qəbul edilmədi
doors-failure-too-many = Cəhdlər həddən çoxdur, bir az gözləyin
security-passkeys = Giriş açarları
security-passkeys-why = Giriş açarı telefonunuzda, kompüterinizdə və ya təhlükəsizlik açarındadır; barmaq, üz və ya PIN ilə açılır. Onu tapmaq və ya saxta səhifədə vermək olmaz.
security-passkey-name = Ad
security-passkey-sample = Mənim açarım
security-passkey-make = Giriş açarı əlavə et
security-passkey-added = Giriş açarı əlavə edildi
security-passkey-renamed = Giriş açarının adı dəyişdirildi
security-passkey-removed = Giriş açarı silindi
security-passkey-rename = Adı yadda saxla
security-passkey-remove = Giriş açarını sil
security-passkey-made = Əlavə edilib
security-failure-passkeys = Bu giriş açarı artıq sizdə var və ya açarların sayı həddə çatıb
audit-act-passkey-added = Giriş açarı əlavə edildi
audit-act-passkey-removed = Giriş açarı silindi
