//! The codebook: tags with their rules, what is asked, relations, questions.

use crate::browser::page::{focus, text_box, viewport};
use crate::ui::codebook::attribute_form::AttributeForm;
use crate::ui::codebook::pending_edit::PendingEditForm;
use crate::ui::codebook::relation_form::RelationForm;
use crate::ui::codebook::tag_form::TagForm;
use crate::ui::controls::file_button::FileButton;
use crate::ui::controls::icon::{Sign, icon};
use crate::ui::controls::pick::Pick;
use crate::ui::library::intake;
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
    /// The codebook that new articles begin with.
    pub(crate) default_codebook: Option<Rc<Codebook>>,
    pub(crate) on: Callback<Action>,
}

/// The codebook of the open article. Every change is a step that can be undone.
#[component]
pub(crate) fn CodebookScreen(props: &CodebookScreenProps) -> Html {
    let document = props.editor.document();
    let book = document.codebook();
    let edit = {
        let on = props.on.clone();
        Callback::from(move |change: CodebookEdit| {
            on.emit(Action::Codebook(CodebookAction::Edited(Box::new(change))))
        })
    };
    let (name, version, guide) = {
        let (a, b, c) = (book.clone(), book.clone(), book.clone());
        let all = |book: &Codebook| (book.name.clone(), book.version.clone(), book.guide.clone());
        (
            edit.reform(move |event: Event| {
                let (_, version, guide) = all(&a);
                CodebookEdit::Describe {
                    name: text_box::value(event.target()),
                    version,
                    guide,
                }
            }),
            edit.reform(move |event: Event| {
                let (name, _, guide) = all(&b);
                CodebookEdit::Describe {
                    name,
                    version: text_box::value(event.target()),
                    guide,
                }
            }),
            edit.reform(move |event: Event| {
                let (name, version, _) = all(&c);
                CodebookEdit::Describe {
                    name,
                    version,
                    guide: text_box::value(event.target()),
                }
            }),
        )
    };
    // The article may have been scrolled far down.
    use_effect_with((), |()| {
        viewport::scroll_to_top();
        focus::without_scrolling(".book h1");
    });
    let is_first = match &props.default_codebook {
        Some(first) => first == book,
        None => **book == Codebook::news(),
    };
    let first = props.on.reform(move |_: Event| {
        Action::Codebook(CodebookAction::DefaultChosen {
            this_one: !is_first,
        })
    });
    let save = props
        .on
        .reform(|_: MouseEvent| Action::Codebook(CodebookAction::Exported));
    let read = {
        let on = props.on.clone();
        Callback::from(move |file| on.emit(intake::action_of(file)))
    };
    html! {
        <main class="book">
            <p><a href={Route::Article(document.article().id).to_string()}>{ "← Back to the article" }</a></p>
            <h1 tabindex="-1">{ "Codebook" }</h1>
            <p class="quiet">{ "This codebook belongs to this article and is saved in its files. Every change can be undone." }</p>
            if let Some(pending) = &props.editor.pending_edit {
                <PendingEditForm document={document.clone()} pending={pending.clone()} on={props.on.clone()} />
            }
            <div class="book-tools">
                <button class="line small" onclick={save}>{ "Download codebook" }</button>
                <FileButton label="Import codebook…" class="line small" accept={CODEBOOKS} multiple=false as_codebook=true chosen={read} />
                { shipped(book, &edit) }
                <label class="check"><input type="checkbox" checked={is_first} onchange={first} />{ "Use for new articles" }</label>
            </div>
            <div class="form">
                <label><span>{ "Name" }</span><input dir="auto" autocomplete="off" value={book.name.clone()} onchange={name} /></label>
                <label class="short"><span>{ "Version" }</span><input dir="auto" autocomplete="off" value={book.version.clone()} onchange={version} /></label>
                <label class="whole"><span>{ "Guide: how to code with it" }</span><textarea rows="4" dir="auto" value={book.guide.clone()} onchange={guide} /></label>
            </div>
            <section aria-label="Tags">
                <h2>{ "Tags" }</h2>
                { for book.tags().iter().enumerate().map(|(place, tag)| html! {
                    <TagForm key={tag.id.to_string()} book={book.clone()} {place} marks={document.tag_counts()[place]} on={edit.clone()} />
                }) }
                <NewName label="New tag" on={edit.reform(|name| CodebookEdit::NewTag { name, confirmed: false })} />
            </section>
            <section aria-label="Relations">
                <h2>{ "Relations" }</h2>
                { for book.relations().iter().enumerate().map(|(place, kind)| {
                    let relations = document.relations().iter();
                    let count = relations.filter(|it| it.kind == kind.id).count();
                    html! { <RelationForm key={kind.id.to_string()} book={book.clone()} kind={kind.clone()} {place} {count} on={edit.clone()} /> }
                }) }
                <NewName label="New relation" on={edit.reform(CodebookEdit::NewRelation)} />
            </section>
            <section aria-label="Questions">
                <h2>{ "Questions about the article" }</h2>
                { questions(book, &edit) }
            </section>
        </main>
    }
}

