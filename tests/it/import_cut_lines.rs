//! Sentences that the code of a web page cut between capitals, and letters whose letterhead a portal lost.

use vanthu::pipeline::import::import;

fn imported(typed: &str) -> (String, Vec<String>) {
    let made = import("trang.md", typed.as_bytes(), true).unwrap_or_else(|problems| panic!("{typed}\n{problems:?}"));
    (made.plan, made.stream.left_out.into_iter().map(|l| format!("{}: {}", l.reason, l.words)).collect())
}

const FACTS: &str = "|
Bản quyền của trang
|
|
#
**Số hiệu:**
|
15/UBND-KT
|
**Loại văn bản:**
|
Công văn
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
";

const LETTER: &str = "**Kính gửi:** Các thôn trên địa bàn xã.
Trong tháng qua, mực nước sông dâng cao gây thiệt hại về hoa màu của nhân
dân, nhất là tại các xã ven sông thuộc tỉnh Ninh Bình, Hưng Yên, Thái
Nguyên và thành phố Hải Phòng; để khắc phục, nhất là trên tuyến đường
liên xã đi qua địa bàn của bốn thôn ven sông, từ cầu Mẫu Đơn đến chợ Tân An
- Phú Hội, sau khi họp với các thôn, có ý kiến như sau:
1. Về giống cây vụ tới: đề nghị
Trưởng các thôn tổng hợp nhu cầu của từng hộ, gửi phòng Kinh tế trước ngày
20 tháng 11 năm 2026 để kịp làm thủ tục mua sắm theo quy định của pháp luật.
2. Về kiểm tra đê: Trưởng các
thôn phối hợp với Hạt Quản lý đê.
- Cơ quan thực hiện: Các thôn, Sở
Nông nghiệp và Môi trường, Công an xã.
Chiều ngày 18 tháng 11 năm 2026, Chủ tịch Ủy ban nhân dân xã
Lê Văn Mẫn sẽ kiểm tra việc thực hiện tại các điếm canh trên địa
bàn xã, sau đó làm việc với các thôn về nội dung nêu trên và về công tác phòng
chống lũ muộn.
Ủy ban nhân dân xã thông báo để các thôn
biết./.
|
** **
|
**T/M ỦY BAN NHÂN
DÂN**
**CHỦ TỊCH**
**Lê Văn Mẫn**
|
";

