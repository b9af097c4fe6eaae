//! What customers ask for, in five languages, and what else they say. `{n}` stands for a number that differs
//! each time, `{k}` for a small one.

mod english;
mod slavic;
mod southern;

use kit::id::Ids;
use tandem_core::touchpoints::Channel;

use crate::tickets::{Kind, Priority};

/// A thread: its subject, sort, urgency, channel, and what the customer and we write in turn.
pub(super) type Thread = (&'static str, Kind, Priority, Channel, &'static [&'static str]);

/// What is said in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tongue {
    /// Its tag.
    pub(super) tag: &'static str,
    /// How many of a hundred customers write in it.
    pub(super) share: u64,
    /// What they ask for.
    pub(super) threads: &'static [Thread],
    /// How they sign.
    pub(super) regards: &'static str,
    /// What they write when it was not solved after all, and what we answer.
    pub(super) again: (&'static str, &'static str),
    /// The subject of what they write on the day when nothing worked, their words, and what we answer at once and in the
    /// end.
    pub(super) outage: &'static [&'static str],
    /// What they say of it: rating and words.
    pub(super) comments: &'static [(i64, &'static str)],
}

/// The languages of the sample customers.
pub(super) const TONGUES: &[Tongue] = &[
    Tongue {
        tag: "en",
        share: 54,
        threads: english::THREADS,
        regards: "Best regards",
        again: (
            "I am afraid it is back: the same thing happened again this morning.",
            "I am sorry. This time I found the cause, a cache that kept the old value, and it is emptied on every change now.",
        ),
        outage: &[
            "Cannot sign in: error 503",
            "Nobody here can sign in since about nine. The page says 503. Is it you or us?",
            "It is us. Sign-in is down for everybody; the engineers are on it and I will write as soon as I know more.",
            "It works again since 11:47 UTC. A change of last night had filled the connections to our database. We are sorry; the full story follows.",
        ],
        comments: &[
            (
                1,
                "Three weeks for a one-line answer. We had to find it out ourselves.",
            ),
            (2, "It works now, but I had to explain it twice."),
            (3, "Okay, a bit slow."),
            (4, "Good, thank you."),
            (5, "Fast and to the point. Thank you!"),
        ],
    },
    Tongue {
        tag: "pl",
        share: 16,
        threads: slavic::POLISH,
        regards: "Pozdrawiam",
        again: (
            "Niestety problem wrócił, dziś rano znowu to samo.",
            "Przepraszam. Tym razem znaleźliśmy przyczynę: stare ustawienie w pamięci podręcznej. Jest usunięte i nie wróci.",
        ),
        outage: &[
            "Błąd 503 przy logowaniu",
            "Od dziewiątej nikt u nas nie może się zalogować, strona pokazuje 503. Kiedy będzie działać?",
            "To awaria po naszej stronie, dotyczy wszystkich. Inżynierowie już pracują, odezwę się, gdy będę wiedzieć więcej.",
            "Od 11:47 UTC wszystko działa. Nocna zmiana wyczerpała połączenia z bazą danych. Przepraszamy.",
        ],
        comments: &[
            (2, "Odpowiedź dopiero po trzech dniach."),
            (4, "W porządku."),
            (5, "Szybko i konkretnie, dziękuję."),
        ],
    },
    Tongue {
        tag: "ru",
        share: 12,
        threads: slavic::RUSSIAN,
        regards: "С уважением",
        again: (
            "К сожалению, проблема вернулась: сегодня утром то же самое.",
            "Извините. Теперь причина найдена: старое значение оставалось в кэше. Он очищается при каждом изменении.",
        ),
        outage: &[
            "Ошибка 503 при входе",
            "С девяти утра никто не может войти, пишет 503. Это у вас или у нас?",
            "Это у нас, вход не работает ни у кого. Инженеры занимаются, напишу, как только будут новости.",
            "С 11:47 UTC всё работает. Ночное изменение исчерпало соединения с базой. Приносим извинения.",
        ],
        comments: &[
            (1, "Ждали неделю, решили сами."),
            (3, "Нормально, но долго."),
            (5, "Спасибо, очень быстро!"),
        ],
    },
    Tongue {
        tag: "az",
        share: 9,
        threads: southern::AZERBAIJANI,
        regards: "Hörmətlə",
        again: (
            "Təəssüf ki, problem yenidən yarandı, bu səhər eyni vəziyyətdir.",
            "Üzr istəyirik. Bu dəfə səbəbi tapdıq: köhnə dəyər yaddaşda qalırdı. İndi hər dəyişiklikdə silinir.",
        ),
        outage: &[
            "Girişdə 503 xətası",
            "Saat doqquzdan heç kim daxil ola bilmir, 503 yazır. Nə vaxt düzələcək?",
            "Nasazlıq bizdədir, hamıya aiddir. Mühəndislər işləyir, xəbər olan kimi yazacağam.",
            "11:47 UTC-dən hər şey işləyir. Gecəki dəyişiklik bazaya qoşulmaları tükətmişdi. Üzr istəyirik.",
        ],
        comments: &[
            (4, "Yaxşıdır, sağ olun."),
            (5, "Çox operativ cavab, təşəkkürlər!"),
        ],
    },
    Tongue {
        tag: "id",
        share: 9,
        threads: southern::INDONESIAN,
        regards: "Salam hormat",
        again: (
            "Maaf, masalahnya muncul lagi pagi ini.",
            "Mohon maaf. Kali ini penyebabnya ketemu: nilai lama tertinggal di cache. Sekarang cache dikosongkan setiap ada perubahan.",
        ),
        outage: &[
            "Tidak bisa masuk: galat 503",
            "Sejak jam sembilan tidak ada yang bisa masuk, tertulis 503. Apakah gangguan dari sisi Anda?",
            "Benar, gangguan di pihak kami dan terjadi untuk semua. Tim sedang menangani, saya kabari segera.",
            "Sejak 11:47 UTC sudah normal. Perubahan semalam menghabiskan koneksi ke basis data. Kami mohon maaf.",
        ],
        comments: &[(3, "Lumayan, agak lama."), (5, "Cepat dan jelas, terima kasih!")],
    },
];

/// The language with this tag; of one that nobody here speaks, the first.
pub(super) fn tongue(tag: &str) -> &'static Tongue {
    TONGUES.iter().find(|one| one.tag == tag).unwrap_or(&TONGUES[0])
}

/// A language by its share.
pub(super) fn any_tongue(dice: &Ids) -> &'static Tongue {
    let mut left = dice.below(100);
    for one in TONGUES {
        if left < one.share {
            return one;
        }
        left -= one.share;
    }
    &TONGUES[0]
}

/// One of many.
pub(super) fn one_of<'t, T>(of: &'t [T], dice: &Ids) -> &'t T {
    &of[usize::try_from(dice.below(of.len() as u64)).expect("an index fits")]
}

/// Puts the numbers of one thread into its texts.
pub(super) fn spoken(dice: &Ids) -> impl Fn(&str) -> String {
    let (large, small) = (1_000 + dice.below(9_000), 3 + dice.below(38));
    let (large, small) = (large.to_string(), small.to_string());
    move |text| text.replace("{n}", &large).replace("{k}", &small)
}
