//! What writes datasets: a program of its own, so that who only reads and marks does not
//! have to load it. The app starts it in a worker, see `browser::datasets`.

fn main() {
    pullquote::browser::worker::datasets::serve();
}
