//! The codebook screen: its tags with their fields, its relations, and its questions.

use crate::browser::page::{focus, text_box, viewport};
use crate::ui::codebook::attribute_form::AttributeForm;
use crate::ui::codebook::folds::{Folds, use_folds};
use crate::ui::codebook::new_name::NewName;
use crate::ui::codebook::pending_edit_form::PendingEditForm;
use crate::ui::codebook::relation_form::{RelationForm, relation_pair};
use crate::ui::codebook::tag_list::TagList;
use crate::ui::controls::file_button::FileButton;
use crate::ui::controls::pick_list::PickList;
use crate::ui::library::opened_file::opened_file_action;
use pullquote_app::action::Action;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::codebook::codebook_edit::{CodebookEdit, new_attribute};
use pullquote_app::editor::state::Editor;
use pullquote_app::route::Route;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::Attribute;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct CodebookScreenProps {
    /// The codebooks that ship; `None` while they are loaded.
    pub(crate) shipped: Option<Rc<[Rc<Codebook>]>>,
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
    let folds = use_folds();
    // The article may have been scrolled far down.
    use_effect_with((), |()| {
        viewport::scroll_to_top();
        focus::without_scrolling(".book h1");
    });
    html! {
        <main class="book">
            <p><a class="back" href={Route::Article(document.article().id).to_string()}>{ "← Back to the article" }</a></p>
            <h1 tabindex="-1">{ "Codebook" }</h1>
            <p class="quiet">{ "This codebook belongs to this article and is saved in its files. Every change can be undone." }</p>
            if let Some(pending) = &props.editor.pending_edit {
                <PendingEditForm document={document.clone()} pending={pending.clone()} on={props.on.clone()} />
            }
            { tools(codebook, &edit, props) }
            <div class="folds">
                { folds.row("about", about_line(codebook), || about(codebook, &edit)) }
            </div>
            <div class="book-columns">
            <section aria-label="Tags">
                <h2>{ "Tags" }</h2>
                <TagList document={document.clone()} folds={folds.clone()} on={edit.clone()} />
                <NewName label="New tag" on={edit.reform(|name| CodebookEdit::NewTag { name, confirmed: false })} />
            </section>
            <div>
            <section aria-label="Relations">
                <h2>{ "Relations" }</h2>
                { relations(document, &folds, &edit) }
            </section>
            <section aria-label="Questions">
                <h2>{ "Questions about the article" }</h2>
                { questions(codebook, &folds, &edit) }
            </section>
            </div>
            </div>
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
    let (chosen, downloaded) = (codebook.clone(), codebook.clone());
    let toggle_default = props.on.reform(move |_: Event| {
        let codebook = match is_default {
            true => Rc::new(Codebook::news()),
            false => chosen.clone(),
        };
        Action::Codebook(CodebookAction::DefaultChosen(codebook))
    });
    let download = props.on.reform(move |_: MouseEvent| {
        Action::Codebook(CodebookAction::Exported(downloaded.clone()))
    });
    let import = props.on.reform(opened_file_action);
    html! {
        <div class="book-tools">
            <button class="line small" onclick={download}>{ "Download codebook" }</button>
            <FileButton label="Import codebook…" class="line small" accept={CODEBOOK_FILES} multiple=false as_codebook=true chosen={import} />
            { shipped(props.shipped.as_deref().unwrap_or_default(), codebook, edit) }
            <label class="check"><input type="checkbox" checked={is_default} onchange={toggle_default} />{ "Use for new articles" }</label>
        </div>
    }
}

/// The relations as a list of pairs, and the box that adds one, which is opened at once.
fn relations(document: &Document, folds: &Folds, edit: &Callback<CodebookEdit>) -> Html {
    let codebook = document.codebook();
    let rows = codebook.relations().iter().enumerate().map(|(index, kind)| {
        let relations = document.relations().iter();
        let count = relations.filter(|relation| relation.kind == kind.id).count();
        let head = html! {
            <>
                <span class="pair">{ relation_pair(codebook, kind) }</span>
                <span class="quiet fold-count">
                    { relation_facts(kind.required, count) }
                </span>
            </>
        };
        folds.row(&relation_id(&kind.id), head, || html! {
            <RelationForm codebook={codebook.clone()} kind={kind.clone()} {index} {count} on={edit.clone()} />
        })
    });
    let add = {
        let (codebook, folds) = (codebook.clone(), folds.clone());
        edit.reform(move |name: String| {
            if let Ok(id) = Slug::for_name(&name, |id| codebook.relation(id).is_some()) {
                folds.open(&relation_id(&id));
            }
            CodebookEdit::NewRelation(name)
        })
    };
    html! {
        <>
            <div class="folds">{ for rows }</div>
            <NewName label="New relation" on={add} />
        </>
    }
}

/// What is known of a relation in a few words: "required · 6 relations".
fn relation_facts(is_required: bool, count: usize) -> String {
    let required = is_required.then(|| "required".to_owned());
    let made = match count {
        0 => None,
        1 => Some("1 relation".to_owned()),
        count => Some(format!("{count} relations")),
    };
    let facts: Vec<String> = required.into_iter().chain(made).collect();
    facts.join(" · ")
}

/// The id of the content of a relation's row.
fn relation_id(kind: &Slug) -> String {
    format!("relation-{kind}")
}

/// The head of the row of the name, the version and the guide.
fn about_line(codebook: &Codebook) -> Html {
    html! {
        <>
            <b dir="auto">{ &codebook.name }</b>
            <span class="quiet fold-about" dir="auto">{ &codebook.guide }</span>
            <span class="quiet fold-count">{ format!("version {}", codebook.version) }</span>
        </>
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
pub(crate) const CODEBOOK_FILES: &str = ".json,.txt,.csv,.tsv,text/plain,text/csv,application/json";

/// The list of codebooks that can replace this one: those that ship, and a blank one.
fn shipped(all: &[Rc<Codebook>], codebook: &Rc<Codebook>, edit: &Callback<CodebookEdit>) -> Html {
    let all = all.iter().filter(|other| *other != codebook);
    let all: Vec<Rc<Codebook>> = all.cloned().collect();
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
fn questions(codebook: &Rc<Codebook>, folds: &Folds, edit: &Callback<CodebookEdit>) -> Html {
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
        let question = &all[index];
        let head = html! {
            <>
                <b dir="auto">{ &question.name }</b>
                <span class="quiet fold-about" dir="auto">{ &question.help }</span>
                <span class="quiet fold-count">{ if question.required { "required" } else { "" } }</span>
            </>
        };
        folds.row(&format!("question-{}", question.id), head, || html! {
            <AttributeForm attribute={question.clone()} {index} count={all.len()} on={change} {on_move} />
        })
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
            <div class="folds">{ for forms }</div>
            <NewName label="New question" on={add} />
        </>
    }
}
