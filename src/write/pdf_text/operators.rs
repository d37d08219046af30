//! The operators of a page that place and show text (ISO 32000-1, 7.8.2 and annex A), read in one pass over the bytes:
//! half of what a proof costs is a page's content. What is not of the few forms that we write is left to a general reader.

use super::strings;
use std::ops::Range;

/// What an operator does to the text of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operator<'a> {
    /// `q`
    Save,
    /// `Q`
    Restore,
    /// `cm`
    Transform([f64; 6]),
    /// `BT`
    BeginText,
    /// `Tm`
    Matrix([f64; 6]),
    /// `Td`
    NextLine(f64, f64),
    /// `Tf`: the name of the font.
    Font(&'a [u8]),
    /// `BMC`, `BDC`: the tag, and the id of the marked content.
    Begin(&'a [u8], Option<i64>),
    /// `EMC`
    End,
    /// `Tj`, `TJ`: which bytes of [`Content::shown`].
    Show(Range<usize>),
}

/// A page's operators.
#[derive(Default)]
pub(super) struct Content<'a> {
    /// In their order.
    pub all: Vec<Operator<'a>>,
    /// The bytes of all strings.
    pub shown: Vec<u8>,
}

/// Most numbers before an operator.
const NUMBERS: usize = 6;

/// Operands before an operator.
#[derive(Default)]
struct Operands<'a> {
    numbers: [f64; NUMBERS],
    count: usize,
    names: [Option<&'a [u8]>; 2],
    properties: Option<&'a [u8]>,
    /// A string with its brackets, or the inside of an array.
    text: Option<&'a [u8]>,
}

/// Reads a page. `None` where it holds anything that is not of the forms known here.
pub(super) fn read(content: &[u8]) -> Option<Content<'_>> {
    let mut out = Content::default();
    let mut operands = Operands::default();
    let mut at = 0;
    while let Some(first) = content.get(at) {
        match first {
            b if is_white(*b) => at += 1,
            b'0'..=b'9' | b'-' | b'+' | b'.' => {
                let end = end_of_regular(content, at);
                if operands.count < NUMBERS {
                    operands.numbers[operands.count] = number(content.get(at..end)?)?;
                }
                operands.count += 1;
                at = end;
            }
            b'/' => {
                let end = end_of_regular(content, at + 1);
                let name = content.get(at + 1..end).filter(|n| !n.contains(&b'#'))?;
                *operands.names.iter_mut().find(|n| n.is_none())? = Some(name);
                at = end;
            }
            b'<' if content.get(at + 1) == Some(&b'<') => {
                let end = end_of_object(content, at)?;
                operands.properties = Some(content.get(at..end)?);
                at = end;
            }
            b'(' | b'<' => {
                let end = end_of_object(content, at)?;
                operands.text = Some(content.get(at..end)?);
                at = end;
            }
            b'[' => {
                let end = end_of_object(content, at)?;
                operands.text = Some(content.get(at + 1..end - 1)?);
                at = end;
            }
            b if b.is_ascii_alphabetic() => {
                let end = end_of_regular(content, at);
                out.operator(content.get(at..end)?, &operands)?;
                operands = Operands::default();
                at = end;
            }
            _ => return None,
        }
    }
    Some(out)
}

impl<'a> Content<'a> {
    fn operator(&mut self, name: &[u8], operands: &Operands<'a>) -> Option<()> {
        let six = || (operands.count == 6).then_some(operands.numbers);
        let tag = operands.names[0];
        let operator = match name {
            b"q" => Operator::Save,
            b"Q" => Operator::Restore,
            b"cm" => Operator::Transform(six()?),
            b"BT" => Operator::BeginText,
            b"Tm" => Operator::Matrix(six()?),
            b"Td" if operands.count == 2 => Operator::NextLine(operands.numbers[0], operands.numbers[1]),
            b"Tf" if operands.count == 1 => Operator::Font(tag?),
            b"BMC" => Operator::Begin(tag?, None),
            b"BDC" => Operator::Begin(tag?, mcid(operands.properties?)?),
            b"EMC" => Operator::End,
            b"Tj" | b"TJ" => {
                let start = self.shown.len();
                strings::join(operands.text?, &mut self.shown)?;
                Operator::Show(start..self.shown.len())
            }
            // Others that move or show text, and pictures whose bytes stand in the content.
            b"Td" | b"Tf" | b"TD" | b"TL" | b"BI" | b"ID" | b"Do" => return None,
            // Colours, lines, spacing, modes.
            _ => return Some(()),
        };
        self.all.push(operator);
        Some(())
    }
}

fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0 | 12)
}

/// Where a name, a number or an operator ends.
fn end_of_regular(content: &[u8], from: usize) -> usize {
    let ends = |b: &u8| is_white(*b) || b"()<>[]{}/%".contains(b);
    content.get(from..).and_then(|rest| rest.iter().position(ends)).map_or(content.len(), |at| from + at)
}

/// Where a string, an array or a dictionary that begins here ends.
fn end_of_object(content: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = from;
    loop {
        match content.get(at)? {
            b'(' => at = end_of_string(content, at)?,
            b'<' if content.get(at + 1) == Some(&b'<') => {
                depth += 1;
                at += 2;
            }
            b'<' => at += content.get(at..)?.iter().position(|b| *b == b'>')? + 1,
            b'[' => {
                depth += 1;
                at += 1;
            }
            b'>' if content.get(at + 1) == Some(&b'>') => {
                depth = depth.checked_sub(1)?;
                at += 2;
            }
            b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b'%' => return None,
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

fn end_of_string(content: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = from;
    loop {
        match content.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// A number without an exponent, as PDF has them.
fn number(text: &[u8]) -> Option<f64> {
    std::str::from_utf8(text).ok().filter(|t| !t.contains(['e', 'E', 'n', 'i'])).and_then(|t| t.parse().ok())
}

/// The id in a list of properties; the list itself must be plain.
fn mcid(properties: &[u8]) -> Option<Option<i64>> {
    const KEY: &[u8] = b"/MCID";
    let mut found = properties.windows(KEY.len()).enumerate().filter(|(_, w)| *w == KEY).map(|(at, _)| at);
    let Some(at) = found.next() else { return Some(None) };
    // In a text it would be no key.
    if found.next().is_some() || properties.contains(&b'(') {
        return None;
    }
    let rest = properties.get(at + KEY.len()..)?;
    let start = rest.iter().position(|b| !is_white(*b))?;
    let end = end_of_regular(rest, start);
    let id = std::str::from_utf8(rest.get(start..end)?).ok()?;
    (start > 0).then(|| id.parse().ok().map(Some)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_and_their_operands() {
        let page = b"q 1 0 0 -1 0 842 cm /P <</MCID 3>> BDC BT /F0 14 Tf 1 0 0 1 85.5 -70 Tm [(\\000A) -3 <0042>] TJ 2 0 Td (\\000C) Tj ET EMC /Artifact BMC EMC 0 g Q";
        let content = read(page).unwrap();
        let wanted = [
            Operator::Save,
            Operator::Transform([1.0, 0.0, 0.0, -1.0, 0.0, 842.0]),
            Operator::Begin(b"P", Some(3)),
            Operator::BeginText,
            Operator::Font(b"F0"),
            Operator::Matrix([1.0, 0.0, 0.0, 1.0, 85.5, -70.0]),
            Operator::Show(0..4),
            Operator::NextLine(2.0, 0.0),
            Operator::Show(4..6),
            Operator::End,
            Operator::Begin(b"Artifact", None),
            Operator::End,
            Operator::Restore,
        ];
        assert_eq!(content.all, wanted);
        assert_eq!(content.shown, [0, b'A', 0, b'B', 0, b'C']);
    }

    #[test]
    fn what_is_of_another_form_is_left_to_others() {
        for page in [
            "1 0 0 1 0 cm",
            "(abc) Tj",
            "(ab Tj",
            "[(ab) TJ",
            "/F#30 12 Tf",
            "1 2 TD",
            "/X0 Do",
            "BI /W 1 ID x EI",
            "/P /Named BDC",
            "/Span <</ActualText (/MCID 4)/MCID 3>> BDC",
            "% said",
            "<</A <</MCID 1>>",
            ")",
            "1e3 0 0 1 0 0 cm",
        ] {
            assert!(read(page.as_bytes()).is_none(), "{page}");
        }
        assert!(read(b"/Span <</ActualText (a)>> BDC").is_some());
    }

    #[test]
    fn no_content_does_harm() {
        let page = b"/P <</MCID 3/A [1 (b)]>> BDC BT /F0 14 Tf [(\\000A) -3 <0042>] TJ ET EMC";
        for end in 0..page.len() {
            drop(read(&page[..end]));
            for byte in [b'(', b')', b'<', b'>', b'[', b']', b'\\', b'/', 0xFF] {
                let mut broken = page.to_vec();
                broken[end] = byte;
                drop(read(&broken));
            }
        }
    }
}
