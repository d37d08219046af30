//! The key tables as JSON Schema (draft 7), with the hover texts.

use crate::decree30::kinds::{Form, KINDS};
use crate::draft::MOST_SIGNERS;
use crate::draft::keys::{BLOCK_KINDS, BLOCK_OPTIONS, CAC_BEN, COT, HANG, KEM_THEO, Key, Keys, O_BANG, PLAN, Shape};
use serde_json::{Map, Value, json};

/// A date, whole or in part, or a template.
const DATE: &str = r"^\s*$|^\s*([0-9]{0,2}\s*[/.-]\s*)?([0-9]{1,2}\s*[/.-]\s*)?[0-9]{4}\s*$|[Nn]ăm\s*[0-9]{4}\s*$|\{\{";
/// A length with its unit.
const LENGTH: &str = r"^\s*[0-9]+(\.[0-9]+)?\s*(mm|cm|pt|in)\s*$";
/// A width of a column or picture.
const WIDTH: &str = r"^\s*[0-9]+(\.[0-9]+)?\s*(fr|%|mm|cm|pt|in)\s*$";

/// The schema of the plan file.
pub fn json_schema() -> String {
    let mut definitions = Map::new();
    definitions.insert("chu".into(), json!({ "type": ["string", "number", "boolean"], "pattern": r"\S" }));
    definitions.insert("chu_hoac_trong".into(), json!({ "type": ["string", "number", "boolean", "null"] }));
    definitions.insert(
        "cac_chu".into(),
        json!({ "anyOf": [{ "$ref": "#/definitions/chu_hoac_trong" }, { "type": "array", "items": { "$ref": "#/definitions/chu" } }] }),
    );
    definitions.insert("noi_dung".into(), json!({
        "anyOf": [{ "type": "string" }, { "type": "array", "items": { "anyOf": [{ "$ref": "#/definitions/chu" }, { "$ref": "#/definitions/khoi" }] } }]
    }));
    definitions.insert("khoi".into(), block());
    definitions.insert("cot".into(), json!({ "anyOf": [{ "$ref": "#/definitions/chu" }, mapping(&COT)] }));
    definitions.insert(
        "o".into(),
        json!({
            "anyOf": [{ "$ref": "#/definitions/cac_chu" }, mapping(&O_BANG)]
        }),
    );
    definitions.insert(
        "hang".into(),
        json!({
            "anyOf": [{ "type": "array", "items": { "$ref": "#/definitions/o" } }, mapping(&HANG)]
        }),
    );
    let mut root = mapping(&PLAN);
    if let Value::Object(root) = &mut root {
        root.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
        root.insert("title".into(), "Kế hoạch và văn bản hành chính theo Nghị định số 30/2020/NĐ-CP".into());
        root.insert("definitions".into(), Value::Object(definitions));
        let addressees: Vec<_> = KINDS.iter().filter(|k| k.kinh_gui).map(|k| k.key).collect();
        let kinh_gui = json!({
            "if": { "required": ["kinh_gui"] },
            "then": { "properties": { "loai": { "enum": addressees } } },
        });
        let mut all = vec![symbol(), symbol_of_copy(), kinh_gui];
        all.extend(PLAN.keys.iter().filter(|k| k.differs()).flat_map(|key| of_forms(None, key)));
        for group in PLAN.keys {
            let (Shape::Map(keys) | Shape::MapOrMaps(keys)) = group.shape else { continue };
            all.extend(keys.keys.iter().filter(|k| k.differs()).flat_map(|key| of_forms(Some(group.name), key)));
        }
        root.insert("allOf".into(), all.into());
        if let Some(date) = root.get_mut("properties").and_then(|p| p.get_mut("ngay")).and_then(Value::as_object_mut) {
            date.remove("$ref");
            let years = json!({ "type": "integer", "minimum": 1945, "maximum": 2999 });
            date.insert("anyOf".into(), json!([{ "type": "string", "pattern": DATE }, years, { "type": "null" }]));
        }
        if let Some(number) = root.get_mut("properties").and_then(|p| p.get_mut("so")).and_then(Value::as_object_mut) {
            number.remove("$ref");
            number.insert("anyOf".into(), json!([{ "type": "string", "pattern": r"^\s*[0-9]*\s*$|\{\{" }, { "type": "integer", "minimum": 0 }, { "type": "null" }]));
        }
    }
    let mut text = serde_json::to_string_pretty(&root).unwrap_or_default();
    text.push('\n');
    text
}

