//! The order of Vietnamese words for the filters that put things in order: a, ă, â, b … d, đ, e, ê …, and the tones as
//! dictionaries have them. The language itself compares code points, where Ô stands behind Z and Đ behind everything.

use super::told::told;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, filters};
use std::cmp::Ordering;
use std::sync::LazyLock;

/// The rules of the Unicode CLDR for Vietnamese; they are compiled in, so this is never empty.
static VIETNAMESE: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok());

/// The order of two texts.
pub fn compare(a: &str, b: &str) -> Ordering {
    let by_rules = VIETNAMESE.as_ref().map_or(Ordering::Equal, |rules| rules.compare(a, b));
    by_rules.then_with(|| a.cmp(b))
}

/// The order of two values: texts as Vietnamese, all else as the language has it.
fn values(a: &Value, b: &Value) -> Ordering {
    match (a.as_str(), b.as_str()) {
        (Some(a), Some(b)) => compare(a, b),
        _ => match (a.try_iter(), b.try_iter()) {
            // Keys of several attributes.
            (Ok(left), Ok(right)) if a.kind() == ValueKind::Seq && b.kind() == ValueKind::Seq => left
                .zip(right)
                .map(|(a, b)| values(&a, &b))
                .find(|o| o.is_ne())
                .unwrap_or_else(|| a.len().cmp(&b.len())),
            _ => a.cmp(b),
        },
    }
}

/// Makes the filters known in place of the language's own.
pub fn add(env: &mut Environment<'static>) {
    env.add_filter("sort", |value: Value, kwargs: Kwargs| -> Result<Value, Error> {
        // Case decides last in Vietnamese order, so there is nothing to choose.
        kwargs.get::<Option<bool>>("case_sensitive")?;
        let reverse = kwargs.get::<Option<bool>>("reverse")?.unwrap_or(false);
        let attribute = kwargs.get::<Option<&str>>("attribute")?;
        let mut keyed = keyed(&value, attribute)?;
        kwargs.assert_all_used()?;
        keyed.sort_by(|(a, _), (b, _)| if reverse { values(b, a) } else { values(a, b) });
        Ok(keyed.into_iter().map(|(_, item)| item).collect())
    });
    env.add_filter("min", |value: Value, kwargs: Kwargs| extreme(&value, &kwargs, Ordering::Less));
    env.add_filter("max", |value: Value, kwargs: Kwargs| extreme(&value, &kwargs, Ordering::Greater));
    env.add_filter("groupby", |value: Value, attribute: Option<&str>, kwargs: Kwargs| -> Result<Value, Error> {
        let mut groups: Vec<Value> = filters::groupby(value, attribute, kwargs)?.try_iter()?.collect();
        groups.sort_by(|a, b| first_of(a, b, 0));
        Ok(groups.into_iter().collect())
    });
    env.add_filter("dictsort", |value: Value, kwargs: Kwargs| -> Result<Value, Error> {
        let by = usize::from(kwargs.get::<Option<&str>>("by")? == Some("value"));
        let reverse = kwargs.get::<Option<bool>>("reverse")?.unwrap_or(false);
        let mut pairs: Vec<Value> = filters::dictsort(&value, kwargs)?.try_iter()?.collect();
        pairs.sort_by(|a, b| if reverse { first_of(b, a, by) } else { first_of(a, b, by) });
        Ok(pairs.into_iter().collect())
    });
}

fn first_of(a: &Value, b: &Value, index: usize) -> Ordering {
    let part = |v: &Value| v.get_item_by_index(index).unwrap_or_default();
    values(&part(a), &part(b))
}

/// The items of a list with what they are ordered by.
fn keyed(value: &Value, attribute: Option<&str>) -> Result<Vec<(Value, Value)>, Error> {
    let list = value.try_iter().map_err(|_| told(ErrorKind::InvalidOperation, "đây không phải là danh sách"))?;
    let names: Vec<&str> = attribute.unwrap_or_default().split(',').map(str::trim).filter(|n| !n.is_empty()).collect();
    let part = |item: &Value, path: &str| {
        path.split('.').try_fold(item.clone(), |value, name| value.get_attr(name)).unwrap_or_default()
    };
    Ok(list
        .map(|item| {
            let key = match names.as_slice() {
                [] => item.clone(),
                [name] => part(&item, name),
                all => all.iter().map(|name| part(&item, name)).collect(),
            };
            (key, item)
        })
        .collect())
}

fn extreme(value: &Value, kwargs: &Kwargs, wanted: Ordering) -> Result<Value, Error> {
    kwargs.get::<Option<bool>>("case_sensitive")?;
    let attribute = kwargs.get::<Option<&str>>("attribute")?;
    let items = keyed(value, attribute)?;
    kwargs.assert_all_used()?;
    let best = items.into_iter().reduce(|best, item| if values(&item.0, &best.0) == wanted { item } else { best });
    Ok(best.map(|(_, item)| item).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str) -> String {
        let mut env = Environment::new();
        add(&mut env);
        env.render_str(template, ()).unwrap_or_else(|e| format!("{e}"))
    }

    #[test]
    fn words_stand_in_the_order_of_dictionaries() {
        let letters = "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y";
        let tones = "ma mà mả mã má mạ";
        let names = "Bà Rịa, Bạc Liêu, Đà Nẵng, Điện Biên, Hà Nội, Huế, Ý Yên";
        for (list, sign) in [(letters, " "), (tones, " "), (names, ", ")] {
            let mut words: Vec<&str> = list.split(sign).collect();
            words.sort_unstable();
            words.reverse();
            words.sort_by(|a, b| compare(a, b));
            assert_eq!(words.join(sign), list);
        }
        assert_eq!(compare("Đức", "đức"), compare("A", "a"));
    }

    #[test]
    fn filters_put_in_order() {
        let cases = [
            (r#"{{ ["xã Ô","xã A","xã Đ","xã Ă","xã E"]|sort|join(", ") }}"#, "xã A, xã Ă, xã Đ, xã E, xã Ô"),
            (r#"{{ ["Đa","Da","E"]|sort(reverse=true)|join(" ") }}"#, "E Đa Da"),
            (r#"{{ [{"t":"Ô"},{"t":"B"}]|sort(attribute="t")|map(attribute="t")|join }}"#, "BÔ"),
            (
                r#"{% for x in [{"t":"Ô","n":2},{"t":"Ô","n":1},{"t":"B","n":9}]|sort(attribute="t,n") %}{{ x.t }}{{ x.n }} {% endfor %}"#,
                "B9 Ô1 Ô2 ",
            ),
            (r#"{% for t, n in [{"t":"Ô"},{"t":"Đ"},{"t":"B"}]|groupby("t") %}{{ t }}{% endfor %}"#, "BĐÔ"),
            (r#"{% for k, v in {"Ô":1,"B":2,"Đ":3}|dictsort %}{{ k }}{{ v }}{% endfor %}"#, "B2Đ3Ô1"),
            (r#"{{ ["Ô","Z"]|max }} {{ ["Ô","Z"]|min }} {{ [3,1,2]|sort|join }}"#, "Z Ô 123"),
        ];
        for (template, wanted) in cases {
            assert_eq!(render(template), wanted, "{template}");
        }
    }
}
