//! Mounts the app; in a worker, does the job it was started for. The map of the house is
//! in the library's front page.

fn main() {
    if !pullquote::browser::worker::client::serve() {
        pullquote::ui::mount();
    }
}
