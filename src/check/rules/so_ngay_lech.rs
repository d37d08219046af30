//! Number without date, or date without number, while the other is there.

use super::prelude::*;

rule!("so-ngay-lech", "Có số mà chưa có ngày, hoặc có ngày mà chưa có số", Some("Điều 15"), Hint, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let document = subject.main();
    let number = subject.part(Part::So).next();
    if let Some(number) = number.filter(|_| document.ngay.day.is_none() && document.loai.form.has_place_and_date()) {
        let hint = "Số và ngày do văn thư ghi cùng lúc sau khi ký; điền ngày, hoặc bỏ trống số.";
        found.tell(number, 0..number.plain.len(), "Văn bản có số mà chưa có ngày ban hành.", hint);
    }
}
