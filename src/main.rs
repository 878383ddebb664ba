//! Mounts the app. The map of the house is in the library's front page.

fn main() {
    pullquote::ui::mount();
}
