//! What `pullquote --help` and `pullquote formats` print.

use pullquote_datasets::catalogue::{FORMATS, FileLayout, Format};

/// What `pullquote --help` prints.
pub(crate) const HELP: &str = "\
Annotated articles in a pipeline: converted, checked, counted, divided, packed.

Usage:
  pullquote convert IN… --to FORMAT --out PATH    write a dataset
  pullquote check FILE…                           slice every span again, in any format
  pullquote stats IN…                             what there is, as a table
  pullquote split IN… [--to FORMAT --out PATH]    divide into train, dev, test
  pullquote package IN… --to F,F… --out X.zip     data, card, codebook, guidelines, parts
  pullquote formats                               all formats, and who reads them

IN is a file of Pullquote (*.pullquote.json), a backup (*.pullquote.jsonl), an archive (.zip)
or a folder with such files, also in its folders; a text in UTF-8, which is an article without
marks; or - for standard input. FILE is of any format, or a folder.
PATH is a file; a folder if it ends with /; an archive if it ends with .zip; - is standard
output. A format of several files needs a folder or an archive. What split and package write is
always a folder, or an archive.

What is taken:
  --where QUERY                   only marks of which this is true, asked as in the app's search
                                  box: \"tag:actor\", \"strength:firm has no made by\", words

How it is written:
  --tokens words|whitespace|spacy-like|characters   where tokens end (words)
  --edges split|expand|shrink     a mark that ends inside a token (split)
  --keep longest|shortest|first   of marks over marks where one can stay (longest)
  --name NAME                     what files of a whole dataset are called
  --utf16                         doccano: offsets as its editor counts them
  --raw-cells                     csv, tsv: no apostrophe before what could be a formula
  --made SECONDS                  the time that is written, since 1970 (or SOURCE_DATE_EPOCH)

How it is divided:
  --seed N                        decides between equals (0)
  --ratio 80,10,10                how large train, dev and test are
  --licence ID, --agreement TEXT  package: what the card says of them

Other:
  --from FORMAT                   check: what the files are
  --json                          stats: for programs
  -q, --quiet                     say nothing but errors
  -h, --help, -V, --version

Exit codes: 0 all is well, 1 a file is wrong or cannot be read or written, 2 the command
line is not understood.";

/// One line for each format.
pub(crate) fn formats() -> String {
    let line = |format: &Format| {
        let files = match format.layout {
            FileLayout::One => "one file",
            FileLayout::EachArticle => "a file an article",
            FileLayout::Several => "several files",
        };
        format!(
            "{:<18} {:<30} {:<18} {}",
            format.id, format.name, files, format.about
        )
    };
    FORMATS.iter().map(line).collect::<Vec<String>>().join("\n")
}
