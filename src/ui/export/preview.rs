//! The preview of a dataset: the first files, one of which is shown.

use crate::browser::page::text_box;
use pullquote_app::export::summary::DatasetSummary;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct PreviewProps {
    pub(crate) summary: Rc<DatasetSummary>,
}

/// The beginning of one file, with a list of the others; nothing where there is no file.
#[component]
pub(crate) fn Preview(props: &PreviewProps) -> Html {
    let shown = use_state(String::new);
    let files = &props.summary.beginnings;
    let chosen = files.iter().find(|(name, _)| *name == *shown);
    let Some((name, text)) = chosen.or(files.first()) else {
        return Html::default();
    };
    let choose = {
        let shown = shown.clone();
        Callback::from(move |event: Event| shown.set(text_box::value(event.target())))
    };
    let more = match props.summary.files {
        1 => Html::default(),
        files => html! {
            <>{ format!(" of {files} files in ") }<bdi dir="ltr">{ &props.summary.name }</bdi></>
        },
    };
    html! {
        <figure class="beginning">
            <figcaption>
                if files.len() == 1 {
                    <bdi dir="ltr">{ name }</bdi>
                } else {
                    <select aria-label="Previewed file" onchange={choose}>
                        { for files.iter().map(|(file, _)| html! {
                            <option key={file.clone()} value={file.clone()} dir="ltr" selected={file == name}>{ file }</option>
                        }) }
                    </select>
                }
                { more }
            </figcaption>
            if text.is_empty() {
                <p class="quiet">{ "Binary file, no preview." }</p>
            } else {
                <pre tabindex="0" role="region" dir="ltr" aria-label={format!("Beginning of {name}")}>{ text }</pre>
            }
        </figure>
    }
}
