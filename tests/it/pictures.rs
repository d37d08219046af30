//! Pictures of every kind that scanners, print shops and offices save come out, in both formats, in the colours of the
//! page.

use crate::support::{build, complete, files, root, samples, studio};
use vanthu::pipeline::{self, Folder};
use vanthu::write::by_extension;

/// The blue in the middle of every picture of `tests/pictures`.
const BLUE: [u8; 3] = [30, 120, 200];

#[test]
fn every_kind_of_picture_is_printed_in_its_colours() {
    let all: Vec<_> = files("tests/pictures", "jpg").into_iter().chain(files("tests/pictures", "png")).collect();
    assert!(all.len() >= 6);
    for path in all {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let plan = complete(&format!("noi_dung:\n  - hinh: {name}\n  - Hết.\n"));
        let folder = Folder::new(root().join("tests/pictures"));
        let built = pipeline::build("k.yaml", plan.as_bytes(), &folder, &[], studio().faces());
        assert!(built.diagnostics.is_empty(), "{name}: {:?}", built.diagnostics);
        let writers = [by_extension("pdf").unwrap(), by_extension("docx").unwrap()];
        pipeline::write(studio(), &built.ready.unwrap(), &folder, &writers, true).expect(&name);
        // What both formats are given; four colours of the press would need a profile that PDF/A wants and nobody has.
        let kept = folder.pictures()[&name].clone();
        assert!(!name.starts_with("bon-mau") || *kept != std::fs::read(&path).unwrap(), "{name} is not converted");
        let pixel = image::load_from_memory(&kept).unwrap().to_rgb8().get_pixel(24, 12).0;
        let far = |wanted: [u8; 3]| pixel.iter().zip(wanted).map(|(a, b)| a.abs_diff(b)).max().unwrap();
        let grey = name.starts_with("xam");
        assert!(if grey { pixel[0] == pixel[1] && pixel[1] == pixel[2] } else { far(BLUE) <= 6 }, "{name}: {pixel:?}");
    }
}

/// Thumbnails are drawn by copying letters; the page that Typst draws, made as small, looks the same.
#[test]
fn thumbnails_look_like_their_pages() {
    let mut looked_at = 0;
    for path in samples() {
        let (built, folder) = build(&path);
        let Some(ready) = built.ready.filter(|_| folder.pictures().is_empty()) else { continue };
        let layout = pipeline::lay_out(studio(), &ready, &folder).unwrap();
        let small = vanthu::write::typst::raster::thumbnail(&layout, 220.0, true).unwrap();
        let small = image::load_from_memory(&small).unwrap().to_luma8();
        let (_, written) = pipeline::write(studio(), &ready, &folder, &[by_extension("png").unwrap()], false).unwrap();
        let large = image::load_from_memory(&written[0].outputs[0].bytes).unwrap().to_luma8();
        let filter = image::imageops::FilterType::Triangle;
        let large = image::imageops::resize(&large, small.width(), small.height(), filter);
        let ink = |all: &image::GrayImage| all.pixels().map(|p| f64::from(255 - p.0[0])).sum::<f64>();
        let apart: f64 = small.pixels().zip(large.pixels()).map(|(a, b)| f64::from(a.0[0].abs_diff(b.0[0]))).sum();
        let (more, apart) = (ink(&small) / ink(&large), apart / ink(&large));
        // Typst draws a pixel by the letters that cover it, the filter by its neighbours too.
        assert!((0.95..1.1).contains(&more) && apart < 0.6, "{}: {more} {apart}", path.display());
        looked_at += 1;
    }
    assert!(looked_at > 20, "{looked_at}");
}
