//! What a paragraph and its letters look like in the end: document defaults, styles with what they are based on, direct
//! formatting (ECMA-376, part 1, 17.7).

use crate::import::scripts::Script;
use crate::import::stream::Align;
use crate::ooxml::xml::Element;
use std::collections::HashMap;

/// The look of letters; what is not said is `None`.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// Bold.
    pub bold: Option<bool>,
    /// Italic.
    pub italic: Option<bool>,
    /// Underlined.
    pub underline: Option<bool>,
    /// Shown in capitals.
    pub caps: Option<bool>,
    /// Not shown.
    pub hidden: Option<bool>,
    /// The font.
    pub font: Option<String>,
    /// Size in half-points.
    pub size: Option<u32>,
    /// Where they stand against the line.
    pub script: Option<Script>,
    /// How far they are raised, in half-points.
    pub shift: Option<i32>,
    /// Struck through.
    pub struck: Option<bool>,
}

/// What a paragraph says of itself.
#[derive(Clone, Debug, Default)]
pub struct ParLook {
    /// Alignment.
    pub align: Option<Align>,
    /// List and level; list `0` is none.
    pub list: (Option<String>, Option<usize>),
    /// On a new page.
    pub page_break: Option<bool>,
    /// Distances of its lines and around it.
    pub spacing: Spacing,
}

/// `w:spacing`, in twentieths of a point; where lines are not measured so, in 240ths of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spacing {
    /// Before the paragraph.
    pub before: Option<u32>,
    /// After it.
    pub after: Option<u32>,
    /// From line to line, and whether that is a length.
    pub line: Option<(u32, bool)>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    base: Option<String>,
    look: Look,
    par: ParLook,
}

/// The styles of a file.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    usual: Option<String>,
    look: Look,
    par: ParLook,
}

/// Longest chain of styles that are based on each other.
const MAX_CHAIN: usize = 32;

impl Styles {
    /// Reads the part of the styles.
    pub fn read(root: &Element) -> Self {
        let mut out = Styles::default();
        if let Some(defaults) = root.child("w:docDefaults") {
            let of = |outer: &str, inner: &str| defaults.child(outer).and_then(|e| e.child(inner)).cloned();
            out.look = of("w:rPrDefault", "w:rPr").map(|e| look(&e)).unwrap_or_default();
            out.par = of("w:pPrDefault", "w:pPr").map(|e| par_look(&e)).unwrap_or_default();
        }
        for style in root.elements().filter(|e| e.name == "w:style") {
            let Some(id) = style.get("w:styleId") else { continue };
            if style.get("w:type") == Some("paragraph")
                && on(style.get("w:default"))
                && style.get("w:default").is_some()
            {
                out.usual = Some(id.to_owned());
            }
            let made = Style {
                base: style.child("w:basedOn").and_then(|e| e.get("w:val")).map(str::to_owned),
                look: style.child("w:rPr").map(look).unwrap_or_default(),
                par: style.child("w:pPr").map(par_look).unwrap_or_default(),
            };
            out.by_id.insert(id.to_owned(), made);
        }
        out
    }

    /// The style and what it is based on, the outermost first.
    fn chain(&self, id: Option<&str>) -> Vec<&Style> {
        let mut out = Vec::new();
        let mut next = id.or(self.usual.as_deref());
        while let Some(style) = next.and_then(|id| self.by_id.get(id)).filter(|_| out.len() < MAX_CHAIN) {
            out.push(style);
            next = style.base.as_deref();
        }
        out.reverse();
        out
    }

    /// The look of a paragraph of a style, under its own properties.
    pub fn paragraph(&self, properties: Option<&Element>) -> (ParLook, Look) {
        let id = properties.and_then(|p| p.child("w:pStyle")).and_then(|e| e.get("w:val"));
        let (mut par, mut look) = (self.par.clone(), self.look.clone());
        for style in self.chain(id) {
            par = over(par, &style.par);
            look = look_over(look, &style.look);
        }
        if let Some(own) = properties {
            par = over(par, &par_look(own));
        }
        (par, look)
    }

    /// The look of a run in a paragraph of this look.
    pub fn run(&self, paragraph: &Look, properties: Option<&Element>) -> Look {
        let mut out = paragraph.clone();
        let Some(own) = properties else { return out };
        if let Some(id) = own.child("w:rStyle").and_then(|e| e.get("w:val")) {
            for style in self.chain(Some(id)) {
                out = look_over(out, &style.look);
            }
        }
        look_over(out, &look(own))
    }
}

fn on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}

fn toggle(e: &Element, name: &str) -> Option<bool> {
    e.child(name).map(|e| on(e.get("w:val")))
}

fn look(e: &Element) -> Look {
    let font = e.child("w:rFonts").and_then(|f| f.get("w:ascii").or(f.get("w:hAnsi"))).map(str::to_owned);
    Look {
        bold: toggle(e, "w:b"),
        italic: toggle(e, "w:i"),
        underline: toggle(e, "w:u"),
        caps: toggle(e, "w:caps"),
        hidden: toggle(e, "w:vanish"),
        font,
        size: e.child("w:sz").and_then(|e| e.get("w:val")).and_then(|v| v.parse().ok()),
        script: e.child("w:vertAlign").and_then(|e| e.get("w:val")).map(|v| match v {
            "superscript" => Script::Raised,
            "subscript" => Script::Lowered,
            _ => Script::Line,
        }),
        shift: e.child("w:position").and_then(|e| e.get("w:val")).and_then(|v| v.parse().ok()),
        struck: toggle(e, "w:strike").or(toggle(e, "w:dstrike")),
    }
}

fn par_look(e: &Element) -> ParLook {
    let align = e.child("w:jc").and_then(|e| e.get("w:val")).map(|v| match v {
        "center" => Align::Center,
        "right" | "end" => Align::Right,
        "both" | "distribute" => Align::Justify,
        _ => Align::Left,
    });
    let numbered = e.child("w:numPr");
    let of = |name: &str| numbered.and_then(|n| n.child(name)).and_then(|e| e.get("w:val"));
    ParLook {
        align,
        list: (of("w:numId").map(str::to_owned), of("w:ilvl").and_then(|v| v.parse().ok())),
        page_break: toggle(e, "w:pageBreakBefore"),
        spacing: e.child("w:spacing").map(spacing).unwrap_or_default(),
    }
}

fn spacing(e: &Element) -> Spacing {
    let number = |name: &str| e.get(name).and_then(|v| v.parse().ok());
    let length = matches!(e.get("w:lineRule"), Some("exact" | "atLeast"));
    Spacing { before: number("w:before"), after: number("w:after"), line: number("w:line").map(|n| (n, length)) }
}

fn over(base: ParLook, own: &ParLook) -> ParLook {
    ParLook {
        align: own.align.or(base.align),
        list: (own.list.0.clone().or(base.list.0), own.list.1.or(base.list.1)),
        page_break: own.page_break.or(base.page_break),
        spacing: Spacing {
            before: own.spacing.before.or(base.spacing.before),
            after: own.spacing.after.or(base.spacing.after),
            line: own.spacing.line.or(base.spacing.line),
        },
    }
}

fn look_over(base: Look, own: &Look) -> Look {
    Look {
        bold: own.bold.or(base.bold),
        italic: own.italic.or(base.italic),
        underline: own.underline.or(base.underline),
        caps: own.caps.or(base.caps),
        hidden: own.hidden.or(base.hidden),
        font: own.font.clone().or(base.font),
        size: own.size.or(base.size),
        script: own.script.or(base.script),
        shift: own.shift.or(base.shift),
        struck: own.struck.or(base.struck),
    }
}
