//! The part of the bar on the screens that are not about one article.

use crate::ui::display_sheet::DisplaySheet;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::route::Route;
use pullquote_app::state::State;
use yew::prelude::*;

/// The backup, once there is something to back up, the display settings, and the help.
pub(crate) fn library_bar(state: &State, on: &Callback<Action>) -> Html {
    let has_articles = !(state.library.live().is_empty() && state.library.deleted().is_empty());
    let is_busy = state.backup_progress.is_under_way();
    let back_up = on.reform(|_: MouseEvent| Action::Backup(BackupAction::Requested));
    let help = on.reform(|_: MouseEvent| Action::HelpRequested);
    html! {
        <>
            <a class="button ghost" href={Route::Codebooks.to_string()}>{ "Codebooks" }</a>
            if has_articles {
                <button class="ghost" disabled={is_busy} title="Download everything in one file" onclick={back_up}>{ "Back up" }</button>
            }
            <DisplaySheet />
            <button class="ghost bar-help" aria-label="Help" title="Help and keys (?)" onclick={help}>{ "?" }</button>
        </>
    }
}
