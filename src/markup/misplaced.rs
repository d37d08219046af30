//! Lines of a body that are other parts of a document, as they come along when a whole Word file is pasted.

/// A part that has a key of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name (Phụ lục I, phần II).
    pub name: &'static str,
    /// What to do with the line.
    pub hint: &'static str,
    /// An appendix: what follows belongs to it.
    pub appendix: bool,
}

/// Words of a line from which on it is a sentence that only quotes such a part.
const LONGEST: usize = 25;

/// The part that a line of text is.
pub fn part(line: &str) -> Option<Part> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (first, rest) = words.split_first()?;
    if words.len() > LONGEST {
        return None;
    }
    let text = words.join(" ").replace('–', "-").replace("HOÀ", "HÒA");
    let part = |name, hint| Some(Part { name, hint, appendix: false });
    if text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") || text.contains("Độc lập - Tự do - Hạnh phúc")
    {
        return part(
            "Quốc hiệu và Tiêu ngữ",
            "Xóa dòng này: chương trình tự in phần đầu văn bản; tên cơ quan ghi ở khóa co_quan.",
        );
    }
    if text.starts_with("Nơi nhận:") {
        return part(
            "nơi nhận",
            "Chuyển các nơi nhận sang khóa noi_nhan, mỗi nơi một dòng; chức vụ và họ tên người ký sang khóa ky.",
        );
    }
    if text.starts_with("Kính gửi:") {
        return part("nơi kính gửi", "Chuyển sang khóa kinh_gui, không có chữ “Kính gửi:”.");
    }
    if text.starts_with("Số:") && text.contains('/') {
        return part(
            "số, ký hiệu",
            "Xóa dòng này; ghi số ở khóa so, nơi và ngày ban hành ở khóa dia_danh, ngay; ký hiệu do chương trình tự lập.",
        );
    }
    let number = |w: &&str| w.trim_end_matches(['.', ':']).chars().all(|c| c.is_ascii_digit() || "IVXLC".contains(c));
    let appendix = matches!((*first, rest.first()), ("Phụ", Some(&"lục")) | ("PHỤ", Some(&"LỤC")))
        && (rest.len() == 1 || (rest.len() == 2 && number(&rest[1])));
    appendix.then_some(Part {
        name: "phụ lục",
        hint: "Chuyển phụ lục sang khóa phu_luc: “- tieu_de: …” rồi “noi_dung: |”; số của phụ lục do chương trình tự in.",
        appendix: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_come_along_with_a_pasted_file() {
        for (line, name) in [
            ("UBND TỈNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quốc hiệu và Tiêu ngữ"),
            ("Độc lập – Tự do – Hạnh phúc", "Quốc hiệu và Tiêu ngữ"),
            ("Số:      /KH-UBND\tLâm Đồng, ngày    tháng    năm 2026", "số, ký hiệu"),
            ("Nơi nhận:\tGIÁM ĐỐC", "nơi nhận"),
            ("Kính gửi: Ủy ban nhân dân tỉnh", "nơi kính gửi"),
            ("PHỤ LỤC", "phụ lục"),
            ("Phụ lục II", "phụ lục"),
            ("Phụ lục 1.", "phụ lục"),
        ] {
            assert_eq!(part(line).map(|p| p.name), Some(name), "{line}");
        }
    }

    #[test]
    fn sentences_are_left_alone() {
        for line in [
            "",
            "Phụ lục kèm theo Kế hoạch này",
            "Phụ lục I của Nghị định số 30/2020/NĐ-CP",
            "Số: lượng hồ sơ",
            "Số liệu tính đến 31/12/2026",
            "Nơi nhận hồ sơ: Trung tâm Phục vụ hành chính công",
            "Phụ",
        ] {
            assert_eq!(part(line), None, "{line}");
        }
    }
}
