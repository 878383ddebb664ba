//! What the page as a whole listens to, and what keys mean.

use crate::browser::page::keyboard::Press;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::editor::action::HistoryAction;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::action::PanelAction;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::state::{Editor, Mode, PanelTab, Selection};
use pullquote_app::editor::word_move::WordMove;
use pullquote_app::export::action::ExportAction;
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::model::article::TextDirection;
use pullquote_core::text::snapping::MoveDirection;

/// What a key press does; `None`: nothing to us. Without an open article one is in
/// the library.
pub(crate) fn meaning_of(
    press: &Press,
    editor: Option<&Editor>,
    on_codebook: bool,
) -> Option<Meaning> {
    let Some(editor) = editor else {
        if press.key == "Escape" && !press.typing {
            return Some(Meaning::Act(Action::Backup(BackupAction::ReportClosed)));
        }
        let is_z = press.letters().any(|letter| letter == 'z');
        let is_undo = press.command && !press.shift && !press.typing && is_z;
        return is_undo.then_some(Meaning::Act(Action::History(HistoryAction::Undo)));
    };
    if on_codebook {
        // The marks are not seen there: only the way back is.
        let is_travel = press.command && !press.alt && !press.typing;
        let action = action_of(press, editor).filter(|_| is_travel);
        return action.map(Meaning::Act);
    }
    let is_print = press.command && !press.shift && !press.alt;
    if is_print && matches!(press.key.as_str(), "p" | "P") {
        return Some(Meaning::Act(Action::Export(ExportAction::PrintRequested)));
    }
    if press.key == "/" && !press.typing && !press.command && !press.alt {
        return Some(Meaning::Search);
    }
    if press.key == "." && !press.typing && !press.command && !press.alt {
        return Some(Meaning::AllTags);
    }
    if press.key == "?" && !press.typing && !press.command && !press.alt {
        return Some(Meaning::Act(Action::Panel(PanelAction::TabShown(
            PanelTab::Guide,
        ))));
    }
    if press.key == "Tab" && press.nowhere && !press.shift && editor.selection != Selection::Nothing
    {
        return Some(Meaning::Card);
    }
    let is_free = editor.selection == Selection::Nothing && editor.mode == Mode::Nothing;
    if press.key == "Enter" && is_free && press.nowhere && !press.command && !press.alt {
        return Some(Meaning::Words);
    }
    action_of(press, editor).map(Meaning::Act)
}

/// What a key press does.
pub(crate) enum Meaning {
    /// It is an action.
    Act(Action),
    /// The search box gets the focus.
    Search,
    /// The words in view are swept by the keys alone.
    Words,
    /// The card gets the focus.
    Card,
    /// All tags are wanted, to be found by name.
    AllTags,
}

fn action_of(press: &Press, editor: &Editor) -> Option<Action> {
    let key = press.key.as_str();
    if press.typing {
        return (key == "Escape" && !press.searching)
            .then_some(Action::Selection(SelectionAction::Escaped));
    }
    let chosen = editor.chosen().map(|mark| mark.id);
    if press.shift && press.alt && !press.command {
        return step_of(key, editor);
    }
    if press.command && !press.alt {
        let does = |letter: char| match (letter.to_ascii_lowercase(), press.shift) {
            ('z', false) => Some(Action::History(HistoryAction::Undo)),
            ('z', true) | ('y', false) => Some(Action::History(HistoryAction::Redo)),
            _ => None,
        };
        return press.letters().find_map(does);
    }
    if press.command || press.alt {
        return None;
    }
    if let Some(stride) = stride_of(press, editor) {
        return Some(Action::Selection(SelectionAction::WordsMoved(stride)));
    }
    // What is deleted is what the focus is on, or what is chosen where it is on nothing: not
    // the mark, where it is on a button elsewhere.
    let is_about_the_mark = press.nowhere || press.on_mark || press.on_details;
    match key {
        "Escape" => Some(Action::Selection(SelectionAction::Escaped)),
        "+" if matches!(editor.selection, Selection::Words(_)) => {
            Some(Action::Mark(MarkAction::SpanAdded))
        }
        "Delete" | "Backspace" => chosen
            .filter(|_| is_about_the_mark)
            .map(|value| Action::Mark(MarkAction::Deleted(value))),
        _ => tag_of(press, editor).or_else(|| {
            let digit = press.letters().find_map(|letter| letter.to_digit(10));
            let digit = digit.filter(|_| chosen.is_some())?;
            Some(Action::Mark(MarkAction::FieldKeyPressed {
                index: digit as usize,
            }))
        }),
    }
}