/// The kinds of files in which a codebook can be.
const CODEBOOKS: &str = ".json,.txt,.csv,.tsv,text/plain,text/csv,application/json";

/// Another codebook that ships, or an empty one, in the stead of this one.
fn shipped(book: &Rc<Codebook>, edit: &Callback<CodebookEdit>) -> Html {
    let all = Codebook::shipped()
        .into_iter()
        .filter(|other| *other != **book);
    let all: Vec<Rc<Codebook>> = all.map(Rc::new).collect();
    let mut options: Vec<(String, String)> = all
        .iter()
        .map(|book| {
            (
                book.name.clone(),
                format!("{} ({})", book.name, book.version),
            )
        })
        .collect();
    options.push((EMPTY.to_owned(), "Blank codebook".to_owned()));
    let choose = edit.reform(move |wanted: String| {
        let book = all.iter().find(|book| book.name == wanted).cloned();
        let empty = || Rc::new(Codebook::empty("My codebook".to_owned()));
        CodebookEdit::Use(book.unwrap_or_else(empty))
    });
    html! { <Pick label="Use another codebook" verb="Use" {options} on={choose} /> }
}

const EMPTY: &str = "\u{2205}";

fn questions(book: &Rc<Codebook>, edit: &Callback<CodebookEdit>) -> Html {
    let all: Rc<[Attribute]> = book.questions().into();
    let forms = (0..all.len()).map(|place| {
        let change = {
            let all = all.clone();
            edit.reform(move |changed: Vec<Attribute>| {
                let mut next = all.to_vec();
                next.splice(place..=place, changed);
                CodebookEdit::ChangeQuestions(next)
            })
        };
        let go = {
            let all = all.clone();
            edit.reform(move |to: usize| {
                let mut next = all.to_vec();
                let moved = next.remove(place);
                next.insert(to.min(next.len()), moved);
                CodebookEdit::ChangeQuestions(next)
            })
        };
        html! { <AttributeForm key={all[place].id.to_string()} attribute={all[place].clone()} {place} of={all.len()} on={change} {go} /> }
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

#[derive(PartialEq, Properties)]
pub(crate) struct NewNameProps {
    pub(crate) label: &'static str,
    pub(crate) on: Callback<String>,
}

/// A box for the name of something new; Enter or the button makes it.
#[component]
pub(crate) fn NewName(props: &NewNameProps) -> Html {
    let draft = use_state_eq(String::new);
    let write = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(text_box::value(event.target())))
    };
    let make = {
        let (draft, on) = (draft.clone(), props.on.clone());
        Rc::new(move || {
            if !draft.trim().is_empty() {
                on.emit(draft.trim().to_owned());
                draft.set(String::new());
            }
        })
    };
    let key = {
        let make = make.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                event.prevent_default();
                make();
            }
        })
    };
    let press = Callback::from(move |_: MouseEvent| make());
    html! {
        <div class="new-name">
            <input aria-label={props.label} placeholder={props.label} dir="auto" autocomplete="off" value={(*draft).clone()} oninput={write} onkeydown={key} />
            <button class="line small" disabled={draft.trim().is_empty()} onclick={press}>{ icon(Sign::Add) }{ props.label }</button>
        </div>
    }
}
