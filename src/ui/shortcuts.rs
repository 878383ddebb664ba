//! The keyboard shortcuts: what a key press means, depending on the screen and the state.

use crate::browser::page::keyboard::Press;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::editor::action::{HistoryAction, MarkAction, ReviewAction, SelectionAction};
use pullquote_app::editor::state::{Editor, Mode, Selection};
use pullquote_app::editor::word_move::WordMove;
use pullquote_app::export::action::ExportAction;
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::model::article::TextDirection;
use pullquote_core::text::snapping::MoveDirection;

/// The meaning of a key press; `None`: the app does not use it. Without an open article the
/// screen is the library; `hides_text` says that it is one where the text is not visible.
pub(crate) fn meaning_of(
    press: &Press,
    editor: Option<&Editor>,
    hides_text: bool,
) -> Option<KeyMeaning> {
    if press.key == "?" && !press.typing && !press.command && !press.alt {
        return Some(KeyMeaning::Act(Action::HelpRequested));
    }
    let Some(editor) = editor else {
        if press.key == "Escape" && !press.typing {
            return Some(KeyMeaning::Act(Action::Backup(BackupAction::ReportClosed)));
        }
        let is_z = press.letters().any(|letter| letter == 'z');
        let is_undo = press.command && !press.shift && !press.typing && is_z;
        return is_undo.then_some(KeyMeaning::Act(Action::History(HistoryAction::Undo)));
    };
    if hides_text {
        // The marks are not visible there: only undo and redo make sense.
        let is_history = press.command && !press.alt && !press.typing;
        let action = action_of(press, editor).filter(|_| is_history);
        return action.map(KeyMeaning::Act);
    }
    let is_print = press.command && !press.shift && !press.alt;
    if is_print && matches!(press.key.as_str(), "p" | "P") {
        return Some(KeyMeaning::Act(Action::Export(
            ExportAction::PrintRequested,
        )));
    }
    if press.key == "/" && !press.typing && !press.command && !press.alt {
        return Some(KeyMeaning::Search);
    }
    if press.key == "." && !press.typing && !press.command && !press.alt {
        return Some(KeyMeaning::AllTags);
    }
    if press.key == "Escape" && press.typing && press.in_card {
        return Some(KeyMeaning::CardOnly);
    }
    let is_plain = !press.typing && !press.command && !press.alt;
    let has_mark = editor.chosen().is_some() && !matches!(editor.mode, Mode::Asked(_));
    if is_plain && has_mark && press.letters().any(|letter| letter == '0') {
        return Some(KeyMeaning::Note);
    }
    if is_plain
        && press.key == "*"
        && let Some(mark) = editor.chosen()
    {
        return Some(KeyMeaning::Act(Action::Review(ReviewAction::Started(
            mark.id,
        ))));
    }
    if press.key == "Tab" && press.nowhere && !press.shift && editor.selection != Selection::Nothing
    {
        return Some(KeyMeaning::Card);
    }
    let is_free = editor.selection == Selection::Nothing && editor.mode == Mode::Nothing;
    if press.key == "Enter" && is_free && press.nowhere && !press.command && !press.alt {
        return Some(KeyMeaning::Words);
    }
    action_of(press, editor).map(KeyMeaning::Act)
}

/// What a key press does.
pub(crate) enum KeyMeaning {
    /// It sends an action.
    Act(Action),
    /// It moves the focus to the search box.
    Search,
    /// It selects the first visible word, to go on by keys alone.
    Words,
    /// It moves the focus to the card.
    Card,
    /// It moves the focus from a box in the card to the card.
    CardOnly,
    /// It opens the note of the chosen mark.
    Note,
    /// It opens the list of all tags.
    AllTags,
}

