//! The side panel "Guide": how to use the codebook, and the questions about the article.

use crate::ui::article::answer_field::AnswerField;
use crate::ui::article::panel_head::panel_head;
use crate::ui::controls::tag_letter::tag_letter;
use pullquote_app::action::Action;
use pullquote_app::editor::action::MarkAction;
use pullquote_app::editor::state::{Editor, PanelTab};
use pullquote_app::route::Route;
use pullquote_core::model::codebook::Tag;
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::{Attribute, AttributeKind};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct GuidePanelProps {
    pub(crate) editor: Rc<Editor>,
    pub(crate) on: Callback<Action>,
}

/// The guide of the codebook, its questions with the answers, its tags with their rules, the
/// keys, and its relations.
#[component]
pub(crate) fn GuidePanel(props: &GuidePanelProps) -> Html {
    let document = props.editor.document();
    let codebook = document.codebook();
    let given = props.editor.chosen().map(|mark| mark.tag.clone());
    let questions = codebook.questions().iter().map(|question| {
        let id = question.id.clone();
        let answer = props
            .on
            .reform(move |value| Action::Mark(MarkAction::QuestionAnswered { question: id.clone(), value }));
        let finished = props.on.reform(|()| Action::Mark(MarkAction::EditingFinished));
        let is_missing = question.required && document.answers().get(&question.id).is_none();
        html! {
            <div class={classes!("question", is_missing.then_some("missing"))} key={question.id.to_string()}>
                <p><b>{ &question.name }</b>{ required_note(question.required) }</p>
                <small class="quiet">{ &question.help }</small>
                <AnswerField
                    attribute={question.clone()}
                    value={document.answers().get(&question.id).cloned()}
                    asked=false
                    on={answer}
                    {finished}
                />
            </div>
        }
    });
    let edit = Route::Codebook(document.article().id).to_string();
    html! {
        <aside class="panel" aria-label="Guide">
            { panel_head(PanelTab::Guide, "Close the guide", &props.on) }
            <div class="panel-scroll guide" tabindex="-1">
                <h3>{ &codebook.name }</h3>
                <p dir="auto">{ &codebook.guide }</p>
                <p><a class="button line small" href={edit}>{ "Edit the codebook" }</a></p>
                if !codebook.questions().is_empty() {
                    <h3>{ "Questions about the article" }</h3>
                    { for questions }
                }
                <h3>{ "Tags" }</h3>
                { for codebook.tags().iter().map(|tag| rules(tag, given.as_ref() == Some(&tag.id))) }
                <button class="line small" onclick={props.on.reform(|_: MouseEvent| Action::HelpRequested)}><kbd>{ "?" }</kbd>{ "Keys and gestures" }</button>
                if !codebook.relations().is_empty() {
                    <h3>{ "Relations" }</h3>
                    <ul class="guide-relations">
                        { for codebook.relations().iter().map(|kind| {
                            let names = |ids: &[Slug]| -> String {
                                let names = ids.iter().filter_map(|id| codebook.tag(id));
                                names.map(|tag| tag.name.as_str()).collect::<Vec<_>>().join(" or ")
                            };
                            html! { <li key={kind.id.to_string()}>{ format!("{} ", names(&kind.from)) }<b>{ &kind.name }</b>{ format!(" {}", names(&kind.to)) }{ required_note(kind.required) }</li> }
                        }) }
                    </ul>
                }
            </div>
        </aside>
    }
}

/// Follows the name of what is required.
fn required_note(required: bool) -> &'static str {
    if required { " · required" } else { "" }
}

/// A tag with its rules and fields, opened where it is the tag of the chosen mark.
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
                <ul>{ for tag.attributes.iter().map(field) }</ul>
            }
        </details>
    }
}

/// A field of a tag: its name, its help, and which answers are possible.
fn field(attribute: &Attribute) -> Html {
    let answers = match &attribute.kind {
        AttributeKind::OneOf(options) | AttributeKind::ManyOf(options) => options
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
            <b>{ &attribute.name }</b>{ required_note(attribute.required) }
            { format!(" {} ", attribute.help) }<small class="quiet">{ answers }</small>
        </li>
    }
}
