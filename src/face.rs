//! The four faces of the type family: which characters they have and how wide each is.
//!
//! Widths let `compose` balance titles, size columns and draw rules of the lawful length before any writer runs.

use crate::decree30::units::Pt;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The embedded family: Liberation Serif 2.1.5 (SIL OFL), whose widths are those of Times New Roman.
static EMBEDDED: [&[u8]; 4] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
];

/// The signs of [`SYMBOLS`] from DejaVu Sans 2.37 (Bitstream Vera licence), under a name of its own as that asks.
static SYMBOL_FACE: &[u8] = include_bytes!("../fonts/VanthuSymbols-Regular.ttf");

/// Family name of the symbol face.
pub const SYMBOL_FAMILY: &str = "Vanthu Symbols";

/// Signs of forms, lists and units that the family does not have; they are set in the symbol face, whatever family the
/// text is in.
pub const SYMBOLS: &str = "☐☑☒✓✔✗✘◆◇❖➔➢➤▶★☆⇒⇔⁰⁺⁻₊₋";

/// Whether a character is set in the symbol face.
pub fn is_symbol(c: char) -> bool {
    c >= '\u{2070}' && SYMBOLS.contains(c)
}

/// Size of symbols in a text of this size, in whole half points, as Word counts: small enough that the taller face of
/// symbols that Word has makes no line higher.
pub fn symbol_size(size: Pt) -> Pt {
    Pt((size.0 * 0.82 * 2.0).round() / 2.0)
}

/// Names of the faces, in the order in which they are kept.
pub const FACE_NAMES: [&str; 4] = ["thường", "đậm", "nghiêng", "đậm nghiêng"];

/// Letters and signs that every văn bản needs.
const NEEDED: &str = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz0123456789.,;:!?…-–()[]/“”‘’%&§°²³×";

/// A family in four faces.
pub struct Faces {
    /// Family name, as the font files say.
    pub family: String,
    faces: Vec<Face>,
    symbols: Option<&'static Face>,
}

/// The symbol face; what is embedded can be read.
fn symbol_face() -> Option<&'static Face> {
    static FACE: OnceLock<Option<Face>> = OnceLock::new();
    FACE.get_or_init(|| parse(Cow::Borrowed(SYMBOL_FACE)).map(|(.., face)| face)).as_ref()
}

struct Face {
    data: Cow<'static, [u8]>,
    units_per_em: f64,
    /// Advance of every character of the first planes' letters, by code point; none is [`MISSING`].
    near: Vec<u16>,
    /// The greatest of them.
    widest: u16,
    /// All others.
    far: HashMap<char, u16>,
}

/// No glyph.
const MISSING: u16 = u16::MAX;
/// Code points below this are in the table: Latin with all Vietnamese letters, and general punctuation.
const NEAR: usize = 0x2070;

impl Face {
    fn advance(&self, c: char) -> Option<u16> {
        match self.near.get(c as usize) {
            Some(&MISSING) => None,
            Some(&advance) => Some(advance),
            None => self.far.get(&c).copied(),
        }
    }
}

impl Faces {
    /// The family inside the program.
    pub fn embedded() -> &'static Faces {
        static FACES: OnceLock<Faces> = OnceLock::new();
        FACES.get_or_init(|| {
            let faces = EMBEDDED.map(|bytes| parse(Cow::Borrowed(bytes)));
            let mut family = String::new();
            let faces = faces
                .into_iter()
                .flatten()
                .map(|(name, _, face)| {
                    family = name;
                    face
                })
                .collect();
            Faces { family, faces, symbols: symbol_face() }
        })
    }

    /// A family from font files; all four faces must be among them. The error is a sentence for the user.
    pub fn from_files(files: Vec<(String, Vec<u8>)>) -> Result<Faces, String> {
        let mut slots: [Option<Face>; 4] = [None, None, None, None];
        let mut family = String::new();
        for (file, bytes) in files {
            let Some((name, index, face)) = parse(Cow::Owned(bytes)) else {
                return Err(format!("Tệp {file} không phải là phông chữ đọc được."));
            };
            if family.is_empty() {
                family.clone_from(&name);
            }
            if name == family {
                slots[index] = Some(face);
            }
        }
        let mut faces = Vec::new();
        for (slot, name) in slots.into_iter().zip(FACE_NAMES) {
            faces.push(slot.ok_or_else(|| format!("Thiếu kiểu chữ {name} của bộ phông “{family}”."))?);
        }
        let faces = Faces { family, faces, symbols: symbol_face() };
        // What the program itself adds to a document is made of these letters.
        faces.check_letters()?;
        Ok(faces)
    }

    /// Whether every face has the letters and signs of Vietnamese documents. The error is a sentence for the user.
    pub fn check_letters(&self) -> Result<(), String> {
        for (index, name) in FACE_NAMES.iter().enumerate() {
            let (bold, italic) = (index % 2 == 1, index >= 2);
            let all = NEEDED.chars().chain(NEEDED.chars().flat_map(char::to_uppercase));
            let missing: String = all.filter(|c| !self.covers(*c, bold, italic)).collect();
            if !missing.is_empty() {
                return Err(format!("Họ chữ “{}”, kiểu {name}, không có các chữ: {missing}.", self.family));
            }
        }
        Ok(())
    }

    /// The font files, for the writer that embeds them.
    pub fn data(&self) -> impl Iterator<Item = &Cow<'static, [u8]>> {
        self.faces.iter().chain(self.symbols).map(|f| &f.data)
    }

    fn face(&self, bold: bool, italic: bool) -> Option<&Face> {
        self.faces.get(usize::from(bold) + 2 * usize::from(italic))
    }

    /// Whether a face has a glyph for a character.
    pub fn covers(&self, c: char, bold: bool, italic: bool) -> bool {
        let face = if is_symbol(c) { self.symbols } else { self.face(bold, italic) };
        face.is_some_and(|f| f.advance(c).is_some())
    }

    /// Every character that a face has and that may be printed, in the order of the code points.
    pub fn characters(&self, bold: bool, italic: bool) -> Vec<char> {
        let Some(face) = self.face(bold, italic) else { return Vec::new() };
        let near = (0..NEAR as u32).filter_map(char::from_u32).filter(|c| face.advance(*c).is_some());
        let mut all: Vec<char> = near.chain(face.far.keys().copied()).collect();
        all.sort_unstable();
        all
    }

    /// Width of the widest letter below U+2070.
    pub fn widest(&self, bold: bool, italic: bool, size: Pt) -> Pt {
        self.face(bold, italic).map_or(Pt(0.0), |face| Pt(f64::from(face.widest) * size.0 / face.units_per_em))
    }

    /// Width of a letter.
    pub fn width_of(&self, c: char, bold: bool, italic: bool, size: Pt) -> Pt {
        match self.symbols.filter(|_| is_symbol(c)) {
            None => self
                .face(bold, italic)
                .map_or(Pt(0.0), |face| Pt(f64::from(face.advance(c).unwrap_or(0)) * size.0 / face.units_per_em)),
            Some(_) => self.width(c.encode_utf8(&mut [0; 4]), bold, italic, size),
        }
    }

    /// Width of a text on one line, without kerning.
    pub fn width(&self, text: &str, bold: bool, italic: bool, size: Pt) -> Pt {
        let Some(face) = self.face(bold, italic) else { return Pt(0.0) };
        let mut units = 0.0;
        let mut symbols = 0.0;
        for c in text.chars() {
            match self.symbols.filter(|_| is_symbol(c)) {
                None => units += f64::from(face.advance(c).unwrap_or(0)),
                Some(face) => symbols += f64::from(face.advance(c).unwrap_or(0)) / face.units_per_em,
            }
        }
        Pt(units * size.0 / face.units_per_em + symbols * symbol_size(size).0)
    }
}

