//! Which syllables Vietnamese spelling allows: onset, rime, tone, and the letter that carries the tone. Made from the rules
//! of spelling, not from a list of words.

use crate::chars::is_alphabetic;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;
use std::sync::LazyLock;

/// What is to be said of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// A syllable, or no Vietnamese word.
    Fine,
    /// A syllable whose tone stands on the wrong letter; the right spelling.
    Misplaced(String),
    /// Two syllables written as one, before and behind this byte: a word from abroad (`ôtô`), or a blank that is missing.
    Joined(usize),
    /// No syllable of Vietnamese.
    Impossible,
}

/// Onsets, longest first.
const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

/// Rimes, without tones.
const RIMES: &str = "\
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu \
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet \
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uênh uêt uên uơ uy uya uych uynh uyt uyn \
uyp uyu uyên uyêt ych yn ynh yp yt \
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu \
y yêm yên yêng yêt yêu";

static ALLOWED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| RIMES.split_whitespace().collect());

/// The tones but the level one, in the order of [`marked`].
const TONES: [&str; 12] = [
    "aàáảãạ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "eèéẻẽẹ",
    "êềếểễệ",
    "iìíỉĩị",
    "oòóỏõọ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "uùúủũụ",
    "ưừứửữự",
    "yỳýỷỹỵ",
];

/// For each letter up to the last of Vietnamese the one without its tone, and the tone.
static UNTONED: LazyLock<Vec<(char, u8)>> = LazyLock::new(|| {
    let mut out: Vec<(char, u8)> = ('\0'..='\u{1EFF}').map(|c| (c, 0)).collect();
    for row in TONES {
        let bare = row.chars().next().unwrap_or_default();
        for (tone, c) in (0..).zip(row.chars()) {
            if let Some(entry) = out.get_mut(c as usize) {
                *entry = (bare, tone);
            }
        }
    }
    out
});

/// A letter without its tone, and the tone: 0 is level.
pub fn untoned(c: char) -> (char, usize) {
    if c.is_ascii() {
        return (c, 0);
    }
    UNTONED.get(c as usize).map_or((c, 0), |(bare, tone)| (*bare, usize::from(*tone)))
}

/// A letter with a tone.
pub fn marked(c: char, tone: usize) -> char {
    TONES.iter().find(|row| row.starts_with(c)).and_then(|row| row.chars().nth(tone)).unwrap_or(c)
}

/// Whether a letter is one that only Vietnamese has, or one with a tone.
pub fn is_vietnamese(c: char) -> bool {
    matches!(c, 'đ' | 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư') || untoned(c).1 > 0
}

/// Judges a word in small letters. Words without a letter of Vietnamese are no business of ours.
pub fn judge(word: &str) -> Judgement {
    // No word of ours is so long.
    if word.len() > 60 || !word.chars().any(is_vietnamese) || !word.chars().all(is_alphabetic) {
        return Judgement::Fine;
    }
    match judge_one(word) {
        Judgement::Impossible => joined(word).map_or(Judgement::Impossible, Judgement::Joined),
        judged => judged,
    }
}

/// Words that were judged on this thread, at most: a language has some thousands of syllables.
const MOST_KNOWN: usize = 20_000;

thread_local! {
    static KNOWN: RefCell<FxHashMap<String, Judgement>> = RefCell::default();
}

/// As [`judge`]; what is fine is none. The same words come in all texts, so what was judged is kept.
pub fn judge_again(word: &str) -> Option<Judgement> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(judged) = known.get(word) {
            return Some(judged.clone()).filter(|j| *j != Judgement::Fine);
        }
        let judged = judge(word);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(word.to_owned(), judged.clone());
        Some(judged).filter(|j| *j != Judgement::Fine)
    })
}

/// The byte at which a word is two syllables.
fn joined(word: &str) -> Option<usize> {
    let whole = |part: &str| judge_one(part) == Judgement::Fine && is_syllable(part);
    let vowel = |part: &str| part.starts_with(|c| "aăâeêioôơuưy".contains(untoned(c).0));
    let parts = |at: &usize| whole(&word[..*at]) && whole(&word[*at..]) && !vowel(&word[*at..]);
    word.char_indices().skip(1).map(|(at, _)| at).find(parts)
}

/// Words from abroad that are no chain of syllables.
const LOANS: [&str; 12] =
    ["crôm", "brôm", "trđ", "amiăng", "vônfram", "cađimi", "kilôgam", "prôtêin", "hyđrô", "clo", "crômat", "brômua"];

/// Whether a word is from abroad: three syllables or more in a chain, or one of a few.
pub fn is_chain(word: &str) -> bool {
    fn rest(word: &str, count: usize, least: usize) -> bool {
        if word.is_empty() {
            return count >= least;
        }
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.filter(|end| is_syllable(&word[..*end])).any(|end| rest(&word[end..], count + 1, least))
    }
    // With a tone two syllables are rather a slip (`nghiẹp`).
    let least = if word.chars().any(|c| untoned(c).1 > 0) { 3 } else { 2 };
    LOANS.contains(&word) || word.contains(['z', 'w', 'f', 'j']) || word.chars().count() <= 12 && rest(word, 0, least)
}

/// Whether a word is spelt as a syllable, tones aside.
fn is_syllable(word: &str) -> bool {
    let mut tone = 0;
    let bare: String = word
        .chars()
        .map(|c| {
            let (letter, mark) = untoned(c);
            tone = tone.max(mark);
            letter
        })
        .collect();
    splits(&bare).any(|(onset, rime)| ALLOWED.contains(rime) && agree(onset, rime, tone))
}

