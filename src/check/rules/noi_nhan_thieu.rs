//! A body that is given a task and does not get the document.

use super::prelude::*;
use crate::check::bodies::issuer;
use crate::check::text::small;
use crate::decree30::outline::Level;
use regex::Regex;

rule!(
    "noi-nhan-thieu",
    "Cơ quan được giao việc không có ở nơi nhận",
    Some("Điều 17, khoản 1"),
    Hint,
    None,
    Document(look)
);

static DOER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:Giao )?((?:Sở|Công an|Thanh tra|Báo và|Ban Dân|Kho bạc) [\p{Lu}][^:,;.()]{2,60}?)(?: chủ trì| có trách nhiệm| phối hợp| hướng dẫn| tham mưu| tổ chức| theo dõi|:|$)").ok()
});

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let list: String = subject.part(Part::NoiNhan).map(|t| t.low.as_str()).collect::<Vec<_>>().join("; ");
    // All of a kind are meant by a word.
    let all = [
        "các sở",
        "như trên",
        "như điều",
        "các đơn vị",
        "các cơ quan",
        "thành viên",
        "sở, ban",
        "sở, ngành",
        "phòng, ban",
        "liên quan",
        "sở: ",
        "các phòng",
    ];
    if list.is_empty() || all.iter().any(|w| list.contains(w)) {
        return;
    }
    for text in subject
        .texts
        .iter()
        .filter(|t| t.owner == 0 && matches!(t.place, Place::Body(Level::Khoan | Level::Diem | Level::Gach)))
    {
        let Some(caught) = DOER.as_ref().and_then(|d| d.captures(&text.plain)) else { continue };
        let Some(name) = caught.get(1) else { continue };
        let low = small(name.as_str());
        let own = issuer(subject.main());
        if !list.contains(low.trim()) && !own.contains(low.trim()) {
            let message = format!("“{}” được giao việc nhưng không có ở nơi nhận.", name.as_str());
            found.tell(text, name.range(), message, "Thêm vào nơi nhận.");
        }
    }
}
