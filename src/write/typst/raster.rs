//! The laid-out pages as pictures, one file a page.

use super::{Layout, Press, small};
use crate::diagnostic::{Diagnostic, code};
use crate::write::{Job, OutputFile};
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

/// Pixels per inch of PNG pages: sharp on a screen, small in a report.
const DPI: f64 = 150.0;

/// 8-bit grey PNG: the page is black on white.
pub fn png(_: &Press, job: &Job<'_>, layout: &Layout) -> Result<Vec<OutputFile>, Diagnostic> {
    // A picture or a boxed mark may have colour; then all pages keep theirs.
    let colour = !job.pictures.is_empty();
    let pages = layout.document.pages().iter().enumerate().map(|(i, page)| {
        let pixmap = typst_render::render(page, &pixels(DPI / 72.0));
        let bytes = encode(pixmap.width(), pixmap.height(), pixmap.data(), colour).map_err(|e| {
            Diagnostic::general(&code::KHONG_GHI_DUOC, format!("Không tạo được ảnh trang {}: {e}.", i + 1))
        })?;
        Ok(OutputFile { page: Some(i + 1), bytes })
    });
    pages.collect()
}

fn encode(width: u32, height: u32, rgba: &[u8], colour: bool) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_color(if colour { png::ColorType::Rgba } else { png::ColorType::Grayscale });
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: (DPI / 0.0254).round() as u32,
        yppu: (DPI / 0.0254).round() as u32,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    if colour {
        writer.write_image_data(rgba)?;
    } else {
        let grey: Vec<u8> = rgba
            .chunks_exact(4)
            .map(|p| ((u32::from(p[0]) * 54 + u32::from(p[1]) * 183 + u32::from(p[2]) * 19) >> 8) as u8)
            .collect();
        writer.write_image_data(&grey)?;
    }
    writer.finish()?;
    Ok(bytes)
}

/// So many pixels a point.
fn pixels(scale: f64) -> RenderOptions {
    RenderOptions { pixel_per_pt: typst::utils::Scalar::new(scale), ..RenderOptions::default() }
}

/// The first page as a small PNG of `width` pixels; in 16 greys unless it has colour.
pub fn thumbnail(layout: &Layout, width: f64, grey: bool) -> Option<Vec<u8>> {
    let page = layout.document.pages().first()?;
    let scale = width / page.frame.width().to_pt();
    let mut bytes = Vec::new();
    if let Some(drawn) = grey.then(|| small::draw(page, scale)).flatten() {
        let height = drawn.pixels.len() / drawn.width.max(1);
        encode_grey(drawn.width, height, &drawn.pixels, &mut bytes)?;
        return Some(bytes);
    }
    let pixmap = typst_render::render(page, &pixels(scale));
    if grey {
        // The page is black on white: one channel tells all.
        let pixels: Vec<u8> = pixmap.data().iter().step_by(4).copied().collect();
        encode_grey(pixmap.width() as usize, pixmap.height() as usize, &pixels, &mut bytes)?;
        return Some(bytes);
    }
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_compression(png::Compression::Fast);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(pixmap.data()).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// The nearest of 16 greys for each of 256.
static SIXTEENTHS: [u8; 256] = {
    let mut out = [0; 256];
    let mut grey = 0;
    while grey < 256 {
        out[grey] = ((grey * 15 + 127) / 255) as u8;
        grey += 1;
    }
    out
};

/// Writes pixels in 16 greys.
fn encode_grey(width: usize, height: usize, pixels: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    let mut encoder = png::Encoder::new(bytes, u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    // Choosing a filter for each row takes longer than drawing the page.
    encoder.set_compression(png::Compression::Fastest);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Four);
    // Two pixels a byte, rows end on a byte.
    let mut packed = Vec::with_capacity(height * width.div_ceil(2));
    for row in pixels.chunks_exact(width.max(1)) {
        let pairs = row.chunks_exact(2);
        let last = pairs.remainder().first().map(|p| SIXTEENTHS[usize::from(*p)] << 4 | 0xF);
        packed.extend(pairs.map(|two| SIXTEENTHS[usize::from(two[0])] << 4 | SIXTEENTHS[usize::from(two[1])]));
        packed.extend(last);
    }
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&packed).ok()?;
    writer.finish().ok()
}

/// SVG, text as shapes.
pub fn svg(_: &Press, _: &Job<'_>, layout: &Layout) -> Result<Vec<OutputFile>, Diagnostic> {
    let options = SvgOptions::default();
    let pages = layout.document.pages().iter().enumerate();
    Ok(pages
        .map(|(i, page)| OutputFile { page: Some(i + 1), bytes: typst_svg::svg(page, &options).into_bytes() })
        .collect())
}
