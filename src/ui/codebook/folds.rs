//! Rows that open, one at a time.

use crate::browser::page::viewport;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Which row of a screen is open: the id of its content, or nothing.
#[derive(Clone)]
pub(crate) struct Folds {
    open: UseStateHandle<String>,
    // The head that was pressed, and how far below the top of the window it was.
    pressed: Rc<RefCell<Option<(String, f64)>>>,
}

impl PartialEq for Folds {
    fn eq(&self, other: &Self) -> bool {
        self.open == other.open
    }
}

/// The rows of a screen. When one opens and another closes, the pressed head stays where it is
/// in the window.
#[hook]
pub(crate) fn use_folds() -> Folds {
    let folds = Folds {
        open: use_state_eq(String::new),
        pressed: use_mut_ref(|| None),
    };
    let pressed = folds.pressed.clone();
    use_effect_with((*folds.open).clone(), move |_| {
        if let Some((head, before)) = pressed.borrow_mut().take()
            && let Some(now) = viewport::top_of(&head)
        {
            viewport::scroll_by(now - before);
        }
    });
    folds
}

/// The selector of the head of the row with this id.
pub(crate) fn head_of(id: &str) -> String {
    format!("[id=\"{id}-head\"]")
}

impl Folds {
    /// Whether the row with this id is open.
    pub(crate) fn is_open(&self, id: &str) -> bool {
        **self.open == *id
    }

    /// Opens the row with this id, and closes the others.
    pub(crate) fn open(&self, id: &str) {
        self.open.set(id.to_owned());
    }

    /// The head of a row: a button that opens and closes its content, which has this id.
    /// `on_key` hears the keys, which the element with the id `keys` describes.
    pub(crate) fn head(
        &self,
        id: &str,
        content: Html,
        keys: Option<&'static str>,
        on_key: Callback<KeyboardEvent>,
    ) -> Html {
        let is_open = self.is_open(id);
        let toggle = {
            let (folds, id) = (self.clone(), id.to_owned());
            Callback::from(move |_: MouseEvent| {
                let head = head_of(&id);
                let top = viewport::top_of(&head);
                *folds.pressed.borrow_mut() = top.map(|top| (head, top));
                folds
                    .open
                    .set(if is_open { String::new() } else { id.clone() });
            })
        };
        html! {
            <button
                type="button"
                id={format!("{id}-head")}
                class="fold-head"
                aria-expanded={is_open.to_string()}
                aria-controls={is_open.then(|| id.to_owned())}
                aria-describedby={keys}
                onclick={toggle}
                onkeydown={on_key}
            >
                { content }
            </button>
        }
    }

    /// A row of which nothing is known but its head and its content.
    pub(crate) fn row(&self, id: &str, head: Html, content: impl FnOnce() -> Html) -> Html {
        html! {
            <div class={classes!("fold", self.is_open(id).then_some("open"))} key={id.to_owned()}>
                { self.head(id, head, None, Callback::noop()) }
                if self.is_open(id) {
                    <div class="fold-body" id={id.to_owned()}>{ content() }</div>
                }
            </div>
        }
    }
}
