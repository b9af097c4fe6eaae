//! Letters over the real wire: handed over once, and told apart when they are not.

use kit::clock::Timestamp;
use kit::post::{Letter, Post, PostError};
use testkit::smtp::Smtp;

fn letter() -> Letter {
    Letter {
        to: "ada@example.com".to_owned(),
        subject: "Your link".to_owned(),
        text: "One line\n.hidden dot\n".to_owned(),
        key: "job_7".to_owned(),
    }
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let server = Smtp::start().await;
    let post = Post::new(server.url(), "Tandem <tandem@desk.example>").unwrap();
    post.send(&letter(), Timestamp::from_seconds(1_772_442_000))
        .await
        .unwrap();
    let taken = server.taken();
    assert_eq!((taken.len(), taken[0].from.as_str()), (1, "tandem@desk.example"));
    assert_eq!(taken[0].to, ["ada@example.com"]);
    assert!(
        taken[0].text.contains("Message-ID: <job_7@desk.example>")
            && taken[0].text.contains("\r\n.hidden dot")
    );
}

#[tokio::test]
async fn what_the_server_refuses_is_told_apart_by_whether_it_may_help_to_try_again() {
    let server = Smtp::start().await;
    let post = Post::new(server.url(), "tandem@desk.example").unwrap();
    server.refuse_next("451 ada@example.com: try later");
    server.refuse_next("550 ada@example.com: no such mailbox");
    let now = Timestamp::from_seconds(1_772_442_000);
    let later = post.send(&letter(), now).await.unwrap_err();
    let refused = post.send(&letter(), now).await.unwrap_err();
    assert!(matches!(later, PostError::Later(_)) && matches!(refused, PostError::Refused(_)));
    for error in [later, refused] {
        assert!(!error.to_string().contains("ada@"), "{error}");
    }
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn a_server_that_is_away_may_be_there_later() {
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let post = Post::new(&format!("smtp://{closed}"), "tandem@desk.example").unwrap();
    let error = post.send(&letter(), Timestamp::default()).await.unwrap_err();
    assert!(matches!(error, PostError::Later(_)), "{error}");
}
