# Followers and mentions: who wants to know how a ticket goes on.
panel-mentions = Qeyd edilənlər və izlənilənlər
followers-title = Kim izləyir
followers-follow = İzlə
followers-unfollow = İzləməyi dayandır
followers-unfollow-one = #{ $number } müraciətini izləməyi dayandır
followers-begun = Bu müraciəti izləyirsiniz
followers-ended = Bu müraciəti daha izləmirsiniz
followers-mentions = Adım çəkilənlər
followers-followed = İzlədiklərim
followers-no-mentions = Hələ heç kim adınızı çəkməyib
followers-no-mentions-text = Həmkarın @ işarəsindən sonra adınızı yazdığı qeydlər burada görünür.
followers-none = Heç nə izləmirsiniz
followers-none-text = Müraciəti izləyin ki, kimsə yazanda burada görəsiniz.
followers-no-news = İzlədiklərinizdə yenilik yoxdur və adınız çəkilməyib.
followers-new = Yeni
followers-names = Adı çəkiləcək şəxslər
