//! Writes the network in one of the two formats, and reads both.

use crate::catalogue::SpanPrecision;
use crate::encoding::xml::XmlWriter;
use crate::encoding::xml_reader::parse_with_root;
use crate::error::ReadBackError;
use crate::external::ExternalDocument;
use crate::formats::network::graph::GraphBuilder;
use crate::formats::network::{gexf, graphml};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use crate::provenance::{Provenance, line_of};
use pullquote_core::model::document::Document;
use pullquote_core::sorted::collect_sorted;

#[derive(Clone, Copy)]
enum NetworkFormat {
    GraphMl,
    Gexf,
}

struct Network {
    options: Options,
    format: NetworkFormat,
    builder: GraphBuilder,
    made_by: Option<Provenance>,
}

pub(crate) fn begin_graphml(options: &Options) -> Box<dyn Writer> {
    begin(options, NetworkFormat::GraphMl)
}

pub(crate) fn begin_gexf(options: &Options) -> Box<dyn Writer> {
    begin(options, NetworkFormat::Gexf)
}

fn begin(options: &Options, format: NetworkFormat) -> Box<dyn Writer> {
    Box::new(Network {
        options: options.clone(),
        format,
        builder: GraphBuilder::default(),
        made_by: None,
    })
}

impl Network {
    fn file(&self) -> String {
        match self.format {
            NetworkFormat::GraphMl => format!("{}.graphml", self.options.name),
            NetworkFormat::Gexf => format!("{}.gexf", self.options.name),
        }
    }
}

impl Writer for Network {
    fn add(&mut self, document: &Document, _: &mut dyn FileSink) -> Vec<WrittenDocument> {
        Provenance::merge(&mut self.made_by, document, &self.options);
        self.builder.add(document);
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        let mut written = WrittenDocument::without_spans(&self.file(), &projection);
        written.key = Some(document.article().id.to_string());
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let mut xml = XmlWriter::document();
        xml.comment(&line_of(self.made_by.as_ref()));
        let graph = self.builder.graph();
        match self.format {
            NetworkFormat::GraphMl => graphml::write(&graph, &mut xml),
            NetworkFormat::Gexf => {
                let made_by = self.made_by.as_ref();
                let day = made_by.map_or("", |made_by| &made_by.made[..10]);
                gexf::write(&graph, day, &mut xml);
            }
        }
        out.append(&self.file(), xml.finish().as_bytes());
    }
}

/// Checks that both nodes of every edge exist. A network has no marks.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let graph = parse_with_root(str::from_utf8(bytes)?, &["graphml", "gexf"])?;
    let elements = |name: &'static str| {
        graph
            .descendants()
            .filter(move |node| node.tag_name().name() == name)
    };
    let ids = elements("node").filter_map(|node| node.attribute("id"));
    let ids = collect_sorted(ids, |a, b| a.cmp(b));
    for edge in elements("edge") {
        for side in ["source", "target"] {
            let node = edge.attribute(side).unwrap_or_default();
            if ids.binary_search(&node).is_err() {
                return Err(ReadBackError::EdgeEnd {
                    side,
                    node: node.to_owned(),
                });
            }
        }
    }
    Ok(Vec::new())
}