fn judge_one(word: &str) -> Judgement {
    let mut bare = String::with_capacity(word.len());
    let (mut tone, mut at, mut tones) = (0, 0, 0);
    for (index, c) in word.chars().enumerate() {
        let (letter, mark) = untoned(c);
        bare.push(letter);
        if mark > 0 {
            (tone, at) = (mark, index);
            tones += 1;
        }
    }
    if tones > 1 {
        return Judgement::Impossible;
    }
    let mut possible = false;
    for (onset, rime) in splits(&bare) {
        if !ALLOWED.contains(rime) || !agree(onset, rime, tone) {
            continue;
        }
        possible = true;
        if tone == 0 || carriers(onset, rime).contains(&at) {
            return Judgement::Fine;
        }
    }
    if !possible {
        return Judgement::Impossible;
    }
    // The first reading is the longest onset: `gía` is gi + a.
    let right =
        splits(&bare).find(|(onset, rime)| ALLOWED.contains(rime) && agree(onset, rime, tone)).map(|(onset, rime)| {
            let carrier = carriers(onset, rime).last().copied().unwrap_or(at);
            bare.chars().enumerate().map(|(i, c)| if i == carrier { marked(c, tone) } else { c }).collect()
        });
    right.map_or(Judgement::Impossible, Judgement::Misplaced)
}

/// The ways to part a word into onset and rime.
fn splits(bare: &str) -> impl Iterator<Item = (&'static str, &str)> {
    ONSETS.into_iter().filter_map(move |onset| {
        let rime = bare.strip_prefix(onset).filter(|r| !r.is_empty())?;
        Some((onset, rime))
    })
}

/// Whether onset, rime and tone go together.
fn agree(onset: &str, rime: &str, tone: usize) -> bool {
    let front = rime.starts_with(['i', 'e', 'ê', 'y']);
    let spelt = match onset {
        "k" | "gh" | "ngh" => front,
        "c" | "ng" => !front,
        // `gì`, `gìn`, `giếng` are the only ones.
        "g" => !front || matches!(rime, "i" | "in" | "iêng"),
        // The `u` of `qu` is no vowel of the rime.
        "qu" => !rime.starts_with(['u', 'ư']),
        "gi" => !rime.starts_with('i') && !rime.starts_with('y'),
        _ => true,
    };
    // `yê` stands without an onset, or behind `qu`; `iê` never begins a syllable.
    let long = match rime.strip_prefix("yê") {
        Some(_) => matches!(onset, "" | "qu"),
        None => !(onset.is_empty() && rime.starts_with("iê")),
    };
    let quiet = rime == "y" || !rime.starts_with('y') || rime.starts_with("yê") || onset == "qu";
    // A stop takes two tones only.
    let stopped = rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch");
    spelt && long && quiet && (!stopped || matches!(tone, 2 | 5))
}

/// The letters of the word, counted from 0, that may carry the tone; the better one last.
fn carriers(onset: &str, rime: &str) -> Vec<usize> {
    let before = onset.chars().count();
    let letters: Vec<char> = rime.chars().collect();
    let vowels = letters.iter().take_while(|c| "aăâeêioôơuưy".contains(**c)).count();
    let place = |at: usize| vec![before + at];
    if let Some(at) = letters.iter().position(|c| matches!(c, 'ê' | 'ơ')) {
        return place(at);
    }
    if let Some(at) = letters.iter().position(|c| matches!(c, 'ă' | 'â' | 'ô' | 'ư')) {
        return place(at);
    }
    match (vowels, letters.len() > vowels) {
        (0 | 1, _) => place(0),
        (n, true) => place(n - 1),
        (3, false) => place(1),
        _ if matches!(rime, "oa" | "oe" | "uy") => vec![before, before + 1],
        _ => place(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_fine() {
        for word in
            "việc thuở khuỷu nguyễn quý giếng gì gìn giữ quốc quyết yêu hoà hòa thủy thuỷ ngoẵng khoắng nghiêng \
            quỳnh huỳnh uỷ ủy ghế kỹ đường rượu xoong khuya hoạch phủ được những yếu quả toàn giám duyệt xuất quán suốt"
                .split_whitespace()
        {
            assert_eq!(judge(word), Judgement::Fine, "{word}");
        }
    }

    #[test]
    fn tones_on_the_wrong_letter_are_put_right() {
        for (wrong, right) in [
            ("gía", "giá"),
            ("qủan", "quản"),
            ("tóan", "toán"),
            ("khỏan", "khoản"),
            ("hòan", "hoàn"),
            ("cuả", "của"),
            ("mũôi", "muỗi"),
        ] {
            let found = judge(wrong);
            if wrong == "mũôi" {
                assert_eq!(found, Judgement::Misplaced("muỗi".to_owned()));
            } else {
                assert_eq!(found, Judgement::Misplaced(right.to_owned()), "{wrong}");
            }
        }
    }

    #[test]
    fn what_cannot_be_is_told() {
        for word in ["viêt", "nghành", "thựcc", "nghiẹp", "đươc", "ngiên"] {
            assert_ne!(judge(word), Judgement::Fine, "{word}");
        }
        for word in ["cafe", "internet", "12", "a1b", "vnpt"] {
            assert_eq!(judge(word), Judgement::Fine, "{word}");
        }
    }
}
