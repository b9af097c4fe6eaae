//! The body of a request as it comes in: read within a size and a time of its own, before anything of it is taken. The edge
//! cuts none of these requests off, so whatever is being stored is answered.

use std::time::Duration;

use axum::body::Body;
use futures::StreamExt;

use super::LARGEST_BATCH;

/// How long a body may take to come.
pub(super) const LONGEST: Duration = Duration::from_secs(25);
/// How much of a body that is too large is read on and thrown away: whoever is sending still hears no answer.
const OVER: usize = 4 * 1024 * 1024;

/// What came of a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Arrived {
    /// All of it.
    Whole(Vec<u8>),
    /// The beginning of one that is larger than a batch may be.
    Beginning(Vec<u8>),
    /// Not all of it came in time.
    Late,
}

/// Reads a body that may take `longest` to come.
pub(super) async fn read(body: Body, longest: Duration) -> Arrived {
    let arrived = tokio::time::timeout(longest, gathered(body)).await;
    arrived.unwrap_or(Arrived::Late)
}

async fn gathered(body: Body) -> Arrived {
    let mut pieces = body.into_data_stream();
    let (mut bytes, mut over) = (Vec::new(), 0);
    while let Some(piece) = pieces.next().await {
        let Ok(piece) = piece else {
            return Arrived::Late;
        };
        let fits = piece.len().min(LARGEST_BATCH - bytes.len());
        bytes.extend_from_slice(&piece[..fits]);
        over += piece.len() - fits;
        if over > OVER {
            break;
        }
    }
    match over {
        0 => Arrived::Whole(bytes),
        _ => Arrived::Beginning(bytes),
    }
}

#[cfg(test)]
mod tests {
    use futures::stream;

    use super::*;

    fn pieces(number: usize) -> Body {
        let pieces = (0..number).map(|_| Ok::<_, std::io::Error>(vec![b'x'; 1024]));
        Body::from_stream(stream::iter(pieces))
    }

    #[tokio::test]
    async fn of_a_body_that_is_too_large_the_beginning_is_read() {
        assert_eq!(
            read(pieces(500), LONGEST).await,
            Arrived::Whole(vec![b'x'; LARGEST_BATCH])
        );
        for large in [501, 3_000, 1_000_000] {
            assert_eq!(
                read(pieces(large), LONGEST).await,
                Arrived::Beginning(vec![b'x'; LARGEST_BATCH]),
                "{large}"
            );
        }
    }

    #[tokio::test]
    async fn a_body_that_does_not_come_is_not_waited_for() {
        let never = Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>());
        assert_eq!(read(never, Duration::ZERO).await, Arrived::Late);
        let torn = stream::iter([Ok(b"{".to_vec()), Err(std::io::Error::other("gone"))]);
        assert_eq!(read(Body::from_stream(torn), LONGEST).await, Arrived::Late);
    }
}
