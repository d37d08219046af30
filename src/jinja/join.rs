//! `join` with a bound, since it multiplies and the steps that minijinja counts do not show it; and with the rules of
//! printing for each item, since what is no text has no place between texts.

use super::told::told;
use super::{MAX_TEXT, printable};
use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, ErrorKind};

/// Makes the filter known in place of the language's own.
pub fn add(env: &mut Environment<'static>) {
    env.add_filter("join", join);
}

fn join(value: Value, joiner: Option<Value>, attribute: Option<&str>, kwargs: Kwargs) -> Result<String, Error> {
    let joiner = match joiner {
        Some(joiner) => Some(joiner),
        None => kwargs.get::<Option<Value>>("d")?,
    };
    let attribute = match attribute {
        Some(attribute) => Some(attribute),
        None => kwargs.get::<Option<&str>>("attribute")?,
    };
    kwargs.assert_all_used()?;
    let between = joiner.as_ref().map(printable).transpose()?.unwrap_or_default();
    let items = value.try_iter().map_err(|_| told(ErrorKind::InvalidOperation, "đây không phải là danh sách"))?;
    let mut out = String::new();
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push_str(&between);
        }
        let item = match attribute {
            Some(path) => path.split('.').try_fold(item, |item, name| item.get_attr(name))?,
            None => item,
        };
        out.push_str(&printable(&item)?);
        if out.len() > MAX_TEXT {
            return Err(told(ErrorKind::OutOfFuel, "chữ nối lại quá dài"));
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use minijinja::ErrorKind;

    #[test]
    fn joined_within_bounds() {
        let env = crate::jinja::environment(crate::jinja::FUEL);
        let render = |template: &str| env.render_str(template, ());
        let cases = [
            (r#"{{ ["a", 1, "b"] | join(", ") }}"#, "a, 1, b"),
            (r#"{{ ["a", "b"] | join }}{{ [] | join(",") }}"#, "ab"),
            (r#"{{ [{"t": "a"}, {"t": "b"}] | join("-", attribute="t") }}"#, "a-b"),
            (r#"{{ "abc" | join(d=".") }}"#, "a.b.c"),
        ];
        for (template, wanted) in cases {
            assert_eq!(render(template).ok().as_deref(), Some(wanted), "{template}");
        }
        assert_eq!(render("{{ [[1]] | join }}").map_err(|e| e.kind()), Err(ErrorKind::NonPrimitive));
        let long = format!("{{% set a = '{}' %}}{{{{ a | list | join(a) }}}}", "x".repeat(60_000));
        assert_eq!(render(&long).map_err(|e| e.kind()), Err(ErrorKind::OutOfFuel));
    }
}
