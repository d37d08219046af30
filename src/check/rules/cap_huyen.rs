//! Districts and towns in names of bodies and places since 1 July 2025.

use super::prelude::*;
use crate::check::bodies::is_since;

rule!(
    "cap-huyen",
    "Đơn vị hành chính cấp huyện không còn",
    Some("Luật số 72/2025/QH15, Điều 1"),
    Warning,
    None,
    Document(look)
);

/// Words of levels that ended.
const LEVELS: [&str; 5] = ["huyện", "quận", "thị xã", "thị trấn", "ubnd cấp huyện"];
static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(LEVELS));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    if !is_since(subject.main(), (2025, 7, 1)) {
        return;
    }
    let parts = [Part::CoQuan, Part::ChuQuan, Part::DiaDanh, Part::KinhGui, Part::NoiNhan, Part::ThamQuyen];
    for text in parts.into_iter().flat_map(|part| subject.part(part)) {
        for (index, range) in PHRASES.find(text) {
            // `Hội Cựu chiến binh huyện (cũ)`; a body whose name keeps the word.
            if text.low.contains("cũ)")
                || text.low.contains("trước đây")
                || text.low.contains("thpt")
                || text.low.contains("trường ")
                || text.low.contains("bệnh viện")
                || text.low.contains("lào")
                || text.low.contains("cam-pu-chia")
            {
                continue;
            }
            let message = format!("Từ ngày 01/7/2025 không còn cấp “{}”.", LEVELS[index]);
            found.tell(text, range, message, "Ghi xã, phường, đặc khu; hoặc thêm “(cũ)” khi nói về đơn vị trước đây.");
        }
    }
}
