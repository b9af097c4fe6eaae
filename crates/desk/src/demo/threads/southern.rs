//! What customers ask for in Azerbaijani and Indonesian.

use tandem_core::touchpoints::Channel::{Chat, Email, InPerson, Phone};

use super::Thread;
use crate::tickets::{Kind, Priority};

pub(super) const AZERBAIJANI: &[Thread] = &[
    (
        "Hesabatı necə paylaşa bilərəm?",
        Kind::Question,
        Priority::Low,
        Chat,
        &[
            "Salam, aylıq hesabatı rəhbərimizlə necə paylaşa bilərəm? Onun hesabı yoxdur.",
            "Salam! Hesabatın yuxarısında \"Paylaş\" düyməsi var: keçid yeddi gün açıq qalır və hesab tələb etmir.",
        ],
    ),
    (
        "{n} nömrəli qaimədə məbləğ səhvdir",
        Kind::Billing,
        Priority::Normal,
        Email,
        &[
            "Salam, {n} nömrəli qaimədə endirim nəzərə alınmayıb. Zəhmət olmasa, yoxlayın.",
            "Salam, haqlısınız: endirim yalnız növbəti aydan yazılmışdı. Düzəldilmiş qaimə göndərildi.",
            "Çox sağ olun, aldıq.",
        ],
    ),
    (
        "Bildirişlər telefona gəlmir",
        Kind::Problem,
        Priority::Normal,
        Email,
        &[
            "Yenilənmədən sonra növbətçilərimizə bildiriş gəlmir, sifarişləri gec görürük.",
            "Yeni versiya bildiriş üçün icazəni yenidən soruşur, çoxları onu bağlayıb. Telefonda Tənzimləmələr, Bildirişlər bölməsində icazə verin, zəhmət olmasa.",
            "İcazə verdik, işləyir.",
        ],
    ),
    (
        "Kassada printer çap etmir",
        Kind::Problem,
        Priority::Urgent,
        InPerson,
        &[
            "Ofisə gəldilər: səhərdən kassada qəbz çıxmır, növbə var.",
            "Printerin ünvanı dəyişmişdi, sistemdə yenilədik. Sınaq qəbzi çıxdı.",
        ],
    ),
    (
        "API açarının müddəti nə qədərdir?",
        Kind::Technical,
        Priority::Low,
        Email,
        &[
            "İnteqrasiya yazırıq. Açarın müddəti bitəndə xəbərdarlıq gəlirmi?",
            "Bəli, 14 və 3 gün əvvəl açarın sahibinə məktub gəlir. Müddəti özünüz seçirsiniz, ən çoxu bir il.",
        ],
    ),
];

pub(super) const INDONESIAN: &[Thread] = &[
    (
        "Tagihan dobel bulan ini",
        Kind::Billing,
        Priority::High,
        Email,
        &[
            "Halo, bulan ini kami ditagih dua kali untuk langganan yang sama. Mohon dicek.",
            "Halo, benar, tagihan kedua adalah kesalahan kami. Sudah kami batalkan dan dananya kembali dalam tiga hari kerja. Mohon maaf.",
            "Terima kasih, sudah kami terima.",
        ],
    ),
    (
        "Cara menambah gudang baru",
        Kind::Question,
        Priority::Normal,
        Chat,
        &[
            "Selamat pagi, kami membuka gudang di Surabaya. Bagaimana menambahkannya tanpa mengganggu stok yang ada?",
            "Selamat pagi! Buka Pengaturan, Gudang, lalu \"Tambah\". Stok gudang lain tidak berubah; pemindahan dibuat terpisah.",
        ],
    ),
    (
        "Pesanan {n} tidak muncul di aplikasi",
        Kind::Problem,
        Priority::High,
        Email,
        &[
            "Pesanan {n} sudah dibayar tetapi tidak terlihat oleh tim lapangan. Yang lain muncul.",
            "Pesanan itu tersimpan di cabang Bandung karena kode posnya. Sudah kami pindahkan, dan aturan kode pos kami perbaiki hari ini.",
            "Sudah muncul. Terima kasih banyak.",
        ],
    ),
    (
        "Minta ekspor semua data tahun lalu",
        Kind::Account,
        Priority::Low,
        Email,
        &[
            "Untuk audit kami perlu semua transaksi tahun lalu dalam satu berkas. Apakah bisa?",
            "Bisa. Berkasnya sedang dibuat dan tautannya dikirim ke alamat ini; berlaku tujuh hari.",
        ],
    ),
    (
        "Ditelepon: aplikasi lambat di jam sibuk",
        Kind::Technical,
        Priority::Normal,
        Phone,
        &[
            "Menelepon: antara jam 11 dan 13 layar kasir lambat di {k} toko.",
            "Di jam itu laporan harian dihitung bersamaan dengan penjualan. Mulai besok laporan dihitung jam 5 pagi.",
        ],
    ),
];
