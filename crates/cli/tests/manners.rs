//! The behaviour of the command line: its answers, exit codes and files.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::Values;
use pullquote_formats::document_file::write_document;
use pullquote_formats::plain_text::article_of_text;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{fs, thread};

fn id(number: u64) -> Id {
    Id::new(1_700_000_000_000 + number, &[5; 10])
}

/// A document in which "Basel" and "Basel today" are marked.
fn document(number: u64) -> Document {
    // Words of its own, so that no two are near-copies.
    let own: Vec<String> = (0..20).map(|word| format!("w{number}x{word}")).collect();
    let own = own.join(" ");
    let text = format!("👩🏽‍🌾 Report {number}: rain in Basel today, say we. {own}");
    let article = article_of_text(id(number), &text, None).unwrap();
    let at = article.text().find("Basel").unwrap();
    let mark = |number, long: usize, tag: &str| Annotation {
        id: id(number),
        tag: tag.parse::<Slug>().unwrap(),
        spans: Spans::from(article.span(at..at + long).unwrap()),
        values: Values::new(),
        entity: None,
        note: String::new(),
        flagged: false,
        coder: String::new(),
        created: Timestamp(0),
        modified: Timestamp(0),
    };
    let annotations = vec![
        mark(number + 1_000, 5, "place"),
        mark(number + 2_000, 11, "event"),
    ];
    Document::from_parts(DocumentParts {
        article: article.clone(),
        codebook: Codebook::news(),
        relations: Vec::new(),
        entities: Vec::new(),
        answers: Values::new(),
        coder: String::new(),
        annotations,
    })
    .unwrap()
}

/// An empty folder of this test's own, with so many documents in `in/`.
fn folder(name: &str, documents: u64) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("manners")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("in")).unwrap();
    for number in 0..documents {
        let file = folder.join(format!("in/{number}.pullquote.json"));
        fs::write(file, write_document(&document(number))).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    run_with(folder, arguments, &[])
}

