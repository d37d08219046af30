//! The commented blank of each type: what is common to all in one template, what is its own in one a type.

use crate::decree30::kinds::{KINDS, Kind};
use crate::diagnostic::{Diagnostic, code, nearest};
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, context};

/// The modeline by which editors find the schema; the first line of a blank.
const MODELINE: &str = "# yaml-language-server: $schema=";

/// What is common to all blanks, minijinja over YAML.
const COMMON: &str = include_str!("../../templates/ban-thao/chung.yaml");

macro_rules! bodies {
    ($($key:literal)*) => {
        &[$(($key, include_str!(concat!("../../templates/ban-thao/", $key, ".yaml")))),*]
    };
}

/// The parts of each type, by its key.
const BODIES: &[(&str, &str)] = bodies! {
    "nghi_quyet" "quyet_dinh" "chi_thi" "quy_che" "quy_dinh" "thong_cao" "thong_bao" "huong_dan" "chuong_trinh" "ke_hoach" "phuong_an" "de_an"
    "du_an" "bao_cao" "to_trinh" "giay_uy_quyen" "phieu_gui" "phieu_chuyen" "phieu_bao" "cong_van" "cong_dien" "bien_ban" "giay_moi" "giay_gioi_thieu" "giay_nghi_phep" "hop_dong" "ban_ghi_nho" "ban_thoa_thuan" "thu_cong"
};

/// The blank of a type, ready to render. With the name of a schema beside it, the first line leads editors there.
pub fn blank_of(key: &str, schema: Option<&str>) -> Result<String, Diagnostic> {
    let kind = Kind::by_key(key).ok_or_else(|| {
        let hint = match nearest(key, KINDS.iter().map(|k| k.key)) {
            Some(near) => format!("Có phải là “{near}” không?"),
            None => format!("Các loại dùng được: {}.", KINDS.map(|k| k.key).join(", ")),
        };
        Diagnostic::general(&code::LOAI_LA, format!("“{key}” không có trong 29 loại văn bản hành chính của Điều 7."))
            .hint(hint)
    })?;
    let body = BODIES.iter().find(|(name, _)| *name == kind.key).map_or("", |(_, body)| body);
    let text = render(kind, body)
        .map_err(|e| Diagnostic::general(&code::MAU_SAI, format!("Bản thảo mẫu của chương trình có lỗi: {e}.")))?;
    Ok(match schema {
        Some(schema) => format!("{MODELINE}{schema}\n{text}"),
        None => text,
    })
}

fn render(kind: &Kind, body: &str) -> Result<String, minijinja::Error> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    // The blank shows `{{ … }}` to the user, so the program's own values are printed with other signs.
    env.set_syntax(
        SyntaxConfig::builder()
            .keep_trailing_newline(true)
            .trim_blocks(true)
            .lstrip_blocks(true)
            .variable_delimiters("<<", ">>")
            .build()?,
    );
    let context = context! {
        loai => kind.key, ten_thuong => kind.name.to_lowercase(), viet_tat => kind.abbreviation,
    };
    // The type's own parts are set first; what it does not set, the common text says.
    env.render_str(&format!("{body}{COMMON}"), context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_blank_of_its_own_kind() {
        let mut seen: Vec<String> = Vec::new();
        for kind in &KINDS {
            let text = blank_of(kind.key, None).unwrap();
            assert!(text.starts_with("# Bản thảo"), "{text}");
            assert!(text.contains(&format!("loai: {}\n", kind.key)) && !text.contains("<<"), "{text}");
            let start = text.find("\n# so:").unwrap();
            let end = text.find("\nky:").unwrap();
            let own = text[start..end].to_owned();
            assert!(!seen.contains(&own), "{} has the outline of another type", kind.key);
            seen.push(own);
        }
        assert_eq!(seen.len(), BODIES.len());
        assert!(blank_of("ke_hoach", Some("a.json")).unwrap().starts_with("# yaml-language-server: $schema=a.json\n#"));
    }
}
