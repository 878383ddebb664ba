//! What the page as a whole listens to, and what keys mean.

use crate::browser::page::keyboard::Press;
use pullquote_app::action::{Action, WordMove};
use pullquote_app::editor::state::{Editor, Mode, PanelTab, Selection};
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::model::article::TextDirection;
use pullquote_core::text::snapping::MoveDirection;

/// What a key press does; `None`: nothing to us. Without an open article one is in
/// the library.
pub(crate) fn meaning_of(
    press: &Press,
    desk: Option<&Editor>,
    on_codebook: bool,
) -> Option<Meaning> {
    let Some(desk) = desk else {
        if press.key == "Escape" && !press.typing {
            return Some(Meaning::Act(Action::TransferLeft));
        }
        let is_z = press.letters().any(|letter| letter == 'z');
        let is_undo = press.command && !press.shift && !press.typing && is_z;
        return is_undo.then_some(Meaning::Act(Action::Undo));
    };
    if on_codebook {
        // The marks are not seen there: only the way back is.
        let is_travel = press.command && !press.alt && !press.typing;
        let action = action_of(press, desk).filter(|_| is_travel);
        return action.map(Meaning::Act);
    }
    let is_print = press.command && !press.shift && !press.alt;
    if is_print && matches!(press.key.as_str(), "p" | "P") {
        return Some(Meaning::Act(Action::Print));
    }
    if press.key == "/" && !press.typing && !press.command && !press.alt {
        return Some(Meaning::Search);
    }
    if press.key == "." && !press.typing && !press.command && !press.alt {
        return Some(Meaning::AllTags);
    }
    if press.key == "?" && !press.typing && !press.command && !press.alt {
        return Some(Meaning::Act(Action::PanelShows(PanelTab::Guide)));
    }
    if press.key == "Tab" && press.nowhere && !press.shift && desk.choice != Selection::Nothing {
        return Some(Meaning::Card);
    }
    let is_free = desk.choice == Selection::Nothing && desk.doing == Mode::Nothing;
    if press.key == "Enter" && is_free && press.nowhere && !press.command && !press.alt {
        return Some(Meaning::Words);
    }
    action_of(press, desk).map(Meaning::Act)
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

fn action_of(press: &Press, desk: &Editor) -> Option<Action> {
    let key = press.key.as_str();
    if press.typing {
        return (key == "Escape" && !press.searching).then_some(Action::Escaped);
    }
    let chosen = desk.chosen().map(|mark| mark.id);
    if press.shift && press.alt && !press.command {
        return step_of(key, desk);
    }
    if press.command && !press.alt {
        let does = |letter: char| match (letter.to_ascii_lowercase(), press.shift) {
            ('z', false) => Some(Action::Undo),
            ('z', true) | ('y', false) => Some(Action::Redo),
            _ => None,
        };
        return press.letters().find_map(does);
    }
    if press.command || press.alt {
        return None;
    }
    if let Some(stride) = stride_of(press, desk) {
        return Some(Action::WordsMoved(stride));
    }
    // What is deleted is what the focus is on, or what is chosen where it is on nothing: not
    // the mark, where it is on a button elsewhere.
    let is_about_the_mark = press.nowhere || press.on_mark || press.on_details;
    match key {
        "Escape" => Some(Action::Escaped),
        "+" if matches!(desk.choice, Selection::Words(_)) => Some(Action::PieceAdded),
        "Delete" | "Backspace" => chosen.filter(|_| is_about_the_mark).map(Action::DeleteMark),
        _ => tag_of(press, desk).or_else(|| {
            let digit = press.letters().find_map(|letter| letter.to_digit(10));
            let digit = digit.filter(|_| chosen.is_some())?;
            Some(Action::FieldKeyed(digit as usize))
        }),
    }
}

/// A tag's key, where there is something to give the tag to.
fn tag_of(press: &Press, desk: &Editor) -> Option<Action> {
    let book = desk.document().codebook();
    let tag = press.letters().find_map(|letter| book.tag_of_key(letter))?;
    (desk.choice != Selection::Nothing).then(|| Action::TagGiven(tag.id.clone()))
}

/// While the keys alone are marking, the arrows go on by words, and up and down by blocks,
/// from the words that are chosen or the mark that was made of them; with Shift they reach
/// further.
fn stride_of(press: &Press, desk: &Editor) -> Option<WordMove> {
    let span = desk.words_in_hand()?;
    let are_words = matches!(desk.choice, Selection::Words(_));
    let is_mark = matches!(desk.choice, Selection::Marks { .. });
    let is_sideways = matches!(press.key.as_str(), "ArrowLeft" | "ArrowRight");
    // From a mark that was made by the pointer, up and down still scroll the page.
    let is_going = !press.shift && (desk.by_keys || (is_mark && is_sideways));
    let is_reaching = are_words && (press.shift || desk.by_keys);
    let is_free = press.nowhere || press.on_card || (press.on_mark && desk.by_keys);
    if !is_free || !(is_going || is_reaching) {
        return None;
    }
    let is_rtl = desk.direction_at(span.start()) == TextDirection::RightToLeft;
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
fn step_of(key: &str, desk: &Editor) -> Option<Action> {
    let is_rtl = desk.direction_of(desk.chosen()?) == TextDirection::RightToLeft;
    let (end, way) = match key {
        "ArrowRight" if is_rtl => (MarkEnd::End, MoveDirection::Back),
        "ArrowLeft" if is_rtl => (MarkEnd::End, MoveDirection::Forward),
        "ArrowRight" => (MarkEnd::End, MoveDirection::Forward),
        "ArrowLeft" => (MarkEnd::End, MoveDirection::Back),
        "ArrowUp" => (MarkEnd::Start, MoveDirection::Back),
        "ArrowDown" => (MarkEnd::Start, MoveDirection::Forward),
        _ => return None,
    };
    Some(Action::EndStepped(None, end, way))
}

#[cfg(test)]
mod tests {
    use super::meaning_of;
    use crate::browser::page::keyboard::Press;
    use pullquote_app::action::Stamp;
    use pullquote_app::editor::state::{Editor, Mode, Review, Selection};
    use pullquote_app::library::sample::sample;
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
        let mut desk = Editor::new(History::new(document, 0, None));
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
        desk.doing = Mode::Reviewing(Review {
            like,
            words: WordMatching::default(),
            aliases: false,
            unwanted: Vec::new(),
        });
        assert!(meaning_of(&tab, Some(&desk), false).is_none());
        desk.choice = Selection::Marks {
            all: Rc::new([like]),
            at: like,
        };
        assert!(meaning_of(&tab, Some(&desk), false).is_some());
    }
}
