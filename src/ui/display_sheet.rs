//! The sheet with the display settings, opened from the bar.

use crate::browser::page::display::DisplayChoice;
use yew::prelude::*;

/// A choice, its name, and its values, each with its name; the empty value is the default.
type Row = (
    DisplayChoice,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const ROWS: [Row; 5] = [
    (
        DisplayChoice::Text,
        "Text size",
        &[
            ("small", "Small"),
            ("", "Medium"),
            ("large", "Large"),
            ("huge", "Huge"),
        ],
    ),
    (
        DisplayChoice::Width,
        "Text width",
        &[("narrow", "Narrow"), ("", "Medium"), ("wide", "Wide")],
    ),
    (
        DisplayChoice::Theme,
        "Theme",
        &[("", "System"), ("light", "Light"), ("dark", "Dark")],
    ),
    (
        DisplayChoice::Letters,
        "Tag letters",
        &[("", "On"), ("off", "Off")],
    ),
    (
        DisplayChoice::Panel,
        "Side panel",
        &[("", "Normal"), ("wide", "Wide")],
    ),
];

/// A button that opens the sheet, and the sheet. The browser closes it by Escape or by a click
/// beside it.
#[component]
pub(crate) fn DisplaySheet() -> Html {
    let changes = use_state(|| 0_u32);
    html! {
        <>
            <button class="ghost display-button" popovertarget="display" aria-label="Display settings" title="Text size, width, theme, letters">{ "Aa" }</button>
            <div class="display" id="display" popover="auto" role="dialog" aria-label="Display settings">
                for (choice, name, values) in ROWS {
                    <div class="display-row" key={choice.name()} role="group" aria-label={name}>
                        <span>{ name }</span>
                        { for values.iter().map(|(value, label)| value_button(choice, value, label, &changes)) }
                    </div>
                }
            </div>
        </>
    }
}

fn value_button(
    choice: DisplayChoice,
    value: &'static str,
    label: &'static str,
    changes: &UseStateHandle<u32>,
) -> Html {
    let choose = {
        let changes = changes.clone();
        Callback::from(move |_: MouseEvent| {
            choice.choose(value);
            changes.set(*changes + 1);
        })
    };
    html! {
        <button key={label} class="chip" aria-pressed={(choice.value() == value).to_string()} onclick={choose}>{ label }</button>
    }
}
