//! `range`, bounded as the program's own words say it: the language's own refuses a long one in an English sentence, which
//! nothing but the sentence would tell from other errors.

use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, functions};

/// Most numbers that a range may count.
const MOST: u128 = 100_000;

/// Makes the function known in place of the language's own.
pub fn add(env: &mut Environment<'static>) {
    env.add_function("range", range);
}

fn range(lower: isize, upper: Option<isize>, step: Option<isize>) -> Result<Value, Error> {
    let (from, to) = upper.map_or((0, lower), |upper| (lower, upper));
    let down = step.is_some_and(|step| step < 0);
    // Against its direction a range is empty.
    let distance = if (to < from) == down { from.abs_diff(to) as u128 } else { 0 };
    let stride = step.map_or(1, isize::unsigned_abs).max(1) as u128;
    if distance.div_ceil(stride) > MOST {
        return Err(Error::from(ErrorKind::OutOfFuel));
    }
    functions::range(lower, upper, step)
}

#[cfg(test)]
mod tests {
    #[test]
    fn long_ranges_are_too_heavy_and_others_as_before() {
        let env = crate::jinja::environment(1_000_000);
        let print = |template: &str| env.render_str(template, ()).map_err(|e| e.kind());
        assert_eq!(print("{{ range(3) | join(' ') }}").as_deref(), Ok("0 1 2"));
        assert_eq!(print("{{ range(5, 0, -2) | join(' ') }}").as_deref(), Ok("5 3 1"));
        assert_eq!(print("{{ range(5, 0) | join(' ') }}").as_deref(), Ok(""));
        assert_eq!(print("{{ range(900000, 0) | join(' ') }}").as_deref(), Ok(""));
        assert!(print("{{ range(100000) | length }}").is_ok());
        for heavy in ["range(100001)", "range(0, 1000000, 9)", "range(-9223372036854775807, 9223372036854775807)"] {
            assert_eq!(print(&format!("{{{{ {heavy} }}}}")), Err(minijinja::ErrorKind::OutOfFuel), "{heavy}");
        }
        assert_eq!(print("{{ range(0, 5, 0) }}"), Err(minijinja::ErrorKind::InvalidOperation));
    }
}
