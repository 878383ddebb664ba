//! The notices: what happened, what is being done, and what was just done.

use crate::ui::controls::icon::{Icon, icon};
use pullquote_app::action::Action;
use pullquote_app::notice::{FileWork, Notice, NoticeKind};
use pullquote_app::state::State;
use yew::prelude::*;

/// Draws four live regions: alarms, other notices, work on files, and what was just done.
/// The last one is only for screen readers.
pub(crate) fn notices(state: &State, on: &Callback<Action>) -> Html {
    let notices = |kind: NoticeKind| {
        // The newest first: the style sheet puts it nearest to the edge.
        let notices = state.notices.iter().rev();
        let notices = notices.filter(move |notice| notice.kind == kind);
        notices.map(|notice| draw(notice, on)).collect::<Html>()
    };
    html! {
        <div class="notices">
            <div role="alert">{ notices(NoticeKind::Alarm) }</div>
            <div aria-live="polite">{ notices(NoticeKind::Information) }</div>
            <div aria-live="polite">{ for state.under_way.iter().map(file_work) }</div>
            <div class="unseen" aria-live="polite">{ state.announcement.as_ref() }</div>
        </div>
    }
}

/// Says which file is being worked on. The style sheet shows it only after a moment, so
/// that quick work does not flash.
fn file_work(work: &FileWork) -> Html {
    html! { <div class="notice passing"><p dir="auto">{ work.sentence() }</p></div> }
}

/// One notice, with a button for each action that it offers.
fn draw(notice: &Notice, on: &Callback<Action>) -> Html {
    let number = notice.number;
    let dismiss = on.reform(move |_: MouseEvent| Action::NoticeDismissed(number));
    let offers = notice.offers.iter().map(|offer| {
        let (on, taken) = (on.clone(), offer.clone());
        let take = Callback::from(move |_: MouseEvent| {
            on.emit(Action::NoticeDismissed(number));
            on.emit(taken.action());
        });
        html! { <button key={offer.label} class="line small" onclick={take}>{ offer.label }</button> }
    });
    html! {
        <div key={number} class={classes!("notice", (notice.kind == NoticeKind::Alarm).then_some("alarm"))}>
            <p dir="auto">
                { &notice.text }
                if notice.times > 1 {
                    <span class="quiet">{ format!(" ({} times)", notice.times) }</span>
                }
            </p>
            { for offers }
            <button class="ghost small" aria-label="Dismiss" title="Dismiss" onclick={dismiss}>
                { icon(Icon::Close) }
            </button>
        </div>
    }
}
