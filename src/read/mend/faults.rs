//! What is said of each slip of the structure: the fault, and the user's own words put right.

use crate::diagnostic::{Diagnostic, code};
use crate::source::Span;

/// A text as a value in quotes, as a person would type it.
pub fn quoted(text: &str) -> String {
    // Double quotes are what people know; a text that has some itself, or backslashes, is quoted as YAML needs.
    if !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    let written = serde_yaml::to_string(text).unwrap_or_default();
    let written = written.trim_end();
    if written.starts_with(['"', '\'']) { written.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

/// A value with `: ` in it that YAML read as a group of keys, where only the drafter knows what is meant.
pub fn colon_report(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(
        &code::YAML_HAI_CHAM,
        span,
        "Giá trị có dấu hai chấm và dấu cách “: ” nhưng chưa đặt trong ngoặc kép.",
    )
    .hint(format!("Viết: {}", quoted(text)))
}

pub(super) fn tab(at: usize, more: usize, line: &str) -> Diagnostic {
    let more = if more > 0 { format!(" {more} dòng sau cũng vậy.") } else { String::new() };
    Diagnostic::error(&code::YAML_TAB, Span::new(at, at + 1), format!("Dòng này thụt lề bằng phím Tab.{more}")).hint(
        format!(
            "Thay mỗi phím Tab bằng 2 dấu cách, vì YAML không nhận Tab để thụt lề. Viết: {}",
            line.replace('\t', "  ")
        ),
    )
}

pub(super) fn no_blank_after_colon(span: Span, what: &str, key: &str, value: &str) -> Diagnostic {
    Diagnostic::error(&code::THIEU_DAU_CACH, span, format!("Sau “{key}” {what}.")).hint(format!("Viết: {key}: {value}"))
}

pub(super) fn no_blank_after_dash(span: Span, value: &str) -> Diagnostic {
    Diagnostic::error(&code::THIEU_DAU_CACH, span, "Dấu gạch đầu mục chưa có dấu cách theo sau.")
        .hint(format!("Viết: - {value}"))
}

pub(super) fn other_dash(span: Span, sign: &str, value: &str) -> Diagnostic {
    Diagnostic::error(&code::THIEU_DAU_CACH, span, format!("Mục của danh sách mở đầu bằng “{sign}”, không phải “- ”."))
        .hint(format!("Viết: - {value}"))
}

pub(super) fn no_bar(span: Span, key: &str, list: bool) -> Diagnostic {
    let hint = if list {
        format!("Thêm dấu | thành “{key}: |” để mỗi dòng là một đoạn, hoặc viết “- ” ở đầu mỗi đoạn.")
    } else {
        format!("Thêm dấu | thành “{key}: |” rồi để các dòng chữ thụt vào ở dưới như hiện nay.")
    };
    Diagnostic::error(&code::THIEU_GACH_DUNG, span, format!("Sau “{key}:” có nhiều dòng chữ nhưng thiếu dấu |."))
        .hint(hint)
}

pub(super) fn stray(span: Span, key: &str, indent: usize, line: &str, more: usize) -> Diagnostic {
    let also = if more > 0 { format!(" {more} dòng tiếp theo cũng vậy.") } else { String::new() };
    Diagnostic::error(
        &code::THUT_LE_SAI,
        span,
        format!("Dòng này thuộc “{key}” nhưng không thụt vào như các dòng của khóa ấy.{also}"),
    )
    .hint(format!("Thêm {indent} dấu cách ở đầu dòng: {}{line}", " ".repeat(indent)))
}

pub(super) fn shallower(span: Span, key: &str, indent: usize, line: &str) -> Diagnostic {
    Diagnostic::error(&code::THUT_LE_SAI, span, format!("Dòng này thụt vào ít hơn dòng chữ đầu tiên của “{key}”."))
        .hint(format!("Thụt vào {indent} dấu cách cho thẳng với dòng đầu: {}{line}", " ".repeat(indent)))
}

pub(super) fn lost_group(span: Span, key: &str, group: &str, indent: usize, line: &str) -> Diagnostic {
    Diagnostic::error(
        &code::THUT_LE_SAI,
        span,
        format!(
            "“{key}” là khóa của nhóm “{group}” nên phải thụt vào dưới “{group}:”, cả các dòng tiếp theo của nhóm."
        ),
    )
    .hint(format!("Viết: {}{line}", " ".repeat(indent)))
}

pub(super) fn too_deep(span: Span, indent: usize, line: &str) -> Diagnostic {
    Diagnostic::error(&code::THUT_LE_SAI, span, "Dòng này thụt vào không thẳng với các dòng cùng cấp ở trên.")
        .hint(format!("Để {indent} dấu cách ở đầu dòng: {}{line}", " ".repeat(indent)))
}

pub(super) fn no_colon(span: Span, key: &str, value: &str) -> Diagnostic {
    Diagnostic::error(&code::THIEU_DAU_CACH, span, format!("Sau khóa “{key}” thiếu dấu hai chấm."))
        .hint(format!("Viết: {key}: {value}"))
}

pub(super) fn list_on_key_line(span: Span, key: &str, value: &str) -> Diagnostic {
    Diagnostic::error(&code::THUT_LE_SAI, span, format!("Mục đầu của danh sách đứng cùng dòng với “{key}:”."))
        .hint(format!("Xuống dòng sau “{key}:” rồi viết mỗi mục một dòng: {value}"))
}

pub(super) fn open_quote(span: Span, value: &str) -> Diagnostic {
    let quote = value.chars().next().unwrap_or('"');
    Diagnostic::error(&code::NGOAC_HO, span, format!("Dấu ngoặc {quote} mở ở đây mà chưa khép lại."))
        .hint(format!("Viết: {}", quoted(value.trim_matches(quote))))
}

pub(super) fn open_bracket(span: Span, open: char, close: char, line: &str) -> Diagnostic {
    Diagnostic::error(&code::NGOAC_HO, span, format!("Dấu {open} mở ở đây mà chưa có dấu {close} khép lại."))
        .hint(format!("Viết: {line}{close}"))
}

pub(super) fn curly(span: Span, inside: &str, is_error: bool) -> Diagnostic {
    if is_error {
        Diagnostic::error(
            &code::NGOAC_CONG,
            span,
            "Ngoặc kép cong “ ” không bao giá trị được như ngoặc kép thẳng, nên sẽ bị in ra.",
        )
        .hint(format!("Viết: {}", quoted(inside)))
    } else {
        Diagnostic::warning(&code::NGOAC_CONG, span, "Cả giá trị nằm trong ngoặc kép cong, nên hai dấu “ ” được in ra.")
            .hint(format!("Nếu không định in hai dấu ấy, viết: {}", quoted(inside)))
    }
}

pub(super) fn text_for_list(span: Span, key: &str, first: &str) -> Diagnostic {
    Diagnostic::error(&code::SAI_KIEU, span, format!("“{key}” phải là một danh sách, ở đây lại là một dòng chữ."))
        .hint(format!("Xuống dòng sau “{key}:” rồi viết mỗi mục một dòng: - {first}"))
}

pub(super) fn text_for_group(span: Span, group: &str) -> Diagnostic {
    Diagnostic::error(
        &code::SAI_KIEU,
        span,
        format!("“{group}” là một nhóm khóa, ở đây lại có chữ ngay sau dấu hai chấm."),
    )
    .hint(format!("Để trống sau “{group}:”, rồi viết mỗi khóa một dòng thụt vào ở dưới, dạng “khóa: giá trị”."))
}

pub(super) fn ambiguous_block(span: Span, name: &str, key: &str, rest: &str) -> Diagnostic {
    Diagnostic::error(&code::YAML_HAI_CHAM, span, format!("“{name}:” có thể là khối “{key}” hoặc là chữ của văn bản."))
        .hint(format!("Nếu là chữ, viết: {}. Nếu là khối, viết: {key}: {rest}", quoted(&format!("{name}: {rest}"))))
}

pub(super) fn no_dash(span: Span, line: &str) -> Diagnostic {
    Diagnostic::error(&code::THIEU_DAU_CACH, span, "Dòng này đứng giữa một danh sách nhưng không mở đầu bằng “- ”.")
        .hint(format!("Viết: - {line}"))
}

pub(super) fn no_kind(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(&code::KHOI_SAI, span, "Mục này có khối con ở dưới nhưng chưa ghi là khối loại nào.")
        .hint(format!("Viết tên loại khối ở trước, ví dụ: - muc: {text}"))
}
