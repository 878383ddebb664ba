// node networks.cjs FILE: what graphology reads of a .graphml or .gexf, as JSON.
// NODE_PATH is the folder that its packages are in.
const fs = require("fs");
const graphology = require("graphology");
const gexf = require("graphology-gexf");
const graphml = require("graphology-graphml");

const file = process.argv[2];
const parser = file.endsWith(".gexf") ? gexf : graphml;
// The plain constructor: that the graph is directed and has parallel edges is for the file to say.
const graph = parser.parse(graphology.Graph, fs.readFileSync(file, "utf8"));
const nodes = graph.mapNodes((id, about) => ({ id, ...about }));
const edges = graph.mapEdges((id, about, source, target) => ({ source, target, ...about }));
process.stdout.write(JSON.stringify({ type: graph.type, nodes, edges }));
