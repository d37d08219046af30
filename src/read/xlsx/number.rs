//! Numbers as a spreadsheet counts: fifteen decimal digits, halves away from zero.

/// From here on General writes powers of ten.
const WHOLE: f64 = 1e15;
/// Most signs of a number with decimals in General, its mark included (Excel).
const WIDTH: i32 = 11;

/// The number rounded to `places` decimals (tens, hundreds … if negative). Halves are those of the decimal digits that a
/// spreadsheet keeps, so that 1.005 becomes 1.01.
pub fn round(number: f64, places: i32) -> f64 {
    let text = format!("{:.14e}", number.abs());
    let Some((mantissa, exponent)) = text.split_once('e') else { return number };
    let Ok(exponent) = exponent.parse::<i32>() else { return number };
    let Ok(digits) = mantissa.replace('.', "").parse::<u64>() else { return number };
    // The number is digits · 10^(exponent - 14).
    let dropped = 14 - exponent - places;
    let (digits, power) = match u32::try_from(dropped) {
        Err(_) | Ok(0) => (digits, exponent - 14),
        Ok(dropped) if dropped > 16 => (0, 0),
        Ok(dropped) => {
            let unit = 10u64.pow(dropped);
            ((digits + unit / 2) / unit, -places)
        }
    };
    format!("{digits}e{power}").parse().map_or(number, |n: f64| n.copysign(number))
}

/// The digits of a whole number, the first fifteen and then zeros.
pub fn digits_before(number: f64) -> String {
    let text = format!("{number:.14e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let length = exponent.parse::<usize>().unwrap_or(0) + 1;
    let mut digits = mantissa.replace('.', "");
    digits.truncate(length);
    digits.extend(std::iter::repeat_n('0', length.saturating_sub(digits.len())));
    digits
}

/// A number without a format. Whole numbers keep all digits (an identity number has twelve), others the eleven signs
/// that Excel shows.
pub fn general(number: f64) -> String {
    let size = number.abs();
    if number.fract() == 0.0 && size < WHOLE {
        return format!("{number:.0}");
    }
    if !(1e-4..WHOLE).contains(&size) {
        let text = format!("{number:.14e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.').replace('.', ",");
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let short = round(number, 9);
        // 0,00005 is shorter than its power of ten.
        if size < 1.0 && short == number && mantissa.len() <= 3 && exponent >= -5 {
            return short.to_string().replace('.', ",");
        }
        return format!("{mantissa}E{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
    }
    let whole = digits_before(size.trunc().max(1.0)).len() as i32;
    round(number, (WIDTH - 1 - whole).max(0)).to_string().replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_those_of_the_decimal_digits() {
        for (number, places, wanted) in [
            (1.005, 2, 1.01),
            (2.675, 2, 2.68),
            (-1.005, 2, -1.01),
            (1_234_567.0, -3, 1_235_000.0),
            (0.004, 2, 0.0),
            (1e20, 2, 1e20),
            (1e-30, 2, 0.0),
        ] {
            assert_eq!(round(number, places), wanted);
        }
    }
}
