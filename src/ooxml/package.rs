//! A Word file as its parts (ISO/IEC 29500-2): read with care, since it comes from a user, and written so that the same
//! parts give the same bytes.

use super::xml::{Element, Node, Unread, parse, parse_without};
use crate::source::is_forbidden;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Custom properties: the last part of a file, unpacked, because the file's digest stands in it.
pub const CUSTOM: &str = "docProps/custom.xml";
/// Most parts in a file; a long document with many pictures has some hundred.
const MAX_PARTS: usize = 2000;
/// Most bytes of all parts, unpacked.
const MAX_BYTES: u64 = 96 << 20;
/// Most bytes of an XML part, unpacked: the tree of it takes about ten times that.
const MAX_XML: u64 = 12 << 20;
/// Level of deflate. Measured on a five-page plan: 1 is twice as fast as 6 and a tenth larger.
const LEVEL: i64 = 3;

/// Where the types of the parts stand.
pub const TYPES: &str = "[Content_Types].xml";
/// Start of the types of relationships.
pub const RELATION_TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
/// Name space of relationships.
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The parts of a file in their order.
#[derive(Clone, Debug, Default)]
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

/// Why a file is refused.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read as a Word file: what is wrong.
    Broken(String),
    /// It holds what a template must not hold: what.
    Forbidden(String),
}

/// A relationship of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its id.
    pub id: String,
    /// The last word of its type.
    pub kind: String,
    /// The part that it leads to, or an address.
    pub target: String,
    /// Whether it leads out of the file.
    pub external: bool,
}

