//! The article screen: the text in its column, what is chosen, the list.

use crate::browser::clock;
use crate::browser::page::anchor_lines::{Anchor, Frame};
use crate::browser::page::blocks::direction;
use crate::browser::page::overlay_position::{InnerHandle, Overlays};
use crate::browser::page::{
    colours, element_size, focus, overlay_position, pointer, reading_position, selection,
    sweep_state, viewport,
};
use crate::ui::article::card::card;
use crate::ui::article::cast_panel::CastPanel;
use crate::ui::article::guide_panel::GuidePanel;
use crate::ui::article::handle::Handle;
use crate::ui::article::history::HistoryPanel;
use crate::ui::article::ledger_panel::LedgerPanel;
use crate::ui::article::link_lines::Threads;
use crate::ui::article::palette::palette;
use crate::ui::article::panel::MarksPanel;
use crate::ui::article::paper;
use crate::ui::article::review_panel::ReviewPanel;
use crate::ui::article::sections::Sections;
use pullquote_app::action::Action;
use pullquote_app::editor::action::HistoryAction;
use pullquote_app::editor::action::ReviewAction;
use pullquote_app::editor::action::SelectionAction;
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_app::editor::state::{Editor, Mode, PanelTab, Selection};
use pullquote_app::editor::view::reading::Drawing;
use pullquote_app::messages::ago::ago;
use pullquote_app::messages::step_names::step_name;
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::article::TextDirection;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::document::Document;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::offset::Utf16Offset;
use pullquote_core::text::span::Span;

use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct ReadingProps {
    pub(crate) editor: Rc<Editor>,
    /// The time, to the minute.
    pub(crate) now: Timestamp,
    pub(crate) on: Callback<Action>,
}

