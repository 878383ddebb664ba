//! The screen of codebooks: those that ship, and the one that new articles begin with.

use crate::browser::page::{colours, focus, viewport};
use crate::ui::codebook::folds::{Folds, use_folds};
use crate::ui::codebook::relation_form::relation_pair;
use crate::ui::codebook::screen::CODEBOOK_FILES;
use crate::ui::controls::file_button::FileButton;
use crate::ui::controls::tag_letter::tag_letter;
use crate::ui::library::opened_file::opened_file_action;
use pullquote_app::action::Action;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::messages::codebook::purpose;
use pullquote_app::route::Route;
use pullquote_core::model::codebook::Codebook;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct CodebooksScreenProps {
    /// The codebooks that ship; `None` while they are loaded.
    pub(crate) shipped: Option<Rc<[Rc<Codebook>]>>,
    /// The codebook of new articles; `None` is the first that ships.
    pub(crate) default_codebook: Option<Rc<Codebook>>,
    pub(crate) on: Callback<Action>,
}

/// A row for each codebook: chosen for new articles or not, what it is for, and its tags.
#[component]
pub(crate) fn CodebooksScreen(props: &CodebooksScreenProps) -> Html {
    let folds = use_folds();
    use_effect_with((), |()| {
        viewport::scroll_to_top();
        focus::without_scrolling(".book h1");
    });
    let news = || Rc::new([Rc::new(Codebook::news())]);
    let shipped: Rc<[Rc<Codebook>]> = props.shipped.clone().unwrap_or_else(|| news());
    let own = props.default_codebook.iter();
    let own = own.filter(|own| !shipped.contains(own));
    let all: Vec<Rc<Codebook>> = own.chain(shipped.iter()).cloned().collect();
    let chosen = props.default_codebook.as_ref().unwrap_or(&shipped[0]);
    // Names are not unique: a codebook of the user may have that of one that ships.
    let id_of = |codebook: &Rc<Codebook>| match shipped.iter().position(|other| other == codebook) {
        Some(index) => format!("codebook-{index}"),
        None => "codebook-own".to_owned(),
    };
    use_effect_with(all.clone(), |all| {
        let tags = all.iter().flat_map(|codebook| codebook.tags());
        colours::add_rules(tags.map(|tag| tag.colour));
    });
    let import = props.on.reform(opened_file_action);
    html! {
        <main class="book">
            <p><a class="back" href={Route::Library.to_string()}>{ "← Back to the library" }</a></p>
            <h1 tabindex="-1">{ "Codebooks" }</h1>
            <p class="quiet">{ "New articles begin with the one that is chosen here. Each article then has its own, which you can change." }</p>
            <ul class="folds shelf" role="radiogroup" aria-label="Codebook of new articles">
                { for all.iter().map(|codebook| row(codebook, id_of(codebook), codebook == chosen, &folds, &props.on)) }
            </ul>
            <FileButton label="Import codebook…" class="line small" accept={CODEBOOK_FILES} multiple=false as_codebook=true chosen={import} />
            <p class="quiet">{ "A codebook, or a list of labels: one per line." }</p>
        </main>
    }
}

/// One codebook, whose tags can be looked at.
fn row(
    codebook: &Rc<Codebook>,
    id: String,
    is_chosen: bool,
    folds: &Folds,
    on: &Callback<Action>,
) -> Html {
    let choose = {
        let codebook = codebook.clone();
        on.reform(move |_: Event| Action::Codebook(CodebookAction::DefaultChosen(codebook.clone())))
    };
    let download = {
        let codebook = codebook.clone();
        on.reform(move |_: MouseEvent| Action::Codebook(CodebookAction::Exported(codebook.clone())))
    };
    let letters = codebook.tags().iter();
    let letters = letters.map(|tag| tag_letter(tag.colour, &tag.letter()));
    let count = match codebook.tags().len() {
        1 => "1 tag".to_owned(),
        tags => format!("{tags} tags"),
    };
    let head = html! {
        <>
            <span class="shelf-letters">{ for letters }</span>
            <span class="unseen">{ format!("{}: ", codebook.name) }</span>
            <span class="quiet fold-count">{ count }</span>
        </>
    };
    html! {
        <li class={classes!("fold", folds.is_open(&id).then_some("open"))} key={id.clone()}>
            <label class="shelf-name">
                <input type="radio" name="codebook" checked={is_chosen} onchange={choose} />
                <span>
                    <b dir="auto">{ &codebook.name }</b>
                    if is_chosen {
                        <span class="shelf-new">{ "used for new articles" }</span>
                    }
                    <span class="quiet">{ purpose(&codebook.name) }</span>
                </span>
            </label>
            { folds.head(&id, head, None, Callback::noop()) }
            if folds.is_open(&id) {
                <div class="fold-body" {id}>
                    { tags(codebook) }
                    <button class="line small" onclick={download}>{ "Download codebook" }</button>
                </div>
            }
        </li>
    }
}

/// The tags with their definitions, and the pairs of the relations.
fn tags(codebook: &Codebook) -> Html {
    html! {
        <>
            <dl class="shelf-tags">
                { for codebook.tags().iter().map(|tag| html! {
                    <div key={tag.id.to_string()}>
                        <dt>{ tag_letter(tag.colour, &tag.letter()) }<b dir="auto">{ &tag.name }</b></dt>
                        <dd dir="auto">{ &tag.definition }</dd>
                    </div>
                }) }
            </dl>
            if !codebook.relations().is_empty() {
                <ul class="shelf-pairs" aria-label="Relations">
                    { for codebook.relations().iter().map(|kind| html! {
                        <li class="pair" key={kind.id.to_string()}>{ relation_pair(codebook, kind) }</li>
                    }) }
                </ul>
            }
        </>
    }
}
