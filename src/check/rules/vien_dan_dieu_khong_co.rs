//! `Điều 9 Quyết định này` of a decision of three articles.

use super::prelude::*;
use crate::decree30::outline::Level;
use regex::Regex;

rule!("vien-dan-dieu-khong-co", "Viện dẫn điều không có trong chính văn bản", None, Error, None, Document(look));

static OWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"Điều (\d{1,3})(?: của)? (Quyết định|Quy chế|Quy định|Nghị quyết|Điều lệ|Hợp đồng) này").ok()
});

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.texts.iter().filter(|t| t.plain.contains(" này")) {
        for caught in OWN.iter().flat_map(|own| own.captures_iter(&text.plain)) {
            let (Some(whole), Some(number), Some(kind)) = (caught.get(0), caught.get(1), caught.get(2)) else {
                continue;
            };
            // In a text that changes another, `này` is the other.
            if text.plain[..whole.start()].matches('“').count() > text.plain[..whole.start()].matches('”').count() {
                continue;
            }
            let owner = subject.documents[text.owner];
            let meant = owner.name().to_lowercase() == kind.as_str().to_lowercase();
            let wanted = format!("Điều {}.", number.as_str());
            let mut articles = subject
                .texts
                .iter()
                .filter(|t| t.owner == text.owner && t.place == Place::Body(Level::Dieu))
                .peekable();
            if meant && articles.peek().is_some() && !articles.any(|t| t.marker == wanted) {
                let message = format!("{} này không có Điều {}.", kind.as_str(), number.as_str());
                found.tell(text, whole.range(), message, "Xem lại số của điều.");
            }
        }
    }
}
