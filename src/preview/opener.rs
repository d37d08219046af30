//! The file that the browser is started with. The command line of every program can be read by all users of a machine, so
//! the address with its token does not stand there: it stands in a page that only its owner can read, and that leads on.

use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Browsers of snap see neither temporary nor hidden folders, only the rest of the home folder.
const SNAP: &str = "/snap/bin/firefox";

/// The page, for as long as it is kept.
pub struct Opener {
    folder: TempDir,
}

impl Opener {
    /// Writes the page that leads to an address.
    pub fn new(address: &str) -> std::io::Result<Self> {
        let home = std::env::var_os("HOME").map(PathBuf::from).filter(|home| Path::new(SNAP).exists() && home.is_dir());
        let mut builder = tempfile::Builder::new();
        builder.prefix("vanthu-xem-truoc-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = match home {
            Some(home) => builder.tempdir_in(home)?,
            None => builder.tempdir()?,
        };
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(page(&folder))?.write_all(text(address).as_bytes())?;
        Ok(Opener { folder })
    }

    /// Where the page is.
    pub fn path(&self) -> PathBuf {
        page(&self.folder)
    }
}

fn page(folder: &TempDir) -> PathBuf {
    folder.path().join("xem-truoc.html")
}

/// The address has no character that HTML would read otherwise: it is made of digits and a token in hexadecimal.
fn text(address: &str) -> String {
    format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">\
         <title>Xem trước</title><meta http-equiv=\"refresh\" content=\"0; url={address}\">\
         <p>Đang mở bản xem trước. <a href=\"{address}\">Mở trang nếu trình duyệt không tự chuyển.</a></p></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_leads_on_and_is_its_owners_alone() {
        let address = "http://127.0.0.1:4000/abc/";
        let opener = Opener::new(address).unwrap();
        let path = opener.path();
        assert!(std::fs::read_to_string(&path).unwrap().contains(&format!("url={address}\"")));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        }
        drop(opener);
        assert!(!path.exists());
    }
}
