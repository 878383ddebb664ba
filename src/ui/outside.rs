//! Requests of the app, handed to the browser; outcomes come back as actions.

use crate::app::{Action, Request};
use crate::browser::{address, files, scroll, storage};
use yew::Callback;
use yew::platform::spawn_local;

/// Does one thing outside.
pub(super) fn carry_out(request: &Request, on: &Callback<Action>) {
    match request.clone() {
        Request::ReadShelf => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::ShelfRead(storage::read_shelf().await));
            });
        }
        Request::ReadLine(id) => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::LineRead(id, storage::read_line(id).await));
            });
        }
        Request::ReadLater(article, number) => {
            let on = on.clone();
            spawn_local(async move {
                let later = storage::read_later(&article, number).await;
                on.emit(Action::LaterRead(article.id, later));
            });
        }
        Request::ReadOlder(article, number) => {
            let on = on.clone();
            spawn_local(async move {
                let older = storage::read_older(&article, number).await;
                on.emit(Action::OlderRead(article.id, older));
            });
        }
        Request::ReadDocument(id, purpose) => {
            let on = on.clone();
            spawn_local(async move {
                let read = storage::read_document(id).await;
                on.emit(Action::DocumentRead(id, purpose, read));
            });
        }
        Request::Hold(article, entry) => storage::hold(&article, &entry),
        Request::Release(article, entry) => storage::release(article, entry),
        Request::Keep(ticket, changes) => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Answered(ticket, storage::keep(changes).await));
            });
        }
        Request::Download {
            id,
            name,
            media_type,
            text,
        } => {
            let result = files::download(&name, media_type, &text);
            on.emit(Action::Downloaded(id, result));
        }
        Request::Go(route) => address::go(route),
        Request::Reveal(id) => scroll::reveal(id),
    }
}
