// node networks.cjs FILE: prints as JSON what graphology reads from a .graphml or .gexf file.
// NODE_PATH is the folder of its packages.
const fs = require("fs");
const graphology = require("graphology");
const gexf = require("graphology-gexf");
const graphml = require("graphology-graphml");

const file = process.argv[2];
const parser = file.endsWith(".gexf") ? gexf : graphml;
// The plain constructor: the file must say that the graph is directed and has parallel edges.
const graph = parser.parse(graphology.Graph, fs.readFileSync(file, "utf8"));
const nodes = graph.mapNodes((id, about) => ({ id, ...about }));
const edges = graph.mapEdges((id, about, source, target) => ({ source, target, ...about }));
process.stdout.write(JSON.stringify({ type: graph.type, nodes, edges }));
