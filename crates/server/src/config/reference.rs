//! The reference of all settings, as Markdown: `docs/configuration.md`.

use std::fmt::Write;

use super::{SETTINGS, Setting};

const INTRODUCTION: &str = "\
# Configuration

Every setting can be given in four places; where it is given twice, the later one wins:

1. the file `tandem.toml` in the working folder, or the one named by `--config` or `TANDEM_CONFIG`: `listen = \"0.0.0.0:8080\"`;
2. a credential of systemd with the setting's name: `LoadCredential=database_url:/etc/tandem/database_url`;
3. the environment: `TANDEM_LISTEN=0.0.0.0:8080`; an empty variable counts as not given;
4. a flag of any command: `--listen 0.0.0.0:8080`.

`tandem config` prints every value and where it came from, without secrets. An unknown name or a value that cannot be
right stops the program before it does anything. Put secrets into the file or a credential: flags are visible to other
users of the machine.

Durations are written `200ms`, `5s`, `10min`, `1h`; sizes `512KiB`, `32MiB`, `2GiB`; lists with commas.

| setting | kind | default | what it is for |
|---|---|---|---|
";

const EXAMPLE: &str = "
## Examples

One machine behind a proxy that ends TLS:

```toml
data = \"/var/lib/tandem\"
public_url = \"https://desk.example.com\"
trusted_proxies = [\"127.0.0.1\", \"::1\"]
log_format = \"json\"
```

One of several machines on PostgreSQL and an S3-compatible store:

```toml
database_url = \"postgres://tandem:password@database.example.com/tandem\"
blobs = \"s3://tandem-blobs\"
s3_endpoint = \"https://objects.example.com\"
s3_access_key = \"key\"
s3_secret_key = \"secret\"
roles = [\"web\", \"ingest\"]
```

An S3 bucket needs a lifecycle rule that ends incomplete multipart uploads after a day: an upload that was cut off by a
crash leaves parts that only the store itself can see.
";

/// The whole page.
#[must_use]
pub fn reference() -> String {
    let mut page = INTRODUCTION.to_owned();
    for setting in SETTINGS {
        row(&mut page, setting);
    }
    page.push_str(EXAMPLE);
    page
}

fn row(page: &mut String, setting: &Setting) {
    let default = match setting.default {
        "" => String::new(),
        default => format!("`{default}`"),
    };
    writeln!(
        page,
        "| `{}` | {} | {default} | {} |",
        setting.key,
        setting.kind,
        setting.help.trim()
    )
    .expect("writing to a string cannot fail");
}