/// Letters that are written from right to left, and the room that Unicode keeps for more of them (DerivedBidiClass,
/// classes R and AL). They are not set, whatever face has them: a line would have to run in two directions.
pub fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{0590}'..='\u{08FF}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFE}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    )
}

/// Family name, index of the face, and the face.
fn parse(data: Cow<'static, [u8]>) -> Option<(String, usize, Face)> {
    let font = ttf_parser::Face::parse(&data, 0).ok()?;
    let mut near = vec![MISSING; NEAR];
    let mut far = HashMap::new();
    for table in font.tables().cmap?.subtables {
        if !table.is_unicode() {
            continue;
        }
        table.codepoints(|code| {
            if let (Some(c), Some(glyph)) = (char::from_u32(code), table.glyph_index(code))
                && glyph.0 != 0
                && !is_right_to_left(c)
            {
                let advance = font.glyph_hor_advance(glyph).unwrap_or(0).min(MISSING - 1);
                match near.get_mut(c as usize) {
                    Some(slot) => *slot = advance,
                    None => {
                        far.insert(c, advance);
                    }
                }
            }
        });
    }
    // A hyphen that does not break is printed as a hyphen.
    near[0x2011] = near['-' as usize];
    let name = |id| font.names().into_iter().filter(|n| n.name_id == id && n.is_unicode()).find_map(|n| n.to_string());
    let family = name(ttf_parser::name_id::TYPOGRAPHIC_FAMILY).or_else(|| name(ttf_parser::name_id::FAMILY))?;
    let index = usize::from(font.is_bold()) + 2 * usize::from(font.is_italic());
    let units_per_em = f64::from(font.units_per_em());
    let widest = near.iter().copied().filter(|advance| *advance != MISSING).max().unwrap_or(0);
    Some((family, index, Face { units_per_em, near, widest, far, data: data.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_vietnamese_letters_in_four_faces() {
        let vowels = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
        let faces = Faces::embedded();
        assert_eq!(faces.family, "Liberation Serif");
        use unicode_normalization::UnicodeNormalization;
        let mut count = 0;
        for v in vowels.chars() {
            for tone in ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"] {
                let text: String = format!("{v}{tone}").nfc().collect();
                for c in text.chars().chain("đĐ–“”…".chars()) {
                    for (b, i) in [(false, false), (true, false), (false, true), (true, true)] {
                        assert!(faces.covers(c, b, i), "{c}");
                    }
                }
                count += 1;
            }
        }
        assert_eq!(count, 144);
    }

    #[test]
    fn the_embedded_family_has_what_every_document_needs() {
        assert_eq!(Faces::embedded().check_letters(), Ok(()));
    }

    #[test]
    fn the_tieu_ngu_measures_as_in_the_decree() {
        let faces = Faces::embedded();
        let mm = |text, bold, italic, size| (faces.width(text, bold, italic, Pt(size)).to_mm().0 * 10.0).round() / 10.0;
        assert_eq!(mm(crate::decree30::phrases::TIEU_NGU, true, false, 14.0), 60.5);
        assert_eq!(mm(crate::decree30::phrases::QUOC_HIEU, true, false, 13.0), 95.7);
        assert_eq!(mm("Thành phố Hồ Chí Minh, ngày 29 tháng 12 năm 2026", false, true, 14.0), 106.3);
    }
}
