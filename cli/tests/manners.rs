//! How the command line behaves: what it answers, what it leaves behind.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use pullquote_core::formats::{article_of_text, write_document};
use pullquote_core::model::{
    Annotation, Codebook, Document, Id, Moment, Parts, Slug, Spans, Values,
};
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
        created: Moment(0),
        modified: Moment(0),
    };
    let annotations = vec![
        mark(number + 1_000, 5, "place"),
        mark(number + 2_000, 11, "event"),
    ];
    Document::of(Parts {
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
fn a_dataset_is_written_with_what_it_loses_and_its_proof() {
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
fn standard_input_and_output_are_files_like_others() {
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
fn the_marks_that_a_question_is_true_of_are_taken_alone() {
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
    let stats = run(&folder, &["stats", "in", "--where", "tag:nothing"]).stdout;
    let stats = String::from_utf8(stats).unwrap();
    assert!(stats.contains("marks\t0\n"), "{stats}");
}

#[test]
fn what_is_read_is_not_written_over_and_what_is_no_file_stays() {
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
fn a_wounded_file_is_refused_and_garbage_is_none() {
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
fn a_bad_file_is_named_and_nothing_is_left_half_written() {
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
fn the_same_seed_divides_the_same_and_a_package_says_what_it_is() {
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
fn what_is_counted_is_counted_for_people_and_for_programs() {
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
fn every_folder_that_was_written_passes_its_check_also_as_windows_has_it() {
    use pullquote_core::formats::dataset::FORMATS;
    let folder = folder("own-folders", 2);
    for format in FORMATS {
        let out = format!("{}/", format.id);
        let made = run(
            &folder,
            &["convert", "in", "--to", format.id, "--out", &out],
        );
        assert!(made.status.success(), "{}: {}", format.id, said(&made));
        let made = run(
            &folder,
            &["convert", "in", "--to", format.id, "--out", "a.zip"],
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
fn a_backup_and_a_standard_input_are_checked_as_windows_has_them() {
    use pullquote_core::formats::{ArticleCopy, BackupWriter};
    let folder = folder("as-windows-has-it", 1);
    let mut writer = BackupWriter::default();
    let copy = ArticleCopy {
        document: std::rc::Rc::new(document(1)),
        changed: Moment(0),
        deleted: None,
        traces: Default::default(),
    };
    let head = writer.head(Moment(0));
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
            words.contains("2 of 2 spans") || words.contains("of 1 spans"),
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
