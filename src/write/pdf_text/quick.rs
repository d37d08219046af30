//! The operators of a page as we write it, read in one go. Whatever is in any way unlike it is not read here.

use super::operators::{Mark, Op, Operators};
use super::strings::{array, hexadecimal, literal};
use std::borrow::Cow;
use std::ops::Range;

/// Reads a page. `None` where something is not as it is on pages that we write.
pub(super) fn read(content: &[u8]) -> Option<Operators<'_>> {
    // What pages of text need.
    let mut out =
        Operators { all: Vec::with_capacity(content.len() / 24), codes: Vec::with_capacity(content.len() / 4) };
    let mut operands = Operands::default();
    let mut rest = content;
    while let Some((first, behind)) = rest.split_first() {
        rest = match first {
            _ if is_white(*first) => behind,
            b'0'..=b'9' | b'-' | b'+' | b'.' => operands.number(rest)?,
            b'/' => operands.name(behind)?,
            b'[' => operands.with(ARRAY, array(behind, &mut out.codes)?),
            b'(' => operands.with(STRING, literal(behind, &mut out.codes)?),
            b'<' => match behind.strip_prefix(b"<") {
                Some(behind) => operands.properties(behind)?,
                None => operands.with(STRING, hexadecimal(behind, &mut out.codes)?),
            },
            _ => {
                let (name, behind) = regular(rest);
                let shown = operands.codes..out.codes.len();
                out.all.extend(operator(name, &operands, shown)?);
                operands = Operands { codes: out.codes.len(), ..Operands::default() };
                behind
            }
        };
    }
    Some(out)
}

/// The kinds of operands in their order, four bits each, as the last sixteen of them.
type Shape = u64;

const NUMBER: Shape = 1;
const NAME: Shape = 2;
const STRING: Shape = 3;
const ARRAY: Shape = 4;
const DICTIONARY: Shape = 5;

const fn shape<const N: usize>(kinds: [Shape; N]) -> Shape {
    let (mut out, mut at) = (0, 0);
    while at < N {
        out = out << 4 | kinds[at];
        at += 1;
    }
    out
}

/// What stands before an operator.
#[derive(Default)]
struct Operands<'a> {
    shape: Shape,
    /// The first numbers, and how many there were.
    numbers: [f64; 6],
    count: usize,
    /// The last name.
    name: &'a [u8],
    /// `MCID` of the last dictionary.
    id: Option<i64>,
    /// Where the codes of strings begin.
    codes: usize,
}

