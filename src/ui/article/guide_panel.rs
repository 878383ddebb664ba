//! The side panel: how to code, and what is asked of the whole article.

use crate::ui::article::answer::Answer;
use crate::ui::article::panel_head::panel_head;
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::state::{Editor, PanelTab};
use pullquote_app::route::Route;
use pullquote_core::model::codebook::Tag;
use pullquote_core::model::value::{Attribute, AttributeKind};

use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct GuidePanelProps {
    pub(crate) editor: Rc<Editor>,
    pub(crate) on: Callback<Action>,
}

/// The codebook's guide, its tags with their rules, and its questions with the answers.
#[component]
pub(crate) fn GuidePanel(props: &GuidePanelProps) -> Html {
    let document = props.editor.document();
    let book = document.codebook();
    let given = props.editor.chosen().map(|mark| mark.tag.clone());
    let questions = book.questions().iter().map(|question| {
        let id = question.id.clone();
        let answer = props
            .on
            .reform(move |value| Action::Mark(MarkAction::QuestionAnswered { question: id.clone(), value }));
        let settled = props.on.reform(|()| Action::Mark(MarkAction::EditingFinished));
        let is_missing = question.required && document.answers().get(&question.id).is_none();
        html! {
            <div class={classes!("question", is_missing.then_some("missing"))} key={question.id.to_string()}>
                <p><b>{ &question.name }</b>{ mark_if(question.required) }</p>
                <small class="quiet">{ &question.help }</small>
                <Answer
                    attribute={question.clone()}
                    value={document.answers().get(&question.id).cloned()}
                    asked=false
                    on={answer}
                    {settled}
                />
            </div>
        }
    });
    let edit = Route::Codebook(document.article().id).to_string();
    html! {
        <aside class="panel" aria-label="Guide">
            { panel_head(PanelTab::Guide, "Close the guide", &props.on) }
            <div class="panel-scroll guide" tabindex="-1">
                <h3>{ &book.name }</h3>
                <p dir="auto">{ &book.guide }</p>
                <p><a class="button line small" href={edit}>{ "Edit the codebook" }</a></p>
                if !book.questions().is_empty() {
                    <h3>{ "Questions about the article" }</h3>
                    { for questions }
                }
                <h3>{ "Tags" }</h3>
                { for book.tags().iter().map(|tag| rules(tag, given.as_ref() == Some(&tag.id))) }
                { keys() }
                if !book.relations().is_empty() {
                    <h3>{ "Relations" }</h3>
                    <ul class="guide-relations">
                        { for book.relations().iter().map(|kind| {
                            let names = |ids: &[pullquote_core::model::id::Slug]| -> String {
                                let names = ids.iter().filter_map(|id| book.tag(id));
                                names.map(|tag| tag.name.as_str()).collect::<Vec<_>>().join(" or ")
                            };
                            html! { <li key={kind.id.to_string()}>{ format!("{} ", names(&kind.from)) }<b>{ &kind.name }</b>{ format!(" {}", names(&kind.to)) }{ mark_if(kind.required) }</li> }
                        }) }
                    </ul>
                }
            </div>
        </aside>
    }
}

/// What the keys do.
fn keys() -> Html {
    const KEYS: [(&str, &str); 12] = [
        (
            "a letter",
            "gives the chosen words or mark the tag of this letter",
        ),
        (
            "1 – 9",
            "asks for a field of the card; then a digit, letters and Enter, or words answer it",
        ),
        (
            "Enter",
            "takes the first word in view; on a mark, opens its card",
        ),
        (
            "← → ↑ ↓",
            "go on by words and paragraphs, also from a mark just made",
        ),
        ("⇧ ← →", "reach further, or less far"),
        ("⇧ Alt ← → ↑ ↓", "move the end and the start of the mark"),
        (
            "+",
            "adds the selection to the previous mark; so does Ctrl or ⌘ while selecting",
        ),
        (
            "Alt",
            "held while selecting, takes exactly these characters",
        ),
        ("Tab", "goes from the chosen words to their card"),
        (
            "/",
            "searches the text and the marks; Enter goes on, Esc goes to the card",
        ),
        ("Esc", "cancel, close the card, stop the active tag"),
        ("Ctrl Z, ⇧ Ctrl Z", "undo, redo"),
    ];
    html! {
        <>
            <h3>{ "Keys" }</h3>
            <dl class="keys">
                { for KEYS.iter().map(|(key, does)| html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ *does }</dd></> }) }
            </dl>
        </>
    }
}

fn mark_if(required: bool) -> &'static str {
    if required { " · required" } else { "" }
}

fn rules(tag: &Tag, given: bool) -> Html {
    let line = |name: &'static str, text: &str| {
        if text.is_empty() {
            return Html::default();
        }
        html! { <p dir="auto"><b>{ name }{ " " }</b>{ text }</p> }
    };
    html! {
        <details class="rules" key={tag.id.to_string()} open={given}>
            <summary>
                { tag_letter(tag.colour, &tag.letter()) }
                <b>{ &tag.name }</b>
                <span dir="auto">{ &tag.definition }</span>
            </summary>
            { line("Counts:", &tag.include) }
            { line("Does not count:", &tag.exclude) }
            { line("Example:", &tag.example) }
            if !tag.attributes.is_empty() {
                <ul>{ for tag.attributes.iter().map(asked) }</ul>
            }
        </details>
    }
}

fn asked(attribute: &Attribute) -> Html {
    let words = match &attribute.kind {
        AttributeKind::OneOf(words) | AttributeKind::ManyOf(words) => words
            .iter()
            .map(AsRef::as_ref)
            .collect::<Vec<_>>()
            .join(", "),
        AttributeKind::YesNo => "yes or no".to_owned(),
        AttributeKind::Text => "text".to_owned(),
        AttributeKind::Number => "a number".to_owned(),
        AttributeKind::Date => "a date".to_owned(),
    };
    html! {
        <li key={attribute.id.to_string()}>
            <b>{ &attribute.name }</b>{ mark_if(attribute.required) }
            { format!(" {} ", attribute.help) }<small class="quiet">{ words }</small>
        </li>
    }
}
