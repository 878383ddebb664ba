//! The article screen: the palette, the text with the card beside it, and the side panel.

use crate::browser::page::blocks::direction;
use crate::browser::page::{focus, reading_position};
use crate::ui::article::card::card;
use crate::ui::article::cast_panel::CastPanel;
use crate::ui::article::guide_panel::GuidePanel;
use crate::ui::article::history_panel::HistoryPanel;
use crate::ui::article::ledger_panel::LedgerPanel;
use crate::ui::article::link_bar::LinkBar;
use crate::ui::article::link_lines::LinkLines;
use crate::ui::article::marks_panel::MarksPanel;
use crate::ui::article::overlays::{span_handles, use_overlay_nodes, use_overlay_positions};
use crate::ui::article::palette::palette;
use crate::ui::article::preview_bar::preview_bar;
use crate::ui::article::print_legend::{print_legend, print_source};
use crate::ui::article::review_panel::ReviewPanel;
use crate::ui::article::sections::Sections;
use crate::ui::article::selection_hooks::{
    use_card_by_key, use_cleared_selection, use_emphasised_marks, use_highlighted_words,
    use_occurrence_count, use_text_selection,
};
use pullquote_app::action::Action;
use pullquote_app::editor::state::{Editor, Mode, PanelTab};
use pullquote_app::editor::view::reading::Drawing;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct ArticleScreenProps {
    pub(crate) editor: Rc<Editor>,
    /// How many words the article has.
    pub(crate) words: usize,
    /// The time, to the minute.
    pub(crate) now: Timestamp,
    pub(crate) on: Callback<Action>,
}

/// The open article.
#[component]
pub(crate) fn ArticleScreen(props: &ArticleScreenProps) -> Html {
    let (editor, on) = (&props.editor, &props.on);
    let document = editor.shown();
    let article = document.article();
    let nodes = use_overlay_nodes(editor);
    let drawing = use_drawing(editor);
    use_text_selection(&nodes.article, on);
    use_scroll_position(article.id);
    use_overlay_positions(editor, &nodes);
    use_highlighted_words(editor, &nodes.article);
    let open_card = use_card_by_key(editor, on);
    use_tab_focus(editor.panel.tab);
    use_emphasised_marks(editor);
    use_cleared_selection(editor);
    use_occurrence_count(editor, on);

    // A missing child is drawn as an empty one. Yew builds the rest of a list of children
    // anew when the list grows, and the article is one of these children.
    html! {
        <div class={classes!(
            "work",
            editor.panel.open.then_some("with-panel"),
            (editor.panel.tab == PanelTab::Ledger).then_some("with-ledger"),
            editor.armed.is_some().then_some("armed"),
            matches!(editor.mode, Mode::Linking(_)).then_some("linking"),
        )}>
            <main class="column" ref={nodes.column.clone()}>
                { preview_bar(editor, props.now, on) }
                if editor.preview.is_none() {
                    { palette(editor, on) }
                }
                { print_legend(document) }
                <article
                    role="article"
                    tabindex="-1"
                    aria-label={article.title.clone()}
                    ref={nodes.article.clone()}
                    dir={direction(article.direction)}
                    lang={article.language.as_ref().map(|language| language.as_str().to_owned())}
                    onkeydown={open_card}
                >
                    <Sections article={article.clone()} {drawing} words={props.words} is_past={editor.preview.is_some()} on={on.clone()} page={nodes.article.clone()} />
                </article>
                { print_source(article) }
                <LinkLines
                    document={document.clone()}
                    chosen={editor.chosen().map(|mark| mark.id)}
                    panel={(editor.panel.open, editor.panel.tab)}
                />
                { span_handles(editor, &nodes, on) }
                { card(editor, nodes.card.clone(), on) }
                if let Mode::Linking(linking) = &editor.mode {
                    <LinkBar document={document.clone()} linking={linking.clone()} on={on.clone()} />
                }
            </main>
            if editor.panel.open {
                { panel(props) }
            }
        </div>
    }
}

/// The side panel: the review of occurrences while there is one, else the chosen tab.
fn panel(props: &ArticleScreenProps) -> Html {
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

/// The sections to draw. The last drawing is kept, since the next one shares with it every
/// section that did not change.
#[hook]
fn use_drawing(editor: &Editor) -> Rc<Drawing> {
    let last = use_mut_ref(Rc::<Drawing>::default);
    let next = Rc::new(last.borrow().next(editor.shown(), &editor.selection));
    last.replace(next.clone());
    next
}

/// Returns to where the article was last read, and remembers where it is read.
#[hook]
fn use_scroll_position(article: Id) {
    use_effect_with(article, move |id| {
        reading_position::restore(*id);
        let listener = reading_position::remember(*id);
        move || drop(listener)
    });
}

/// Focuses the tab of the panel that is shown now: the tab that was pressed was drawn anew
/// with the panel.
#[hook]
fn use_tab_focus(shown: PanelTab) {
    let last = use_mut_ref(|| shown);
    use_effect_with(shown, move |shown| {
        if last.replace(*shown) != *shown {
            focus::without_scrolling(".panel .switch[aria-selected=true]");
        }
    });
}
