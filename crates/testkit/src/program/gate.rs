//! A gate before a server of somebody else: shut, it cuts every connection and refuses new ones.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::spawn;

/// The connections that pass, by number; none pass while it is shut.
#[derive(Debug, Default)]
struct Passing {
    is_shut: bool,
    count: u64,
    ends: HashMap<u64, [TcpStream; 2]>,
}

/// A port of loopback that leads to `beyond` while the gate is open.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Where to connect instead.
    pub address: SocketAddr,
    passing: Arc<Mutex<Passing>>,
}

impl Gate {
    /// An open gate before `beyond`.
    pub fn before(beyond: SocketAddr) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let gate = Self {
            address: listener.local_addr().expect("bound"),
            passing: Arc::default(),
        };
        let passing = Arc::clone(&gate.passing);
        spawn(move || {
            for stream in listener.incoming().flatten() {
                // A connection that cannot be passed on is closed, as it would be without a gate.
                let _ = pass(&passing, stream, beyond);
            }
        });
        gate
    }

    /// Cuts every connection and refuses new ones.
    pub fn shut(&self) {
        let mut passing = self.passing.lock().expect("no thread panics");
        passing.is_shut = true;
        for end in passing.ends.drain().flat_map(|(_, ends)| ends) {
            let _ = end.shutdown(Shutdown::Both);
        }
    }

    /// Lets connections pass again.
    pub fn open(&self) {
        self.passing.lock().expect("no thread panics").is_shut = false;
    }
}

fn pass(passing: &Arc<Mutex<Passing>>, near: TcpStream, beyond: SocketAddr) -> io::Result<()> {
    let mut all = passing.lock().expect("no thread panics");
    if all.is_shut {
        return Ok(());
    }
    let far = TcpStream::connect(beyond)?;
    near.set_nodelay(true)?;
    far.set_nodelay(true)?;
    all.count += 1;
    let number = all.count;
    for (from, to) in [
        (near.try_clone()?, far.try_clone()?),
        (far.try_clone()?, near.try_clone()?),
    ] {
        let passing = Arc::clone(passing);
        spawn(move || {
            copy(from, to);
            passing.lock().expect("no thread panics").ends.remove(&number);
        });
    }
    all.ends.insert(number, [near, far]);
    Ok(())
}

/// Copies until either end closes, then closes both.
fn copy(mut from: TcpStream, mut to: TcpStream) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
