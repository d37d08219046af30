//! Values set by dotted names on top of others, in time that grows with their number.

use crate::draft::Value;
use std::collections::HashMap;

/// Sets each value by its dotted name, in order; groups on the way are made where they are not.
pub fn set_all(variables: &mut Vec<(String, Value)>, values: impl IntoIterator<Item = (String, Value)>) {
    let mut values = values.into_iter().peekable();
    if values.peek().is_none() {
        return;
    }
    let mut level = Level::of(variables);
    for (name, value) in values {
        level.set(variables, &name, value);
    }
}

/// Where each name of a group stands in it.
struct Level {
    places: HashMap<String, usize>,
    /// The groups inside it that were looked at.
    inner: HashMap<usize, Level>,
}

impl Level {
    fn of(variables: &[(String, Value)]) -> Self {
        let mut places = HashMap::with_capacity(variables.len());
        for (index, (name, _)) in variables.iter().enumerate() {
            places.entry(name.clone()).or_insert(index);
        }
        Level { places, inner: HashMap::new() }
    }

    fn set(&mut self, variables: &mut Vec<(String, Value)>, name: &str, value: Value) {
        let (head, tail) = name.split_once('.').map_or((name, None), |(h, t)| (h, Some(t)));
        let index = match self.places.get(head) {
            Some(index) => *index,
            None => {
                variables.push((head.to_owned(), Value::Empty));
                self.places.insert(head.to_owned(), variables.len() - 1);
                variables.len() - 1
            }
        };
        let Some((_, slot)) = variables.get_mut(index) else { return };
        let Some(tail) = tail else {
            *slot = value;
            self.inner.remove(&index);
            return;
        };
        if !matches!(slot, Value::Map(_)) {
            *slot = Value::Map(Vec::new());
            self.inner.remove(&index);
        }
        if let Value::Map(group) = slot {
            self.inner.entry(index).or_insert_with(|| Level::of(group)).set(group, tail, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_values_win_and_groups_are_made() {
        let text = |t: &str| Value::Text(t.to_owned());
        let mut all = vec![
            ("nam".to_owned(), text("2026")),
            ("don_vi".to_owned(), Value::Map(vec![("ten".to_owned(), text("Xã"))])),
        ];
        let values = [
            ("don_vi.ten", "Xã A"),
            ("don_vi.nguoi.ky", "An"),
            ("nam", "2027"),
            ("so", "1"),
            ("so.chi_tieu", "2"),
            ("so.chi_tieu", "3"),
            ("don_vi.nguoi", "Bình"),
            ("don_vi.nguoi.ky", "Cúc"),
        ];
        set_all(&mut all, values.map(|(n, v)| (n.to_owned(), text(v))));
        let group =
            |entries: Vec<(&str, Value)>| Value::Map(entries.into_iter().map(|(n, v)| (n.to_owned(), v)).collect());
        let wanted = group(vec![
            ("nam", text("2027")),
            ("don_vi", group(vec![("ten", text("Xã A")), ("nguoi", group(vec![("ky", text("Cúc"))]))])),
            ("so", group(vec![("chi_tieu", text("3"))])),
        ]);
        assert_eq!(Value::Map(all), wanted);
    }
}
