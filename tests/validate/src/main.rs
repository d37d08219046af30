//! Judges PDF files by PDF/A-2a and PDF/UA-1 with `page_validation`: `validate FILE.pdf…`. Exit code 1 on any finding.
//!
//! Before it judges ours, it makes sure that it can refuse: a file with its metadata spoilt must not pass.

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use std::process::ExitCode;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let profiles = [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1];
    let (mut passed, mut failed) = (0, 0);
    for file in &files {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                println!("{file}: {error}");
                failed += 1;
                continue;
            }
        };
        for profile in profiles {
            let options = ValidationOptions::default().profile(profile);
            match validate_pdf_bytes(&bytes, &options) {
                Ok(report) if report.is_compliant => passed += 1,
                Ok(report) => {
                    failed += 1;
                    println!("{file}: not {profile}");
                    report.failures.iter().for_each(|f| println!("  {f}"));
                }
                Err(error) => {
                    failed += 1;
                    println!("{file}: {error}");
                }
            }
            if std::ptr::eq(file, &files[0]) {
                let spoilt = spoil(&bytes);
                if validate_pdf_bytes(&spoilt, &options).is_ok_and(|r| r.is_compliant) {
                    failed += 1;
                    println!("{file}: a spoilt copy passes {profile}; the judge is asleep");
                }
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The file without its language and without the marks that it is tagged and archival.
fn spoil(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for (from, to) in [
        (&b"/Marked true"[..], &b"/Marked null"[..]),
        (b"pdfaid:part", b"pdfaid:xart"),
        (b"pdfuaid:part", b"pdfuaid:xart"),
    ] {
        while let Some(i) = out.windows(from.len()).position(|w| w == from) {
            out[i..i + from.len()].copy_from_slice(to);
        }
    }
    out
}
