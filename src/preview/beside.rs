//! The Word file beside the PDF: LibreOffice's pages, and what is different on them.

use super::answers::{Refused, gone, not_found, work};
use super::desk::Desk;
use super::office::{self, Difference, Drawn, Office};
use super::view::Pages;
use crate::batch::record::hex;
use crate::pipeline::Digest;
use axum::http::StatusCode;
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// How many Word files are kept.
const MAX_DRAWN: usize = 3;

/// LibreOffice, and what it made last.
pub struct Beside {
    bench: tokio::sync::Mutex<Bench>,
    drawn: Mutex<Vec<Arc<Compared>>>,
}

/// LibreOffice, once it was started.
#[derive(Default)]
struct Bench {
    program: Option<PathBuf>,
    /// With the fonts that it was prepared with.
    office: Option<(Digest, Office)>,
}

/// The Word file of some pages beside them.
pub struct Compared {
    revision: u64,
    unit: Option<String>,
    /// LibreOffice's pages.
    pub drawn: Drawn,
    /// What tells its pages from others.
    pub ids: Vec<String>,
    /// What is different, in a sentence.
    pub summary: String,
    /// What is different, place by place.
    pub differences: Vec<Difference>,
}

impl Beside {
    /// With LibreOffice at this path.
    pub fn new(program: Option<PathBuf>) -> Self {
        Beside { bench: tokio::sync::Mutex::new(Bench { program, office: None }), drawn: Mutex::default() }
    }

    pub fn page(&self, id: &str) -> Option<Arc<Vec<u8>>> {
        let kept = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let (compared, index) = kept.iter().find_map(|c| Some((c, c.ids.iter().position(|i| i == id)?)))?;
        compared.drawn.pages.get(index).map(|p| Arc::clone(&p.svg))
    }

    fn known(&self, pages: &Pages) -> Option<Arc<Compared>> {
        let kept = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|c| c.revision == pages.revision && c.unit == pages.unit).cloned()
    }

    /// The Word file of some pages beside them. One file at a time; who waits for an old one waits in vain.
    pub async fn compared(&self, desk: &Desk, pages: Arc<Pages>) -> Result<Arc<Compared>, Refused> {
        if let Some(known) = self.known(&pages) {
            return Ok(known);
        }
        let mut bench = self.bench.lock().await;
        if let Some(known) = self.known(&pages) {
            return Ok(known);
        }
        if !desk.is_newest(&pages) {
            return Err(gone());
        }
        let missing = || {
            let hint = "Cài LibreOffice Writer rồi chạy lại lệnh; tệp Word vẫn tải về được.".to_owned();
            Refused(StatusCode::CONFLICT, "Máy này chưa có LibreOffice nên không xem được tệp Word.".into(), Some(hint))
        };
        let docx = work({
            let pages = Arc::clone(&pages);
            move || pages.export("docx")
        });
        let docx = docx.await?.ok_or_else(not_found)??;
        let fonts = pages.studio.fonts_digest();
        if bench.office.as_ref().is_none_or(|(of, _)| *of != fonts) {
            let program = bench.program.clone().ok_or_else(missing)?;
            bench.office = Some((fonts, Office::new(program, pages.studio.faces())?));
        }
        let (_, office) = bench.office.as_ref().ok_or_else(missing)?;
        let pdf = office.pdf(&docx).await?;
        let unreadable = || Refused(StatusCode::CONFLICT, "Không đọc được trang mà LibreOffice dựng.".into(), None);
        let compared = Arc::new(work(move || beside(&pages, pdf)).await?.ok_or_else(unreadable)?);
        let mut kept = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(0, Arc::clone(&compared));
        kept.truncate(MAX_DRAWN);
        Ok(compared)
    }
}

fn beside(pages: &Pages, pdf: Vec<u8>) -> Option<Compared> {
    let drawn = office::read(pdf)?;
    let (summary, differences) = office::compare(&pages.words(), &drawn.words, (pages.pages.len(), drawn.pages.len()));
    let ids = drawn.pages.iter().map(|p| hex(&Sha256::digest(p.svg.as_slice())[..16])).collect();
    Some(Compared { revision: pages.revision, unit: pages.unit.clone(), drawn, ids, summary, differences })
}
