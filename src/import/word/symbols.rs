//! Letters of symbol fonts, and letters that look alike in Unicode.

/// A `w:sym`: the letter that it looks like.
pub(super) fn letter(font: Option<&str>, code: Option<&str>) -> String {
    let code = code.and_then(|c| u32::from_str_radix(c, 16).ok()).unwrap_or_default();
    let low = if code >= 0xF000 { code - 0xF000 } else { code };
    symbol(font.unwrap_or_default(), low)
        .map_or_else(|| char::from_u32(code).map(String::from).unwrap_or_default(), String::from)
}

/// Text as it is shown in a font; what can stand in no plan is put right.
pub(super) fn shown(text: &str, font: Option<&str>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{F000}'..='\u{F0FF}' => out.push(symbol(font.unwrap_or("Symbol"), c as u32 - 0xF000).unwrap_or(c)),
            '\u{2011}' => out.push('-'),
            '\u{A0}' | '\u{2007}' | '\u{202F}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn symbol(font: &str, code: u32) -> Option<char> {
    let font = font.to_lowercase();
    if font.starts_with("wingdings") {
        return Some(match code {
            0x6C | 0x9F => '•',
            0x6E | 0xA7 => '▪',
            0x71 | 0x6F | 0xA8 => '□',
            0xFC | 0xFE => '✓',
            0xFB | 0xFD => '×',
            0xE0 | 0xE8 | 0xF0 => '→',
            0xD8 | 0x76 => '-',
            _ => return None,
        });
    }
    Some(match code {
        0x2D => '-',
        0x2A => '*',
        0x2B => '+',
        0xA3 => '≤',
        0xB3 => '≥',
        0xB1 => '±',
        0xB4 => '×',
        0xB7 => '•',
        0xB9 => '≠',
        0xBB => '≈',
        0xB0 => '°',
        0xAE => '→',
        0x20..=0x7E => char::from_u32(code)?,
        _ => return None,
    })
}
