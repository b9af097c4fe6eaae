//! What people say about mail providers.

use super::*;

fn text() -> MailProviderText {
    MailProviderText {
        kind: ProviderKind::Microsoft,
        name: " Microsoft ".to_owned(),
        client: "abc".to_owned(),
        ..MailProviderText::default()
    }
}

fn checked(text: &MailProviderText) -> Result<MailProvider, WrongProvider> {
    text.checked("mpr_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().unwrap())
}

#[test]
fn a_directory_stands_in_the_address_and_is_no_path() {
    let all = checked(&text()).unwrap();
    assert_eq!(
        all.token_at(),
        "https://login.microsoftonline.com/common/oauth2/v2.0/token"
    );
    let of = |tenant: &str| {
        checked(&MailProviderText {
            tenant: tenant.to_owned(),
            ..text()
        })
    };
    assert!(
        of("Fernweh.example")
            .unwrap()
            .token_at()
            .contains("/fernweh.example/")
    );
    for bad in ["../evil", "a/b", "a?b", "a b"] {
        assert_eq!(of(bad), Err(WrongProvider::Tenant), "{bad}");
    }
}

#[test]
fn another_client_or_address_gets_nothing_of_the_first() {
    let first = checked(&text()).unwrap();
    let other = MailProvider {
        client: "other".to_owned(),
        ..first.clone()
    };
    let elsewhere = MailProvider {
        tenant: "fernweh.example".to_owned(),
        ..first.clone()
    };
    assert!(!first.is_same_client(&other) && !first.is_same_client(&elsewhere));
    let own = |at: &str| {
        checked(&MailProviderText {
            kind: ProviderKind::Own,
            authorize_at: "https://id.example/a".to_owned(),
            token_at: at.to_owned(),
            ..text()
        })
    };
    assert!(own("https://id.example/t").is_ok());
    for bad in ["", "id.example", "ftp://id.example/t", "https://a:b@id.example/t"] {
        let refused = own(bad);
        assert_eq!(
            refused,
            Err(WrongProvider::TokenAt(OutgoingError::BadAddress)),
            "{bad}"
        );
    }
}

#[test]
fn a_grant_is_taken_back_where_the_provider_has_an_address_for_that() {
    assert_eq!(checked(&text()).unwrap().revoke_at(), None, "Microsoft has none");
    let own = |at: &str| {
        checked(&MailProviderText {
            kind: ProviderKind::Own,
            authorize_at: "https://id.example/a".to_owned(),
            token_at: "https://id.example/t".to_owned(),
            revoke_at: at.to_owned(),
            ..text()
        })
    };
    assert_eq!(own("").unwrap().revoke_at(), None);
    assert_eq!(
        own("https://id.example/r").unwrap().revoke_at().as_deref(),
        Some("https://id.example/r")
    );
    assert_eq!(
        own("id.example"),
        Err(WrongProvider::RevokeAt(OutgoingError::BadAddress))
    );
}

#[test]
fn another_address_to_take_grants_back_at_gets_nothing_of_the_first() {
    let own = |at: &str| {
        checked(&MailProviderText {
            kind: ProviderKind::Own,
            authorize_at: "https://id.example/a".to_owned(),
            token_at: "https://id.example/t".to_owned(),
            revoke_at: at.to_owned(),
            ..text()
        })
        .unwrap()
    };
    let first = own("https://id.example/r");
    assert!(own("https://id.example/r").is_same_client(&first));
    assert!(
        own("").is_same_client(&first),
        "what is told nobody is shown to nobody"
    );
    assert!(!own("https://elsewhere.example/r").is_same_client(&first));
    assert!(!first.is_same_client(&own("")));
}