fn run_with(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .args(arguments)
        .current_dir(folder)
        .env("TMPDIR", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writing = thread::spawn(move || {
        // A program that needs no input closes it.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    output
}

/// Everything in the folder but the input, by name.
fn left(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != "in").collect();
    names.sort();
    names
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_written_dataset_is_reported_with_its_losses() {
    let folder = folder("convert", 3);
    let output = run(
        &folder,
        &["convert", "in", "--to", "conll2003", "--out", "all.conll"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let words = said(&output);
    assert!(
        words.contains("conll2003 does not hold: 3 overlapping marks: the longest stay"),
        "{words}"
    );
    assert!(
        words.contains("3 of 3 spans verified, 3 articles: all.conll"),
        "{words}"
    );
    assert_eq!(left(&folder), ["all.conll"]);
    let check = run(&folder, &["check", "all.conll", "in"]);
    assert_eq!(check.status.code(), Some(0), "{}", said(&check));
    let words = String::from_utf8_lossy(&check.stdout).into_owned();
    assert_eq!(words.lines().count(), 4, "{words}");
}

#[test]
fn standard_input_and_output_work_like_files() {
    let folder = folder("pipe", 0);
    let input = write_document(&document(1));
    let output = run_with(
        &folder,
        &["convert", "-", "--to", "prodigy", "-o", "-"],
        input.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let rows = String::from_utf8(output.stdout).unwrap();
    assert_eq!(rows.lines().count(), 1);
    assert!(rows.contains("\"label\":\"Place\""), "{rows}");
    assert_eq!(left(&folder), Vec::<String>::new());
}

#[test]
fn a_query_selects_the_marks_to_write() {
    let folder = folder("where", 2);
    let output = run(
        &folder,
        &[
            "convert",
            "in",
            "--to",
            "doccano",
            "--out",
            "places.jsonl",
            "--where",
            "tag:place",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(
        said(&output).contains("2 of 2 spans verified"),
        "{}",
        said(&output)
    );
    let rows = fs::read_to_string(folder.join("places.jsonl")).unwrap();
    assert!(rows.contains("Place") && !rows.contains("Event"), "{rows}");
    let line = [
        "convert",
        "in",
        "--to",
        "doccano",
        "-o",
        "none.jsonl",
        "--where",
        "tag:nothing",
    ];
    let none = run(&folder, &line);
    assert!(
        said(&none).contains("warning: no span is in it"),
        "{}",
        said(&none)
    );
    // A field that there is not is words, and that is said, once.
    let line = [
        "split",
        "in",
        "--where",
        "tags:place",
        "--to",
        "csv",
        "-o",
        "x",
    ];
    let words = said(&run(&folder, &line));
    assert_eq!(
        words.matches("no field is called `tags`").count(),
        1,
        "{words}"
    );
    let stats = run(&folder, &["stats", "in", "--where", "tag:nothing"]).stdout;
    let stats = String::from_utf8(stats).unwrap();
    assert!(stats.contains("marks\t0\n"), "{stats}");
}

#[test]
fn inputs_and_folders_are_not_overwritten() {
    let folder = folder("over", 2);
    let line = ["convert", "in", "--to", "json", "--out", "own/", "-q"];
    assert_eq!(run(&folder, &line).status.code(), Some(0));
    let read = |folder: &Path| -> Vec<Vec<u8>> {
        let entries = fs::read_dir(folder).unwrap();
        let mut files: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
        files.sort();
        files.iter().map(|path| fs::read(path).unwrap()).collect()
    };
    let before = read(&folder.join("own"));
    assert_eq!(before.len(), 2);
    let line = [
        "convert",
        "own",
        "--to",
        "json",
        "--out",
        "own/",
        "--where",
        "tag:place",
    ];
    let output = run(&folder, &line);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        said(&output).contains("is not written over"),
        "{}",
        said(&output)
    );
    assert!(read(&folder.join("own")) == before);
    #[cfg(unix)]
    {
        fs::write(folder.join("target.jsonl"), "").unwrap();
        std::os::unix::fs::symlink("target.jsonl", folder.join("link.jsonl")).unwrap();
        let output = run(
            &folder,
            &["convert", "in", "--to", "doccano", "--out", "link.jsonl"],
        );
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(folder.join("link.jsonl").is_symlink());
        assert!(fs::metadata(folder.join("target.jsonl")).unwrap().len() > 0);
        let output = run(
            &folder,
            &["convert", "in", "--to", "doccano", "--out", "/dev/null"],
        );
        assert!(said(&output).contains("is no file"), "{}", said(&output));
    }
    // A folder where a file should go: nothing is moved at all.
    fs::create_dir_all(folder.join("out/visual.conf")).unwrap();
    let output = run(&folder, &["convert", "in", "--to", "brat", "--out", "out/"]);
    assert!(said(&output).contains("is no file"), "{}", said(&output));
    assert_eq!(fs::read_dir(folder.join("out")).unwrap().count(), 1);
}

#[test]
fn a_damaged_file_fails_its_check() {
    let folder = folder("wounds", 2);
    for format in [
        "csv",
        "w3c",
        "html",
        "brat",
        "conllu",
        "webanno-tsv",
        "graphml",
        "spacy",
    ] {
        let out = format!("{format}/");
        let output = run(
            &folder,
            &["convert", "in", "--to", format, "--out", &out, "-q"],
        );
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let check = run(&folder, &["check", &out]);
        assert_eq!(check.status.code(), Some(0), "{format}: {}", said(&check));
    }
    let wound = |file: &str, from: &str, to: &str| {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file}: `{from}` is not in {text}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let check = run(&folder, &["check", file]);
        assert_eq!(check.status.code(), Some(1), "{file} with `{to}` passes");
        fs::write(&path, text).unwrap();
    };
    wound("csv/marks.csv", ",Basel,", ",Base,");
    wound(
        "w3c/dataset.jsonld",
        "\"exact\":\"Basel\"",
        "\"exact\":\"Bas\"",
    );
    wound("conllu/dataset.conllu", "\tBasel\t", "\tBern\t");
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    let html = names(&folder.join("html")).remove(0);
    wound(
        &format!("html/{html}"),
        "data-start=\"23\"",
        "data-start=\"24\"",
    );
    let text = names(&folder.join("brat"))
        .into_iter()
        .find(|it| it.ends_with(".txt"));
    let text = folder.join("brat").join(text.unwrap());
    fs::remove_file(&text).unwrap();
    let ann = text.with_extension("ann").display().to_string();
    assert_eq!(
        run(&folder, &["check", &ann]).status.code(),
        Some(1),
        "it has no text"
    );
    for (name, content) in [
        ("a.conllu", "hello world"),
        ("b.conll", ""),
        ("c.graphml", "<a/>"),
        ("d.tsv", "#FORMAT=WebAnno\n"),
        ("e.qdc", "<a/>"),
        ("f.ann", "hello"),
    ] {
        fs::write(folder.join(name), content).unwrap();
        let check = run(&folder, &["check", name]);
        assert_eq!(check.status.code(), Some(1), "{name}");
    }
}

#[test]
fn a_bad_input_leaves_no_output() {
    let folder = folder("bad", 2);
    let file = folder.join("in/1.pullquote.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replacen("\"quote\": \"Basel\"", "\"quote\": \"Bern\"", 1),
    )
    .unwrap();
    fs::write(folder.join("out.jsonl"), "what was there").unwrap();
    let output = run(
        &folder,
        &["convert", "in", "--to", "doccano", "--out", "out.jsonl"],
    );
    assert_eq!(output.status.code(), Some(1));
    let words = said(&output);
    assert!(
        words.contains("1.pullquote.json") && words.contains("Bern"),
        "{words}"
    );
    assert_eq!(
        fs::read_to_string(folder.join("out.jsonl")).unwrap(),
        "what was there"
    );
    assert_eq!(left(&folder), ["out.jsonl"]);
    // Nor a folder that was not there before.
    let output = run(&folder, &["convert", "in", "--to", "brat", "--out", "new/"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(left(&folder), ["out.jsonl"]);
    let check = run(&folder, &["check", "in"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(
        said(&check).contains("1 of 2 files is wrong"),
        "{}",
        said(&check)
    );
}

#[test]
fn several_files_need_a_folder_or_an_archive() {
    let folder = folder("several", 2);
    let output = run(&folder, &["convert", "in", "--to", "brat", "--out", "one"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("6 files are written"),
        "{}",
        said(&output)
    );
    assert_eq!(left(&folder), Vec::<String>::new());
    for out in ["brat.zip", "brat/"] {
        let output = run(
            &folder,
            &["convert", "in", "--to", "brat", "--out", out, "-q"],
        );
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert_eq!(said(&output), "");
    }
    assert_eq!(left(&folder), ["brat", "brat.zip"]);
    let check = run(&folder, &["check", "brat.zip"]);
    let words = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(
        words.contains("archive of brat, 4 of 4 spans verified"),
        "{words}"
    );
}

#[test]
fn the_same_seed_gives_the_same_parts() {
    let folder = folder("package", 10);
    let split = |seed| {
        run(
            &folder,
            &["split", "in", "--seed", seed, "--ratio", "60,20,20"],
        )
        .stdout
    };
    assert_eq!(split("1"), split("1"));
    let make = |out| {
        let line = [
            "package",
            "in",
            "--to",
            "hf,conll2003,brat,markdown,csv",
            "--out",
            out,
            "--name",
            "Rain",
            "--licence",
            "CC-BY-4.0",
            "--seed",
            "3",
            "--made",
            "1760000000",
        ];
        let output = run(&folder, &line);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        said(&output)
    };
    let words = make("rain/");
    let verdict = "90 of 90 spans verified, 10 articles in 5 formats: ";
    assert!(words.contains(verdict), "{words}");
    assert!(
        words.contains("conll2003 does not hold: 10 overlapping marks: the longest stay"),
        "{words}"
    );
    let card = fs::read_to_string(folder.join("rain/README.md")).unwrap();
    for part in [
        "license: \"cc-by-4.0\"",
        "Articles: 10.",
        "| train |",
        "split: validation",
        "  - does not hold: 10 overlapping marks: the longest stay",
        "## Sources",
    ] {
        assert!(card.contains(part), "{part} is not in {card}");
    }
    make("one.zip");
    make("two.zip");
    let bytes = |name| fs::read(folder.join(name)).unwrap();
    assert!(
        bytes("one.zip") == bytes("two.zip"),
        "the same is packed to other bytes"
    );
    let check = run(&folder, &["check", "one.zip"]);
    assert_eq!(check.status.code(), Some(0), "{}", said(&check));
    let words = String::from_utf8_lossy(&check.stdout).into_owned();
    // Of Hugging Face both tables are read: the tokens hold one mark of two.
    // Tokens, columns, Markdown and tables have not both the text and the words of a span.
    let verdict = "one.zip: archive of hf, conll2003, brat, markdown, csv, 40 of 100 spans verified; \
                   60 are well formed";
    assert!(words.contains(verdict), "{words}");
    // The parts stand beside the card, and both can be read again.
    let again = run(&folder, &["stats", "one.zip"]);
    assert_eq!(again.status.code(), Some(1), "it has no file of our own");
    let line = [
        "convert",
        "in",
        "in/1.pullquote.json",
        "--to",
        "json",
        "--out",
        "own.zip",
    ];
    let output = run(&folder, &line);
    assert!(
        said(&output).contains("named twice, read once"),
        "{}",
        said(&output)
    );
    let again = run(&folder, &["stats", "own.zip"]);
    let words = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(words.contains("articles\t10\n"), "{words}");
    let all = run(&folder, &["check", "rain"]);
    assert_eq!(all.status.code(), Some(0), "{}", said(&all));
    let words = String::from_utf8_lossy(&all.stdout).into_owned();
    assert!(
        words.contains("spans.jsonl: hf, ") && words.contains(": conll2003, "),
        "{words}"
    );
}

#[test]
fn parts_of_several_codebooks_give_a_label_the_same_number() {
    let folder = folder("numbers", 0);
    let claims = Codebook::shipped().into_iter().nth(2).unwrap();
    for number in 0..20 {
        let mut document = document(number);
        if number % 2 == 1 {
            let article = (**document.article()).clone();
            document = Document::new(article, claims.clone());
        }
        let file = folder.join(format!("in/{number:02}.pullquote.json"));
        fs::write(file, write_document(&document)).unwrap();
    }
    let line = [
        "split", "in", "--to", "hf", "--out", "parts/", "--ratio", "50,25,25",
    ];
    let output = run(&folder, &line);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let numbers = ["train", "dev", "test"].map(|part| {
        let card = fs::read_to_string(folder.join(format!("parts/{part}/README.md"))).unwrap();
        let lines = card.lines().filter(|line| line.contains("': \""));
        lines.map(str::to_owned).collect::<Vec<String>>()
    });
    assert!(numbers[0].len() > 9, "{:?}", numbers[0]);
    assert_eq!(numbers[0], numbers[1]);
    assert_eq!(numbers[0], numbers[2]);
}

#[test]
fn counts_are_printed_as_a_table_or_as_json() {
    let folder = folder("stats", 3);
    let people = String::from_utf8(run(&folder, &["stats", "in"]).stdout).unwrap();
    assert!(
        people.contains("articles\t3\n") && people.contains("label: Place\t3"),
        "{people}"
    );
    let programs = run(&folder, &["stats", "in", "--json"]).stdout;
    let programs = String::from_utf8(programs).unwrap();
    assert!(programs.starts_with("{\"articles\":3,"), "{programs}");
    let nothing = run(&folder, &["stats", "not-there.pullquote.json"]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(
        said(&nothing).contains("not-there.pullquote.json"),
        "{}",
        said(&nothing)
    );
}

/// Waits until a file is there, or something else is so: as long as a slow machine needs.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = std::time::Instant::now();
    while !is_so() {
        assert!(begun.elapsed().as_secs() < 60, "never: {what}");
        thread::yield_now();
    }
}

/// A run that waits for its input, in the middle of its work.
#[cfg(unix)]
fn waiting(folder: &Path, out: &str) -> std::process::Child {
    let before = left(folder);
    let child = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .args(["convert", "-", "--to", "prodigy", "--out", out])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until("its folder", || {
        let new = left(folder).into_iter().find(|it| !before.contains(it));
        new.is_some_and(|name| folder.join(name).join(".lock").exists())
    });
    child
}

#[cfg(unix)]
#[test]
fn a_run_that_is_ended_leaves_nothing() {
    use std::os::unix::process::ExitStatusExt as _;

    let folder = folder("signals", 0);
    let cases = [
        ("INT", 2, "out.jsonl"),
        ("TERM", 15, "out.jsonl"),
        ("HUP", 1, "out.zip"),
    ];
    for (signal, number, out) in cases {
        let mut child = waiting(&folder, out);
        // To wait for it closes its input, and then it might end by itself.
        let input = child.stdin.take();
        let number_of_child = child.id().to_string();
        let sent = Command::new("kill")
            .args(["-s", signal, &number_of_child])
            .status();
        assert!(sent.unwrap().success());
        assert_eq!(child.wait().unwrap().signal(), Some(number), "{signal}");
        assert_eq!(left(&folder), Vec::<String>::new(), "{signal}");
        drop(input);
    }
}

#[cfg(unix)]
#[test]
fn the_next_run_removes_what_a_killed_one_left() {
    let folder = folder("killed", 1);
    let mut killed = waiting(&folder, "out.jsonl");
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert_eq!(left(&folder).len(), 1);
    fs::create_dir(folder.join(".pullquote-notes")).unwrap();
    let mut living = waiting(&folder, "other.jsonl");
    // The one of the run that was killed is gone already, that of the living stays.
    let line = ["convert", "in", "--to", "prodigy", "--out", "out.jsonl"];
    let output = run(&folder, &line);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let own = format!(".pullquote-{}-0", living.id());
    assert_eq!(
        left(&folder),
        [own.as_str(), ".pullquote-notes", "out.jsonl"]
    );
    let mut input = living.stdin.take().unwrap();
    let document = write_document(&document(1));
    input.write_all(document.as_bytes()).unwrap();
    drop(input);
    assert!(living.wait().unwrap().success());
    let files = [".pullquote-notes", "other.jsonl", "out.jsonl"];
    assert_eq!(left(&folder), files);
}

#[test]
fn a_reader_that_has_gone_stops_nothing() {
    let folder = folder("gone", 3);
    for line in [
        &["convert", "in", "--to", "conll2003", "--out", "all.conll"][..],
        &[
            "convert",
            "in",
            "in/1.pullquote.json",
            "--to",
            "hf",
            "-o",
            "-",
        ],
        &["stats", "in"],
        &["split", "in"],
        &["check", "in"],
        &["formats"],
        &["--help"],
        &["check", "nowhere.json"],
        &["fly"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pullquote"))
            .args(line)
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        drop(child.stderr.take());
        let code = match line {
            ["check", "nowhere.json"] => 1,
            ["fly"] => 2,
            _ => 0,
        };
        assert_eq!(child.wait().unwrap().code(), Some(code), "{line:?}");
    }
    assert!(fs::metadata(folder.join("all.conll")).unwrap().len() > 0);
}

#[test]
fn split_always_writes_a_folder() {
    for (name, articles) in [("divided-1", 1), ("divided-9", 9)] {
        let folder = folder(name, articles);
        for line in [
            &["split", "in", "--to", "conll2003", "--out", "parts"][..],
            &["split", "in", "--to", "brat", "--out", "brat", "-q"],
            &["package", "in", "--to", "csv", "--out", "package"],
        ] {
            let output = run(&folder, line);
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
            assert!(
                folder
                    .join(line[line.len() - 1].replace("-q", "brat"))
                    .is_dir()
            );
        }
        let train = fs::read_dir(folder.join("parts/train")).unwrap();
        assert_eq!(train.count(), 1);
        let line = ["split", "in", "--to", "conll2003", "--out", "-"];
        assert!(run(&folder, &line).stdout.starts_with(b"PK"));
        fs::write(folder.join("a file"), "what was there").unwrap();
        let line = ["split", "in", "--to", "conll2003", "--out", "a file"];
        let output = run(&folder, &line);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains("is no folder"), "{}", said(&output));
        let before = fs::read_to_string(folder.join("a file")).unwrap();
        assert_eq!(before, "what was there");
    }
}

/// All files of a folder and of its folders, with what is in them.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = files_in(folder).into_iter();
    let mut files: Vec<_> = files
        .map(|file| (file.clone(), fs::read(file).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn parts_of_two_divisions_do_not_mix() {
    let folder = folder("mixed", 9);
    let out = |name: &str, inner: &str| folder.join(name).join(inner);
    for (line, name, refused) in [
        (
            &["split", "in", "--to", "brat", "--out", "parts 🌾"][..],
            "parts 🌾",
            "parts 🌾/train",
        ),
        (
            &["split", "in", "--to", "conll2003", "--out", "columns/"],
            "columns",
            "columns/train",
        ),
        (
            &["package", "in", "--to", "json,csv", "--out", "pack"],
            "pack",
            "pack/data/json/train",
        ),
    ] {
        let first = run(&folder, line);
        assert_eq!(first.status.code(), Some(0), "{}", said(&first));
        let before = contents(&folder.join(name));
        let again = [line, &["--seed", "9"]].concat();
        let output = run(&folder, &again);
        assert_eq!(output.status.code(), Some(1), "{line:?}");
        let sentence = format!(
            "pullquote: {refused} has files already: parts of two divisions must not mix. Name \
             another folder, or delete it.\n"
        );
        assert_eq!(said(&output), sentence);
        assert!(contents(&folder.join(name)) == before, "{line:?} wrote");
    }
    // Another format of another division would be none of the same package either.
    let line = [
        "package", "in", "--to", "hf", "--out", "pack", "--seed", "9",
    ];
    assert_eq!(run(&folder, &line).status.code(), Some(1));
    assert!(!out("pack", "data/hf").exists());
    // What has no file is no division; nor does what stands elsewhere in the folder hinder.
    fs::create_dir_all(out("new", "dev/inner")).unwrap();
    fs::write(out("new", "notes.txt"), "Mine").unwrap();
    let line = ["split", "in", "--to", "brat", "--out", "new"];
    let output = run(&folder, &line);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // An archive is made anew as a whole.
    let line = ["package", "in", "--to", "csv", "--out", "all.zip"];
    for _ in 0..2 {
        let output = run(&folder, &line);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
}

#[test]
fn other_files_of_the_format_stay() {
    let folder = folder("others", 2);
    let convert = |format: &str, input: &str| {
        let out = format!("{format}/");
        let line = ["convert", input, "--to", format, "--out", &out];
        let output = run(&folder, &line);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        said(&output)
    };
    for format in ["brat", "json", "iob2"] {
        let words = convert(format, "in");
        assert!(!words.contains("note:"), "{words}");
        let before = contents(&folder.join(format));
        // The same again leaves nothing that is old.
        let words = convert(format, "in");
        assert!(!words.contains("note:"), "{words}");
        let words = convert(format, "in/0.pullquote.json");
        let note = format!("note: 1 other {format} file was there, and stays: {format}/");
        assert!(words.contains(&note), "{words}");
        let names = |files: Vec<(PathBuf, Vec<u8>)>| -> Vec<PathBuf> {
            files.into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(contents(&folder.join(format))), names(before));
    }
    fs::write(folder.join("brat/سرحد.ann"), "").unwrap();
    fs::write(folder.join("brat/notes.md"), "Mine").unwrap();
    let words = convert("brat", "in/0.pullquote.json");
    let note = "note: 2 other brat files were there, and stay: brat/";
    assert!(words.contains(note), "{words}");
    // A table that this dataset has not.
    convert("csv", "in");
    fs::write(folder.join("csv/ledger-old.csv"), "a,b\n").unwrap();
    let words = convert("csv", "in");
    let note = "note: 1 other csv file was there, and stays: csv/ledger-old.csv";
    assert!(words.contains(note), "{words}");
}

#[test]
fn only_visible_folders_are_read() {
    let folder = folder("nested", 2);
    for (place, number) in [("in/a", 2), ("in/a/b", 3), ("in/b", 4), ("in/.hidden", 5)] {
        fs::create_dir_all(folder.join(place)).unwrap();
        // The same name as another file.
        let file = folder.join(place).join("0.pullquote.json");
        fs::write(file, write_document(&document(number))).unwrap();
    }
    fs::write(folder.join("in/a/notes 🙂.txt"), "no file of Pullquote").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", folder.join("in/a/back")).unwrap();
    let stats = String::from_utf8(run(&folder, &["stats", "in"]).stdout).unwrap();
    assert!(stats.contains("articles\t5\n"), "{stats}");
    let line = ["convert", "in", "--to", "json", "--out", "out/"];
    let output = run(&folder, &line);
    let words = said(&output);
    assert!(
        words.contains("10 of 10 spans verified, 5 articles: 5 files in out/"),
        "{words}"
    );
    // A folder without any says what it has.
    fs::create_dir_all(folder.join("texts/deep")).unwrap();
    fs::write(folder.join("texts/deep/a.txt"), "Words").unwrap();
    let output = run(&folder, &["stats", "texts"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("texts/deep/a.txt"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_text_file_is_an_article_without_marks() {
    let folder = folder("kinds", 0);
    fs::write(folder.join("a.txt"), "Headline 🙂\n\nسرحدی cafe\u{301}.").unwrap();
    let convert = |input: &str| {
        let line = [
            "convert",
            input,
            "--to",
            "json",
            "--out",
            "out.pullquote.json",
        ];
        run(&folder, &line)
    };
    let output = convert("a.txt");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let words = said(&output);
    assert!(
        words.contains("a.txt: a text, read as an article without marks"),
        "{words}"
    );
    let first = fs::read(folder.join("out.pullquote.json")).unwrap();
    convert("a.txt");
    assert!(fs::read(folder.join("out.pullquote.json")).unwrap() == first);
    let file = String::from_utf8(first).unwrap();
    assert!(file.contains("\"title\": \"Headline 🙂\""), "{file}");
    for (name, bytes, expected) in [
        (
            "a.docx",
            &b"PK\x03\x04\x14\0\x06\0"[..],
            "a.docx: a Word file",
        ),
        ("a.pdf", b"%PDF-1.7\n\xE2\xE3", "a.pdf: a PDF file"),
        ("a.html", b"<p>Words</p>", "a.html: a web page"),
        ("a.csv", b"id,text\n", "a.csv: a table (CSV)"),
        (
            "latin.txt",
            b"caf\xE9",
            "probably Windows-1252 (Latin-1), not in UTF-8",
        ),
        ("cut.txt", b"caf\xC3\xA9 \xC3", "not UTF-8: byte 6"),
        (
            "a.jsonl",
            b"{\"text\": \"W\", \"label\": []}",
            "a.jsonl: a doccano file",
        ),
        ("empty.txt", b"", "empty.txt: no text"),
        (
            "cut.pullquote.json",
            b"{\"format\": \"pull",
            "not whole JSON",
        ),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
        let output = convert(name);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(
            said(&output).contains(expected),
            "{name}: {}",
            said(&output)
        );
    }
    let check = run(&folder, &["check", "a.txt", "a.docx"]);
    assert_eq!(check.status.code(), Some(1));
    let words = said(&check);
    assert!(
        words.contains("a.txt: a text file: there are no spans in it"),
        "{words}"
    );
    assert!(
        words.contains("a.docx: a Word file, of which no spans"),
        "{words}"
    );
}

#[test]
fn a_missing_file_is_not_a_wrong_one() {
    let folder = folder("missing", 2);
    let missing = "nothere 🌧.json";
    let sentence = format!("{missing}: there is no such file\n");
    let says = |line: &[&str], expected: &str| {
        let output = run(&folder, line);
        assert_eq!(output.status.code(), Some(1), "{line:?}");
        assert_eq!(said(&output), expected, "{line:?}");
    };
    let file = "in/0.pullquote.json";
    let summary = "pullquote: 1 file could not be read\n";
    says(&["check", missing], &format!("{sentence}{summary}"));
    says(&["check", file, missing], &format!("{sentence}{summary}"));
    let whole = format!("pullquote: {sentence}");
    for line in [
        &["convert", missing, "--to", "json", "--out", "a.json"][..],
        &["stats", missing],
        &["split", missing],
        &["split", missing, "--to", "brat", "--out", "parts"],
        &["package", file, missing, "--to", "csv", "--out", "pack"],
    ] {
        says(line, &whole);
    }
    // A wrong one is counted of those that were read.
    fs::write(folder.join("bad.json"), "{").unwrap();
    let output = run(&folder, &["check", file, "bad.json", missing]);
    let summary = "pullquote: 1 of 2 files is wrong, 1 could not be read\n";
    assert!(said(&output).ends_with(summary), "{}", said(&output));
    // A folder to write into, and a text beside its marks.
    let line = ["convert", file, "--to", "json", "--out", "no/a.json"];
    says(&line, "pullquote: no: there is no such folder\n");
    fs::write(folder.join("a.ann"), "T1\tPlace 0 1\tB\n").unwrap();
    let reason = "a.ann: its text, a.txt: there is no such file\n";
    let summary = "pullquote: 1 of 1 file is wrong\n";
    says(&["check", "a.ann"], &format!("{reason}{summary}"));
    assert_eq!(left(&folder), ["a.ann", "bad.json"]);
}

#[test]
fn spans_without_words_to_compare_are_not_wrong() {
    let folder = folder("compared", 2);
    for (format, out) in [
        ("spacy", "a.spacy"),
        ("conll2003", "a.conll"),
        ("doccano", "a.jsonl"),
    ] {
        let line = ["convert", "in", "--to", format, "--out", out, "-q"];
        assert_eq!(run(&folder, &line).status.code(), Some(0));
        let check = run(&folder, &["check", out]);
        let words = String::from_utf8_lossy(&check.stdout).into_owned();
        assert!(words.contains("spans, all well formed"), "{words}");
        assert!(!words.contains("0 of "), "{words}");
    }
    let check = run(&folder, &["check", "in", "a.spacy", "-q"]);
    assert_eq!((check.status.code(), check.stdout.len()), (Some(0), 0));
}

/// A text file with a byte-order mark and with the line ends of another system.
fn as_windows_has_it(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    Some(format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes())
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(files_in(&path)),
            false => files.push(path),
        }
    }
    files.sort();
    files
}

#[test]
fn every_written_folder_passes_its_check() {
    use pullquote_datasets::catalogue::FORMATS;
    let folder = folder("own-folders", 2);
    for format in FORMATS {
        let out = format!("{}/", format.id);
        let made = run(
            &folder,
            &["convert", "in", "--to", format.id.as_str(), "--out", &out],
        );
        assert!(made.status.success(), "{}: {}", format.id, said(&made));
        let made = run(
            &folder,
            &[
                "convert",
                "in",
                "--to",
                format.id.as_str(),
                "--out",
                "a.zip",
            ],
        );
        assert!(made.status.success(), "{}: {}", format.id, said(&made));
        let all = files_in(&folder.join(&out));
        let names: Vec<String> = all.iter().map(|it| it.display().to_string()).collect();
        for is_windows in [false, true] {
            for path in all.iter().filter(|_| is_windows) {
                if let Some(bytes) = as_windows_has_it(&fs::read(path).unwrap()) {
                    fs::write(path, bytes).unwrap();
                }
            }
            // The folder, and each of its files by name.
            let files: Vec<&str> = names.iter().map(String::as_str).collect();
            for named in [&[out.as_str()][..], &files] {
                let check = run(&folder, &[&["check"], named].concat());
                let said = said(&check);
                assert_eq!(check.status.code(), Some(0), "{}: {said}", format.id);
            }
        }
        let check = run(&folder, &["check", "a.zip"]);
        assert_eq!(
            check.status.code(),
            Some(0),
            "{}: {}",
            format.id,
            said(&check)
        );
        fs::remove_file(folder.join("a.zip")).unwrap();
    }
}

#[test]
fn windows_line_ends_pass_the_check_of_a_backup() {
    use pullquote_formats::backup_file::{ArticleCopy, BackupWriter};
    let folder = folder("as-windows-has-it", 1);
    let mut writer = BackupWriter::default();
    let copy = ArticleCopy {
        document: std::rc::Rc::new(document(1)),
        changed: Timestamp(0),
        deleted: None,
        done: false,
        change_times: Default::default(),
    };
    let head = writer.head(Timestamp(0));
    let backup = head + &writer.article(&copy).unwrap() + &writer.end();
    let own = fs::read(folder.join("in/0.pullquote.json")).unwrap();
    let made = run(
        &folder,
        &["convert", "in", "--to", "conll2003", "--out", "-", "-q"],
    );
    for bytes in [backup.as_bytes(), &own, &made.stdout] {
        let check = run_with(&folder, &["check", "-"], &as_windows_has_it(bytes).unwrap());
        assert_eq!(check.status.code(), Some(0), "{}", said(&check));
        let words = String::from_utf8_lossy(&check.stdout).into_owned();
        assert!(
            words.contains("2 of 2 spans") || words.contains("1 span, all well formed"),
            "{words}"
        );
    }
    let cut = &backup[..backup.len() - 60];
    let check = run_with(
        &folder,
        &["check", "-"],
        &as_windows_has_it(cut.as_bytes()).unwrap(),
    );
    assert_eq!(check.status.code(), Some(1));
}
