//! A lone `1.` or `a)`.

use super::prelude::*;
use crate::decree30::outline::Level;
use crate::document::{Block, Content};

rule!("muc-con-don", "Chỉ có một mục con", None, Hint, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for body in &subject.bodies {
        walk(body.blocks, found);
    }
}

fn walk(blocks: &[Block], found: &mut Findings<'_>) {
    for block in blocks {
        let numbered = block.children.iter().filter_map(|c| match &c.content {
            Content::Text { level: Level::Khoan | Level::Diem, marker, .. } => Some((c, marker)),
            _ => None,
        });
        if let [(only, marker)] = numbered.collect::<Vec<_>>()[..]
            && matches!(marker.as_str(), "1." | "a)")
        {
            let message = format!("Chỉ có một mục “{marker}”.");
            found.at(only.span, message, "Một nội dung thì không cần đánh số.");
        }
        walk(&block.children, found);
    }
}