#[test]
fn sentences_cut_between_capitals_are_whole_again() {
    let (plan, left_out) = imported(&format!("{FACTS}{LETTER}"));
    for line in [
        "loai: cong_van\n",
        "kinh_gui: Các thôn trên địa bàn xã\n",
        "Hưng Yên, Thái Nguyên và thành phố Hải Phòng; để khắc phục",
        "đến chợ Tân An - Phú Hội, sau khi họp",
        "  1. Về giống cây vụ tới: đề nghị Trưởng các thôn tổng hợp",
        "  2. Về kiểm tra đê: Trưởng các thôn phối hợp với Hạt Quản lý đê.\n",
        "  - Cơ quan thực hiện: Các thôn, Sở Nông nghiệp và Môi trường, Công an xã.\n",
        "Chủ tịch Ủy ban nhân dân xã Lê Văn Mẫn sẽ kiểm tra",
        "thông báo để các thôn biết.\n",
        "  quyen_han: T/M Ủy ban nhân dân\n  chuc_vu: Chủ tịch\n  ho_ten: Lê Văn Mẫn\n",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
    let frame = left_out.iter().find(|l| l.starts_with("khung của trang web")).map_or("", String::as_str);
    assert!(frame.contains("Bản quyền của trang") && frame.contains("Còn hiệu lực"), "{left_out:?}");
}

#[test]
fn lists_and_titles_of_such_a_page_stay_lines() {
    let text = LETTER.replace(
        "1. Về giống",
        "Nhiệm vụ của các thôn\n- Thôn Một, thôn Hai\n- Thôn Ba\n1. Mục đích\nTrưởng các thôn tổng hợp nhu cầu của từng hộ, gửi phòng Kinh tế trước tháng 12.\nĐịa điểm: tại hội trường\nThời gian: từ 8 giờ đến 11 giờ ngày 20 tháng 11 năm 2026, có mặt trước 10 phút\n1. Về giống",
    );
    let (plan, _) = imported(&text);
    for line in [
        "  - Thôn Một, thôn Hai\n  - Thôn Ba\n  1. Mục đích\n  Trưởng các thôn",
        "  Địa điểm: tại hội trường\n  Thời gian: từ 8 giờ",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
}

#[test]
fn an_addressee_in_a_row_of_the_letterhead_is_one() {
    let head = "|\n**ỦY BAN NHÂN DÂN**\n**XÃ MẪU ĐƠN**\n|\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n|\n|\nSố: 15/UBND-KT\nV/v kiểm tra đê\n|\nMẫu Đơn, ngày 09 tháng 11 năm 2026\n|\n|\n**Kính gửi:**\n|\nTrưởng các thôn: Một, Hai,\nBa, Bốn.\n|\n";
    let body = LETTER.split_once('\n').map_or("", |(_, body)| body);
    let (plan, left_out) = imported(&format!("{head}{body}"));
    assert!(plan.contains("kinh_gui: \"Trưởng các thôn: Một, Hai, Ba, Bốn\"\n"), "{plan}");
    assert!(left_out.iter().all(|l| !l.contains("Trưởng các thôn")), "{left_out:?}");
}

#[test]
fn a_numeral_cut_off_and_a_drafter_below_the_last_recipient() {
    let text = LETTER
        .replace(
            "1. Về giống",
            "Hội đồng nhân dân xã tiếp thu ý kiến để trình tại Kỳ họp thứ 10, Quốc hội khóa\nXV.\n\n1. Về giống",
        )
        .replace("2. Về kiểm tra đê", "Theo hồ sơ xin thuê đất ngày 03 tháng 10 năm 2026 của Công ty\nTNHH Hoa Mẫu Đơn (mã số: 0110905160) và Điều 11 của Quy chế:\n\n“Điều 11.\nTrách nhiệm của người đứng đầu”\n\n2. Về kiểm tra đê")
        .replace("2. Về kiểm tra đê", "Sau khi nghe báo cáo của Bộ\nTư pháp và ý kiến của các thôn, Ủy ban nhân dân xã kết luận như sau để thành phố Hải\nPhòng được biết.\n\n*Đơn vị phối hợp thực hiện:* Sở\nTư pháp.\n\n2. Về kiểm tra đê")
        .replace("** **\n", "**Nơi nhận:**\n- Các thôn;\n- Lưu: VT, KT.\nHuy (23 bản)\n");
    let (plan, _) = imported(&text);
    assert!(plan.contains("Quốc hội khóa XV.\n"), "{plan}");
    assert!(plan.contains("  - \"Lưu: VT, KT\"\n") && plan.contains("nguoi_soan: Huy (23 bản)\n"), "{plan}");
    assert!(plan.contains("của Công ty TNHH Hoa Mẫu Đơn (mã số: 0110905160)"), "{plan}");
    for line in
        ["báo cáo của Bộ Tư pháp và", "thành phố Hải Phòng được biết", "*Đơn vị phối hợp thực hiện:* Sở Tư pháp"]
    {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
    assert!(plan.contains("“Điều 11. Trách nhiệm của người đứng đầu”"), "{plan}");
}

#[test]
fn documents_that_follow_in_a_basis_are_basis() {
    let typed = "|\n**UBND TỈNH AN LẠC**\n**SỞ NỘI VỤ**\n|\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n|\n|\nSố: 15/TB-SNV\n|\nAn Lạc, ngày 09 tháng 11 năm 2026\n|\n**THÔNG BÁO**\nVỀ KẾT QUẢ XẾP LOẠI HỒ SƠ\n**GIÁM ĐỐC SỞ\nNỘI VỤ**\nCăn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;\nCăn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;\nNghị định số 113/2025/NĐ-CP ngày 03 tháng 6 năm 2025 của Chính phủ quy định chi tiết một số điều của Luật Lưu trữ;\nCăn cứ hồ sơ đề nghị của các đơn vị, Sở Nội vụ thông báo kết quả như sau:\n1. Có 12 đơn vị đạt loại tốt.\n2. Có 3 đơn vị đạt loại khá.\n\n**Nơi nhận:**\n- Các đơn vị;\n- Lưu: VT.\n\n**GIÁM ĐỐC**\n\n\n\n**Lê Văn An**\n";
    let (plan, _) = imported(typed);
    let basis = "  - Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;\n  - Nghị định số 113/2025/NĐ-CP ngày 03 tháng 6";
    assert!(plan.contains(basis), "{plan}");
    let told = "# kiểm tra: trích yếu có dòng thẩm quyền “GIÁM ĐỐC SỞ NỘI VỤ”";
    assert!(plan.contains(told), "{plan}");
}

#[test]
fn articles_cut_behind_their_first_word_are_articles() {
    let text = LETTER
        .replace(
            "1. Về giống",
            "**Điều 1. **Ban\nhành kèm theo Thông báo này Quy chế sử dụng và vận hành nhà\nHội trường thôn Mẫu Đơn.\n\n**Điều\n2. Phạm vi điều chỉnh, đối tượng áp dụng**\n\n- Tại khoản 25 Điều 3 Luật\nQuản lý thuế số 38/2019/QH14 ngày 13/6/2019 quy định về nội dung này.\n\n1. Về giống",
        )
        .replace("**Kính gửi:** Các thôn trên địa bàn xã.", "**Kính gửi:** Công ty Hoa Mẫu Đơn\n(Địa chỉ: thôn Một, xã Mẫu Đơn)\n");
    let (plan, _) = imported(&text);
    for line in [
        "  Điều 1. Ban hành kèm theo Thông báo này Quy chế sử dụng và vận hành nhà Hội trường thôn Mẫu Đơn.\n",
        "  Điều 2. Phạm vi điều chỉnh, đối tượng áp dụng\n",
        "Điều 3 Luật Quản lý thuế số 38/2019/QH14",
    ] {
        assert!(plan.contains(line), "{line}\n{plan}");
    }
}

#[test]
fn notes_of_a_page_and_a_line_in_brackets_are_whole() {
    let text = format!("{LETTER}\n[1] Lâm\nĐồng, Bắc Ninh, Huế.\n[2] Về\nkết quả kiểm tra đê năm 2025.\n");
    let (plan, _) = imported(&text);
    assert!(plan.contains("[1] Lâm Đồng, Bắc Ninh, Huế.") && plan.contains("[2] Về kết quả kiểm tra"), "{plan}");
    let typed = "|\n**UBND TỈNH AN LẠC**\n**SỞ NỘI VỤ**\n|\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n|\n|\nSố: 15/QĐ-SNV\n|\nAn Lạc, ngày 09 tháng 11 năm 2026\n|\n**QUYẾT ĐỊNH**\nBÃI BỎ QUYẾT ĐỊNH SỐ\n30/2013/QĐ-SNV NGÀY 06 THÁNG 12 NĂM 2013\n**GIÁM ĐỐC SỞ NỘI VỤ**\nCăn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;\nTheo đề nghị của Chánh Văn phòng Sở.\n**QUYẾT ĐỊNH:**\n**Điều 1.** Công bố kèm theo Quyết định này Danh mục hồ sơ.\n**Điều 2.** Chánh Văn phòng Sở thi hành Quyết định này./.\n|\n**Nơi nhận:**\n- Như Điều 2;\n- Lưu: VT.\n|\n**GIÁM ĐỐC**\n**Lê Văn An**\n|\n**DANH MỤC HỒ SƠ**\n* (Kèm theo Quyết định số: 15/QĐ-SNV ngày 09 tháng 11 năm 2026 của\nGiám đốc Sở Nội vụ)*\n1. Hồ sơ tuyển dụng.\n2. Hồ sơ khen thưởng.\n";
    let (plan, _) = imported(typed);
    let line = "kem_theo: \"(Kèm theo Quyết định số: 15/QĐ-SNV ngày 09 tháng 11 năm 2026 của Giám đốc Sở Nội vụ)\"\n";
    assert!(plan.contains(line), "{plan}");
    assert!(plan.contains("trich_yeu: BÃI BỎ QUYẾT ĐỊNH SỐ 30/2013/QĐ-SNV NGÀY 06 THÁNG 12 NĂM 2013\n"), "{plan}");
    assert!(plan.contains("tham_quyen: Giám đốc Sở Nội vụ\n"), "{plan}");
}