/// What the symbol is made of, where there is a number.
fn symbol() -> Value {
    let unnumbered: Vec<_> = KINDS.iter().filter(|k| k.form.may_lack_number()).map(|k| k.key).collect();
    json!({ "anyOf": [
        { "required": ["ky_hieu"] },
        { "properties": { "co_quan": { "required": ["viet_tat"] } }, "required": ["co_quan"] },
        { "properties": { "loai": { "enum": unnumbered }, "so": { "type": "null" } } },
    ] })
}

fn symbol_of_copy() -> Value {
    json!({ "properties": { "ban_sao": { "anyOf": [
        { "type": "null" },
        { "required": ["ky_hieu"] },
        { "properties": { "co_quan": { "required": ["viet_tat"] } } },
    ] } } })
}

/// What a key that differs from form to form asks for, in the plan or in one of its groups.
fn of_forms(group: Option<&str>, key: &Key) -> Vec<Value> {
    let kinds =
        |which: &dyn Fn(Form) -> bool| -> Vec<&str> { KINDS.iter().filter(|k| which(k.form)).map(|k| k.key).collect() };
    let must = kinds(&|form| key.is_required(form));
    let may = kinds(&|form| key.is_of(form));
    let there = json!({ "required": [key.name] });
    let here = |value: Value| match group {
        None => value,
        Some(group) => json!({ "required": [group], "properties": { group: each(value) } }),
    };
    let mut out = vec![json!({ "if": here(there.clone()), "then": { "properties": { "loai": { "enum": may } } } })];
    if !must.is_empty() {
        let of_kind = json!({ "required": ["loai"], "properties": { "loai": { "enum": must } } });
        let then = group.map_or(there.clone(), |group| json!({ "properties": { group: each(there) } }));
        out.push(json!({ "if": of_kind, "then": then }));
    }
    out
}

/// A mapping that is so, or a list of such mappings.
fn each(value: Value) -> Value {
    let list = json!({ "type": "array", "items": value });
    let one = json!({ "allOf": [{ "type": "object" }, value] });
    json!({ "anyOf": [one, list] })
}

fn mapping(keys: &Keys) -> Value {
    let of = |keys: &mut dyn Iterator<Item = &Key>| {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for key in keys {
            properties.insert(key.name.to_owned(), property(key));
            if key.instead || key.required && !key.differs() {
                required.push(key.name);
            }
        }
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    };
    let usual = of(&mut keys.keys.iter().filter(|k| !k.instead));
    let beside = || keys.keys.iter().filter(|k| k.beside);
    let instead = keys.keys.iter().filter(|k| k.instead).map(|key| of(&mut std::iter::once(key).chain(beside())));
    let all: Vec<Value> = std::iter::once(usual.clone()).chain(instead).collect();
    if all.len() == 1 { usual } else { json!({ "anyOf": all }) }
}

fn property(key: &Key) -> Value {
    let mut value = shape(key);
    if let Value::Object(map) = &mut value {
        map.insert("description".into(), key.doc.into());
    }
    value
}

