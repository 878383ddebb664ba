//! Serves the files of one folder on this machine.
//!
//! It answers like a plain static host, with the right media types and without caching. Each
//! connection has a thread and gets one answer: browsers open connections that they do not use,
//! and a pool of threads would wait for those forever (as `tiny_http` 0.12 did).

mod site;

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::failure::Failure;

/// For [`Server::start`]: any free port.
pub(crate) const ANY_PORT: u16 = 0;

/// The number of ports to try, counted from the first one.
const PORTS: u16 = 100;

/// The longest request that is accepted, in bytes.
const LONGEST: u64 = 64 << 10;

/// The time after which a silent connection is closed.
const SILENCE: Duration = Duration::from_secs(30);

/// A running server. It stops with the program.
pub(crate) struct Server {
    accepting: JoinHandle<()>,
    port: u16,
}

impl Server {
    /// Serves the folder on this port, or on the next free one.
    pub(crate) fn start(folder: PathBuf, port: u16) -> Result<Server, Failure> {
        let not_bound = |source| {
            let last = port.saturating_add(PORTS - 1);
            let first = port;
            Failure::NoPort {
                first,
                last,
                source,
            }
        };
        let listener = listener(port).map_err(not_bound)?;
        let port = listener.local_addr().map_err(not_bound)?.port();
        let accepting = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let folder = folder.clone();
                // A client that closed the connection is not a failure.
                thread::spawn(move || answer(stream, &folder));
            }
        });
        Ok(Server { accepting, port })
    }

    /// The address of the folder's `index.html`.
    pub(crate) fn address(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Serves for as long as the program runs.
    pub(crate) fn wait(self) {
        // The thread ends only by a panic, which has been printed.
        let _ended = self.accepting.join();
    }
}

fn listener(port: u16) -> io::Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let last = port.saturating_add(PORTS - 1);
    let mut bound = bind(port);
    for next in port.saturating_add(1)..=last {
        match &bound {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => bound = bind(next),
            _ => break,
        }
    }
    bound
}

/// Reads one request and answers it.
fn answer(mut stream: TcpStream, folder: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    let mut lines = BufReader::new((&stream).take(LONGEST));
    let mut request = String::new();
    lines.read_line(&mut request)?;
    let mut header = String::new();
    while lines.read_line(&mut header)? > 2 {
        header.clear();
    }
    let parts: Vec<&str> = request.split_whitespace().collect();
    let plain = "text/plain; charset=utf-8";
    let (status, allow, kind, content) = match parts.as_slice() {
        ["GET" | "HEAD", target, version] if version.starts_with("HTTP/1") => {
            match site::read(folder, target) {
                Some(file) => ("200 OK", "", file.content_type, file.content),
                None => ("404 Not Found", "", plain, b"not found\n".to_vec()),
            }
        }
        [_, _, version] if version.starts_with("HTTP/1") => {
            let allow = "Allow: GET, HEAD\r\n";
            (
                "405 Method Not Allowed",
                allow,
                plain,
                b"only GET and HEAD\n".to_vec(),
            )
        }
        _ => ("400 Bad Request", "", plain, b"not a request\n".to_vec()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\n{allow}Content-Type: {kind}\r\nContent-Length: {}\r\n\
         Cache-Control: no-cache\r\nConnection: close\r\n\r\n",
        content.len()
    );
    stream.write_all(head.as_bytes())?;
    if parts.first() != Some(&"HEAD") {
        stream.write_all(&content)?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Starts a server with a folder of its own, sends it these bytes and returns its answer.
    fn exchange(name: &str, request: &[u8]) -> String {
        let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for a test can be made");
        fs::write(folder.join("index.html"), "<p>Ω</p>").expect("a page can be written");
        let server = Server::start(folder.clone(), ANY_PORT).expect("the server starts");
        let mut stream =
            TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).expect("the server listens");
        stream.write_all(request).expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        fs::remove_dir_all(&folder).expect("the folder is still there");
        answer
    }

    #[track_caller]
    fn check(answer: &str, status: &str, expected: &[&str]) {
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        for part in expected {
            assert!(answer.contains(part), "{part:?} is missing in {answer}");
        }
    }

    #[test]
    fn the_root_is_the_index_and_is_not_cached() {
        let request = b"GET /?query HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        let answer = exchange("root", request);
        let html = "Content-Type: text/html; charset=utf-8";
        check(
            &answer,
            "200",
            &[html, "Cache-Control: no-cache", "<p>Ω</p>"],
        );
    }

    #[test]
    fn a_head_is_answered_without_the_body() {
        let request = b"HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        let answer = exchange("head", request);
        check(&answer, "200", &["Content-Length: 9"]);
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    }

    #[test]
    fn a_file_that_is_not_there_is_not_found() {
        let request = b"GET /a.js HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        check(&exchange("missing", request), "404", &[]);
    }

    #[test]
    fn a_change_is_not_allowed() {
        let request =
            b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        check(&exchange("change", request), "405", &["Allow: GET, HEAD"]);
    }

    #[test]
    fn a_request_that_is_none_gets_an_answer() {
        let answer = exchange("nonsense", b"nonsense\r\n\r\n");
        check(&answer, "400", &[]);
    }

    #[test]
    fn connections_that_say_nothing_keep_nobody_waiting() {
        let server = Server::start(PathBuf::new(), ANY_PORT).expect("the server starts");
        let connect = || TcpStream::connect((Ipv4Addr::LOCALHOST, server.port));
        let silent: Vec<_> = (0..40).map(|_| connect()).collect();
        let mut stream = connect().expect("the server listens");
        let request = b"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n";
        stream.write_all(request).expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        check(&answer, "404", &[]);
        assert!(silent.iter().all(Result::is_ok));
    }

    #[test]
    fn a_port_that_is_taken_is_passed_over() {
        let first = Server::start(PathBuf::new(), ANY_PORT).expect("the server starts");
        let second = Server::start(PathBuf::new(), first.port).expect("the server starts");
        assert!(second.port > first.port);
    }

    #[test]
    fn nothing_is_served_of_a_folder_that_is_not_there() {
        assert!(site::read(Path::new("no-such-folder"), "/").is_none());
    }
}
