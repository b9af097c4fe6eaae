# What the workspace's own fields say of tickets.
details-taken-back = Sahələr əvvəlki dəyərlərinə qayıtdı
details-rule = Bu sahə hansı müraciətlərdə var
details-kinds = Müraciət növləri
details-kinds-hint = Heç birini seçməsəniz, sahə hər müraciətdə olacaq. Müraciətdə artıq olmayan sahə öz dəyərini saxlayır.
details-when = Göstərilir
details-when-hint = Həmişə və ya yalnız başqa sahədə bu dəyər olduqda
details-is-before-solving = Həlldən əvvəl doldurulur
details-is-before-solving-hint = Müraciəti həll edəndən bu soruşulur. Öz-özünə həll olunan dayandırılmır.
details-save-rule = Yadda saxla
details-rule-was-set = “{ $name }” sahəsinin hansı müraciətlərdə olduğu yadda saxlandı
details-before-solving = Həll olunmazdan əvvəl
details-before-solving-text = Bunu doldurun, göndərdiyiniz də icra olunacaq.
details-fill-and-go = Doldur və davam et
details-missing = Həll olunmazdan əvvəl bunu doldurun
details-missing-names = Həll olunmazdan əvvəl doldurun: { $names }
details-failure-condition = Sahə ondan asılı olmayan başqa sahədəki seçimdən asılı olur
details-failure-stale = Siz yazarkən kimsə bunu dəyişdirdi. Öz variantınızla əvəz etmək üçün yenidən yadda saxlayın.
