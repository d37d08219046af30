//! Every key that holds text reaches the sheet, the PDF, the Word file, `bien`, and the tags of Word templates. The keys
//! come from the tables: one that is added there fails here until its words are on paper.

use crate::support::{build, studio};
use std::collections::{BTreeMap, BTreeSet};
use vanthu::decree30::phrases::XAC_NHAN;
use vanthu::draft::keys::{self, Keys, Shape};
use vanthu::draft::parts::{PARTS, Tag};
use vanthu::expand::needs::needs;
use vanthu::ooxml::package::{Package, pack};
use vanthu::pipeline::{self, Folder, Studio};
use vanthu::write::by_extension;
use vanthu::write::docx::template::{BUILT_IN, WordTemplate};

/// Keys of text shape whose values are no words on paper, and why.
const NOT_PRINTED: &[(&str, &str)] = &[
    ("danh_sach", "how a list looks"),
    ("phu_luc.huong", "a word that is chosen"),
    ("khối.khi", "an expression"),
    ("khối.lap", "an expression"),
    ("hàng.khi", "an expression"),
    ("hàng.lap", "an expression"),
    ("bang.tu_tep", "the name of a file"),
    ("hinh.tep", "the name of a file"),
    ("ban_sao.hinh_thuc", "a word that is chosen"),
    ("ban_sao.ky_hieu", "takes the place of co_quan.viet_tat"),
    ("ky_hieu", "takes the place of co_quan.viet_tat: the second plan"),
];

/// A plan with a variable in every text; `{}` stands for it.
const PLAN: &str = r#"loai: bao_cao
co_quan: { chu_quan: "{co_quan.chu_quan}", ten: "{co_quan.ten}", viet_tat: "{co_quan.viet_tat}" }
so: "{so}"
dia_danh: "{dia_danh}"
ngay: "{ngay}"
trich_yeu: "{trich_yeu}"
kinh_gui: ["{kinh_gui}"]
can_cu: ["{can_cu}"]
mo_dau: "{mo_dau}"
noi_dung:
  - phan: "{khối.phan}"
    noi_dung:
      - chuong: "{khối.chuong}"
        noi_dung:
          - muc: "{khối.muc}"
            noi_dung:
              - tieu_muc: "{khối.tieu_muc}"
                noi_dung:
                  - dieu: "{khối.dieu}"
                    noi_dung:
                      - khoan: "{khối.khoan}"
                        noi_dung: "{khối.noi_dung}"
  - diem: "{khối.diem}"
    so: "{khối.so}"
  - gach: "{khối.gach}"
  - cong: "{khối.cong}"
  - sao: "{khối.sao}"
  - ngoac: "{khối.ngoac}"
  - doan: "{khối.doan}"
  - "{noi_dung}"
  - bang:
      tieu_de: "{bang.tieu_de}"
      don_vi_tinh: "{bang.don_vi_tinh}"
      cot: [{ ten: "{cot.ten}" }, { ten: Nhóm, cot: [{ ten: "{cot.cot}" }] }]
      so_cot: ["{bang.so_cot}", "2"]
      hang: [["{bang.hang}", { noi_dung: "{ô.noi_dung}" }], { o: ["{hàng.o}", ""] }]
  - hinh: { tep: cap-so.png, tieu_de: "{hinh.tieu_de}" }
ket: "{ket}"
noi_nhan: ["{noi_nhan}"]
ky: { vai: "{ky.vai}", quyen_han: "{ky.quyen_han}", chuc_vu: "{ky.chuc_vu}", ho_ten: "{ky.ho_ten}" }
phu_luc:
  - { tieu_de: "{phu_luc.tieu_de}", kem_theo: "{phu_luc.kem_theo}", noi_dung: "{phu_luc.noi_dung}" }
luu_hanh: "{luu_hanh}"
nguoi_soan: "{nguoi_soan}"
dia_chi: "{dia_chi}"
"#;