impl Package {
    /// Reads a file that will be written again; what a file of ours must not carry on is refused.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let package = Package::open(bytes)?;
        package.refuse_forbidden()?;
        Ok(package)
    }

    /// Reads a file only to look into it.
    pub fn open(bytes: &[u8]) -> Result<Self, Refusal> {
        let broken = |what: &str| Refusal::Broken(what.to_owned());
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(broken(
                "đây là tệp .doc đời cũ hoặc tệp đặt mật khẩu; mở bằng Word và lưu lại thành .docx không mật khẩu",
            ));
        }
        if !bytes.starts_with(b"PK") {
            return Err(broken("đây không phải là tệp .docx"));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken("tệp nén bị hỏng hoặc bị cắt cụt"))?;
        if entries(bytes).is_some_and(|n| n != archive.len()) {
            return Err(broken("tệp nén có hai phần cùng tên"));
        }
        if archive.len() > MAX_PARTS {
            return Err(broken(&format!("tệp có hơn {MAX_PARTS} phần")));
        }
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        let mut left = MAX_BYTES;
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).map_err(|e| match e {
                zip::result::ZipError::UnsupportedArchive(_) => broken("tệp đặt mật khẩu hoặc nén theo cách lạ"),
                _ => broken("tệp nén bị hỏng"),
            })?;
            if entry.is_dir() {
                continue;
            }
            let name = entry
                .name()
                .map_err(|_| broken("tên một phần của tệp không đọc được"))?
                .trim_start_matches('/')
                .to_owned();
            if name.split('/').any(|step| step == "..") || name.contains(['\\', ':']) {
                return Err(broken(&format!("tên phần “{name}” không phải của tệp Word")));
            }
            let limit = if is_xml(&name) { left.min(MAX_XML) } else { left };
            let mut data = Vec::new();
            (&mut entry).take(limit + 1).read_to_end(&mut data).map_err(|_| broken("tệp nén bị hỏng"))?;
            if data.len() as u64 > limit {
                return Err(Refusal::Forbidden(format!("phần {name} bung ra quá lớn")));
            }
            left -= data.len() as u64;
            if parts.iter().any(|(n, _)| n.eq_ignore_ascii_case(&name)) {
                return Err(broken(&format!("phần {name} có hai lần")));
            }
            parts.push((name, data));
        }
        if parts.iter().any(|(n, _)| n == "mimetype") {
            return Err(broken("đây là tệp OpenDocument; mở bằng Word hoặc LibreOffice và lưu lại thành .docx"));
        }
        let package = Package { parts };
        if package.get(TYPES).is_none() {
            return Err(broken("tệp không có [Content_Types].xml nên không phải là tệp Word"));
        }
        Ok(package)
    }

    /// The bytes of a part.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(n, _)| n == name).map(|(_, b)| b.as_slice())
    }

    /// A part as a tree.
    pub fn xml(&self, name: &str) -> Result<Element, Refusal> {
        let bytes = self.get(name).ok_or_else(|| Refusal::Broken(format!("tệp không có phần {name}")))?;
        parse(bytes).map_err(|what| Refusal::Broken(format!("phần {name}: {what}")))
    }

    /// As [`Package::xml`], without what is not read.
    pub fn xml_without(&self, name: &str, unread: Unread) -> Result<Element, Refusal> {
        let bytes = self.get(name).ok_or_else(|| Refusal::Broken(format!("tệp không có phần {name}")))?;
        parse_without(bytes, unread).map_err(|what| Refusal::Broken(format!("phần {name}: {what}")))
    }

    /// Sets the bytes of a part.
    pub fn set(&mut self, name: &str, bytes: Vec<u8>) {
        match self.parts.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = bytes,
            None => self.parts.push((name.to_owned(), bytes)),
        }
    }

    /// Takes a part out.
    pub fn remove(&mut self, name: &str) {
        self.parts.retain(|(n, _)| n != name);
    }

    /// Names and bytes of the parts.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.parts.iter().map(|(n, b)| (n.as_str(), b.as_slice()))
    }

    /// The relationships of a part; of the file itself for an empty name.
    pub fn relations(&self, part: &str) -> Result<Vec<Relation>, Refusal> {
        let name = relations_of(part);
        if self.get(&name).is_none() {
            return Ok(Vec::new());
        }
        let root = self.xml(&name)?;
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        Ok(root
            .elements()
            .map(|e| {
                let target = e.get("Target").unwrap_or_default();
                let external = e.get("TargetMode") == Some("External");
                Relation {
                    id: e.get("Id").unwrap_or_default().to_owned(),
                    kind: e.get("Type").unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned(),
                    target: if external { target.to_owned() } else { resolve(folder, target) },
                    external,
                }
            })
            .collect())
    }

    /// The first part that a part leads to by a kind of relationship.
    pub fn related(&self, part: &str, kind: &str) -> Result<Option<String>, Refusal> {
        Ok(self.relations(part)?.into_iter().find(|r| r.kind == kind && !r.external).map(|r| r.target))
    }

    /// What can run, or fetch what we have not seen, has no place in a template.
    fn refuse_forbidden(&self) -> Result<(), Refusal> {
        let forbidden = |what: String| Err(Refusal::Forbidden(what));
        let types = self.xml(TYPES)?;
        for e in types.elements() {
            // Word declares types for extensions that no part has.
            let unused = e.get("Extension").is_some_and(|x| {
                let end = format!(".{}", x.to_ascii_lowercase());
                !self.parts.iter().any(|(n, _)| n.to_ascii_lowercase().ends_with(&end))
            });
            if unused {
                continue;
            }
            let kind = e.get("ContentType").unwrap_or_default().to_ascii_lowercase();
            if kind.contains("macroenabled") || kind.contains("vbaproject") || kind.contains("vbadata") {
                return forbidden("tệp có macro".into());
            }
            if kind.contains("activex") || kind.contains("oleobject") {
                return forbidden("tệp có đối tượng nhúng (OLE, ActiveX)".into());
            }
        }
        for (name, _) in self.parts() {
            let lower = name.to_ascii_lowercase();
            if lower.ends_with("vbaproject.bin") {
                return forbidden("tệp có macro".into());
            }
            if lower.contains("/embeddings/") || lower.contains("/activex/") {
                return forbidden(format!("tệp có đối tượng nhúng ({name})"));
            }
            if !lower.ends_with(".rels") {
                continue;
            }
            let part = part_of_relations(name);
            for relation in self.relations(&part)? {
                match relation.kind.as_str() {
                    "aFChunk" => return forbidden("tệp chèn nguyên một tệp khác vào (altChunk)".into()),
                    "oleObject" | "control" | "package" => {
                        return forbidden("tệp có đối tượng nhúng (OLE, ActiveX)".into());
                    }
                    "vbaProject" => return forbidden("tệp có macro".into()),
                    // A link to the list of a mail merge is dropped with its settings.
                    kind if MERGE_SOURCES.contains(&kind) => {}
                    "hyperlink" if relation.external && is_web_address(&relation.target) => {}
                    "hyperlink" if relation.external => {
                        return forbidden(format!(
                            "liên kết “{}” không phải là địa chỉ web hay thư điện tử",
                            relation.target
                        ));
                    }
                    kind if relation.external => {
                        return forbidden(format!("tệp nạp “{}” từ bên ngoài ({kind})", relation.target));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// Kinds of relationships to the list of a mail merge.
pub const MERGE_SOURCES: [&str; 3] = ["mailMergeSource", "mailMergeHeaderSource", "recipientData"];

/// Whether a link leads to the web or to mail. What programs skip in an address (blanks, controls) hides nothing.
pub fn is_web_address(address: &str) -> bool {
    let bare: String = address.chars().filter(|c| !c.is_whitespace() && !is_forbidden(*c)).collect();
    let bare = bare.to_ascii_lowercase();
    ["http://", "https://", "mailto:"].iter().any(|scheme| bare.starts_with(scheme))
}

/// How many entries the end of a zip file says that it has: the library keeps one of two of the same name.
fn entries(bytes: &[u8]) -> Option<usize> {
    let at = bytes.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let count = bytes.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

/// Where the relationships of a part stand.
pub fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The part whose relationships stand here.
fn part_of_relations(name: &str) -> String {
    let without = name.strip_suffix(".rels").unwrap_or(name);
    without.replacen("_rels/", "", 1)
}

/// A target against the folder of the part that names it.
pub fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut out: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                out.pop();
            }
            step => out.push(step),
        }
    }
    out.join("/")
}

fn is_xml(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".xml") || lower.ends_with(".rels") || lower.ends_with(".vml")
}

/// Packs parts. The types come first, as some readers want; times are fixed.
pub fn pack<'p>(parts: impl Iterator<Item = (&'p str, &'p [u8])>) -> Result<Vec<u8>, String> {
    let mut all: Vec<(&str, &[u8])> = parts.collect();
    all.sort_by_key(|(name, _)| *name != TYPES);
    add(ZipWriter::new(Cursor::new(Vec::new())), all.into_iter())
}