/// The open article.
#[component]
pub(crate) fn Reading(props: &ReadingProps) -> Html {
    let editor = &props.editor;
    let document = editor.shown();
    let article = document.article();
    let (column, page, place) = (use_node_ref(), use_node_ref(), use_node_ref());
    let (start, end) = (use_node_ref(), use_node_ref());
    // Two between each two pieces of the chosen mark.
    let inner = {
        let refs = use_mut_ref(Vec::<NodeRef>::new);
        let pieces = editor
            .chosen()
            .map_or(1, |mark| mark.spans.as_slice().len());
        refs.borrow_mut()
            .resize_with(2 * (pieces - 1), NodeRef::default);
        let refs = refs.borrow();
        refs.clone()
    };

    let drawn = {
        let last = use_mut_ref(Rc::<Drawing>::default);
        let next = Rc::new(last.borrow().next(document, &editor.selection));
        last.replace(next.clone());
        next
    };

    use_sweeping(&page, &props.on);
    {
        let id = article.id;
        use_effect_with(id, move |id| {
            reading_position::restore(*id);
            let listener = reading_position::remember(*id);
            move || drop(listener)
        });
    }
    {
        let anchor = anchor(document, &editor.selection);
        let refs = (
            column.clone(),
            page.clone(),
            place.clone(),
            start.clone(),
            end.clone(),
            between(document, editor.chosen(), &inner),
        );
        let shape = (
            editor.panel.open,
            editor.panel.tab,
            editor.mode.clone(),
            editor.more,
        );
        let what = (anchor, document.clone(), shape);
        use_effect_with(what, move |(anchor, ..)| {
            let anchor = anchor.clone();
            let card = refs.2.clone();
            let put = move || put(anchor.as_ref(), &refs);
            put();
            let listener = viewport::listen_to_resize(put.clone());
            // A card that grows (a list of tags, a longer note) may need another place.
            let watch = element_size::watch(card.get(), move |_| put());
            move || drop((listener, watch))
        });
    }
    {
        let page = page.clone();
        let words = match &editor.selection {
            Selection::Words(span) => utf16(document, *span),
            _ => None,
        };
        use_effect_with(words, move |words| {
            if let Some(words) = words
                && !sweep_state::is_finger()
            {
                selection::show(page.get(), words);
            }
        });
    }
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

    {
        // The button that turned the panel is gone with it: the focus goes to its twin.
        let was = use_mut_ref(|| editor.panel.tab);
        use_effect_with(editor.panel.tab, move |shows| {
            if was.replace(*shows) != *shows {
                focus::without_scrolling(".panel .switch[aria-selected=true]");
            }
        });
    }

    use_linking(editor);
    {
        // What an armed sweep has tagged is not swept any more.
        let made = editor
            .armed
            .is_some()
            .then(|| editor.document().annotations().len());
        use_effect_with(made, move |made| {
            if made.is_some() {
                selection::clear();
            }
        });
    }
    {
        let mark = editor.chosen().map(|mark| mark.id);
        let what = (mark, editor.document().annotations().len());
        let on = props.on.clone();
        use_effect_with(what, move |(mark, _)| {
            // Counted when the card is there: the key that made the mark does not wait.
            let later = mark.map(|id| {
                clock::after(COUNTED_AFTER, move || {
                    on.emit(Action::Review(ReviewAction::OccurrencesCounted(id)))
                })
            });
            move || drop(later)
        });
    }

    // An absent child is drawn as an empty one: a list of children that gets longer
    // is built anew from there on, and the article stands in this one.
    let handles = editor.chosen().map(|mark| {
        let tag = document.codebook().tag(&mark.tag);
        let colour = tag.map_or(Colour::new(0, 0, 0), |tag| tag.colour);
        let is_rtl = editor.direction_of(mark) == TextDirection::RightToLeft;
        let last = mark.spans.as_slice().len() - 1;
        let outer = [(0, MarkEnd::Start, &start), (last, MarkEnd::End, &end)];
        let between = inner.iter().enumerate().map(|(number, place)| {
            let end = if number % 2 == 0 {
                MarkEnd::End
            } else {
                MarkEnd::Start
            };
            (number.div_ceil(2), end, place)
        });
        let ends = outer.into_iter().chain(between);
        let handle = |(piece, end, place): (usize, MarkEnd, &NodeRef)| {
            html! {
                <Handle
                    key={format!("{end:?} {piece}")}
                    {end}
                    {piece}
                    pieces={last + 1}
                    id={mark.id}
                    {colour}
                    rtl={is_rtl}
                    article={page.clone()}
                    place={place.clone()}
                    on={props.on.clone()}
                />
            }
        };
        ends.map(handle).collect::<Html>()
    });
    let enter = {
        let on = props.on.clone();
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
    };
    html! {
        <div class={classes!(
            "work",
            editor.panel.open.then_some("with-panel"),
            (editor.panel.tab == PanelTab::Ledger).then_some("with-ledger"),
            editor.armed.is_some().then_some("armed"),
            matches!(editor.mode, Mode::Linking(_)).then_some("linking"),
        )}>
            <main class="column" ref={column}>
                { past(props).unwrap_or_default() }
                { palette(editor, &props.on) }
                { paper::legend(document) }
                <article
                    role="article"
                    tabindex="-1"
                    aria-label={article.title.clone()}
                    ref={page.clone()}
                    dir={direction(article.direction)}
                    lang={article.language.as_ref().map(|language| language.as_str().to_owned())}
                    onkeydown={enter}
                >
                    <Sections article={article.clone()} drawing={drawn} page={page.clone()} />
                </article>
                { paper::source(article) }
                <Threads
                    document={document.clone()}
                    chosen={editor.chosen().map(|mark| mark.id)}
                    beside={(editor.panel.open, editor.panel.tab)}
                />
                { handles.unwrap_or_default() }
                { card(editor, place, &props.on) }
            </main>
            if editor.panel.open {
                { panel(props) }
            }
        </div>
    }
}

/// What stands beside the text.
fn panel(props: &ReadingProps) -> Html {
    let (editor, on) = (&props.editor, &props.on);
    if let Mode::Reviewing(review) = &editor.mode {
        return html! { <ReviewPanel editor={editor.clone()} review={review.clone()} on={on.clone()} /> };
    }
    match editor.panel.tab {
        PanelTab::History => {
            html! { <HistoryPanel editor={editor.clone()} now={props.now} on={on.clone()} /> }
        }
        PanelTab::Cast => html! { <CastPanel editor={editor.clone()} on={on.clone()} /> },
        PanelTab::Ledger => html! { <LedgerPanel editor={editor.clone()} on={on.clone()} /> },
        PanelTab::Guide => html! { <GuidePanel editor={editor.clone()} on={on.clone()} /> },
        PanelTab::Marks => html! {
            <MarksPanel
                document={editor.shown().clone()}
                panel={editor.panel.clone()}
                selection={editor.selection.clone()}
                on={on.clone()}
            />
        },
    }
}

