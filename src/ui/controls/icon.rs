//! The icons: lines on a grid of 20 by 20.

use yew::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Undo,
    Redo,
    Close,
    Search,
    Flag,
    Delete,
    Panel,
    Rename,
    Up,
    Down,
    Add,
    Copy,
    Print,
    Check,
}

/// Draws an icon. It is hidden from screen readers: the button around it needs a name.
pub(crate) fn icon(icon: Icon) -> Html {
    let path = match icon {
        Icon::Undo => "M7.5 4.5 4 8l3.5 3.5M4 8h7.5a4 4 0 0 1 0 8H8",
        Icon::Redo => "M12.5 4.5 16 8l-3.5 3.5M16 8H8.5a4 4 0 0 0 0 8H12",
        Icon::Close => "m5.5 5.5 9 9m0-9-9 9",
        Icon::Search => "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Zm4-1.5 3.5 3.5",
        Icon::Flag => "M5.5 17V3.5m0 .8c3-1.6 5.5 1.6 9 0v7c-3.5 1.6-6-1.6-9 0",
        Icon::Delete => "M4.5 6h11M8 6V4h4v2m-6 0 .7 10h6.6L14 6M8.6 9v4.5m2.8-4.5v4.5",
        Icon::Panel => "M3.5 4.5h13v11h-13zM12 4.5v11M14 7.5h.6M14 10h.6",
        Icon::Up => "m5 12.5 5-5 5 5",
        Icon::Down => "m5 7.5 5 5 5-5",
        Icon::Add => "M10 4v12M4 10h12",
        Icon::Copy => "M7 7V4h9v9h-3M4 7h9v9H4z",
        Icon::Print => "M6.5 7V3.5h7V7M6.5 14H4V7h12v7h-2.5M6.5 11.5h7v5h-7z",
        Icon::Check => "m4.5 10.5 3.5 3.5 7.5-8",
        Icon::Rename => "M4 15.5h12M5 12l.6-2.4 6.5-6.5 1.9 1.9-6.5 6.5L5 12Z",
    };
    html! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d={path} />
        </svg>
    }
}
