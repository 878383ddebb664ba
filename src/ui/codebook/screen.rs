//! The codebook screen: its tags with their fields, its relations, and its questions.

use crate::browser::page::{focus, text_box, viewport};
use crate::ui::codebook::attribute_form::AttributeForm;
use crate::ui::codebook::new_name::NewName;
use crate::ui::codebook::pending_edit_form::PendingEditForm;
use crate::ui::codebook::relation_form::RelationForm;
use crate::ui::codebook::tag_form::TagForm;
use crate::ui::controls::file_button::FileButton;
use crate::ui::controls::pick_list::PickList;
use crate::ui::library::opened_file::opened_file_action;
use pullquote_app::action::Action;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::codebook::codebook_edit::{CodebookEdit, new_attribute};
use pullquote_app::editor::state::Editor;
use pullquote_app::route::Route;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::value::Attribute;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct CodebookScreenProps {
    pub(crate) editor: Rc<Editor>,
    /// The codebook of new articles; `None` is the one that ships as the default.
    pub(crate) default_codebook: Option<Rc<Codebook>>,
    pub(crate) on: Callback<Action>,
}

/// The codebook of the open article. Every change is a step that can be undone.
#[component]
pub(crate) fn CodebookScreen(props: &CodebookScreenProps) -> Html {
    let document = props.editor.document();
    let codebook = document.codebook();
    let edit = props
        .on
        .reform(|change: CodebookEdit| Action::Codebook(CodebookAction::Edited(Box::new(change))));
    // The article may have been scrolled far down.
    use_effect_with((), |()| {
        viewport::scroll_to_top();
        focus::without_scrolling(".book h1");
    });
    html! {
        <main class="book">
            <p><a href={Route::Article(document.article().id).to_string()}>{ "← Back to the article" }</a></p>
            <h1 tabindex="-1">{ "Codebook" }</h1>
            <p class="quiet">{ "This codebook belongs to this article and is saved in its files. Every change can be undone." }</p>
            if let Some(pending) = &props.editor.pending_edit {
                <PendingEditForm document={document.clone()} pending={pending.clone()} on={props.on.clone()} />
            }
            { tools(codebook, &edit, props) }
            { about(codebook, &edit) }
            <section aria-label="Tags">
                <h2>{ "Tags" }</h2>
                { for codebook.tags().iter().enumerate().map(|(index, tag)| html! {
                    <TagForm key={tag.id.to_string()} codebook={codebook.clone()} {index} marks={document.tag_counts()[index]} on={edit.clone()} />
                }) }
                <NewName label="New tag" on={edit.reform(|name| CodebookEdit::NewTag { name, confirmed: false })} />
            </section>
            <section aria-label="Relations">
                <h2>{ "Relations" }</h2>
                { for codebook.relations().iter().enumerate().map(|(index, kind)| {
                    let relations = document.relations().iter();
                    let count = relations.filter(|relation| relation.kind == kind.id).count();
                    html! { <RelationForm key={kind.id.to_string()} codebook={codebook.clone()} kind={kind.clone()} {index} {count} on={edit.clone()} /> }
                }) }
                <NewName label="New relation" on={edit.reform(CodebookEdit::NewRelation)} />
            </section>
            <section aria-label="Questions">
                <h2>{ "Questions about the article" }</h2>
                { questions(codebook, &edit) }
            </section>
        </main>
    }
}

/// The buttons that download, import and replace the codebook, and the choice to use it for
/// new articles.
fn tools(
    codebook: &Rc<Codebook>,
    edit: &Callback<CodebookEdit>,
    props: &CodebookScreenProps,
) -> Html {
    let is_default = match &props.default_codebook {
        Some(default) => default == codebook,
        None => **codebook == Codebook::news(),
    };
    let toggle_default = props.on.reform(move |_: Event| {
        Action::Codebook(CodebookAction::DefaultChosen {
            this_one: !is_default,
        })
    });
    let download = props
        .on
        .reform(|_: MouseEvent| Action::Codebook(CodebookAction::Exported));
    let import = props.on.reform(opened_file_action);
    html! {
        <div class="book-tools">
            <button class="line small" onclick={download}>{ "Download codebook" }</button>
            <FileButton label="Import codebook…" class="line small" accept={CODEBOOK_FILES} multiple=false as_codebook=true chosen={import} />
            { shipped(codebook, edit) }
            <label class="check"><input type="checkbox" checked={is_default} onchange={toggle_default} />{ "Use for new articles" }</label>
        </div>
    }
}

