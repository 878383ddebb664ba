//! What the user is told.

use crate::ui::controls::icon::{Sign, icon};
use pullquote_app::action::Action;
use pullquote_app::notice::{FileWork, Notice};
use pullquote_app::state::State;

use yew::prelude::*;

/// Two live regions, one for alarms; and what was just done, for the ear only.
pub(crate) fn notices(state: &State, on: &Callback<Action>) -> Html {
    let of = |alarm: bool| {
        let notices = state
            .notices
            .iter()
            .filter(move |notice| notice.alarm == alarm);
        notices.map(|notice| one(notice, on)).collect::<Html>()
    };
    html! {
        <div class="notices">
            <div role="alert">{ of(true) }</div>
            <div aria-live="polite">{ of(false) }</div>
            <div aria-live="polite">{ for state.under_way.iter().map(work) }</div>
            <div class="unseen" aria-live="polite">{ state.said.as_ref() }</div>
        </div>
    }
}

/// It stands there only where it takes long enough to be read.
fn work(work: &FileWork) -> Html {
    html! { <div class="notice passing"><p dir="auto">{ work.words() }</p></div> }
}

fn one(notice: &Notice, on: &Callback<Action>) -> Html {
    let number = notice.number;
    let dismiss = on.reform(move |_: MouseEvent| Action::NoticeDismissed(number));
    let offers = notice.offers.iter().map(|offer| {
        let action = (*offer.action).clone();
        let (on, number) = (on.clone(), number);
        let take = Callback::from(move |_: MouseEvent| {
            on.emit(Action::NoticeDismissed(number));
            on.emit(action.clone());
        });
        html! { <button key={offer.label} class="line small" onclick={take}>{ offer.label }</button> }
    });
    html! {
        <div key={number} class={classes!("notice", notice.alarm.then_some("alarm"))}>
            <p dir="auto">{ &notice.text }</p>
            { for offers }
            <button class="ghost small" aria-label="Dismiss" title="Dismiss" onclick={dismiss}>
                { icon(Sign::Close) }
            </button>
        </div>
    }
}
