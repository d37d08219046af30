//! `Mục V Kế hoạch này` of a plan of three sections.

use super::prelude::*;
use crate::decree30::outline::Level;
use regex::Regex;

rule!("vien-dan-muc-khong-co", "Viện dẫn mục không có trong chính văn bản", None, Error, None, Document(look));

static OWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[Mm]ục ([IVX]{1,5})(?: của)? (Kế hoạch|Chương trình|Đề án|Phương án|Hướng dẫn|Báo cáo) này").ok()
});

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.texts.iter().filter(|t| t.plain.contains(" này")) {
        for caught in OWN.iter().flat_map(|own| own.captures_iter(&text.plain)) {
            let (Some(whole), Some(number), Some(kind)) = (caught.get(0), caught.get(1), caught.get(2)) else {
                continue;
            };
            let meant = subject.documents[text.owner].name().to_lowercase() == kind.as_str().to_lowercase();
            let wanted = format!("{}.", number.as_str());
            let own = |t: &&Text<'_>| t.owner == text.owner && t.place == Place::Body(Level::Muc);
            let mut sections = subject.texts.iter().filter(own).peekable();
            if meant && sections.peek().is_some() && !sections.any(|t| t.marker == wanted) {
                let message = format!("{} này không có Mục {}.", kind.as_str(), number.as_str());
                found.tell(text, whole.range(), message, "Xem lại số của mục.");
            }
        }
    }
}