/// The plan in the other forms, with the keys that they have.
fn of_other_forms() -> Vec<String> {
    let (addressees, subject) = (r#"kinh_gui: ["{kinh_gui}"]"#, "trich_yeu: \"{trich_yeu}\"\n");
    let of = |kind: &str, keys: &str| PLAN.replace("loai: bao_cao", &format!("loai: {kind}")).replace(addressees, keys);
    let person = "ong_ba: \"{G.ong_ba}\", chuc_vu: \"{G.chuc_vu}\", ";
    let introduced = format!(
        "gioi_thieu: {{ {person}cu_den: \"{{G.cu_den}}\", ve_viec: \"{{G.ve_viec}}\", gia_tri_den: \"{{G.gia_tri_den}}\" }}"
    );
    let leave = format!(
        "nghi_phep: {{ ngay_don: \"{{G.ngay_don}}\", {person}thoi_gian: \"{{G.thoi_gian}}\", tu: \"{{G.tu}}\", den: \"{{G.den}}\", tai: \"{{G.tai}}\", tinh_vao: \"{{G.tinh_vao}}\" }}"
    );
    let party = ["goi", "ten", "dia_chi", "dien_thoai", "ma_so_thue", "tai_khoan", "dai_dien", "chuc_vu", "khac"]
        .map(|key| format!("{key}: \"{{cac_ben.{key}}}\""))
        .join(", ");
    let copy = "ban_sao:\n  hinh_thuc: sao_y\n  co_quan: { ten: \"{ban_sao.co_quan.ten}\", viet_tat: \"{ban_sao.co_quan.viet_tat}\" }\n  so: \"{ban_sao.so}\"\n  dia_danh: \"{ban_sao.dia_danh}\"\n  ngay: \"{ban_sao.ngay}\"\n  noi_nhan: [\"{ban_sao.noi_nhan}\"]\n  ky: { chuc_vu: Chủ tịch }";
    vec![
        of(
            "quyet_dinh",
            "tham_quyen: \"{tham_quyen}\"\nkem_theo:\n  - { loai: quy_che, trich_yeu: \"{kem_theo.trich_yeu}\", can_cu: [\"{kem_theo.can_cu}\"], mo_dau: \"{kem_theo.mo_dau}\", noi_dung: \"{kem_theo.noi_dung}\", ket: \"{kem_theo.ket}\", phu_luc: [{ tieu_de: \"{kem_theo.phu_luc}\", noi_dung: Một. }] }\n  - { ten_loai: \"{kem_theo.ten_loai}\", trich_yeu: Điều lệ của hội, kem_theo: \"{kem_theo.kem_theo}\", noi_dung: Một. }",
        ),
        of("cong_van", "don_vi_soan: \"{don_vi_soan}\"\nkinh_gui: [\"{kinh_gui}\"]"),
        of("cong_dien", r#"noi_nhan_dien: "{noi_nhan_dien}""#),
        of(
            "giay_moi",
            "kinh_moi: \"{kinh_moi}\"\ncuoc_hop: { toi_du: \"{cuoc_hop.toi_du}\", chu_tri: \"{cuoc_hop.chu_tri}\", thoi_gian: \"{cuoc_hop.thoi_gian}\", dia_diem: \"{cuoc_hop.dia_diem}\" }",
        ),
        of(
            "bien_ban",
            "cuoc_hop: { bat_dau: \"{cuoc_hop.bat_dau}\", dia_diem: \"{cuoc_hop.dia_diem}\", thanh_phan: [\"{cuoc_hop.thanh_phan}\"], chu_tri: \"{cuoc_hop.chu_tri}\", thu_ky: \"{cuoc_hop.thu_ky}\", ket_thuc: \"{cuoc_hop.ket_thuc}\" }",
        )
        .replace("dia_danh: \"{dia_danh}\"\nngay: \"{ngay}\"\n", ""),
        of("giay_gioi_thieu", &introduced.replace("{G.", "{gioi_thieu.")).replace(subject, ""),
        of("giay_nghi_phep", &leave.replace("{G.", "{nghi_phep.")).replace(subject, ""),
        of("hop_dong", &format!("cac_ben: [{{ {party} }}, {{ ten: Bên kia }}]")),
        of("thu_cong", addressees),
        of("to_trinh", &format!("{addressees}\n{copy}")),
    ]
}

/// The paths of all keys that hold text.
fn text_keys(keys: &'static Keys, path: &str, seen: &mut BTreeSet<String>) {
    for key in keys.keys {
        let own = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        match key.shape {
            Shape::Text | Shape::Texts | Shape::TextList | Shape::Body | Shape::Rows | Shape::Marks => {
                seen.insert(own);
            }
            Shape::Map(inner) | Shape::MapOrMaps(inner) | Shape::Maps(inner) if inner.name != keys.name => {
                text_keys(inner, inner.name, seen)
            }
            Shape::Maps(_) => drop(seen.insert(own)),
            _ => {}
        }
    }
}

/// Makes the plan: each `{key}` is a variable with a word of its own. Gives the plan and the words by key.
fn plan(text: &str) -> (String, BTreeMap<String, String>) {
    let mut words = BTreeMap::new();
    let (mut out, mut variables) = (String::new(), String::from("bien:\n"));
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once("\"{") {
        let (key, after) = tail.split_once("}\"").unwrap();
        let n = u8::try_from(words.len()).unwrap();
        let letters: String = [n / 26, n % 26].map(|i| char::from(b'a' + i)).iter().collect();
        let word = match key {
            "so" | "ban_sao.so" => "7319".to_owned(),
            "ngay" | "ban_sao.ngay" => "27/8/2031".to_owned(),
            "khối.so" => "đ".to_owned(),
            "co_quan.viet_tat" | "ban_sao.co_quan.viet_tat" | "ky_hieu" | "don_vi_soan" => {
                format!("VT{}", letters.to_uppercase())
            }
            _ => format!("Mốc{letters}"),
        };
        out.push_str(&format!("{before}\"{{{{ b_{letters} }}}}\""));
        variables.push_str(&format!("  b_{letters}: \"{word}\"\n"));
        words.insert(key.to_owned(), word);
        rest = after;
    }
    (out + rest + &variables, words)
}

/// Letters for comparing: the decree asks for capitals in places, and blanks may be anywhere.
fn folded(text: &str) -> String {
    text.to_uppercase().chars().filter(|c| !c.is_whitespace()).collect()
}

/// What the words of a key look like on paper.
fn on_paper(key: &str, word: &str) -> String {
    match key {
        "ngay" | "ban_sao.ngay" => folded("ngày 27 tháng 8 năm 2031"),
        "khối.so" => folded("đ)"),
        _ => folded(word),
    }
}

fn reaches_everything(text: &str) -> BTreeSet<String> {
    let (plan, words) = plan(text);
    let folder = tempfile::tempdir().unwrap();
    let mut image = image::RgbImage::new(60, 40);
    image.fill(128);
    image.save(folder.path().join("cap-so.png")).unwrap();
    let path = folder.path().join("k.yaml");
    std::fs::write(&path, &plan).unwrap();
    let (built, files) = build(&path);
    let report = crate::support::report(&built);
    let ready = built.ready.unwrap_or_else(|| panic!("{plan}\n{report}"));
    let mut sheet = String::new();
    ready.sheet.visit(&mut |par| {
        for run in par.marker.iter().flatten().chain(&par.runs) {
            match run {
                vanthu::sheet::Run::Entry(entry) => sheet.push_str(&entry.chars.text),
                other => sheet.push_str(other.chars().map_or("", |c| c.text.as_str())),
            }
        }
    });
    let formats = [by_extension("pdf").unwrap(), by_extension("docx").unwrap()];
    let (_, mut written) = pipeline::write(studio(), &ready, &files, &formats, true).expect("proven");
    let docx = written.remove(1).outputs.remove(0).bytes;
    let pdf: String = crate::pdf::read(&written.remove(0).outputs.remove(0).bytes).glyphs.iter().map(|g| g.c).collect();
    let word: String = Package::read(&docx)
        .unwrap()
        .parts()
        .filter(|(name, _)| name.starts_with("word/") && name.ends_with(".xml"))
        .map(|(_, bytes)| texts_of(&String::from_utf8_lossy(bytes)))
        .collect();
    let source = pipeline::Plan::read("k.yaml", plan.as_bytes(), &Folder::new("")).unwrap();
    let listed: BTreeSet<String> =
        needs(source.draft().unwrap(), source.source()).into_iter().map(|n| n.name).collect();
    assert_eq!(listed.len(), words.len(), "{listed:?}");
    for (key, value) in &words {
        let wanted = on_paper(key, value);
        for (place, text) in [("sheet", &sheet), ("PDF", &pdf), ("Word file", &word)] {
            assert!(folded(text).contains(&wanted), "{key}: “{value}” is not in the {place}");
        }
    }
    words.into_keys().collect()
}

/// The text of an XML part of a Word file.
fn texts_of(xml: &str) -> String {
    let document = roxmltree::Document::parse(xml).unwrap();
    document
        .descendants()
        .filter(|n| n.has_tag_name(("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "t")))
        .filter_map(|n| n.text())
        .collect()
}

#[test]
fn the_words_of_every_key_are_on_paper() {
    let mut reached = reaches_everything(PLAN);
    let second = PLAN.replace(r#", viet_tat: "{co_quan.viet_tat}" }"#, " }\nky_hieu: \"{ky_hieu}\"");
    reached.extend(reaches_everything(&second));
    of_other_forms().iter().for_each(|plan| reached.extend(reaches_everything(plan)));
    let mut wanted = BTreeSet::new();
    text_keys(&keys::PLAN, "", &mut wanted);
    text_keys(&keys::BLOCK_KINDS, "khối", &mut wanted);
    text_keys(&keys::BLOCK_OPTIONS, "khối", &mut wanted);
    text_keys(&keys::O_BANG, "ô", &mut wanted);
    text_keys(&keys::HANG, "hàng", &mut wanted);
    let excused =
        |key: &String| NOT_PRINTED.iter().any(|(name, _)| key == name || key.starts_with(&format!("{name}.")));
    let missing: Vec<&String> = wanted.iter().filter(|k| !reached.contains(*k) && !excused(k)).collect();
    assert!(missing.is_empty(), "these keys hold text and stand in no plan of this test: {missing:?}");
}

#[test]
fn every_part_has_a_tag_that_prints_it() {
    let tags: String = PARTS
        .iter()
        .filter(|row| row.tag != Tag::No)
        .map(|row| {
            let tag = match row.tag {
                Tag::List(_) => format!("{{{{ {} | join(\", \") }}}}", row.key),
                _ => format!("{{{{ {} }}}}", row.key),
            };
            format!("<w:p><w:r><w:t>[{}: {tag}]</w:t></w:r></w:p>", row.key)
        })
        .collect();
    let mut package = Package::read(BUILT_IN).unwrap();
    let old = String::from_utf8(package.get("word/document.xml").unwrap().to_vec()).unwrap();
    let at = old[..old.find("{{p phu_luc }}").unwrap()].rfind("<w:p>").unwrap();
    package.set("word/document.xml", format!("{}{tags}{}", &old[..at], &old[at..]).into_bytes());
    let word = WordTemplate::new(&pack(package.parts()).unwrap(), true).unwrap_or_else(|f| panic!("{f:?}"));
    let own = Studio::new(None, None).with_word(word);
    let mut printed = BTreeSet::new();
    for typed in of_other_forms().into_iter().chain([PLAN.to_owned()]) {
        let (plan, words) = plan(&typed.replace("  - hinh: { tep: cap-so.png, tieu_de: \"{hinh.tieu_de}\" }\n", ""));
        let text = folded(&texts_of(&main_part(&own, &plan)));
        for row in PARTS.iter().filter(|row| row.tag != Tag::No) {
            let Some(value) = words.get(row.key) else { continue };
            let wanted = folded(&format!("[{}: {}]", row.key, on_paper(row.key, value)));
            assert!(text.contains(&wanted), "{wanted} is not in {text}");
            printed.insert(row.key);
        }
    }
    let missing = PARTS.iter().filter(|row| row.tag != Tag::No && !printed.contains(row.key));
    assert_eq!(missing.map(|row| row.key).collect::<Vec<_>>(), ["ky_hieu"]);
}

/// The main part of the Word file of a plan.
fn main_part(studio: &Studio, plan: &str) -> String {
    let folder = Folder::new("");
    let built = pipeline::build("k.yaml", plan.as_bytes(), &folder, &[], studio.faces());
    let report = crate::support::report(&built);
    let ready = built.ready.unwrap_or_else(|| panic!("{plan}\n{report}"));
    let (_, mut written) = pipeline::write(studio, &ready, &folder, &[by_extension("docx").unwrap()], true).unwrap();
    let bytes = written.remove(0).outputs.remove(0).bytes;
    String::from_utf8(Package::read(&bytes).unwrap().get("word/document.xml").unwrap().to_vec()).unwrap()
}

/// Signers behind the first are no parts: their words are on paper all the same, beside each other and in order.
#[test]
fn every_signer_is_on_paper() {
    let signer =
        |n: usize| format!("  - {{ vai: Vai{n}, quyen_han: TM. Quyền{n}, chuc_vu: Chức{n}, ho_ten: Tên{n} }}\n");
    for count in 1..=6 {
        let plan = crate::support::complete(&format!("ky:\n{}", (1..=count).map(signer).collect::<String>()));
        let folder = Folder::new("");
        let built = pipeline::build("k.yaml", plan.as_bytes(), &folder, &[], studio().faces());
        let report = crate::support::report(&built);
        let ready = built.ready.unwrap_or_else(|| panic!("{plan}\n{report}"));
        let formats = ["pdf", "docx", "txt"].map(|f| by_extension(f).unwrap());
        let (_, written) = pipeline::write(studio(), &ready, &folder, &formats, true).expect("proven");
        let glyphs = crate::pdf::read(&written[0].outputs[0].bytes).glyphs;
        let text: String = glyphs.iter().map(|g| g.c).collect();
        let word = texts_of(&main_part(studio(), &plan));
        for n in 1..=count {
            for wanted in [format!("VAI{n}"), format!("TM. QUYỀN{n}"), format!("CHỨC{n}"), format!("Tên{n}")] {
                assert!(text.contains(&wanted) && word.contains(&wanted), "{count} signers: {wanted}");
            }
        }
        // Columns of one width: the middles of the names are as far from each other.
        let middle = |n: usize| {
            let at = text.match_indices(&format!("Tên{n}")).last().unwrap().0;
            let first = text[..at].chars().count();
            ((glyphs[first].x0 + glyphs[first + 3].x1) / 2.0, glyphs[first].y)
        };
        let in_row = if count <= 3 { count } else { count.div_ceil(2) };
        for n in 2..in_row {
            let (a, b, c) = (middle(n - 1), middle(n), middle(n + 1));
            assert!(((b.0 - a.0) - (c.0 - b.0)).abs() < 0.5, "{count} signers: {a:?} {b:?} {c:?}");
            assert!((a.1 - b.1).abs() < 0.1 && (b.1 - c.1).abs() < 0.1, "{count} signers are not level");
        }
    }
}

/// What the form itself adds below the recipients does not depend on how many sign.
#[test]
fn the_confirmation_of_leave_stands_below_several_signers_too() {
    let one = std::fs::read_to_string(crate::support::root().join("samples/giay-nghi-phep.yaml")).unwrap();
    let signer = "  - { chuc_vu: Trưởng phòng, ho_ten: Lê Văn Tám }\n";
    let two =
        one.replace("ky:\n  quyen_han", "ky:\n  - quyen_han").replace("\n  chuc_vu: Chánh", "\n    chuc_vu: Chánh");
    let two = two.replace("\n  ho_ten: Nguyễn Quốc", "\n    ho_ten: Nguyễn Quốc") + signer;
    for plan in [one, two] {
        let text = folded(&texts_of(&main_part(studio(), &plan)));
        assert!(text.contains(&folded(XAC_NHAN)), "{plan}");
    }
}

/// A text that stands twice in the plan must stand twice in the file, whatever the template leaves out.
#[test]
fn a_template_without_the_signature_is_refused_though_the_names_stand_elsewhere() {
    let path = crate::support::root().join("tests/word-templates");
    let plan = std::fs::read_to_string(crate::support::root().join("samples/bien-ban.yaml")).unwrap();
    let (mut refused, mut kept) = (0, 0);
    for path in crate::support::files(path, "docx") {
        let word = WordTemplate::new(&std::fs::read(&path).unwrap(), true).unwrap();
        let whole = word.prints("cuoi_van_ban");
        let own = Studio::new(None, None).with_word(word);
        let folder = Folder::new("");
        let ready = pipeline::build("k.yaml", plan.as_bytes(), &folder, &[], own.faces()).ready.unwrap();
        let written = pipeline::write(&own, &ready, &folder, &[by_extension("docx").unwrap()], true);
        match written {
            Ok(_) => {
                assert!(whole, "{}: the second signer is lost without a word", path.display());
                kept += 1;
            }
            Err(problem) => {
                assert_eq!(problem.code.name, "mau-word-thieu", "{}", path.display());
                refused += 1;
            }
        }
    }
    assert!(refused > 0 && kept > 0, "{refused} refused, {kept} kept");
}

#[test]
fn a_drafter_is_on_paper_without_recipients_too() {
    let plan = "loai: thu_cong\nco_quan: { ten: Sở Y tế }\ndia_danh: Huế\nngay: 2026\nnoi_dung: Chúc mừng.\nnguoi_soan: AB.(9)\nky: { chuc_vu: Giám đốc, ho_ten: Lê An }\n";
    assert!(crate::support::pdf_of(plan).is_ok());
}