/// The action of a key press while the text is visible.
fn action_of(press: &Press, editor: &Editor) -> Option<Action> {
    let key = press.key.as_str();
    if press.typing {
        return (key == "Escape" && !press.searching)
            .then_some(Action::Selection(SelectionAction::Escaped));
    }
    let chosen = editor.chosen().map(|mark| mark.id);
    if press.shift && press.alt && !press.command {
        return end_step_of(key, editor);
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
    if let Some(action) = letter_action_of(press, editor) {
        return Some(Action::Selection(action));
    }
    if let Some(stride) = word_move_of(press, editor) {
        return Some(Action::Selection(SelectionAction::WordsMoved(stride)));
    }
    // Delete acts on the chosen mark only if the focus is on that mark, on its details, or on
    // nothing; not if it is on a button elsewhere.
    let is_about_the_mark = press.nowhere || press.on_mark || press.on_details;
    match key {
        "," => Some(Action::Selection(SelectionAction::IncompleteRequested)),
        "Escape" => Some(Action::Selection(SelectionAction::Escaped)),
        "+" if matches!(editor.selection, Selection::Words(_)) => {
            Some(Action::Mark(MarkAction::SpanAdded))
        }
        "Delete" | "Backspace" => chosen
            .filter(|_| is_about_the_mark)
            .map(|value| Action::Mark(MarkAction::Deleted(value))),
        _ => tag_key_of(press, editor).or_else(|| {
            let digit = press.letters().find_map(|letter| letter.to_digit(10));
            let digit = digit.filter(|_| chosen.is_some())?;
            Some(Action::Mark(MarkAction::FieldKeyPressed {
                index: digit as usize,
            }))
        }),
    }
}

/// Shift and letters go to the next word that begins with them; Enter goes on, Backspace takes a
/// letter back.
fn letter_action_of(press: &Press, editor: &Editor) -> Option<SelectionAction> {
    let is_free = press.nowhere || press.on_card || press.on_mark;
    if !is_free || editor.words_at_cursor().is_none() || editor.mode != Mode::Nothing {
        return None;
    }
    let is_seeking = editor.sought.is_some();
    let mut chars = press.key.chars();
    match (press.key.as_str(), chars.next(), chars.next()) {
        ("Enter", ..) if is_seeking => Some(SelectionAction::LettersRepeated),
        ("Backspace", ..) if is_seeking => Some(SelectionAction::LetterTakenBack),
        (_, Some(letter), None) if press.shift && letter.is_alphabetic() => {
            Some(SelectionAction::LetterTyped(letter))
        }
        _ => None,
    }
}

/// Gives the tag with this key to what is chosen; `None` where nothing is.
fn tag_key_of(press: &Press, editor: &Editor) -> Option<Action> {
    let codebook = editor.document().codebook();
    let tag = press
        .letters()
        .find_map(|letter| codebook.tag_of_key(letter))?;
    (editor.selection != Selection::Nothing)
        .then(|| Action::Mark(MarkAction::TagGiven(tag.id.clone())))
}

/// How the arrow keys move the selection while the user marks by keys alone: left and right by
/// words, up and down by blocks, from the selected words or from the mark made of them. With
/// Shift they extend the selection.
fn word_move_of(press: &Press, editor: &Editor) -> Option<WordMove> {
    let span = editor.words_at_cursor()?;
    let are_words = matches!(editor.selection, Selection::Words(_));
    let is_mark = matches!(editor.selection, Selection::Marks { .. });
    let is_sideways = matches!(press.key.as_str(), "ArrowLeft" | "ArrowRight");
    // On a mark that was made by the pointer, up and down still scroll the page.
    let moves = !press.shift && (editor.by_keys || (is_mark && is_sideways));
    let extends = are_words && (press.shift || editor.by_keys);
    let is_free = press.nowhere || press.on_card || (press.on_mark && editor.by_keys);
    if !is_free || !(moves || extends) {
        return None;
    }
    let is_rtl = editor.direction_at(span.start()) == TextDirection::RightToLeft;
    let (forward, back) = if is_rtl {
        ("ArrowLeft", "ArrowRight")
    } else {
        ("ArrowRight", "ArrowLeft")
    };
    let direction = match press.key.as_str() {
        key if key == forward => MoveDirection::Forward,
        key if key == back => MoveDirection::Back,
        "ArrowDown" => return Some(down(press.shift, MoveDirection::Forward)),
        "ArrowUp" => return Some(down(press.shift, MoveDirection::Back)),
        _ => return None,
    };
    Some(if press.shift {
        WordMove::Reach(direction)
    } else {
        WordMove::Word(direction)
    })
}

/// Down and up move by blocks; with Shift they extend the selection by clauses.
fn down(extends: bool, direction: MoveDirection) -> WordMove {
    match extends {
        true => WordMove::ReachClause(direction),
        false => WordMove::Block(direction),
    }
}

/// Shift, Alt and an arrow key move an end of the chosen mark: left and right move its end, up
/// and down its start.
fn end_step_of(key: &str, editor: &Editor) -> Option<Action> {
    let is_rtl = editor.direction_of(editor.chosen()?) == TextDirection::RightToLeft;
    let (end, direction) = match key {
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
        direction,
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

    #[test]
    fn tab_moves_to_the_card_only_if_there_is_one() {
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
            in_card: false,
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
