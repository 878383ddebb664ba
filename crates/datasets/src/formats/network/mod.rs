//! Who is linked to whom, as a network in GraphML or GEXF. How nodes are joined and named is in
//! [`nodes`].
//!
//! A node is a member of the cast, or the words of marks that have no member. An edge is a kind of
//! relation between two nodes; its weight counts the relations.
//!
//! - **Readers**: Gephi, yEd, networkx (tested with 3.6), igraph (1.0), graphology (0.26).
//! - **Offsets**: none; texts and marks are not in the file.
//! - **What does not fit**: characters that XML cannot hold are replaced. Gephi needs an attribute to
//!   keep parallel edges apart: `label` in GraphML, `kind` in GEXF.
//! - **Source**: GraphML Primer; GEXF 1.2 draft primer.

pub mod codec;
pub mod gexf;
pub mod graph;
pub mod graphml;
pub mod nodes;
