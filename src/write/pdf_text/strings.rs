//! The strings of operands (ISO 32000-1, 7.3.4 and 9.4.3), read in one go: most of a page is of these.

/// What stands behind `[`, up to its closing bracket; the bytes of all strings are put behind each other. `None` where
/// the array holds more than whole two-byte strings and numbers, or is not as the standard wants it.
pub(super) fn array<'a>(mut rest: &'a [u8], out: &mut Vec<u8>) -> Option<&'a [u8]> {
    loop {
        let (first, behind) = rest.split_first()?;
        rest = behind;
        match first {
            b'(' => rest = literal(rest, out)?,
            b'<' => rest = hexadecimal(rest, out)?,
            b' ' | b'\n' | b'\r' | b'\t' | b'0'..=b'9' | b'-' | b'+' | b'.' => {}
            b']' => return Some(rest),
            _ => return None,
        }
        // A code of two bytes stands in one string.
        if !out.len().is_multiple_of(2) {
            return None;
        }
    }
}

/// What stands behind `(`, up to its closing bracket.
pub(super) fn literal<'a>(mut rest: &'a [u8], out: &mut Vec<u8>) -> Option<&'a [u8]> {
    let mut depth = 0;
    loop {
        let (first, behind) = rest.split_first()?;
        rest = behind;
        match first {
            b')' if depth == 0 => return Some(rest),
            b'\\' => rest = escape(rest, out)?,
            // Ends of lines are all one.
            b'\r' => return None,
            _ => {
                depth += i32::from(*first == b'(') - i32::from(*first == b')');
                out.push(*first);
            }
        }
    }
}

/// What stands behind a backslash.
fn escape<'a>(rest: &'a [u8], out: &mut Vec<u8>) -> Option<&'a [u8]> {
    // Three digits: nearly all of a page.
    if let [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', behind @ ..] = rest {
        out.push((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'));
        return Some(behind);
    }
    let (first, behind) = rest.split_first()?;
    let byte = match first {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        b'(' | b')' | b'\\' => *first,
        b'0'..=b'7' => {
            let digits = rest.iter().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
            let number = rest[..digits].iter().fold(0u16, |n, b| n * 8 + u16::from(b - b'0'));
            out.push(u8::try_from(number).ok()?);
            return rest.get(digits..);
        }
        _ => return None,
    };
    out.push(byte);
    Some(behind)
}

/// What stands behind `<`, up to `>`.
pub(super) fn hexadecimal<'a>(rest: &'a [u8], out: &mut Vec<u8>) -> Option<&'a [u8]> {
    let end = rest.iter().position(|b| *b == b'>')?;
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let digits = rest.get(..end)?;
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    for pair in digits.chunks_exact(2) {
        out.push(digit(&pair[0])? << 4 | digit(&pair[1])?);
    }
    rest.get(end + 1..)
}
