//! A form that brings a file (multipart/form-data, RFC 7578), read as it comes: the file is never whole in memory.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use http::{StatusCode, header};

use super::{Failure, Filled};

/// The longest value of a field that is no file, in bytes.
const LONGEST_VALUE: u64 = 64 << 10;
/// How many fields that are no files a form has at most.
const MOST_FIELDS: usize = 200;
/// How long their names and values are together at most, in bytes.
const LARGEST_TEXT: u64 = 512 << 10;
/// The longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// What a form with one file sends. The file is the form's last field: what stands before it is here already.
pub struct Upload {
    /// The fields before the file.
    pub form: Filled,
    /// What the file was called, without folders and control characters; empty when none was chosen.
    pub file_name: String,
    /// Its content.
    pub content: Content,
}

/// The content of a file, piece by piece.
pub struct Content(Option<multer::Field<'static>>);

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload")
            .field("form", &self.form)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Content").finish_non_exhaustive()
    }
}

impl Stream for Content {
    type Item = Result<Bytes, multer::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Some(field) => field.poll_next_unpin(context),
            None => Poll::Ready(None),
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        let mut parts = Uploads::of(request)?;
        let mut form = Filled::default();
        while let Some(part) = parts.next_part().await? {
            match part {
                UploadPart::Field(name, value) => form.set(name, value),
                UploadPart::File(file_name, content) => {
                    return Ok(Self {
                        form,
                        file_name,
                        content: *content,
                    });
                }
            }
        }
        Ok(Self {
            form,
            file_name: String::new(),
            content: Content(None),
        })
    }
}

/// A form with any number of files, part by part as it comes.
pub struct Uploads {
    parts: multer::Multipart<'static>,
    /// How many fields came.
    fields: usize,
    /// How long their names and values were.
    text: u64,
}

/// One part of such a form.
#[derive(Debug)]
pub enum UploadPart {
    /// A field and its value.
    Field(String, String),
    /// A file: what it was called, without folders and control characters, empty when none was chosen; and its content,
    /// which is read before the next part.
    File(String, Box<Content>),
}

impl std::fmt::Debug for Uploads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Uploads").finish_non_exhaustive()
    }
}

impl Uploads {
    /// The form that a request brings, as long as its address takes.
    ///
    /// # Errors
    /// Another kind of body.
    pub fn of(request: Request) -> Result<Self, Failure> {
        Self::within(request, u64::MAX)
    }

    /// The form that a request brings, of so many bytes at most.
    ///
    /// # Errors
    /// Another kind of body.
    pub fn within(request: Request, longest: u64) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let boundary = kind.and_then(|kind| multer::parse_boundary(kind.to_str().ok()?).ok());
        let Some(boundary) = boundary else {
            let detail = "a form with a file is multipart/form-data";
            return Err(Failure::of(StatusCode::UNSUPPORTED_MEDIA_TYPE).detail(detail));
        };
        let body = request.into_body().into_data_stream();
        let size = multer::SizeLimit::new().whole_stream(longest);
        let limits = multer::Constraints::new().size_limit(size);
        Ok(Self {
            parts: multer::Multipart::with_constraints(body, boundary, limits),
            fields: 0,
            text: 0,
        })
    }

    /// The next part; none after the last.
    ///
    /// # Errors
    /// A body that is broken or too long, a field that is too long, or too many of them.
    pub async fn next_part(&mut self) -> Result<Option<UploadPart>, Failure> {
        let Some(mut field) = self.parts.next_field().await.map_err(broken)? else {
            return Ok(None);
        };
        if let Some(name) = field.file_name() {
            let file_name = plain_name(name);
            return Ok(Some(UploadPart::File(file_name, Box::new(Content(Some(field))))));
        }
        let name = field.name().unwrap_or_default().to_owned();
        let mut value = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(broken)? {
            value.extend_from_slice(&piece);
            if value.len() as u64 > LONGEST_VALUE {
                return Err(Failure::of(StatusCode::PAYLOAD_TOO_LARGE).detail(format!("the field {name}")));
            }
        }
        self.fields += 1;
        self.text += (name.len() + value.len()) as u64;
        if self.fields > MOST_FIELDS || self.text > LARGEST_TEXT {
            return Err(Failure::of(StatusCode::PAYLOAD_TOO_LARGE).detail("the fields of the form"));
        }
        let value = String::from_utf8_lossy(&value).into_owned();
        Ok(Some(UploadPart::Field(name, value)))
    }
}

fn broken(error: multer::Error) -> Failure {
    let status = match error {
        multer::Error::StreamSizeExceeded { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::BAD_REQUEST,
    };
    Failure::of(status).detail(error.to_string())
}

/// The last part of a path of any system, as far as it can be shown.
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = last.chars().filter(|c| !c.is_control());
    shown.take(LONGEST_NAME).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn sent(body: &str, kind: &str) -> Result<(Filled, String, Vec<u8>), Failure> {
        let request = http::Request::post("/").header("content-type", kind);
        let request = request.body(axum::body::Body::from(body.to_owned())).unwrap();
        let mut upload = Upload::from_request(request, &()).await?;
        let mut content = Vec::new();
        while let Some(piece) = upload.content.next().await {
            content.extend_from_slice(&piece.unwrap());
        }
        Ok((upload.form, upload.file_name, content))
    }

    #[tokio::test]
    async fn fields_come_before_the_file_and_its_name_is_made_harmless() {
        let body = "--x\r\ncontent-disposition: form-data; name=\"target\"\r\n\r\naccounts\r\n\
                    --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"C:\\\\lists\\\\a.csv\"\r\n\r\na,b\r\n--x--\r\n";
        let (form, name, content) = sent(body, "multipart/form-data; boundary=x").await.unwrap();
        assert_eq!(
            (form.value("target"), name.as_str(), content.as_slice()),
            ("accounts", "a.csv", b"a,b".as_slice())
        );
    }

    #[tokio::test]
    async fn a_form_without_a_file_is_empty_and_another_body_is_refused() {
        let (_, name, content) = sent("--x--\r\n", "multipart/form-data; boundary=x")
            .await
            .unwrap();
        assert!(name.is_empty() && content.is_empty());
        let refused = sent("a=b", "application/x-www-form-urlencoded")
            .await
            .unwrap_err();
        assert_eq!(refused.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(plain_name("/etc/../pass\nwd"), "passwd");
    }

    #[tokio::test]
    async fn a_form_has_so_many_fields_and_so_much_text() {
        let of = |count: usize, length: usize| {
            let value = "v".repeat(length);
            let part = format!("--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n{value}\r\n");
            part.repeat(count) + "--x--\r\n"
        };
        let kind = "multipart/form-data; boundary=x";
        assert!(sent(&of(MOST_FIELDS, 1), kind).await.is_ok());
        for body in [of(MOST_FIELDS + 1, 1), of(10, 60 << 10)] {
            let refused = sent(&body, kind).await.unwrap_err();
            assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
        }
    }

    #[tokio::test]
    async fn a_head_without_an_end_is_not_kept_for_ever() {
        let body = format!("--x\r\ncontent-disposition: {}", "y".repeat(2_000));
        let request = http::Request::post("/").header("content-type", "multipart/form-data; boundary=x");
        let request = request.body(axum::body::Body::from(body)).unwrap();
        let mut parts = Uploads::within(request, 1_000).unwrap();
        let refused = parts.next_part().await.unwrap_err();
        assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
}
