//! The 45 Nice classes in a few plain words each, for people who never heard of them.
//!
//! Written for this page after the class headings of the Nice Classification; a label names
//! what small producers look for, not all that a class holds.

use crate::mark::NiceClass;
use crate::score::Language;

/// Classes that small producers of food, drink, clothing and cosmetics file in, shown first.
pub(super) const COMMON: [u8; 5] = [30, 29, 25, 43, 3];

/// What a class holds, in short.
pub(super) fn label(class: NiceClass, language: Language) -> &'static str {
    let (id, en) = LABELS[usize::from(class.number()) - 1];
    match language {
        Language::Id => id,
        Language::En => en,
    }
}

const LABELS: [(&str, &str); NiceClass::MAX as usize] = [
    ("bahan kimia, pupuk", "chemicals, fertilizers"),
    ("cat, pernis, pewarna", "paints, varnishes, dyes"),
    ("kosmetik, sabun, parfum, bahan pembersih", "cosmetics, soap, perfume, cleaning goods"),
    ("pelumas, bahan bakar, lilin, briket", "lubricants, fuels, candles, briquettes"),
    ("obat, jamu, suplemen, makanan bayi", "medicines, herbal remedies, supplements, baby food"),
    ("barang logam, bahan bangunan logam", "metal goods, metal building materials"),
    ("mesin dan alat bermesin", "machines and powered tools"),
    ("perkakas tangan, pisau, alat cukur", "hand tools, knives, razors"),
    ("elektronik, komputer, aplikasi, kacamata, helm", "electronics, computers, apps, spectacles, helmets"),
    ("alat kesehatan", "medical devices"),
    ("lampu, kompor, AC, alat air", "lamps, stoves, air conditioners, plumbing"),
    ("kendaraan dan suku cadang", "vehicles and parts"),
    ("senjata api, kembang api", "firearms, fireworks"),
    ("perhiasan, jam, batu mulia", "jewelry, watches, gems"),
    ("alat musik", "musical instruments"),
    ("kertas, buku, alat tulis, kemasan kertas", "paper, books, stationery, paper packaging"),
    ("karet, plastik, selang, isolasi", "rubber, plastics, hoses, insulation"),
    ("tas, dompet, kulit, payung", "bags, wallets, leather, umbrellas"),
    ("bahan bangunan bukan logam, genteng, batako", "building materials not of metal, tiles, bricks"),
    ("mebel, bambu, rotan, kerajinan kayu", "furniture, bamboo, rattan, wood crafts"),
    ("alat dapur, gelas, keramik, sapu", "kitchenware, glass, ceramics, brooms"),
    ("tali, tenda, karung, jaring", "ropes, tents, sacks, nets"),
    ("benang", "yarns and threads"),
    ("kain, batik lembaran, seprai, selimut", "fabrics, batik cloth, bed linen, blankets"),
    ("pakaian, hijab, alas kaki, topi", "clothing, headscarves, footwear, hats"),
    ("renda, kancing, bros, hiasan rambut", "lace, buttons, brooches, hair ornaments"),
    ("karpet, tikar, keset, wallpaper", "carpets, mats, wallpaper"),
    ("mainan, alat olahraga", "toys, sporting goods"),
    ("daging, ikan, keripik buah, abon, telur, susu, minyak", "meat, fish, fruit crisps, eggs, milk, oils"),
    ("kopi, teh, kue, roti, mi, bumbu, sambal, camilan tepung", "coffee, tea, cakes, bread, noodles, spices, sauces, snacks"),
    ("hasil tani segar, benih, bibit, pakan ternak", "fresh produce, seeds, seedlings, animal feed"),
    ("air minum, sari buah, minuman tanpa alkohol, bir", "water, juices, soft drinks, beer"),
    ("minuman beralkohol", "alcoholic drinks"),
    ("rokok, tembakau, vape", "cigarettes, tobacco, vapes"),
    ("toko, toko daring, iklan, waralaba", "shops, online shops, advertising, franchising"),
    ("keuangan, koperasi simpan pinjam, properti", "finance, credit cooperatives, real estate"),
    ("bangunan, bengkel, servis, cuci", "building, repair, servicing, laundry"),
    ("telekomunikasi, siaran", "telecommunications, broadcasting"),
    ("angkutan, kurir, wisata, gudang", "transport, couriers, travel, storage"),
    ("jasa pengolahan, sablon, konveksi, cetak", "processing, screen printing, tailoring, printing"),
    ("pendidikan, kursus, hiburan, acara", "education, courses, entertainment, events"),
    ("jasa teknologi, perangkat lunak, desain", "technology, software, design services"),
    ("warung, restoran, kafe, katering, penginapan", "food stalls, restaurants, cafés, catering, lodging"),
    ("klinik, salon, pijat, pertanian", "clinics, beauty salons, massage, farming services"),
    ("jasa hukum, keamanan, sosial", "legal, security and social services"),
];
