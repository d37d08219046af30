//! What portals and converters do to documents: everything of a foot on one line, sentences cut where a page ended.

use vanthu::import::proof::{self, Difference, FileWords};
use vanthu::import::recognise::recognise;
use vanthu::import::stream::Piece;
use vanthu::import::{markdown, text, yaml};
use vanthu::pipeline::import::import;

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

#[test]
fn a_letterhead_of_which_a_crawler_made_one_line_is_parted() {
    let plan = plan_of(
        "SỞ MẪU -------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc -------\n\
         Số: 12/SM-VP V/v trồng cây\nHà Nội, ngày 05 tháng 4 năm 2026 Kính gửi: Các xã.\n\nSở đề nghị trồng cây.\n\n\
         Nơi nhận:\n- Như trên;\n- Lưu: VT, VP (2b). Thanh An GIÁM ĐỐC Lê Văn An",
    );
    for line in [
        "ten: Sở Mẫu\n",
        "ky_hieu: SM-VP\n",
        "trich_yeu: V/v trồng cây\n",
        "dia_danh: Hà Nội\n",
        "kinh_gui: Các xã\n",
        "  - \"Lưu: VT, VP (2b). Thanh An\"\n",
        "chuc_vu: Giám đốc\n",
        "ho_ten: Lê Văn An\n",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
}

#[test]
fn two_columns_read_line_by_line_are_unwoven() {
    let plan = plan_of(&letter(
        "TM. ỦY BAN NHÂN DÂN\nNơi nhận:\n- Sở Nội vụ; KT. CHỦ TỊCH\n- Các ban của Đảng ủy; PHÓ CHỦ TỊCH\n- Các khu phố;\n\
         - Trường Tiểu học A; Lê Văn An\n- Lưu: VT.",
    ));
    for line in [
        "  - Sở Nội vụ\n",
        "  - Các ban của Đảng ủy\n",
        "  - Trường Tiểu học A\n",
        "    - TM. Ủy ban nhân dân\n    - KT. Chủ tịch\n",
        "chuc_vu: Phó Chủ tịch\n",
        "ho_ten: Lê Văn An\n",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
    // A bar between two cells.
    let plan = plan_of(&letter("Nơi nhận:\n- Sở Nội vụ;\n- Lưu: VT, NC. | KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Văn An"));
    assert!(plan.contains("  - \"Lưu: VT, NC\"\n") && plan.contains("quyen_han: KT. Chủ tịch\n"), "{plan}");
    // Without a post above there is no name.
    let plan = plan_of(&letter("Nơi nhận:\n- Trường Tiểu học A; Lê Văn An;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nTrần Thị Bé"));
    assert!(plan.contains("  - Trường Tiểu học A; Lê Văn An\n") && plan.contains("ho_ten: Trần Thị Bé"), "{plan}");
}

#[test]
fn lines_of_a_web_page_are_joined_where_a_sentence_goes_on() {
    let item = "- Trường học và trạm y tế trên địa bàn xã phối hợp tổ chức trồng\ncây trong năm\n2027;\n";
    let broken = format!("1. Ủy ban xã giao\ncác thôn báo cáo trước ngày\n15 tháng 12 hằng năm:\n{}", item.repeat(7));
    let plan = plan_of(&letter(&format!("{broken}\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An")));
    for whole in
        ["1. Ủy ban xã giao các thôn báo cáo trước ngày 15 tháng 12 hằng năm:\n", "tổ chức trồng cây trong năm 2027;\n"]
    {
        assert!(plan.contains(whole), "{whole}\n{plan}");
    }
}

#[test]
fn a_subject_goes_on_to_the_addressees() {
    let plan = plan_of(
        "SỞ MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12 /SM-VP Thanh Hóa, ngày 13 tháng 4 năm 2026\nV/v triển khai\n\
         Nghị định số 5/2026/NĐ-CP về trồng\ncây\nKính gửi:\n\n            - Các xã;\n            - Các phường.\n\nSở đề nghị trồng cây.\n\n\
         Nơi nhận:\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Văn An",
    );
    for line in [
        "ky_hieu: SM-VP\n",
        "dia_danh: Thanh Hóa\n",
        "trich_yeu: V/v triển khai Nghị định số 5/2026/NĐ-CP về trồng cây\n",
        "  - Các phường\n",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
}

#[test]
fn markdown_in_a_text_file_is_seen() {
    for typed in [
        "**Nơi nhận:** và **Lưu**",
        "| A | B |\n|---|---|\n| 1 | 2 |",
        "# QUYẾT ĐỊNH\n\n# Về việc",
        "*Nơi nhận:* (*Lưu*)",
    ] {
        assert!(markdown::has_marks(typed), "{typed}");
    }
    for typed in
        ["0912***345 và 0913***678\n0912***345", "(*) là ước; (**) là mới\n2*3 và 4*5", "# 1\nhai", "| A | B |"]
    {
        assert!(!markdown::has_marks(typed), "{typed}");
    }
}

#[test]
fn an_appendix_with_its_title_on_one_line_is_one() {
    let signed = "Nơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An";
    for line in ["Phụ lục I. Các loài cây bản địa được trồng ở xã", "PHỤ LỤC 01 - Các loài cây bản địa được trồng ở xã"]
    {
        let plan = plan_of(&letter(&format!("{signed}\n\n{line}\n\n1. Lim xanh.\n\n2. Sao đen.")));
        assert!(plan.contains("tieu_de: Các loài cây bản địa được trồng ở xã\n"), "{plan}");
    }
    // A sentence that begins so is none.
    let plan =
        plan_of(&letter(&format!("{signed}\n\nPhụ lục I kèm theo Kế hoạch này quy định các loài cây được trồng.")));
    assert!(!plan.contains("tieu_de:"), "{plan}");
}

/// Lines as ordinary offices have them, which nothing joins, parts or moves.
#[test]
fn lines_of_ordinary_offices_stay_as_they_are() {
    let wrapped = "- Trường học và trạm y tế trên địa bàn xã phối hợp tổ chức trồng\ncây và chăm sóc.\n".repeat(7);
    let body = "II. Nhiệm vụ trọng tâm 6 tháng cuối năm\n1. Công tác cải cách hành chính trong tháng\n\
                2. Tổ chức trồng cây\nMáy in\ncái\n3. Rà soát cơ quan, đơn vị trồng cây trong năm\n";
    let signed =
        "Nơi nhận:\n- Sở Công Thương; XNK TM.\n- Thường trực; CHÁNH VP.\n- Lưu: VT; P.KT.\n\nGIÁM ĐỐC\n\nNguyễn Văn An";
    let plan = plan_of(&letter(&format!("{wrapped}{body}\n{signed}")));
    for line in [
        "  II. Nhiệm vụ trọng tâm 6 tháng cuối năm\n",
        "  1. Công tác cải cách hành chính trong tháng\n",
        "  Máy in\n  cái\n",
        "  3. Rà soát cơ quan, đơn vị trồng cây trong năm\n",
        "  - Sở Công Thương; XNK TM.\n",
        "  - Thường trực; CHÁNH VP.\n",
        "  - \"Lưu: VT; P.KT\"\n",
        "ky:\n  chuc_vu: Giám đốc\n  ho_ten: Nguyễn Văn An\n",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
    // A school that is named after a person, a member of staff: no signer.
    for recipients in
        ["- Trường THCS Nguyễn Huệ; Trần Phú;\n- Lưu: VT.", "- Lưu: VT; Hà Mai.", "- Lưu: VT, KT. Minh Anh."]
    {
        let plan = plan_of(&letter(&format!("Nơi nhận: \n{recipients}\nGIÁM ĐỐC\n\nNguyễn Văn An")));
        assert!(plan.contains("ky:\n  chuc_vu: Giám đốc\n  ho_ten: Nguyễn Văn An\n"), "{plan}");
    }
    // A blank date, an urgency below the subject, what looks like tags and is none.
    let plan = plan_of(
        "SỞ MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/SM-VP\nV/v trồng cây\nHỏa tốc\nHà Nội, ngày  tháng  năm\nKính gửi: Các xã.\n\n\
         <Ghi rõ họ tên>\n\nNếu a <b và c> d thì thôi.\n\nNơi nhận:\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Văn An",
    );
    for line in [
        "trich_yeu: V/v trồng cây\n",
        "do_khan: hoa_toc\n",
        "kinh_gui: Các xã\n",
        "<Ghi rõ họ tên>",
        "Nếu a <b và c> d thì thôi",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
}

#[test]
fn tags_and_underscores_of_markdown_lose_no_word() {
    let read = |typed: &str| -> Vec<String> {
        let lines = markdown::read(typed).pieces;
        lines.iter().filter_map(|p| if let Piece::Par(par) = p { Some(par.whole()) } else { None }).collect()
    };
    for (typed, shown) in [
        ("<p>Các xã</p><p>Phường</p> trồng <b>cây</b>", "Các xã Phường trồng cây"),
        ("nếu a <b và c> d", "nếu a <b và c> d"),
        ("<div align=\"right\">Sở <u>Nội</u> vụ</div>", "Sở Nội vụ"),
        ("gửi _a_b@x.vn, https://a.vn/_x_/y và __________", "gửi _a_b@x.vn, https://a.vn/_x_/y và __________"),
        ("_Nơi nhận:_ Lưu_VT", "Nơi nhận: Lưu_VT"),
        ("a_ b _c d", "a_ b _c d"),
    ] {
        assert_eq!(read(typed), [shown], "{typed}");
    }
    // Time grows with the length.
    assert_eq!(read(&"_a ".repeat(20_000)).len(), 1);
}

#[test]
fn places_to_write_on_stay_in_the_cells_of_markdown() {
    let cell = |typed: &str| -> Vec<String> {
        let pieces = markdown::read(typed).pieces;
        let Some(Piece::Table(table)) = pieces.first() else { return Vec::new() };
        table.rows[0].cells[0]
            .pieces
            .iter()
            .filter_map(|p| match p {
                Piece::Par(par) => Some(par.whole()),
                _ => None,
            })
            .collect()
    };
    assert_eq!(cell("| Họ và tên: ______ | 2 |"), ["Họ và tên: ______"]);
    // In the letterhead they are its rules.
    assert_eq!(cell("| Độc lập - Tự do - Hạnh phúc ------ | 2 |")[0], "Độc lập - Tự do - Hạnh phúc");
}

#[test]
fn an_addressee_below_its_label_is_one() {
    for (typed, wanted) in [
        ("Kính gửi:\nCông ty Mẫu Đơn", "kinh_gui: Công ty Mẫu Đơn\n"),
        ("**Kính gửi:** Các\nDoanh nghiệp trên địa bàn", "kinh_gui: Các Doanh nghiệp trên địa bàn\n"),
        ("Kính gửi:\n- Sở A;\n- Sở B.", "kinh_gui:\n  - Sở A\n  - Sở B\n"),
    ] {
        let (plan, _) = imported(
            "tep.md",
            &format!(
                "SỞ MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/SM-VP\nV/v trồng cây\nHà Nội, ngày 1 tháng 2 năm 2026\n\n{typed}\n\n\
                 Đề nghị trồng cây.\n\nNơi nhận:\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Văn An"
            ),
        );
        assert!(plan.contains(wanted), "{plan}");
    }
}

/// Where lines are broken anywhere, those in capitals are one only in a subject.
#[test]
fn capitals_of_letterhead_and_signature_stay_lines() {
    let wrapped = "- Trường học và trạm y tế trên địa bàn xã phối hợp tổ chức trồng\ncây và chăm sóc.\n".repeat(7);
    let plan = plan_of(&format!(
        "UBND TỈNH MẪU\nSỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 1/KH-SNV\n\
         Mẫu, ngày 1 tháng 2 năm 2026\n\nKẾ HOẠCH\nTRỒNG CÂY\nVÀ CHĂM SÓC CÂY\n\n{wrapped}\nNơi nhận:\n- Lưu: VT.\n\n\
         TM. BAN CHỈ ĐẠO\nKT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n\nLê Văn An"
    ));
    for line in [
        "  chu_quan: UBND tỉnh Mẫu\n  ten: Sở Nội vụ\n",
        "trich_yeu: TRỒNG CÂY VÀ CHĂM SÓC CÂY\n",
        "    - TM. Ban Chỉ đạo\n    - KT. Trưởng ban\n  chuc_vu: Phó Trưởng ban\n",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
}

/// The plan of a page and what was told of words left out, with every proof.
fn imported(name: &str, typed: &str) -> (String, Vec<String>) {
    let made = import(name, typed.as_bytes(), true).unwrap_or_else(|problems| panic!("{typed}\n{problems:?}"));
    (made.plan, made.stream.left_out.into_iter().map(|l| format!("{}: {}", l.reason, l.words)).collect())
}

/// A decision as a crawler copies it from a library of laws: bars, emphasis and sentences over lines, the page around it.
const PAGE: &str = "|
Bản quyền của trang
|
|
#
**Số hiệu:**
|
15/QĐ-UBND
|
**Loại văn bản:**
|
Quyết định
|
|
**Người ký:**
|
Lê Văn Mẫn
|
**Tình trạng:**
|
Còn hiệu lực
|
|
**ỦY BAN NHÂN
DÂN**
XÃ MẪU ĐƠN
--------
|
**CỘNG
HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
---------------
|
|
Số:
15/QĐ-UBND
|
*Mẫu Đơn, ng**ày
09 tháng11 năm 2026*
|
**QUYẾT ĐỊNH**
VỀ
VIỆC PHÂN CÔNG TRỰC ĐÊ VÀ TUẦN TRA BỜ SÔNG TRONG MÙA LŨ NĂM 2026 TRÊN ĐỊA BÀN
XÃ MẪU ĐƠN
**CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU ĐƠN**
*Căn cứ Luật Tổ chức chính
quyền địa phương ngày 16 tháng 6 năm 2025;*
*Căn cứ Luật Đê điều số
79/2006/QH11 ngày 29 tháng 11 năm 2006;*
Theo đề nghị của Trưởng phòng
Kinh tế xã.
**QUYẾT ĐỊNH:**
**Điều 1. **Phân công lực lượng
Dân quân trực tại các điếm canh từ ngày 15 tháng 11 năm 2026; mỗi điếm có không ít hơn 02
(hai) người, thay nhau tuần tra bờ sông, báo cáo kịp thời khi phát hiện mạch đùn, mạch
sủi và các hư hỏng khác của thân đê, kè, cống.
**Điều 2. Kinh phí
thực hiện**
1. Kinh phí lấy từ dự toán chi thường xuyên đã giao cho phòng Kinh tế năm nay, quyết toán
theo quy định tại Điều
9 Quy chế chi tiêu nội bộ và hướng dẫn của cơ quan tài chính cấp trên trong năm ngân sách
hiện hành.
2. Lực lượng được bồi dưỡng bằng tiền theo ngày công thực tế có xác nhận của trưởng thôn, tổ
trưởng tổ dân phố nơi có điếm canh.
**Điều 3.**
Văn phòng và các thôn chịu trách nhiệm thi hành Quyết định này./.
|
*Nơi nhận:*
- Như Điều 3;
- Hạt Quản lý đê,
Sở Nông nghiệp và Môi trường;
- Lưu: VT.
|
**KT. CHỦ TỊCH
PHÓ CHỦ TỊCH**
**Lê Văn Mẫn**
|
** **
Quyết định 15/QĐ-UBND năm 2026 phân công trực đê và tuần tra bờ sông
## Văn bản liên quan
Ban hành:
01/01/2026";

#[test]
fn a_page_of_a_library_of_laws_is_understood() {
    let (plan, left_out) = imported("trang.md", PAGE);
    for line in [
        "ten: Ủy ban nhân dân xã Mẫu Đơn\n",
        "so: 15\n",
        "dia_danh: Mẫu Đơn\n",
        "ngay: 09/11/2026\n",
        "trich_yeu: VỀ VIỆC PHÂN CÔNG TRỰC ĐÊ VÀ TUẦN TRA BỜ SÔNG TRONG MÙA LŨ NĂM 2026 TRÊN ĐỊA BÀN XÃ MẪU ĐƠN\n",
        "tham_quyen: Chủ tịch Ủy ban nhân dân xã Mẫu Đơn\n",
        "  - Căn cứ Luật Đê điều số 79/2006/QH11 ngày 29 tháng 11 năm 2006;\n",
        "  - Theo đề nghị của Trưởng phòng Kinh tế xã.\n",
        "  Điều 1. Phân công lực lượng Dân quân trực tại các điếm canh từ ngày 15 tháng 11 năm 2026; mỗi điếm có không ít hơn 02 (hai) người, thay nhau",
        "  Điều 2. Kinh phí thực hiện\n  1. Kinh phí lấy",
        "theo quy định tại Điều 9 Quy chế",
        "  Điều 3. Văn phòng và các thôn",
        "  - Hạt Quản lý đê, Sở Nông nghiệp và Môi trường\n",
        "  quyen_han: KT. Chủ tịch\n  chuc_vu: Phó Chủ tịch\n  ho_ten: Lê Văn Mẫn\n",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
    let frame = |words: &str| left_out.iter().any(|l| l.starts_with("khung của trang web") && l.contains(words));
    assert!(frame("Bản quyền của trang") && frame("Văn bản liên quan Ban hành:"), "{left_out:?}");
    assert!(!plan.contains("# kiểm tra: ") && !plan.contains("Bản quyền") && !plan.contains("phu_luc"), "{plan}");
}

#[test]
fn marks_apart_from_their_letters_join_them() {
    use unicode_normalization::UnicodeNormalization;
    let apart: String = letter("Nơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An").nfd().collect();
    let (whole, _) = imported("tep.txt", &apart.nfc().collect::<String>());
    for name in ["tep.txt", "tep.md"] {
        assert_eq!(imported(name, &apart).0, whole.replace("tep.txt", name));
    }
    // What joins no letter and what only draws are told.
    let (plan, left_out) =
        imported("tep.txt", &letter("2q\u{323} \u{F0B7}\u{AD}.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An"));
    assert!(plan.contains("2q "), "{plan}");
    assert_eq!(left_out, ["ký tự không in được: 2q\u{323}", "ký tự không in được: \u{F0B7}\u{AD}."]);
}