/// The name, the version and the guide.
fn about(codebook: &Rc<Codebook>, edit: &Callback<CodebookEdit>) -> Html {
    let changed = |change: fn(&mut Codebook, String)| {
        let codebook = codebook.clone();
        edit.reform(move |event: Event| {
            let mut changed = Codebook::clone(&codebook);
            change(&mut changed, text_box::value(event.target()));
            CodebookEdit::Describe {
                name: changed.name,
                version: changed.version,
                guide: changed.guide,
            }
        })
    };
    let name = changed(|codebook, text| codebook.name = text);
    let version = changed(|codebook, text| codebook.version = text);
    let guide = changed(|codebook, text| codebook.guide = text);
    html! {
        <div class="form">
            <label><span>{ "Name" }</span><input dir="auto" autocomplete="off" value={codebook.name.clone()} onchange={name} /></label>
            <label class="short"><span>{ "Version" }</span><input dir="auto" autocomplete="off" value={codebook.version.clone()} onchange={version} /></label>
            <label class="whole"><span>{ "Guide: how to use this codebook" }</span><textarea rows="4" dir="auto" value={codebook.guide.clone()} onchange={guide} /></label>
        </div>
    }
}

/// The kinds of files that can contain a codebook.
const CODEBOOK_FILES: &str = ".json,.txt,.csv,.tsv,text/plain,text/csv,application/json";

/// The list of codebooks that can replace this one: those that ship, and a blank one.
fn shipped(codebook: &Rc<Codebook>, edit: &Callback<CodebookEdit>) -> Html {
    let all = Codebook::shipped()
        .into_iter()
        .filter(|other| *other != **codebook);
    let all: Vec<Rc<Codebook>> = all.map(Rc::new).collect();
    let mut options: Vec<(String, String)> = all
        .iter()
        .map(|codebook| {
            (
                codebook.name.clone(),
                format!("{} ({})", codebook.name, codebook.version),
            )
        })
        .collect();
    options.push((BLANK.to_owned(), "Blank codebook".to_owned()));
    let choose = edit.reform(move |wanted: String| {
        let codebook = all.iter().find(|codebook| codebook.name == wanted).cloned();
        let blank = || Rc::new(Codebook::empty("My codebook".to_owned()));
        CodebookEdit::Use(codebook.unwrap_or_else(blank))
    });
    html! { <PickList label="Use another codebook" verb="Use" {options} on={choose} /> }
}

/// The value of the blank codebook in the list.
const BLANK: &str = "\u{2205}";

/// The questions, and the box that adds one.
fn questions(codebook: &Rc<Codebook>, edit: &Callback<CodebookEdit>) -> Html {
    let all: Rc<[Attribute]> = codebook.questions().into();
    let forms = (0..all.len()).map(|index| {
        let change = {
            let all = all.clone();
            edit.reform(move |changed: Vec<Attribute>| {
                let mut next = all.to_vec();
                next.splice(index..=index, changed);
                CodebookEdit::ChangeQuestions(next)
            })
        };
        let on_move = {
            let all = all.clone();
            edit.reform(move |to: usize| {
                let mut next = all.to_vec();
                let moved = next.remove(index);
                next.insert(to.min(next.len()), moved);
                CodebookEdit::ChangeQuestions(next)
            })
        };
        html! { <AttributeForm key={all[index].id.to_string()} attribute={all[index].clone()} {index} count={all.len()} on={change} {on_move} /> }
    });
    let add = {
        let (all, edit) = (all.clone(), edit.clone());
        Callback::from(move |name: String| {
            if let Ok(new) = new_attribute(&all, &name) {
                let next = all.iter().cloned().chain([new]).collect();
                edit.emit(CodebookEdit::ChangeQuestions(next));
            }
        })
    };
    html! {
        <>
            { for forms }
            <NewName label="New question" on={add} />
        </>
    }
}
