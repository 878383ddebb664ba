//! How the page is displayed: text size, width of the column, theme, letters, panel. Each choice
//! is an attribute `data-NAME` of the root element, which the style sheets read, and is kept in
//! `localStorage`; `boot.js` sets the attributes again before the program is loaded.

use crate::browser::storage::local_storage;

use web_sys::Element;

/// Something that the user chooses about the display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayChoice {
    /// The size of the article's text.
    Text,
    /// The width of the column of text.
    Width,
    /// Light or dark.
    Theme,
    /// Whether marks have the letters of their tags.
    Letters,
    /// The width of the side panel.
    Panel,
}

impl DisplayChoice {
    const ALL: [Self; 5] = [
        Self::Text,
        Self::Width,
        Self::Theme,
        Self::Letters,
        Self::Panel,
    ];

    /// Its name, in the attribute and in what is kept.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Width => "width",
            Self::Theme => "theme",
            Self::Letters => "letters",
            Self::Panel => "panel",
        }
    }

    fn attribute(self) -> String {
        format!("data-{}", self.name())
    }

    /// What is chosen; empty for the default.
    #[must_use]
    pub fn value(self) -> String {
        let value = root().and_then(|root| root.get_attribute(&self.attribute()));
        value.unwrap_or_default()
    }

    /// Chooses a value, an ASCII word; an empty one is the default. It is kept if the browser
    /// keeps anything.
    pub fn choose(self, value: &str) {
        let Some(root) = root() else { return };
        // Attributes of these names can always be set.
        let _ = match value {
            "" => root.remove_attribute(&self.attribute()),
            value => root.set_attribute(&self.attribute(), value),
        };
        let chosen = Self::ALL.map(|choice| (choice.name(), choice.value()));
        let chosen = chosen.iter().filter(|(_, value)| !value.is_empty());
        let kept: Vec<String> = chosen
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        // Without room, the choice holds until the page is closed.
        local_storage::set(local_storage::DISPLAY, &kept.join("&"));
        // What stands over the text finds its new place.
        if let Ok(event) = web_sys::Event::new("resize") {
            let _ = gloo::utils::window().dispatch_event(&event);
        }
    }
}

fn root() -> Option<Element> {
    gloo::utils::document().document_element()
}

/// Whether the sheet with these choices is open.
#[must_use]
pub fn is_sheet_open() -> bool {
    // A browser without popovers does not know the selector, and has no sheet.
    let document = gloo::utils::document();
    let sheet = document.query_selector("#display:popover-open");
    sheet.is_ok_and(|sheet| sheet.is_some())
}