impl<'a> Operands<'a> {
    fn with(&mut self, kind: Shape, rest: &'a [u8]) -> &'a [u8] {
        self.shape = self.shape << 4 | kind;
        rest
    }

    fn number(&mut self, text: &'a [u8]) -> Option<&'a [u8]> {
        let (number, rest) = number(text)?;
        if let Some(place) = self.numbers.get_mut(self.count) {
            *place = number;
        }
        self.count += 1;
        Some(self.with(NUMBER, rest))
    }

    fn name(&mut self, text: &'a [u8]) -> Option<&'a [u8]> {
        let (name, rest) = plain_name(text)?;
        self.name = name;
        Some(self.with(NAME, rest))
    }

    /// What stands behind `<<`, up to `>>`.
    fn properties(&mut self, mut rest: &'a [u8]) -> Option<&'a [u8]> {
        self.id = None;
        // The key whose value comes.
        let mut key: Option<&[u8]> = None;
        loop {
            let (first, behind) = rest.split_first()?;
            rest = match first {
                _ if is_white(*first) => behind,
                b'/' => {
                    let (name, behind) = plain_name(behind)?;
                    key = if key.is_none() { Some(name) } else { None };
                    behind
                }
                b'0'..=b'9' => {
                    let (number, behind) = number(rest)?;
                    if key.take()? == b"MCID" {
                        self.id = self.id.is_none().then_some(Some(number as i64))?;
                    }
                    behind
                }
                // Of names and numbers, such as the edges that an artifact stands at.
                b'[' => {
                    key.take()?;
                    let (within, behind) = behind.split_at_checked(behind.iter().position(|b| *b == b']')?)?;
                    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"/ .-".contains(b);
                    within.iter().all(plain).then_some(behind.get(1..)?)?
                }
                // Such as what stands for a picture.
                b'<' => key.take().and_then(|_| hexadecimal(behind, &mut Vec::new()))?,
                b'(' => key.take().and_then(|_| literal(behind, &mut Vec::new()))?,
                b'>' if key.is_none() => return Some(self.with(DICTIONARY, behind.strip_prefix(b">")?)),
                _ => return None,
            };
        }
    }

    fn only_numbers<const N: usize>(&self) -> Option<[f64; N]> {
        (self.shape == shape([NUMBER; N])).then(|| self.numbers.first_chunk().copied()).flatten()
    }
}

/// An operator and what it stands behind; nothing where it says nothing about text. `None` where it is not known or its
/// operands are not what it wants.
fn operator<'a>(name: &[u8], operands: &Operands<'a>, shown: Range<usize>) -> Option<Option<Op<'a>>> {
    let (op, wanted) = match name {
        b"q" => (Op::Save, 0),
        b"Q" => (Op::Restore, 0),
        b"cm" => return operands.only_numbers().map(|by| Some(Op::Transform(by))),
        b"BT" => (Op::BeginText, 0),
        b"Tm" => return operands.only_numbers().map(|matrix| Some(Op::TextMatrix(matrix))),
        b"Td" => return operands.only_numbers().map(|[x, y]| Some(Op::NextLine(x, y))),
        b"Tf" => (Op::Font(Cow::Borrowed(operands.name)), const { shape([NAME, NUMBER]) }),
        // Half a code is for the other reader.
        b"Tj" | b"TJ" if !shown.len().is_multiple_of(2) => return None,
        b"Tj" => (Op::Show(shown), STRING),
        b"TJ" => (Op::Show(shown), ARRAY),
        b"BMC" => (Op::Begin(Mark::of(operands.name, None)), NAME),
        b"BDC" => (Op::Begin(Mark::of(operands.name, operands.id)), const { shape([NAME, DICTIONARY]) }),
        b"EMC" => (Op::End, 0),
        b"ET" | b"Tr" | b"cs" | b"CS" | b"sc" | b"scn" | b"SC" | b"SCN" | b"gs" | b"Do" | b"w" | b"J" | b"j" | b"M"
        | b"d" | b"m" | b"l" | b"c" | b"h" | b"re" | b"S" | b"f" | b"f*" | b"n" | b"W" | b"W*" => return Some(None),
        _ => return None,
    };
    (operands.shape == wanted).then_some(Some(op))
}

/// A number at the start of a text, and what stands behind it.
fn number(text: &[u8]) -> Option<(f64, &[u8])> {
    let (number, rest) = regular(text);
    let (negative, digits) = match number.split_first()? {
        (b'-', digits) => (true, digits),
        (b'+', digits) => (false, digits),
        _ => (false, number),
    };
    let (mut mantissa, mut decimals, mut digit) = (0_u64, None, false);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa.checked_mul(10)?.checked_add(u64::from(byte - b'0'))?;
                decimals = decimals.map(|count| count + 1);
                digit = true;
            }
            b'.' if decimals.is_none() => decimals = Some(0),
            _ => return None,
        }
    }
    let value = mantissa as f64 / 10_f64.powi(decimals.unwrap_or(0));
    digit.then_some((if negative { -value } else { value }, rest))
}

/// A name without escapes behind its `/`, and what stands behind it.
fn plain_name(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (name, rest) = regular(text);
    (!name.contains(&b'#')).then_some((name, rest))
}

/// The regular characters at the start of a text, and what stands behind them.
fn regular(text: &[u8]) -> (&[u8], &[u8]) {
    let ends =
        |b: &u8| is_white(*b) || matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%');
    text.split_at(text.iter().position(ends).unwrap_or(text.len()))
}

