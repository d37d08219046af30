//! A bound on what a template can make out of memory. minijinja counts steps (fuel), not bytes: `{% set a = a ~ a %}`
//! forty times over is forty steps and a terabyte. So the most that a text could make is estimated before it runs.

/// Largest estimate allowed, in bytes.
const MAX_BYTES: f64 = (256u64 << 20) as f64;

/// Why a template may not run.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It could fill the memory.
    TooLarge,
    /// It defines or calls something by name (`macro`, `call`), which could run in circles.
    Macro,
    /// It keeps what it prints as a value (`{% set x %}…{% endset %}`, `{% filter f %}`, a recursive loop): the text between
    /// holds marks, or XML of Word, so nothing that is asked of it would be answered right.
    Captured,
}

/// Checks a template against the size of what it starts from; a refusal comes with the byte of the tag at fault.
///
/// The sizes: the variables' text and the template's own.
pub fn check(template: &str, variables: usize) -> Result<(), (Refusal, usize)> {
    let mut size = (variables + template.len()).max(1) as f64;
    let base = size;
    if let Some(at) = captured(template) {
        return Err((Refusal::Captured, at));
    }
    let place = |tag: &str| (tag.as_ptr() as usize).saturating_sub(template.as_ptr() as usize);
    for tag in tags(template) {
        let words: Vec<&str> =
            tag.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
        if matches!(words.first(), Some(&"macro" | &"call" | &"import" | &"from" | &"include" | &"extends" | &"block"))
        {
            return Err((Refusal::Macro, place(tag)));
        }
        let joins = tag.matches(['~', '+']).count()
            + words.iter().filter(|w| matches!(**w, "join" | "format" | "indent")).count();
        // A joined range is as long as its end says.
        let numbers =
            tag.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<f64>().ok()).filter(|n| *n > 100.0);
        let grown: f64 = if words.contains(&"join") { numbers.product() } else { 1.0 };
        let products = words.iter().filter(|w| matches!(**w, "replace" | "namespace" | "cycle")).count();
        let mut made = base * grown * (joins + 1) as f64 * base.powi(i32::try_from(products).unwrap_or(i32::MAX));
        if words.first() == Some(&"set") {
            // What is set can be used by the next tag: sizes multiply.
            size *= (joins + 1) as f64 * base.powi(i32::try_from(products).unwrap_or(i32::MAX));
            made = size;
        }
        if made.max(size) > MAX_BYTES {
            return Err((Refusal::TooLarge, place(tag)));
        }
    }
    Ok(())
}

/// Where a template begins to keep what it prints. A block that does so cannot end without its word, so looking for the
/// word alone finds every one, whatever strings and comments stand around.
fn captured(template: &str) -> Option<usize> {
    let place = |tag: &str| (tag.as_ptr() as usize).saturating_sub(template.as_ptr() as usize);
    let ends = ["endset", "endfilter"].into_iter().filter_map(|word| Some((template.find(word)?, &word[3..]))).min();
    if let Some((end, begin)) = ends {
        let opening = tags(template).filter(|tag| place(tag) < end && tag.split_whitespace().next() == Some(begin));
        let opening = opening.filter(|tag| begin == "filter" || !tag.contains('=')).last();
        return Some(opening.map_or(end, place));
    }
    // A loop that calls itself may do so inside an expression.
    template.find("recursive").filter(|_| template.contains("{%") && template.contains("loop"))
}

/// What stands between `{{` and `}}` or `{%` and `%}`.
pub fn tags(template: &str) -> impl Iterator<Item = &str> {
    let mut rest = template;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find('{')?;
            let close = match rest.as_bytes().get(start + 1) {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                _ => {
                    rest = &rest[start + 1..];
                    continue;
                }
            };
            let inside = &rest[start + 2..];
            let end = inside.find(close).unwrap_or(inside.len());
            rest = &inside[end..];
            return Some(inside[..end].trim_matches(['-', '+', ' ', '\n', '\t']));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_templates_run() {
        let text = "{% set tong = a + b %}{{ tong * 2 }} {{ ten ~ \" \" ~ ho }} {% for x in ds %}{{ x | replace(\"a\", \"b\") }}{% endfor %}";
        assert_eq!(check(text, 2000), Ok(()));
    }

    #[test]
    fn what_keeps_printed_text_is_refused() {
        let cases = [
            ("Chữ {% set x %}{{ a }}{% endset %}", Some(9)),
            ("{%- set x | hoa -%}a{%- endset -%}", Some(4)),
            ("{% set y = 1 %}{% set x %}{% set z = 2 %}{% endset %}", Some(18)),
            ("{# {{ #}{%set x%}{#}}#}{%endset%}", Some(25)),
            ("{% filter hoa %}{{ a }}{% endfilter %}", Some(3)),
            ("{% for x in y recursive %}{% if loop(x.z) == 'a' %}{% endif %}{% endfor %}", Some(14)),
            ("{% set x = a ~ b %}{{ x | hoa }}", None),
        ];
        for (template, at) in cases {
            let wanted = at.map_or(Ok(()), |at| Err((Refusal::Captured, at)));
            assert_eq!(check(template, 10), wanted, "{template}");
        }
    }

    #[test]
    fn bombs_do_not() {
        let doubling = "{% set a = a ~ a %}".repeat(40);
        assert!(matches!(check(&doubling, 10), Err((Refusal::TooLarge, _))));
        assert!(matches!(
            check("{{ a | replace('a', a) | replace('a', a) | replace('a', a) }}", 10_000),
            Err((Refusal::TooLarge, 3))
        ));
        assert_eq!(check("{% macro f(x) %}{{ f(x ~ x) }}{% endmacro %}", 10), Err((Refusal::Macro, 3)));
    }
}
