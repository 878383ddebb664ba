//! What follows a selection: what the browser highlights, dims and focuses, and what is
//! counted.

use crate::browser::clock;
use crate::browser::page::colours::Emphasis;
use crate::browser::page::{colours, focus, pointer, selection, sweep_state};
use crate::ui::article::overlays::utf16_range;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{ReviewAction, SelectionAction};
use pullquote_app::editor::state::{Editor, Mode, Selection};
use pullquote_core::model::id::Id;
use yew::prelude::*;

/// Reports what the pointer and the keys select in the article.
#[hook]
pub(crate) fn use_text_selection(article: &NodeRef, on: &Callback<Action>) {
    let (article, on) = (article.clone(), on.clone());
    use_effect_with((), move |()| {
        let element = move || article.get();
        let listeners = pointer::listen(element, move |gesture| {
            on.emit(Action::Selection(match gesture {
                pointer::Gesture::Words { range, modifiers } => SelectionAction::TextSelected {
                    range,
                    exact: modifiers.exact,
                    more: modifiers.more,
                },
                pointer::Gesture::Marks(marks) if marks.is_empty() => SelectionAction::Cleared,
                pointer::Gesture::Marks(marks) => SelectionAction::MarksClicked(marks),
            }));
        });
        move || drop(listeners)
    });
}

/// Shows the selected words as the browser's own selection. A finger has done so itself.
#[hook]
pub(crate) fn use_highlighted_words(editor: &Editor, article: &NodeRef) {
    let article = article.clone();
    let words = match &editor.selection {
        Selection::Words(span) => utf16_range(editor.shown(), *span),
        _ => None,
    };
    use_effect_with(words, move |words| {
        if let Some(words) = words
            && !sweep_state::is_finger()
        {
            selection::show(article.get(), words);
        }
    });
}

/// Opens the card of a mark by Enter or the space bar, and then moves the focus to the card.
/// Returns the article's key handler.
#[hook]
pub(crate) fn use_card_by_key(editor: &Editor, on: &Callback<Action>) -> Callback<KeyboardEvent> {
    let by_key = use_mut_ref(|| false);
    {
        let by_key = by_key.clone();
        use_effect_with(editor.chosen().map(|mark| mark.id), move |chosen| {
            if chosen.is_some() {
                selection::clear();
                if by_key.replace(false) {
                    focus::without_scrolling(".card");
                }
            }
        });
    }
    let on = on.clone();
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            let marks = pointer::marks_of(event.target());
            if !marks.is_empty() {
                event.prevent_default();
                *by_key.borrow_mut() = true;
                on.emit(Action::Selection(SelectionAction::MarksClicked(marks)));
            }
        }
    })
}

/// While a link is being made, dims the marks that it cannot lead to. Otherwise outlines the
/// marks that are linked to the chosen one.
#[hook]
pub(crate) fn use_emphasised_marks(editor: &Editor) {
    let document = editor.document();
    let emphasis = match (&editor.mode, editor.chosen()) {
        (Mode::Linking(linking), _) => {
            let kind = document.codebook().relation(&linking.kind);
            let ends = kind.map(|kind| match linking.backwards {
                true => &kind.from,
                false => &kind.to,
            });
            let tags = ends.into_iter().flatten();
            Emphasis::Only(tags.map(ToString::to_string).collect())
        }
        (_, Some(mark)) => {
            let links = document.relations_of(mark.id);
            let others = links.map(|link| match link.from == mark.id {
                true => link.to,
                false => link.from,
            });
            let others: Vec<Id> = others.collect();
            match others.is_empty() {
                true => Emphasis::Nothing,
                false => Emphasis::Linked(others),
            }
        }
        _ => Emphasis::Nothing,
    };
    let was_linking = use_mut_ref(|| false);
    use_effect_with(emphasis, move |emphasis| {
        colours::emphasise(emphasis);
        let is_linking = matches!(emphasis, Emphasis::Only(_));
        // The text box that had the focus is gone.
        if was_linking.replace(is_linking) && !is_linking {
            focus::without_scrolling(".card");
        }
    });
}

/// While a tag is armed, clears the browser's selection as soon as its words are tagged.
#[hook]
pub(crate) fn use_cleared_selection(editor: &Editor) {
    let marks = editor.document().annotations().len();
    use_effect_with(editor.armed.is_some().then_some(marks), move |marks| {
        if marks.is_some() {
            selection::clear();
        }
    });
}

/// How long after a mark was chosen its other occurrences are counted, in milliseconds.
const COUNT_DELAY: u32 = 250;

/// Has the other occurrences of the chosen mark's words counted, after the card is drawn: the
/// key that made the mark does not wait for it.
#[hook]
pub(crate) fn use_occurrence_count(editor: &Editor, on: &Callback<Action>) {
    let mark = editor.chosen().map(|mark| mark.id);
    let marks = editor.document().annotations().len();
    let on = on.clone();
    use_effect_with((mark, marks), move |(mark, _)| {
        let timer = mark.map(|id| {
            clock::after(COUNT_DELAY, move || {
                on.emit(Action::Review(ReviewAction::OccurrencesCounted(id)))
            })
        });
        move || drop(timer)
    });
}
