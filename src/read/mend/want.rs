//! What the format wants at a place of the file.

use crate::draft::keys::{Keys, PLAN, Shape};

/// What the format wants at a place of the file, seen from the lines rather than from the values.
#[derive(Clone, Copy)]
pub enum Want {
    /// One text, number or word.
    Text,
    /// One text or a list of texts.
    Texts,
    /// A list of texts.
    TextList,
    /// A mapping with known keys.
    Map(&'static Keys),
    /// A mapping with known keys, or a list of such mappings.
    MapOrMaps(&'static Keys),
    /// A list of mappings.
    Maps(&'static Keys),
    /// Outline text, or a list of blocks.
    Body,
    /// A member of a body: a paragraph or a block.
    BodyItem,
    /// The rows of a table.
    Rows,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
    /// Anything: variables.
    Any,
}

impl Want {
    /// What stands behind a key of this shape.
    fn of(shape: Shape) -> Want {
        match shape {
            Shape::Texts | Shape::Marks => Want::Texts,
            Shape::TextList => Want::TextList,
            Shape::Map(keys) => Want::Map(keys),
            Shape::MapOrMaps(keys) => Want::MapOrMaps(keys),
            Shape::Maps(keys) => Want::Maps(keys),
            Shape::Body => Want::Body,
            Shape::Rows => Want::Rows,
            Shape::Any | Shape::Headings => Want::Any,
            Shape::Text
            | Shape::Kind
            | Shape::KindOf(_)
            | Shape::Words(_)
            | Shape::Length
            | Shape::Width
            | Shape::Number
            | Shape::Flag
            | Shape::Nothing
            | Shape::PlanFile => Want::Text,
        }
    }

    /// What a key of a mapping wants; an override of a unit is a plan again.
    pub fn key(keys: &[&'static Keys], name: &str) -> Want {
        match keys.iter().find_map(|k| k.get(name)) {
            Some(key) => Want::of(key.shape),
            None if keys.is_empty() && name == "ghi_de" => Want::Map(&PLAN),
            None => Want::Any,
        }
    }

    /// What a member of a list wants.
    pub fn item(self) -> Want {
        match self {
            Want::Text | Want::Texts | Want::TextList => Want::Text,
            Want::Map(keys) | Want::MapOrMaps(keys) | Want::Maps(keys) => Want::Map(keys),
            Want::Body | Want::BodyItem => Want::BodyItem,
            Want::Rows => Want::Row,
            Want::Row | Want::Cell => Want::Cell,
            Want::Any => Want::Any,
        }
    }

    /// Whether a value typed here is a text as it stands, whatever YAML makes of its signs.
    pub fn takes_text(self) -> bool {
        !matches!(self, Want::Rows | Want::Row)
    }

    /// Whether a list may stand here.
    pub fn takes_list(self) -> bool {
        !matches!(self, Want::Text | Want::Map(_))
    }
}
