//! The article screen: the text in its column, what is chosen, the list.

use super::card::card;
use super::handle::Handle;
use super::history::HistoryPanel;
use super::palette::palette;
use super::panel::MarksPanel;
use super::sections::Sections;
use crate::app::view::Drawing;
use crate::app::{Action, Choice, Desk, Shows, Spot, ago};
use crate::browser::blocks::direction;
use crate::browser::place::{self, Anchor, Frame, Placed};
use crate::browser::{outline, pointer, scroll, selection};
use pullquote_core::edit::End;
use pullquote_core::model::{Colour, Direction, Document, Moment};
use pullquote_core::text::{Span, Utf16Offset};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ReadingProps {
    pub(super) desk: Rc<Desk>,
    /// The time, to the minute.
    pub(super) now: Moment,
    pub(super) on: Callback<Action>,
}

/// The open article.
#[component]
pub(super) fn Reading(props: &ReadingProps) -> Html {
    let desk = &props.desk;
    let document = desk.shown();
    let article = document.article();
    let (column, page, place) = (use_node_ref(), use_node_ref(), use_node_ref());
    let (start, end) = (use_node_ref(), use_node_ref());

    let drawn = {
        let last = use_mut_ref(Rc::<Drawing>::default);
        let next = Rc::new(last.borrow().next(document, &desk.choice));
        last.replace(next.clone());
        next
    };

    use_sweeping(&page, &props.on);
    {
        let id = article.id;
        use_effect_with(id, move |id| {
            scroll::return_to(*id);
            let listener = scroll::remember(*id);
            move || drop(listener)
        });
    }
    {
        let anchor = anchor(document, &desk.choice);
        let refs = (
            column.clone(),
            page.clone(),
            place.clone(),
            start.clone(),
            end.clone(),
        );
        let what = (anchor, document.clone(), desk.panel.open);
        use_effect_with(what, move |(anchor, ..)| {
            let anchor = anchor.clone();
            let put = move || put(anchor.as_ref(), &refs);
            put();
            let listener = place::listen(put);
            move || drop(listener)
        });
    }
    {
        let page = page.clone();
        let words = match &desk.choice {
            Choice::Words(span) => utf16(document, *span),
            _ => None,
        };
        use_effect_with(words, move |words| {
            if let Some(words) = words
                && !pointer::by_finger()
            {
                selection::show(page.get(), words);
            }
        });
    }
    let by_key = use_mut_ref(|| false);
    {
        let by_key = by_key.clone();
        use_effect_with(desk.chosen().map(|mark| mark.id), move |chosen| {
            if chosen.is_some() {
                selection::clear();
                if by_key.replace(false) {
                    outline::focus(".card textarea");
                }
            }
        });
    }

    {
        // The button that turned the panel is gone with it: the focus goes to its twin.
        let was = use_mut_ref(|| desk.panel.shows);
        use_effect_with(desk.panel.shows, move |shows| {
            if was.replace(*shows) != *shows {
                outline::focus_in_place(".panel .switch");
            }
        });
    }

    // An absent child is drawn as an empty one: a list of children that gets longer
    // is built anew from there on, and the article stands in this one.
    let handles = desk.chosen().map(|mark| {
        let tag = document.codebook().tag(&mark.tag);
        let colour = tag.map_or(Colour::new(0, 0, 0), |tag| tag.colour);
        let is_rtl = desk.direction_of(mark) == Direction::RightToLeft;
        let ends = [(End::Start, &start), (End::End, &end)];
        let handle = |(end, place): (End, &NodeRef)| {
            html! {
                <Handle
                    key={format!("{end:?}")}
                    {end}
                    id={mark.id}
                    {colour}
                    rtl={is_rtl}
                    article={page.clone()}
                    place={place.clone()}
                    on={props.on.clone()}
                />
            }
        };
        ends.into_iter().map(handle).collect::<Html>()
    });
    let enter = {
        let on = props.on.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                let marks = pointer::marks_of(event.target());
                if !marks.is_empty() {
                    event.prevent_default();
                    *by_key.borrow_mut() = true;
                    on.emit(Action::Pressed(marks));
                }
            }
        })
    };
    html! {
        <div class={classes!("work", desk.panel.open.then_some("with-panel"))}>
            <main class="column" ref={column}>
                { past(props).unwrap_or_default() }
                { palette(document, desk.chosen().map(|mark| &mark.tag), &props.on) }
                <article
                    role="article"
                    aria-label={article.title.clone()}
                    ref={page.clone()}
                    dir={direction(article.direction)}
                    lang={article.language.as_ref().map(|language| language.as_str().to_owned())}
                    onkeydown={enter}
                >
                    <Sections article={article.clone()} drawing={drawn} page={page.clone()} />
                </article>
                { handles.unwrap_or_default() }
                { card(desk, place, &props.on) }
            </main>
            if desk.panel.open {
                if desk.panel.shows == Shows::History {
                    <HistoryPanel desk={desk.clone()} now={props.now} on={props.on.clone()} />
                } else {
                    <MarksPanel
                        document={document.clone()}
                        panel={desk.panel.clone()}
                        choice={desk.choice.clone()}
                        on={props.on.clone()}
                    />
                }
            }
        </div>
    }
}