fn is_white(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::pdf_text::operators::typed;
    use hayro_syntax::content::TypedIter;
    use proptest::prelude::*;

    /// What is shown by each operator, and the operators.
    fn told(operators: &Operators<'_>) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut joined = false;
        for op in &operators.all {
            let Op::Show(place) = op else {
                joined = false;
                out.push(format!("{op:?}"));
                continue;
            };
            // One reader shows the strings of an array one by one, the other all together.
            let codes = operators.codes[place.clone()].iter().map(|b| format!("{b:02x}")).collect::<String>();
            match out.last_mut().filter(|_| joined) {
                Some(last) => last.push_str(&codes),
                None => out.push(codes),
            }
            joined = true;
        }
        out.retain(|op| !op.is_empty());
        out
    }

    fn ours(content: &str) -> Option<Vec<String>> {
        read(content.as_bytes()).map(|read| told(&read))
    }

    fn theirs(content: &str) -> Vec<String> {
        told(&typed(TypedIter::new(content.as_bytes())))
    }

    #[test]
    fn pages_as_we_write_them_are_read_in_one_go() {
        for content in [
            "",
            "/Artifact<</Attached[/Top]/Subtype/Header/Type/Pagination>>BDC\nEMC/Span<</MCID 0>>BDC\n",
            "q 1 0 0 -1 120.08209 773.6124 cm/c0 cs 0 scn\nBT 0 Tr/f0 13 Tf 1 0 0 -1 0 0 Tm[(\\000\\001)-24.901001(a\\))]TJ\nET\nQ\nEMC",
            "/c0 CS 0 SCN 0.5 w 4 M 0 0 m 49.53182 0 l\nS\n/P<</MCID 12>>BDC BT 3 -4.5 Td <00410042>Tj ET EMC",
            "/Artifact<</Type/Layout/BBox[0 -1.5 3 4]>>BDC EMC",
            "/Figure<</MCID 0/Alt<FEFF0048>/ActualText(a)>>BDC q 1 0 0 1 0 0 cm /x0 Do Q EMC",
            "/Other BMC (\\0011\\n\\n)Tj EMC [] 0 d [(ab) 3 <0041>] TJ [] TJ",
        ] {
            assert_eq!(ours(content), Some(theirs(content)), "{content}");
        }
    }

    #[test]
    fn what_is_unlike_them_is_left_to_the_reader_of_all_objects() {
        for content in [
            "(a)Tj",
            "(ab",
            "(a\\",
            "(a\\z)Tj",
            "<0>Tj",
            "(\\777x)Tj",
            "<0g>Tj",
            "[(ab)",
            "[[(ab)]]TJ",
            "[/N]TJ",
            "(a\rb)Tj",
            "(ab)'",
            "1 2 (ab)\"",
            "T*",
            "BI",
            "1 2 3 cm",
            "1 2 3 4 5 6 7 cm",
            "/a 1 0 0 1 0 0 cm",
            "--1 2 Td",
            "/P /Names BDC",
            "/P <</MCID 1",
            "/P <</MCID 1 /A <<>> >> BDC",
            "/P <</MCID 1 /MCID 2>> BDC",
            "/P <</A/MCID 5>> BDC",
            "/P <</MCID(a)5>> BDC",
            "/P <</MC#49D 5>> BDC",
            "/a#20b 12 Tf",
            "% note",
            "true",
            "1 2 3 (ab) Tj",
            "(ab) q",
            "/f 1 2 Tf",
            "99999999999999999999 0 Td",
            "{",
            "]",
            "1e5 0 Td",
            ". 0 Td",
        ] {
            assert_eq!(ours(content), None, "{content}");
        }
    }

    #[test]
    fn strings_are_what_the_reader_of_all_objects_says() {
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
            let content = format!("[{array}] TJ");
            if let Some(ours) = ours(&content) {
                assert_eq!(ours, theirs(&content), "{content}");
            }
        }
        assert!(ours("[(\\0011) (\\18) (\\377x)] TJ").is_some());
        for array in ["(a)", "(ab", "(a\\z)", "<0>", "(\\777x)", "<0g>", "<00", "[(ab)]", "(a\rb)", "<<>>", "true"] {
            assert_eq!(ours(&format!("[{array}] TJ")), None, "{array}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_in_one_go_is_what_the_reader_of_all_objects_says(
            tokens in prop::collection::vec(prop::sample::select(vec![
                "q", "Q", "cm", "BT", "ET", "Tm", "Td", "Tf", "Tj", "TJ", "BMC", "BDC", "EMC", "1", "-2.5", "0", ".5", "7.",
                "1 0 0 -1 3 4 cm", "/f0 13 Tf", "1 0 0 1 0 0 Tm", "/f0", "/Span", "/Artifact", "<</MCID 3>>", "(ab)", "(\\000\\001)",
                "[(ab)-3(cd)]", "<0041>", "[]", "d", "w", "scn", "(\\()", "(()", "\n", "5 6 Td", "/P<</MCID 4>>BDC", "(a)", "<</T/A>>", "<</T<00>/MCID 5>>", "<</T 1/MCID 6/A[/B 2]>>", "<</A/MCID 5>>", "<</MCID(a)5>>", "<</MCID[1]>>",
            ]), 0..12),
            gap in prop::sample::select(vec![" ", "\n", ""]),
        ) {
            let content = tokens.join(gap);
            if let Some(ours) = ours(&content) {
                prop_assert_eq!(ours, theirs(&content), "{}", content);
            }
        }
    }
}
