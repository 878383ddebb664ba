//! The button of a tag, in the palette and on the card, with the tag's rules.

use crate::ui::controls::count_badge::count_badge;
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::view::colour_class::colour_class;
use pullquote_core::model::codebook::Tag;
use yew::prelude::*;

/// How a tag's button looks.
pub(crate) struct TagButton<'a> {
    pub(crate) tag: &'a Tag,
    /// Whether the chosen mark has this tag, or the tag is armed.
    pub(crate) pressed: bool,
    /// Whether every selection of text gets this tag.
    pub(crate) armed: bool,
    /// How many marks have the tag, and the key that gives it; `None`: neither is shown.
    pub(crate) marks: Option<usize>,
}

/// Draws the button. A press gives the tag to what is chosen, or arms it.
pub(crate) fn tag_button(button: &TagButton, on: &Callback<Action>) -> Html {
    let tag = button.tag;
    let id = tag.id.clone();
    let give = on.reform(move |_: MouseEvent| Action::Mark(MarkAction::TagGiven(id.clone())));
    let shows_marks = button.marks.is_some();
    html! {
        <span class="with-tip" key={tag.id.to_string()}>
            <button
                class={classes!("tag", colour_class(tag.colour), button.armed.then_some("is-armed"))}
                aria-pressed={button.pressed.to_string()}
                aria-label={shows_marks.then(|| tag.name.clone())}
                aria-keyshortcuts={tag.key.filter(|_| shows_marks).map(String::from)}
                aria-description={rules_as_text(tag)}
                onclick={give}
            >
                { tag_letter(tag.colour, &tag.letter()) }
                { &tag.name }
                { for button.marks.map(count_badge) }
            </button>
            { rules_tip(tag) }
        </span>
    }
}

/// What counts as the tag and what does not, in one line for screen readers.
fn rules_as_text(tag: &Tag) -> String {
    let rules = [
        ("", &tag.definition),
        ("Counts: ", &tag.include),
        ("Does not: ", &tag.exclude),
    ];
    let rules = rules.iter().filter(|(_, text)| !text.is_empty());
    let rules: Vec<String> = rules.map(|(name, text)| format!("{name}{text}")).collect();
    rules.join(" ")
}

/// What counts as the tag and what does not, shown while the pointer is on the button.
/// Nothing where the codebook states no rule.
fn rules_tip(tag: &Tag) -> Html {
    let line = |name: &str, text: &str| {
        if text.is_empty() {
            return Html::default();
        }
        html! { <span><b>{ format!("{name} ") }</b>{ text }</span> }
    };
    let texts = [&tag.definition, &tag.include, &tag.exclude, &tag.example];
    if texts.iter().all(|text| text.is_empty()) {
        return Html::default();
    }
    html! {
        <span class="tip" aria-hidden="true">
            { line("", &tag.definition) }
            { line("Counts:", &tag.include) }
            { line("Does not:", &tag.exclude) }
            { line("Example:", &tag.example) }
        </span>
    }
}
