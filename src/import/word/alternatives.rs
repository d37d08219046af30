//! Contents that a file has twice: for programs that know a thing, and for older ones.

use crate::ooxml::xml::Element;

/// What of alternatives is read: the first whose needs are known here, else what stands for older programs (ECMA-376,
/// part 3, 7.6).
pub(super) fn chosen(e: &Element) -> Option<&Element> {
    let known = |need: &str| {
        matches!(need, "wps" | "wpg" | "wpc" | "wpi" | "a14" | "c14" | "c16" | "dsp")
            || ["w14", "w15", "wp1", "cx"].iter().any(|start| need.starts_with(start))
    };
    let fits = |c: &&Element| c.get("Requires").is_none_or(|all| all.split_whitespace().all(known));
    let choice = e.elements().filter(|c| c.name == "mc:Choice").find(fits);
    choice.or(e.child("mc:Fallback")).or(e.child("mc:Choice"))
}