/// A tag's key, where there is something to give the tag to.
fn tag_of(press: &Press, editor: &Editor) -> Option<Action> {
    let book = editor.document().codebook();
    let tag = press.letters().find_map(|letter| book.tag_of_key(letter))?;
    (editor.selection != Selection::Nothing)
        .then(|| Action::Mark(MarkAction::TagGiven(tag.id.clone())))
}

/// While the keys alone are marking, the arrows go on by words, and up and down by blocks,
/// from the words that are chosen or the mark that was made of them; with Shift they reach
/// further.
fn stride_of(press: &Press, editor: &Editor) -> Option<WordMove> {
    let span = editor.words_in_hand()?;
    let are_words = matches!(editor.selection, Selection::Words(_));
    let is_mark = matches!(editor.selection, Selection::Marks { .. });
    let is_sideways = matches!(press.key.as_str(), "ArrowLeft" | "ArrowRight");
    // From a mark that was made by the pointer, up and down still scroll the page.
    let is_going = !press.shift && (editor.by_keys || (is_mark && is_sideways));
    let is_reaching = are_words && (press.shift || editor.by_keys);
    let is_free = press.nowhere || press.on_card || (press.on_mark && editor.by_keys);
    if !is_free || !(is_going || is_reaching) {
        return None;
    }
    let is_rtl = editor.direction_at(span.start()) == TextDirection::RightToLeft;
    let (forward, back) = if is_rtl {
        ("ArrowLeft", "ArrowRight")
    } else {
        ("ArrowRight", "ArrowLeft")
    };
    let way = match press.key.as_str() {
        key if key == forward => MoveDirection::Forward,
        key if key == back => MoveDirection::Back,
        "ArrowDown" => {
            return Some(WordMove::Block(MoveDirection::Forward)).filter(|_| !press.shift);
        }
        "ArrowUp" => return Some(WordMove::Block(MoveDirection::Back)).filter(|_| !press.shift),
        _ => return None,
    };
    Some(if press.shift {
        WordMove::Reach(way)
    } else {
        WordMove::Word(way)
    })
}

/// Shift, Alt and an arrow move an end of the chosen mark: left and right the end
/// where reading goes on, up and down the start.
fn step_of(key: &str, editor: &Editor) -> Option<Action> {
    let is_rtl = editor.direction_of(editor.chosen()?) == TextDirection::RightToLeft;
    let (end, way) = match key {
        "ArrowRight" if is_rtl => (MarkEnd::End, MoveDirection::Back),
        "ArrowLeft" if is_rtl => (MarkEnd::End, MoveDirection::Forward),
        "ArrowRight" => (MarkEnd::End, MoveDirection::Forward),
        "ArrowLeft" => (MarkEnd::End, MoveDirection::Back),
        "ArrowUp" => (MarkEnd::Start, MoveDirection::Back),
        "ArrowDown" => (MarkEnd::Start, MoveDirection::Forward),
        _ => return None,
    };
    Some(Action::Mark(MarkAction::EndStepped {
        index: None,
        end,
        direction: way,
    }))
}

#[cfg(test)]
mod tests {
    use super::meaning_of;
    use crate::browser::page::keyboard::Press;
    use pullquote_app::editor::state::{Editor, Mode, Review, Selection};
    use pullquote_app::library::sample::sample;
    use pullquote_app::stamp::Stamp;
    use pullquote_core::analysis::occurrences::WordMatching;
    use pullquote_core::edit::history::History;
    use pullquote_core::model::timestamp::Timestamp;
    use std::rc::Rc;

    /// Tab leads to the card only where there is one: elsewhere it is the browser's.
    #[test]
    fn tab_is_taken_only_for_a_card() {
        let stamp = Stamp {
            now: Timestamp(0),
            random: [0; 10],
        };
        let document = Rc::new(sample(&stamp));
        let like = document.annotations()[0].id;
        let mut editor = Editor::new(History::new(document, 0, None));
        let tab = Press {
            key: "Tab".to_owned(),
            latin: None,
            command: false,
            shift: false,
            alt: false,
            typing: false,
            searching: false,
            nowhere: true,
            on_mark: false,
            on_card: false,
            on_details: false,
        };
        editor.mode = Mode::Reviewing(Review {
            like,
            words: WordMatching::default(),
            aliases: false,
            unwanted: Vec::new(),
        });
        assert!(meaning_of(&tab, Some(&editor), false).is_none());
        editor.selection = Selection::Marks {
            all: Rc::new([like]),
            at: like,
        };
        assert!(meaning_of(&tab, Some(&editor), false).is_some());
    }
}