fn shape(key: &Key) -> Value {
    let required = key.required && key.free.is_empty();
    let text = if required { "#/definitions/chu" } else { "#/definitions/chu_hoac_trong" };
    match key.shape {
        Shape::Text => json!({ "$ref": text }),
        Shape::Texts if required => {
            let list = json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/chu" } });
            json!({ "anyOf": [{ "$ref": "#/definitions/chu" }, list] })
        }
        Shape::Texts => json!({ "$ref": "#/definitions/cac_chu" }),
        Shape::TextList => {
            let mut list = json!({ "type": "array", "items": { "$ref": "#/definitions/chu" } });
            if required {
                list["minItems"] = 1.into();
            }
            if required { list } else { optional(list) }
        }
        Shape::Kind => json!({ "enum": KINDS.iter().map(|k| k.key).collect::<Vec<_>>() }),
        Shape::KindOf(form) => {
            json!({ "enum": KINDS.iter().filter(|k| k.form == form).map(|k| k.key).collect::<Vec<_>>() })
        }
        Shape::Words(words) => {
            let mut all: Vec<Value> = words.iter().map(|w| (*w).into()).collect();
            all.push(Value::Null);
            json!({ "enum": all })
        }
        Shape::Length => limits(key.name).unwrap_or_else(|| json!({ "type": "string", "pattern": LENGTH })),
        Shape::Width => json!({ "type": "string", "pattern": WIDTH }),
        Shape::Number => match key.name {
            "co_chu" => json!({ "enum": [13, 14, "13", "14"] }),
            "co_chu_bang" => {
                json!({ "type": ["number", "string"], "minimum": 11, "maximum": 14, "multipleOf": 0.5 })
            }
            "gian_dong" => json!({ "type": ["number", "string"], "minimum": 1, "maximum": 1.5 }),
            _ => json!({ "type": "integer", "minimum": 1, "maximum": 1000 }),
        },
        Shape::Map(keys) if required => mapping(keys),
        Shape::Map(keys) => optional(mapping(keys)),
        Shape::MapOrMaps(keys) => {
            let list = json!({ "type": "array", "minItems": 1, "maxItems": MOST_SIGNERS, "items": mapping(keys) });
            json!({ "anyOf": [mapping(keys), list] })
        }
        Shape::Maps(keys) => maps(keys),
        Shape::Body => json!({ "$ref": "#/definitions/noi_dung" }),
        Shape::Rows if key.name == "o" => json!({ "type": "array", "items": { "$ref": "#/definitions/o" } }),
        Shape::Rows => json!({ "type": "array", "items": { "$ref": "#/definitions/hang" } }),
        Shape::Flag => json!({ "type": ["boolean", "null"] }),
        Shape::Marks => {
            let list = json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/chu" } });
            json!({ "anyOf": [{ "type": ["boolean", "null"] }, list] })
        }
        Shape::Any => json!({ "type": ["object", "null"], "propertyNames": { "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" } }),
        Shape::Headings => json!({ "type": "object", "minProperties": 1,
            "additionalProperties": { "type": "string", "pattern": r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$" } }),
        Shape::Nothing => json!({}),
        Shape::PlanFile => json!({ "type": "string", "pattern": r"^[^/\\]+$" }),
    }
}

/// A list of mappings.
fn maps(keys: &'static Keys) -> Value {
    match keys.name {
        // A column may hold columns: its schema is written once and named.
        name if name == COT.name => {
            json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/cot" } })
        }
        name if name == KEM_THEO.name => {
            let of_file = json!({ "required": ["tep"], "not": { "required": ["ten_loai"] } });
            let named = [json!({ "required": ["loai"] }), json!({ "required": ["ten_loai"] }), of_file];
            optional(json!({ "type": "array", "items": { "allOf": [mapping(keys), { "oneOf": named }] } }))
        }
        name if name == CAC_BEN.name => {
            json!({ "type": "array", "minItems": 2, "maxItems": MOST_SIGNERS, "items": mapping(keys) })
        }
        _ => optional(json!({ "type": "array", "items": mapping(keys) })),
    }
}

fn optional(value: Value) -> Value {
    json!({ "anyOf": [value, { "type": "null" }] })
}

/// Ranges that a pattern can express: lengths in whole or tenth millimetres or in centimetres.
fn limits(name: &str) -> Option<Value> {
    let pattern = match name {
        "tren" | "duoi" => {
            r"^\s*(2[0-4](\.[0-9]+)?\s*mm|25(\.0+)?\s*mm|2(\.[0-4][0-9]*)?\s*cm|2\.50*\s*cm|[0-9.]+\s*(pt|in))\s*$"
        }
        "trai" => {
            r"^\s*(3[0-4](\.[0-9]+)?\s*mm|35(\.0+)?\s*mm|3(\.[0-4][0-9]*)?\s*cm|3\.50*\s*cm|[0-9.]+\s*(pt|in))\s*$"
        }
        "phai" => {
            r"^\s*(1[5-9](\.[0-9]+)?\s*mm|20(\.0+)?\s*mm|1\.[5-9][0-9]*\s*cm|2(\.0+)?\s*cm|[0-9.]+\s*(pt|in))\s*$"
        }
        "lui_dong" => r"^\s*(1[0-2](\.[0-7][0-9]*)?\s*mm|1(\.[01][0-9]*|\.2[0-7]?0*)?\s*cm|[0-9.]+\s*(pt|in))\s*$",
        "gian_doan" => r"^\s*(([6-9]|1[0-9]|2[0-3])(\.[0-9]+)?\s*pt|24(\.0+)?\s*pt|[0-9.]+\s*(mm|cm|in))\s*$",
        _ => return None,
    };
    Some(json!({ "type": "string", "pattern": pattern }))
}

/// One schema for each kind of block: its own key, and the options of every block.
fn block() -> Value {
    let options: Map<String, Value> = BLOCK_OPTIONS.keys.iter().map(|k| (k.name.to_owned(), property(k))).collect();
    let kinds: Vec<Value> = BLOCK_KINDS
        .keys
        .iter()
        .map(|kind| {
            let mut properties = options.clone();
            let mut value = property(kind);
            if matches!(kind.name, "bang" | "hinh") {
                properties.remove("noi_dung");
                // A picture may be just its path.
                if kind.name == "hinh" {
                    value = json!({ "anyOf": [{ "type": "string" }, value], "description": kind.doc });
                }
            }
            properties.insert(kind.name.to_owned(), value);
            json!({ "type": "object", "properties": properties, "required": [kind.name], "additionalProperties": false })
        })
        .collect();
    json!({ "anyOf": kinds })
}
