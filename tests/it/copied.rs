//! What stands on a copy of a document (`ban_sao`): all of it on one page, behind the end, whatever stands before it.

use crate::pdf;
use crate::support::pdf_of;

const PLAN: &str = "\
loai: ke_hoach
co_quan: { ten: Xã Mẫu, viet_tat: UBND }
dia_danh: Mẫu
ngay: 2026
trich_yeu: Trồng cây
noi_nhan: ['Lưu: VT']
ky: { chuc_vu: Chủ tịch, ho_ten: Nguyễn Văn An }
ban_sao:
  hinh_thuc: sao_luc
  co_quan: { ten: Trường Tiểu học Hoa Mai, viet_tat: THHM }
  so: 7
  dia_danh: Phường Thủ Dầu Một
  noi_nhan: [Tổ chuyên môn, 'Lưu: Kho']
  ky: { chuc_vu: Hiệu trưởng, ho_ten: Đỗ Thị Lan }
";

/// The pages of the first of the copy's words and of its last, and how many pages there are.
fn pages(more: &str) -> (usize, usize, usize) {
    let bytes = pdf_of(&format!("{PLAN}{more}")).unwrap_or_else(|found| panic!("{more}: {found:?}"));
    let facts = pdf::read(&bytes);
    let mut text = String::new();
    let mut places = Vec::new();
    for glyph in &facts.glyphs {
        if !glyph.c.is_whitespace() {
            text.push(glyph.c);
            places.push(glyph.page);
        }
    }
    let page =
        |words: &str| places[text[..text.find(words).unwrap_or_else(|| panic!("{words}: {text}"))].chars().count()];
    (page("SAOLỤC"), page("ĐỗThịLan"), places.iter().max().unwrap() + 1)
}

#[test]
fn a_copy_is_never_split() {
    let mut moved = false;
    for paragraphs in 12..26 {
        let (first, last, count) = pages(&format!("noi_dung: |\n{}", "  Trồng cây ở các thôn.\n\n".repeat(paragraphs)));
        assert!(first == last && last + 1 == count, "{paragraphs}: {first}, {last} of {count}");
        moved |= first == 1;
    }
    assert!(moved, "all stands on the first page");
}

#[test]
fn a_copy_stands_behind_the_last_appendix() {
    for turned in ["doc", "ngang"] {
        let more = format!(
            "noi_dung: Trồng cây.\nphu_luc:\n  - {{ tieu_de: Một, noi_dung: Hai. }}\n  - {{ tieu_de: Ba, huong: {turned}, noi_dung: Bốn. }}\n"
        );
        assert_eq!(pages(&more), (2, 2, 3), "{turned}");
    }
}

/// Word breaks a table between rows whose paragraphs do not stay with the next.
#[test]
fn a_copy_is_never_split_in_word() {
    let built = crate::support::build_text(&format!("{PLAN}noi_dung: Trồng cây.\n"));
    let sheet = built.ready.unwrap().sheet;
    let Some(vanthu::sheet::Item::Columns(block)) = sheet.sections[0].items.last() else { panic!("no block") };
    let kept = |item: &vanthu::sheet::Item| match item {
        vanthu::sheet::Item::Par(par) => par.keep_next,
        vanthu::sheet::Item::Rule(rule) => rule.keep_next,
        _ => true,
    };
    let rows = block.rows.len();
    assert!(rows > 2 && block.rows[..rows - 1].iter().flatten().flatten().all(kept));
}

#[test]
fn a_copy_with_more_recipients_than_a_page_holds_flows_on() {
    let many = PLAN.replace("noi_nhan: [Tổ chuyên môn,", &format!("noi_nhan: [{}", "Trường bên cạnh, ".repeat(80)));
    assert!(pdf_of(&format!("{many}noi_dung: Trồng cây.\n")).is_ok());
}

#[test]
fn the_number_of_an_extract_may_begin_anywhere() {
    let plan = format!("{PLAN}noi_dung: |\n  3. Một.\n  5. Hai.\n");
    let codes =
        |plan: &str| crate::support::build_text(plan).diagnostics.iter().map(|d| d.code.name).collect::<Vec<_>>();
    assert_eq!(codes(&plan), ["thu-tu-sai", "thu-tu-sai"]);
    assert!(codes(&plan.replace("sao_luc", "trich_sao")).is_empty());
}