/// Says that an earlier state is shown, and what can be done with it.
fn past(props: &ReadingProps) -> Option<Html> {
    let preview = props.editor.preview.as_ref()?;
    let mut entries = props.editor.history.entries().iter();
    let last = entries.find(|entry| entry.number == preview.number);
    let said = match last {
        Some(entry) => format!(
            "An earlier state, after: {} · {}",
            step_name(&entry.step.name),
            ago(entry.at, props.now)
        ),
        None => "The article as it was added".to_owned(),
    };
    let act = |action: Action| {
        props.on.reform(move |_: MouseEvent| {
            // The button goes: to the step in the list, if that is there.
            focus::element(".bar [aria-pressed]");
            focus::element(".step-row[aria-current]");
            action.clone()
        })
    };
    let bring = act(Action::History(HistoryAction::PreviewRestored));
    let leave = act(Action::History(HistoryAction::PreviewShown(None)));
    Some(html! {
        <div class="past" role="region" aria-label="An earlier state">
            <p dir="auto" aria-live="polite">{ said }</p>
            <button class="primary small" onclick={bring}>{ "Restore this version" }</button>
            <button class="line small" onclick={leave}>{ "Back to current" }</button>
        </div>
    })
}

/// How long after a mark was chosen its other places are counted, in milliseconds.
const COUNTED_AFTER: u32 = 250;

/// While the other end of a link is looked for, marks that cannot be it step back.
#[hook]
fn use_linking(editor: &Editor) {
    let allowed = match &editor.mode {
        Mode::Linking(linking) => {
            let kind = editor.document().codebook().relation(&linking.kind);
            let ends = kind.map(|kind| {
                if linking.backwards {
                    &kind.from
                } else {
                    &kind.to
                }
            });
            ends.map(|ends| ends.iter().map(ToString::to_string).collect::<Vec<_>>())
        }
        _ => None,
    };
    let was = use_mut_ref(|| false);
    use_effect_with(allowed, move |allowed| {
        colours::fade_others(allowed.as_deref());
        // The box that had the focus is gone.
        if was.replace(allowed.is_some()) && allowed.is_none() {
            focus::without_scrolling(".card");
        }
    });
}

/// Listens to what the pointer and the keys select in the article.
#[hook]
fn use_sweeping(page: &NodeRef, on: &Callback<Action>) {
    let (page, on) = (page.clone(), on.clone());
    use_effect_with((), move |()| {
        let article = move || page.get();
        let listeners = pointer::listen(article, move |swept| {
            on.emit(match swept {
                pointer::Gesture::Words { range, modifiers } => {
                    Action::Selection(SelectionAction::TextSelected {
                        range,
                        exact: modifiers.exact,
                        more: modifiers.more,
                    })
                }
                pointer::Gesture::Marks(marks) if marks.is_empty() => {
                    Action::Selection(SelectionAction::Cleared)
                }
                pointer::Gesture::Marks(marks) => {
                    Action::Selection(SelectionAction::MarksClicked(marks))
                }
            });
        });
        move || drop(listeners)
    });
}

type Refs = (NodeRef, NodeRef, NodeRef, NodeRef, NodeRef, Between);

/// The handles between the pieces of a mark, each with the words of its piece, and whether
/// it is at the start of them.
type Between = Vec<(NodeRef, Range<Utf16Offset>, bool)>;

fn between(document: &Document, mark: Option<&Rc<Annotation>>, refs: &[NodeRef]) -> Between {
    let spans = mark.map(|mark| mark.spans.as_slice()).unwrap_or_default();
    let handles = refs.iter().enumerate().filter_map(|(number, place)| {
        let span = spans.get(number.div_ceil(2))?;
        Some((place.clone(), utf16(document, *span)?, number % 2 == 1))
    });
    handles.collect()
}

fn put(anchor: Option<&Anchor>, (column, page, card, start, end, inner): &Refs) {
    let Some(anchor) = anchor else { return };
    let frame = Frame {
        column: column.get(),
        article: page.get(),
    };
    let overlays = Overlays {
        card: card.get(),
        start: start.get(),
        end: end.get(),
        inner: inner
            .iter()
            .map(|(handle, words, is_at_start)| InnerHandle {
                handle: handle.get(),
                words: words.clone(),
                is_at_start: *is_at_start,
            })
            .collect(),
    };
    overlay_position::position(&frame, &overlays, anchor);
}

fn anchor(document: &Document, selection: &Selection) -> Option<Anchor> {
    match selection {
        Selection::Nothing => None,
        Selection::Words(span) => utf16(document, *span).map(Anchor::Words),
        Selection::Marks { at, .. } => {
            let mark = document.annotation(*at)?;
            MarkLocation::new(mark, document.article()).map(Anchor::Mark)
        }
    }
}

fn utf16(document: &Document, span: Span) -> Option<Range<Utf16Offset>> {
    let offsets = document.article().offsets();
    Some(offsets.utf16(span.start())?..offsets.utf16(span.end())?)
}
