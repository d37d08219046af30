//! The strings of an array of text and shifts (ISO 32000-1, 7.3.4 and 9.4.3), read in one go: most of a page is of these.

/// Puts the bytes of all strings behind each other. `None` where the array holds more than whole two-byte strings and
/// numbers, or is not as the standard wants it: then it is for a reader of all objects.
pub(super) fn join(array: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut rest = array;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match first {
            b'(' => rest = literal(rest, out)?,
            b'<' => rest = hexadecimal(rest, out)?,
            b' ' | b'\n' | b'\r' | b'\t' | b'0'..=b'9' | b'-' | b'+' | b'.' => {}
            _ => return None,
        }
        // A code of two bytes stands in one string.
        if !out.len().is_multiple_of(2) {
            return None;
        }
    }
    Some(())
}

/// What stands behind `(`, up to its closing bracket.
fn literal<'a>(mut rest: &'a [u8], out: &mut Vec<u8>) -> Option<&'a [u8]> {
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
fn hexadecimal<'a>(rest: &'a [u8], out: &mut Vec<u8>) -> Option<&'a [u8]> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_syntax::content::TypedIter;
    use hayro_syntax::content::ops::TypedInstruction;
    use hayro_syntax::object::Object;

    fn ours(array: &str) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        join(array.as_bytes(), &mut out).map(|()| out)
    }

    /// What a reader of all objects says.
    fn theirs(array: &str) -> Vec<u8> {
        let content = format!("[{array}] TJ");
        let mut all = TypedIter::new(content.as_bytes());
        let Some(TypedInstruction::ShowTexts(show)) = all.next() else { panic!("{content}") };
        let strings = show.0.iter::<Object<'_>>().filter_map(|o| match o {
            Object::String(s) => Some(s.as_bytes().to_vec()),
            _ => None,
        });
        strings.collect::<Vec<_>>().concat()
    }

    #[test]
    fn strings_are_what_a_reader_of_all_objects_says() {
        for array in [
            "",
            "(ab)",
            "(ab) -12.5 (cd)",
            "<00410042> 3 (\\000C)",
            "(a\\)) (\\\\()) (\\n\\r) (\\t\\b\\f\\101)",
            "(((a)))",
            "(\\0011) (\\18) (\\377x)",
            "< >",
        ] {
            if let Some(ours) = ours(array) {
                assert_eq!(ours, theirs(array), "{array}");
            }
        }
        assert!(ours("(ab) -12.5 (cd)").is_some() && ours("<00410042> 3 (\\000C)").is_some());
    }

    #[test]
    fn what_is_not_whole_is_left_to_others() {
        for array in [
            "(a)", "(ab", "(a\\", "(a\\z)", "<0>", "(\\777x)", "<0g>", "<00", "/Name", "[(ab)]", "(a\rb)", "<<>>",
            "true",
        ] {
            assert_eq!(ours(array), None, "{array}");
        }
    }
}
