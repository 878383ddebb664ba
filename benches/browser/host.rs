//! A static host of the release build, with or without gzip.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;

/// The files by name, as they are sent.
type Files = BTreeMap<String, Vec<u8>>;

/// Serves a folder until the program ends, and returns the address of its page.
pub(crate) fn serve(folder: &Path, packed: bool) -> String {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let files = entries.map(|entry| {
        let path = entry.expect("the folder can be listed").path();
        let content = fs::read(&path).expect("a file can be read");
        let content = if packed {
            crate::gzip(&content)
        } else {
            content
        };
        let name = path.file_name().unwrap_or_default();
        (name.to_string_lossy().into_owned(), content)
    });
    let files = Arc::new(files.collect::<Files>());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let files = files.clone();
            // A browser that is closed aborts its requests.
            thread::spawn(move || answer(stream, &files, packed));
        }
    });
    format!("http://{}:{port}/", Ipv4Addr::LOCALHOST)
}

fn answer(mut stream: TcpStream, files: &Files, packed: bool) -> io::Result<()> {
    let mut lines = BufReader::new(&stream).lines();
    let request = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    while lines
        .next()
        .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
    {}
    let target = request.split([' ', '?']).nth(1).unwrap_or_default();
    let name = match target.trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let kind = match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css",
        "html" => "text/html",
        "js" => "text/javascript",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    };
    let Some(content) = files.get(name) else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    };
    let encoding = match packed {
        true => "Content-Encoding: gzip\r\n",
        false => "",
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{encoding}Content-Length: {}\r\nConnection: close\r\n\r\n",
        content.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(content)
}
