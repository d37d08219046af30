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
fn powers_and_posts_on_one_line_are_parted() {
    for (line, powers, post) in [
        ("KT. BỘ TRƯỞNG THỨ TRƯỞNG", "quyen_han: KT. Bộ trưởng", "chuc_vu: Thứ trưởng"),
        ("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", "quyen_han: TM. Ủy ban nhân dân", "chuc_vu: Chủ tịch"),
        ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "    - KT. Chủ tịch", "chuc_vu: Phó Chủ tịch"),
        ("KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG", "quyen_han: KT. Chánh Văn phòng", "chuc_vu: Phó Chánh Văn phòng"),
    ] {
        let plan = plan_of(&letter(&format!("Nơi nhận:\n- Lưu: VT.\n\n{line}\n\nLê Văn An")));
        assert!(plan.contains(powers) && plan.contains(post), "{line}\n{plan}");
    }
}

#[test]
fn a_signature_on_the_last_line_is_one() {
    let plan = plan_of(&letter("Nghị quyết này có hiệu lực từ ngày thông qua./.\n\nCHỦ TỊCH Huỳnh Văn An"));
    assert!(plan.contains("chuc_vu: Chủ tịch") && plan.contains("ho_ten: Huỳnh Văn An"), "{plan}");
    // In the middle of a text it is a line of it.
    let plan = plan_of(&letter("CHỦ TỊCH Huỳnh Văn An\n\nBáo cáo trước Hội đồng nhân dân xã."));
    assert!(!plan.contains("ho_ten"), "{plan}");
}

#[test]
fn a_letterhead_read_column_by_column_is_understood() {
    let plan = plan_of(
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nCỤC KHẢO THÍ -------\nSố: 12/KT-QL\nV/v điều chỉnh phụ lục của\nCông văn số 3/KT-QL\n\n\
         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc ---------------\nHà Nội, ngày 10 tháng 6 năm 2026\n\n\
         Kính gửi: Các sở.\n\nCục điều chỉnh phụ lục.\n\nNơi nhận:\n- Lưu: VT.\n\nCỤC TRƯỞNG\n\nLê Văn An",
    );
    for line in [
        "chu_quan: Bộ Giáo dục và Đào tạo\n",
        "ten: Cục Khảo thí\n",
        "so: 12\n",
        "ky_hieu: KT-QL\n",
        "trich_yeu: V/v điều chỉnh phụ lục của Công văn số 3/KT-QL\n",
        "dia_danh: Hà Nội\n",
        "ngay: 10/06/2026\n",
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

#[test]
fn places_to_fill_in_are_no_rules() {
    let form = "HỌ VÀ TÊN: ------------\n\nSỐ CĂN CƯỚC ____________\n\nNgày sinh: ------------";
    let plan = plan_of(&letter(&format!("{form}\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An")));
    for line in ["HỌ VÀ TÊN: ------------", "SỐ CĂN CƯỚC \\_\\_\\_", "Ngày sinh: ------------"] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
}
