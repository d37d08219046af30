//! What portals and converters do to documents: everything of a foot on one line, sentences cut where a page ended.

use vanthu::import::proof::{self, Difference, FileWords};
use vanthu::import::recognise::recognise;
use vanthu::import::{text, yaml};

/// The plan of a text, which must have all its words.
fn plan_of(typed: &str) -> String {
    let stream = text::read(typed);
    let recognised = recognise(&stream);
    let difference = proof::compare(&mut FileWords::of(&stream), &recognised);
    assert_eq!(difference, Difference::default(), "{typed}");
    yaml::write(&recognised.found, "tep.txt")
}

fn letter(foot: &str) -> String {
    format!(
        "UBND XÃ MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/KH-UBND\nKẾ HOẠCH\nTrồng cây\n\n1. Trồng cây.\n\n2. Hết.\n\n{foot}\n"
    )
}

#[test]
fn recipients_on_one_line_are_parted() {
    let plan = plan_of(&letter(
        "Nơi nhận: - Sở Nội vụ (để b/c); - Các Phòng: VH-XH, KT. - Trường Tiểu học A - B; - Lưu: VT, NC (2).\n\
         KT. CHỦ TỊCH PHÓ CHỦ TỊCH     Lê Văn An",
    ));
    for line in [
        "  - Sở Nội vụ (để b/c)\n",
        "  - \"Các Phòng: VH-XH, KT.\"\n",
        "  - Trường Tiểu học A - B\n",
        "  - \"Lưu: VT, NC (2)\"\n",
        "chuc_vu: Phó Chủ tịch",
        "KT. Chủ tịch",
        "ho_ten: Lê Văn An",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
}

#[test]
fn a_dash_inside_a_recipient_parts_nothing() {
    let plan =
        plan_of(&letter("Nơi nhận:\n- Phòng Văn hóa - Xã hội (2 bản) - để biết;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An"));
    assert!(plan.contains("  - Phòng Văn hóa - Xã hội (2 bản) - để biết\n"), "{plan}");
}

#[test]
fn sentences_cut_by_the_end_of_a_page_are_whole_again() {
    let cut = "Ủy ban nhân dân xã giao các thôn rà soát diện tích đất trống\n\n\nđể trồng cây phân tán trong năm 2027.";
    let plan = plan_of(&letter(&format!("{cut}\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An")));
    assert!(plan.contains("diện tích đất trống để trồng cây"), "{plan}");
    // A whole sentence, a title, a line of a table, a marker: they stay apart.
    for apart in [
        "Ủy ban nhân dân xã giao các thôn rà soát diện tích đất trống.\n\nđể trồng cây phân tán trong năm 2027.",
        "Rà soát đất trống\n\nđể trồng cây phân tán trong năm 2027.",
        "Ủy ban nhân dân xã giao các thôn rà soát diện tích đất trống\n\na) để trồng cây phân tán trong năm 2027.",
    ] {
        let plan = plan_of(&letter(&format!("{apart}\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An")));
        assert!(!plan.contains("trống để") && !plan.contains("trống. để") && !plan.contains("trống a)"), "{plan}");
    }
}
