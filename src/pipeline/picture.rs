//! Whether a picture can be used: kind, size when unpacked, colours.

use crate::diagnostic::{Diagnostic, code};
use crate::source::Span;

/// Most bytes that the pixels of a picture may take: an A4 page at 600 dpi in four colours takes 140 MB.
const MAX_PIXEL_BYTES: u64 = 256 << 20;
/// Most bytes of a colour profile: those of presses have up to three million.
const MAX_PROFILE: usize = 16 << 20;
/// What a PNG file begins with (PNG, third edition, 5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Checks a picture that stands at a path; gives its bytes in other colours where the page needs them.
pub fn usable(path: &str, bytes: &[u8], at: Span) -> Result<Option<Vec<u8>>, Diagnostic> {
    let jpeg = bytes.starts_with(b"\xFF\xD8\xFF");
    if !jpeg && !bytes.starts_with(PNG) {
        let message = format!("Tệp “{path}” không phải là hình PNG hay JPEG.");
        return Err(Diagnostic::error(&code::HINH_SAI, at, message)
            .hint("Mở hình bằng trình xem ảnh và lưu lại thành PNG hoặc JPEG."));
    }
    let refused = |why: &str| {
        Err(Diagnostic::error(&code::HINH_SAI, at, format!("Không mở được hình “{path}”: {why}."))
            .hint("Mở hình bằng trình xem ảnh, thu nhỏ nếu cần, rồi lưu lại thành PNG hoặc JPEG."))
    };
    if !jpeg && !profile_is_small(bytes) {
        return refused("bảng màu (ICC) kèm trong hình quá lớn");
    }
    // Typst would say only that some picture cannot be decoded, and would not bound its size.
    if !jpeg {
        return match unpacked(bytes) {
            Ok(()) => Ok(None),
            Err(png::DecodingError::LimitsExceeded) => refused("hình quá lớn khi mở ra"),
            Err(_) => refused("tệp bị hỏng hoặc thiếu"),
        };
    }
    let mut reader = image::ImageReader::new(std::io::Cursor::new(bytes));
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MAX_PIXEL_BYTES);
    reader.limits(limits);
    let decoded = reader.with_guessed_format().map_err(image::ImageError::IoError).and_then(image::ImageReader::decode);
    let decoded = match decoded {
        Ok(decoded) => decoded,
        Err(image::ImageError::Limits(_)) => return refused("hình quá lớn khi mở ra"),
        Err(_) => return refused("tệp bị hỏng hoặc thiếu"),
    };
    let (colours, whole) = frame(bytes);
    if !whole {
        return refused("tệp bị cắt cụt, thiếu phần cuối");
    }
    if colours != 4 {
        return Ok(None);
    }
    // PDF/A wants a profile of the press for four colours; the page is in sRGB.
    let mut out = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 95);
    match decoded.to_rgb8().write_with_encoder(encoder) {
        Ok(()) => Ok(Some(out)),
        Err(_) => refused("không đổi được màu in CMYK sang sRGB"),
    }
}

/// Unpacks a PNG, without making colours of its pixels.
fn unpacked(bytes: &[u8]) -> Result<(), png::DecodingError> {
    let limits = png::Limits { bytes: usize::try_from(MAX_PIXEL_BYTES).unwrap_or(usize::MAX) };
    let mut decoder = png::Decoder::new_with_limits(std::io::Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::IDENTITY);
    let mut reader = decoder.read_info()?;
    let info = reader.info();
    if info.color_type == png::ColorType::Indexed
        && info.palette.as_ref().is_none_or(|p| p.is_empty() || p.len() % 3 != 0)
    {
        return Err(std::io::Error::other("no palette").into());
    }
    // What the engine makes of them must stay within bounds too.
    let samples = match info.color_type {
        png::ColorType::Grayscale => 1,
        png::ColorType::GrayscaleAlpha => 2,
        png::ColorType::Rgb | png::ColorType::Indexed => 3,
        png::ColorType::Rgba => 4,
    } + u64::from(info.trns.is_some());
    let bytes_each = if info.bit_depth == png::BitDepth::Sixteen { 2 } else { 1 };
    let pixels = u64::from(info.width) * u64::from(info.height);
    if pixels.saturating_mul(samples * bytes_each) > MAX_PIXEL_BYTES {
        return Err(png::DecodingError::LimitsExceeded);
    }
    let size = reader.output_buffer_size().ok_or(png::DecodingError::LimitsExceeded)?;
    reader.next_frame(&mut vec![0; size]).map(|_| ())
}

/// Whether the colour profile of a PNG stays within bounds when it is unpacked; the engine unpacks it whole (iCCP: PNG,
/// third edition, 11.3.2.3).
fn profile_is_small(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(PNG.len()..).unwrap_or_default();
    while let Some((head, tail)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some(data) = tail.get(..length) else { return true };
        match &head[4..] {
            b"iCCP" => {
                // A name, its end, the way of packing.
                let packed = data.iter().position(|b| *b == 0).and_then(|end| data.get(end + 2..)).unwrap_or_default();
                let read = fdeflate::decompress_to_vec_bounded(packed, MAX_PROFILE);
                if matches!(read, Err(fdeflate::BoundedDecompressionError::OutputTooLarge { .. })) {
                    return false;
                }
            }
            b"IDAT" => return true,
            _ => {}
        }
        rest = tail.get(length + 4..).unwrap_or_default();
    }
    true
}

/// The count of colours of a JPEG, and whether its end is there.
fn frame(bytes: &[u8]) -> (u8, bool) {
    let (mut at, mut colours) = (2, 3);
    while let Some([0xFF, marker, high, low, rest @ ..]) = bytes.get(at..) {
        // The frame: its length, precision, height, width, then the count of components.
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            colours = rest.get(5).copied().unwrap_or(colours);
        }
        if *marker == 0xDA {
            return (colours, rest.windows(2).any(|pair| pair == b"\xFF\xD9"));
        }
        at += if *marker == 0xFF { 1 } else { 2 + usize::from(u16::from_be_bytes([*high, *low])) };
    }
    (colours, false)
}