/// Adds parts to a packed file.
pub fn append<'p>(base: &[u8], parts: impl Iterator<Item = (&'p str, &'p [u8])>) -> Result<Vec<u8>, String> {
    add(ZipWriter::new_append(Cursor::new(base.to_vec())).map_err(|e| e.to_string())?, parts)
}

fn add<'p>(
    mut writer: ZipWriter<Cursor<Vec<u8>>>,
    parts: impl Iterator<Item = (&'p str, &'p [u8])>,
) -> Result<Vec<u8>, String> {
    let deflated =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(LEVEL));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        let packed = name == CUSTOM || [".png", ".jpeg", ".jpg"].iter().any(|e| name.ends_with(e));
        writer.start_file(name, if packed { stored } else { deflated }).map_err(|e| e.to_string())?;
        writer.write_all(bytes).map_err(|e| e.to_string())?;
    }
    writer.finish().map(Cursor::into_inner).map_err(|e| e.to_string())
}

/// Adds a relationship to the relationships of a part.
pub fn relate(root: &mut Element, id: &str, kind: &str, target: &str, external: bool) {
    let kind = if kind.contains("://") { kind.to_owned() } else { format!("{RELATION_TYPE}{kind}") };
    let mut e = Element::new("Relationship").with("Id", id).with("Type", kind).with("Target", target);
    if external {
        e.set("TargetMode", "External");
    }
    root.children.push(Node::Element(e));
}

/// Gives a part its type, unless it has one.
pub fn declare(types: &mut Element, part: &str, kind: &str) {
    let name = format!("/{part}");
    if !types.elements().any(|e| e.get("PartName") == Some(&name)) {
        let e = Element::new("Override").with("PartName", name).with("ContentType", kind);
        types.children.push(Node::Element(e));
    }
}

/// Gives an extension its type, unless it has one.
pub fn declare_extension(types: &mut Element, extension: &str, kind: &str) {
    if !types.elements().any(|e| e.get("Extension").is_some_and(|x| x.eq_ignore_ascii_case(extension))) {
        let e = Element::new("Default").with("Extension", extension).with("ContentType", kind);
        types.children.insert(0, Node::Element(e));
    }
}
