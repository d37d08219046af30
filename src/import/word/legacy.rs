//! Code pages from before Unicode: TCVN3 (fonts `.VnTime` …) and VNI (fonts `VNI-Times` …). The name of a font alone says
//! nothing, many files have Unicode letters under such fonts: the letters of the whole file decide.

use crate::ooxml::xml::Element;

/// TCVN3 and Unicode, letter by letter.
const TCVN3: (&str, &str) = (
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u{AD}õøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
);

/// Letters of TCVN3 that no Vietnamese text in Unicode has.
const TCVN3_ONLY: &str = "µ¸¶·¹¨»¾¼½©®ª«¬¡¢§£¤¥¦";

/// Signs of VNI behind `a`, `e`, `o`, `u`, `y`, `ô` (ơ) and `ö` (ư), with the mark that they add (combining).
const VNI_TONES: [(char, &str); 5] =
    [('ø', "\u{300}"), ('ù', "\u{301}"), ('û', "\u{309}"), ('õ', "\u{303}"), ('ï', "\u{323}")];
/// Signs of VNI that add a circumflex, and perhaps a tone.
const VNI_CIRCUMFLEX: [(char, &str); 6] = [
    ('â', "\u{302}"),
    ('à', "\u{302}\u{300}"),
    ('á', "\u{302}\u{301}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
];
/// Signs of VNI that add a breve to `a`, and perhaps a tone.
const VNI_BREVE: [(char, &str); 6] = [
    ('ê', "\u{306}"),
    ('è', "\u{306}\u{300}"),
    ('é', "\u{306}\u{301}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
];
/// Letters of VNI that stand alone.
const VNI_ALONE: [(char, &str); 14] = [
    ('ô', "ơ"),
    ('Ó', "Ĩ"),
    ('Ò', "Ị"),
    ('ö', "ư"),
    ('ñ', "đ"),
    ('æ', "ỉ"),
    ('ó', "ĩ"),
    ('ò', "ị"),
    ('î', "ỵ"),
    ('Ô', "Ơ"),
    ('Ö', "Ư"),
    ('Ñ', "Đ"),
    ('Æ', "Ỉ"),
    ('Î', "Ỵ"),
];

/// Which code pages a file really uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pages {
    tcvn3: bool,
    vni: bool,
}

impl Pages {
    /// Judges by the letters of a whole part.
    pub fn of(root: &Element) -> Self {
        let text = root.text();
        let (mut unicode, mut tcvn3, mut vni) = (0, 0, 0);
        for c in text.chars().filter(|c| !c.is_ascii()) {
            match c {
                '\u{1EA0}'..='\u{1EF9}' => unicode += 1,
                '\0'..='\u{FF}' => {
                    tcvn3 += usize::from(TCVN3_ONLY.contains(c));
                    // These are in no Vietnamese word.
                    vni += usize::from("ñöøûïåäëÑÖØÛÏÅÄË".contains(c));
                }
                _ => {}
            }
        }
        Pages { tcvn3: tcvn3 > 5 && tcvn3 > unicode * 3, vni: vni > 5 && vni > unicode * 3 && vni > tcvn3 }
    }

    /// Letters of a run in Unicode.
    pub fn unicode(self, text: &str, font: Option<&str>) -> String {
        let font = font.unwrap_or_default();
        let already = text.chars().any(|c| matches!(c, '\u{1EA0}'..='\u{1EF9}'));
        if self.tcvn3 && font.starts_with(".Vn") && !already {
            let out: String = text.chars().map(tcvn3).collect();
            // Fonts whose name ends in `H` show capitals.
            return if font.ends_with('H') { out.to_uppercase() } else { out };
        }
        if self.vni && font.to_uppercase().starts_with("VNI") && !already {
            return vni(text);
        }
        text.to_owned()
    }
}

fn tcvn3(c: char) -> char {
    let at = TCVN3.0.chars().position(|old| old == c);
    at.and_then(|at| TCVN3.1.chars().nth(at)).unwrap_or(c)
}

fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut before: Option<char> = None;
    for c in text.chars() {
        let small = c.to_lowercase().next().unwrap_or(c);
        let base = before.map(|b| b.to_lowercase().next().unwrap_or(b));
        let sign = match base {
            Some('a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö') => {
                let tone = VNI_TONES.iter().find(|(sign, _)| *sign == small);
                let hat =
                    VNI_CIRCUMFLEX.iter().find(|(sign, _)| *sign == small && matches!(base, Some('a' | 'e' | 'o')));
                let breve = VNI_BREVE.iter().find(|(sign, _)| *sign == small && base == Some('a'));
                tone.or(hat).or(breve)
            }
            _ => None,
        };
        match (sign, VNI_ALONE.iter().find(|(old, _)| *old == c)) {
            (Some((_, marks)), _) => {
                out.push_str(marks);
                before = None;
                continue;
            }
            (None, Some((_, new))) => out.push_str(new),
            (None, None) => out.push(c),
        }
        before = Some(c);
    }
    use unicode_normalization::UnicodeNormalization;
    out.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_the_same_length() {
        assert_eq!(TCVN3.0.chars().count(), TCVN3.1.chars().count());
    }

    #[test]
    fn letters_decide_not_the_name_of_the_font() {
        let old = Pages { tcvn3: true, vni: false };
        assert_eq!(
            old.unicode("Céng hßa x· héi chñ nghÜa ViÖt Nam", Some(".VnTime")),
            "Cộng hòa xã hội chủ nghĩa Việt Nam"
        );
        assert_eq!(old.unicode("ñy ban nh©n d©n", Some(".VnTimeH")), "ỦY BAN NHÂN DÂN");
        assert_eq!(old.unicode("Việt Nam", Some(".VnTime")), "Việt Nam");
        assert_eq!(Pages::default().unicode("lá", Some(".VnTime")), "lá");
        let vni = Pages { tcvn3: false, vni: true };
        let text = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñöôøng phoá, kyù, tæ leä, baèng";
        assert_eq!(
            vni.unicode(text, Some("VNI-Times")),
            "Cộng hòa xã hội chủ nghĩa Việt Nam, đường phố, ký, tỉ lệ, bằng"
        );
    }
}
