//! Documents compared by address, for values that are computed once per document.

use pullquote_core::model::document::Document;
use std::rc::Rc;

/// A document that equals another only when both are the same allocation. An unchanged
/// document always is, so the comparison takes no time however long the text is.
pub(crate) struct SameDocument(pub(crate) Rc<Document>);

impl PartialEq for SameDocument {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
