//! The program of the web app. In a window it mounts the app; in a worker it does the job that
//! the worker was started for. The front page of the library describes the architecture.

fn main() {
    if !pullquote::browser::worker::server::serve() {
        pullquote::ui::mount();
    }
}