/// Says that an earlier state is shown, and what can be done with it.
fn past(props: &ReadingProps) -> Option<Html> {
    let preview = props.desk.preview.as_ref()?;
    let mut entries = props.desk.history.entries().iter();
    let last = entries.find(|entry| entry.number == preview.number);
    let said = match last {
        Some(entry) => format!(
            "An earlier state, after: {} · {}",
            entry.step.name,
            ago(entry.at, props.now)
        ),
        None => "The article as it was added".to_owned(),
    };
    let act = |action: Action| {
        props.on.reform(move |_: MouseEvent| {
            // The button goes: to the step in the list, if that is there.
            outline::focus(".bar [aria-pressed]");
            outline::focus(".step-row[aria-current]");
            action.clone()
        })
    };
    let bring = act(Action::BroughtBack);
    let leave = act(Action::LookedBack(None));
    Some(html! {
        <div class="past" role="region" aria-label="An earlier state">
            <p dir="auto" aria-live="polite">{ said }</p>
            <button class="primary small" onclick={bring}>{ "Bring it back" }</button>
            <button class="line small" onclick={leave}>{ "Back to now" }</button>
        </div>
    })
}

/// Listens to what the pointer and the keys select in the article.
#[hook]
fn use_sweeping(page: &NodeRef, on: &Callback<Action>) {
    let (page, on) = (page.clone(), on.clone());
    use_effect_with((), move |()| {
        let article = move || page.get();
        let listeners = pointer::listen(article, move |swept| {
            on.emit(match swept {
                pointer::Swept::Words(range, exact) => Action::Swept { range, exact },
                pointer::Swept::Marks(marks) if marks.is_empty() => Action::Cleared,
                pointer::Swept::Marks(marks) => Action::Pressed(marks),
            });
        });
        move || drop(listeners)
    });
}

type Refs = (NodeRef, NodeRef, NodeRef, NodeRef, NodeRef);

fn put(anchor: Option<&Anchor>, (column, page, card, start, end): &Refs) {
    let Some(anchor) = anchor else { return };
    let frame = Frame {
        column: column.get(),
        article: page.get(),
    };
    let placed = Placed {
        card: card.get(),
        start: start.get(),
        end: end.get(),
    };
    place::put(&frame, &placed, anchor);
}

fn anchor(document: &Document, choice: &Choice) -> Option<Anchor> {
    match choice {
        Choice::Nothing => None,
        Choice::Words(span) => utf16(document, *span).map(Anchor::Words),
        Choice::Marks { at, .. } => {
            let mark = document.annotation(*at)?;
            Spot::of(mark, document.article()).map(Anchor::Mark)
        }
    }
}

fn utf16(document: &Document, span: Span) -> Option<Range<Utf16Offset>> {
    let offsets = document.article().offsets();
    Some(offsets.utf16(span.start())?..offsets.utf16(span.end())?)
}
