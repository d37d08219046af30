//! The list of units against the plan: how it is read, what must be confirmed, and whether it makes any difference.

use super::columns::gives;
use super::work::Work;
use crate::diagnostic::{Diagnostic, code};
use crate::draft::Value;
use crate::expand::needs::{Need, needs};
use crate::pipeline::Plan;
use crate::read::units::{self, Asked, Column, Listed, Unit};
use std::collections::HashSet;

/// Most variables that a hint names.
const MAX_NAMED: usize = 12;

/// Reads a list for a plan; `more` are variables that are needed beside those of the plan's texts.
pub fn read(name: &str, bytes: &[u8], sheet: Option<&str>, plan: &Plan, more: &[String]) -> Listed {
    let found = plan.draft().map(|draft| needs(draft, plan.source())).unwrap_or_default();
    let mut wanted: Vec<(String, bool)> = found.into_iter().map(|n| (n.name, n.optional)).collect();
    for name in more {
        if !wanted.iter().any(|(n, _)| n == name) {
            wanted.push((name.clone(), false));
        }
    }
    let layout = plan.draft().and_then(|draft| draft.danh_sach.as_ref());
    units::read(name, bytes, &Asked { sheet, layout, wanted: &wanted, plan: Some(plan.source()) })
}

/// What the user has to confirm before a list is worked on whose headings were guessed.
pub fn unconfirmed(listed: &Listed, plan: &str, list: &str) -> Option<Diagnostic> {
    let proposal = listed.proposal.as_ref()?;
    let sheet = proposal.sheet.as_ref().map(|s| format!(" của trang tính “{s}”")).unwrap_or_default();
    let rows = match proposal.rows {
        (first, last) if first == last => format!("hàng {first}"),
        (first, last) => format!("hàng {first} đến hàng {last}"),
    };
    let message = format!(
        "Kế hoạch chưa nói cột nào của danh sách {list} cho biến nào. Theo tiêu đề ở {rows}{sheet} thì có lẽ là: {}.",
        proposal.in_words()
    );
    let confirm = format!(
        "Xem trước bằng vanthu bien {plan} --units {list}; đúng thì ghi vào kế hoạch bằng: vanthu bien {plan} --units {list} --ghi"
    );
    let hint = match &proposal.sheet {
        Some(sheet) if proposal.is_exact() => format!("Chọn trang đó bằng --sheet \"{sheet}\". {confirm}"),
        _ => confirm,
    };
    Some(Diagnostic::general(&code::DANH_SACH_CHUA_KHAI, message).hint(hint))
}

/// Why all documents would come out the same, if they would.
pub fn all_the_same(work: &Work) -> Option<Diagnostic> {
    if work.has_overrides() {
        return None;
    }
    let list = &work.inputs.units;
    // `nhiem_vu` of a YAML list gives what is inside it, too.
    let used = |c: &&Column| work.needs.iter().any(|n| gives(&c.name, &n.name) || gives(&n.name, &c.name));
    let columns: Vec<&Column> = list.columns.iter().filter(used).collect();
    let message = if columns.is_empty() {
        format!("Danh sách {} không cho biến nào của kế hoạch, nên mọi văn bản sẽ giống hệt nhau.", list.name)
    } else {
        let names: HashSet<&str> = columns.iter().map(|c| c.name.as_str()).collect();
        let of = |unit: &Unit| -> Vec<(String, Value)> {
            let mut all: Vec<_> = unit.variables.iter().filter(|(n, _)| names.contains(n.as_str())).cloned().collect();
            all.sort_by(|(a, _), (b, _)| a.cmp(b));
            all
        };
        let (first, rest) = list.units.split_first()?;
        let first_values = of(first);
        if rest.is_empty()
            || !first.faults.is_empty()
            || rest.iter().any(|u| !u.faults.is_empty() || of(u) != first_values)
        {
            return None;
        }
        format!(
            "Mọi đơn vị của danh sách {} có cùng giá trị ở các cột mà kế hoạch dùng, nên mọi văn bản sẽ giống hệt nhau.",
            list.name
        )
    };
    Some(Diagnostic::general(&code::DANH_SACH_SAI, message).hint(uses(&work.needs, list.name.as_str())))
}

/// The plan's own variables, for a list that gives none of them.
fn uses(needs: &[Need], list: &str) -> String {
    if needs.is_empty() {
        return "Kế hoạch không dùng biến nào: viết {{ don_vi.ten }} ở chỗ thay đổi theo đơn vị, hoặc lập một văn bản bằng vanthu render.".to_owned();
    }
    let names: Vec<&str> = needs.iter().take(MAX_NAMED).map(|n| n.name.as_str()).collect();
    let more = if needs.len() > MAX_NAMED { "…" } else { "" };
    format!(
        "Kế hoạch dùng các biến: {}{more}. Đặt tên cột đúng như vậy, hoặc ghi vào khóa danh_sach của kế hoạch tiêu đề nào cho biến nào; xem bằng vanthu bien … --units {list}.",
        names.join(", ")
    )
}
