//! A server of the files of one folder, on this machine only.
//!
//! It answers as a plain static host does, with the right types and without caching,
//! so that what works here works on any.

mod site;

use std::{
    io,
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    sync::Arc,
    thread::{self, JoinHandle},
};

use tiny_http::{Header, Method, Request, Response};

use crate::failure::Failure;
use site::File;

/// For [`Server::start`]: whatever port the system has free.
pub(crate) const ANY_PORT: u16 = 0;

/// How many ports are tried, from the first on.
const PORTS: u16 = 100;

/// How many answers are prepared at a time.
const THREADS: usize = 4;

/// A running server; it stops when it is dropped.
pub(crate) struct Server {
    http: Arc<tiny_http::Server>,
    threads: Vec<JoinHandle<()>>,
    port: u16,
}

impl Server {
    /// Serves the folder on the port, or where that is taken on the next one free.
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
        let http = tiny_http::Server::from_listener(listener, None)
            .map_err(|error| not_bound(io::Error::other(error)))?;
        let http = Arc::new(http);
        let threads = (0..THREADS)
            .map(|_| {
                let (http, folder) = (Arc::clone(&http), folder.clone());
                thread::spawn(move || {
                    while let Ok(request) = http.recv() {
                        answer(request, &folder);
                    }
                })
            })
            .collect();
        Ok(Server {
            http,
            threads,
            port,
        })
    }

    /// The address of the folder's `index.html`.
    pub(crate) fn address(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Serves for as long as the program runs.
    pub(crate) fn wait(mut self) {
        for thread in self.threads.drain(..) {
            // A thread ends only with the server, or by a panic that it has reported.
            let _ended = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for _ in &self.threads {
            self.http.unblock();
        }
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

/// Answers one request. A reader who has gone away is no failure of ours.
fn answer(request: Request, folder: &std::path::Path) {
    let _sent = match (request.method(), site::read(folder, request.url())) {
        (Method::Get | Method::Head, Some(file)) => {
            let File {
                content,
                content_type,
            } = file;
            let response = Response::from_data(content)
                .with_header(header("Content-Type", content_type))
                .with_header(header("Cache-Control", "no-cache"))
                // One length, told beforehand, as a static host does.
                .with_chunked_threshold(usize::MAX);
            request.respond(response)
        }
        (Method::Get | Method::Head, None) => {
            request.respond(Response::from_string("not found\n").with_status_code(404))
        }
        _ => {
            let response = Response::from_string("only GET and HEAD\n").with_status_code(405);
            request.respond(response.with_header(header("Allow", "GET, HEAD")))
        }
    };
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("the names and values here are ASCII")
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        io::{Read, Write},
        net::TcpStream,
        path::Path,
    };

    use super::*;

    /// Starts a server of a folder of its own, sends it the bytes, returns its answer.
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
