//! Bytes of a file → clean text: UTF-8, no byte order mark, `\n` line ends, NFC, no character that cannot be printed.

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{Source, Span, is_eth, is_forbidden, nfc};
use std::borrow::Cow;

/// Largest plan accepted, in bytes. The longest real plan at hand has 19 KB.
pub const MAX_BYTES: usize = 16 << 20;

/// Decodes a file. The source is given even when characters in it are refused, so that reading can go on and find more.
pub fn decode(name: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Source> {
    decode_up_to(MAX_BYTES, name, bytes, diagnostics)
}

/// Decodes a file of at most `max` bytes.
pub fn decode_up_to(max: usize, name: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Source> {
    if bytes.len() > max {
        let mib = bytes.len() as f64 / f64::from(1 << 20);
        diagnostics.push(
            Diagnostic::general(
                &code::TEP_QUA_LON,
                format!("Tệp {name} có {mib:.1} MB, quá giới hạn {} MB.", max >> 20),
            )
            .hint("Kiểm tra lại có đúng tệp không; đưa bảng số liệu lớn ra tệp CSV riêng."),
        );
        return None;
    }
    let text = match text(bytes) {
        Ok(text) => text,
        Err(line) => {
            diagnostics.push(not_utf8(name, bytes, line));
            return None;
        }
    };
    let unix = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text };
    let composed = nfc(&unix);
    // What was put right is no longer the text as typed.
    if matches!(composed, Cow::Owned(_)) && unix.contains(is_eth) {
        diagnostics.push(eths(&unix));
    }
    let source = Source::new(name, composed);
    if source.text.lines().all(|l| l.trim().is_empty() || l.trim_start().starts_with('#')) {
        diagnostics.push(
            Diagnostic::general(&code::TEP_RONG, format!("Tệp {name} không có nội dung."))
                .hint("Tạo một bản thảo mới bằng lệnh: vanthu new ke_hoach -o ke-hoach.yaml"),
        );
        return None;
    }
    for (at, c) in source.text.char_indices() {
        if c != '\n' && c != '\t' && is_forbidden(c) {
            diagnostics.push(forbidden(c, Span::new(at, at + c.len_utf8())));
        }
    }
    Some(source)
}

/// The text of a file: UTF-16 if its byte order mark says so, UTF-8 otherwise; in vain, the line of the first fault.
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, usize> {
    let wide = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((rest, u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0xFE, 0xFF, rest @ ..] => Some((rest, u16::from_be_bytes as fn([u8; 2]) -> u16)),
        _ => None,
    };
    let Some((rest, join)) = wide else {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let line = |end: usize| bytes[..end].iter().filter(|b| **b == b'\n').count() + 1;
        return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|e| line(e.valid_up_to()));
    };
    let (pairs, odd) = rest.as_chunks::<2>();
    let mut out = String::with_capacity(rest.len());
    for c in char::decode_utf16(pairs.iter().map(|pair| join(*pair))) {
        out.push(c.map_err(|_| out.matches('\n').count() + 1)?);
    }
    if odd.is_empty() { Ok(Cow::Owned(out)) } else { Err(out.matches('\n').count() + 1) }
}

/// The note about letters that were read as `Đ` or `đ`, at the first of them.
fn eths(typed: &str) -> Diagnostic {
    let count = typed.matches(is_eth).count();
    let first = typed.find(is_eth).unwrap_or(0);
    let letter = typed[first..].chars().next().unwrap_or('Ð');
    // The places are those of the composed text.
    let start = nfc(&typed[..first]).len();
    let rest = if count > 1 { format!(" Trong tệp có {count} chỗ như vậy.") } else { String::new() };
    let right = if letter == 'ð' { 'đ' } else { 'Đ' };
    Diagnostic::warning(
        &code::CHU_D_LA,
        Span::new(start, start + letter.len_utf8()),
        format!(
            "Chữ “{letter}” (U+{:04X}) không phải là chữ “{right}” của tiếng Việt; đã đọc là “{right}”.{rest}",
            letter as u32
        ),
    )
    .hint(format!("Không cần sửa nếu đúng ý; muốn hết nhắc thì thay mọi “{letter}” bằng “{right}”."))
}

fn not_utf8(name: &str, bytes: &[u8], line: usize) -> Diagnostic {
    let marked = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let message = if marked {
        format!("Tệp {name} là chữ UTF-16 nhưng bị hỏng hoặc thiếu ở dòng {line}.")
    } else {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let valid = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
        format!(
            "Tệp {name} không phải là chữ UTF-8: dòng {line} (byte thứ {}) không đọc được, có lẽ là bảng mã khác (TCVN3, VNI, Windows-1258…).",
            valid + 1
        )
    };
    Diagnostic::general(&code::KHONG_PHAI_UTF8, message)
        .hint("Mở tệp bằng trình soạn thảo, chọn “Lưu thành” (Save as) với bảng mã UTF-8, rồi chạy lại.")
}

/// The report for a forbidden character.
pub fn forbidden(c: char, span: Span) -> Diagnostic {
    let what = match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' => {
            "ký tự đổi chiều chữ, không nhìn thấy"
        }
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => "ký tự rộng bằng không, không nhìn thấy",
        '\u{00AD}' => "dấu gạch nối mềm, không nhìn thấy",
        '\u{E000}'..='\u{F8FF}' => "ký tự dùng riêng, thường do chép từ phông chữ ký hiệu của Word",
        '\u{FFFD}' => "dấu thay cho một ký tự đã hỏng",
        '\u{0300}'..='\u{036F}' => "dấu rời, không ghép được với chữ đứng trước",
        _ => "ký tự không in được",
    };
    Diagnostic::error(&code::KY_TU_CAM, span, format!("Có {what} (U+{:04X}).", c as u32))
        .hint("Xóa ký tự này rồi gõ lại chỗ đó; loại ký tự này thường lẫn vào khi sao chép từ trang mạng hoặc tệp PDF.")
}
