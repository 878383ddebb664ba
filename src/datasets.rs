//! The program that writes datasets, and writes and restores backups. It is separate, so that
//! people who only read and mark do not have to download it. The app starts it in a worker, see
//! `browser::worker::client`.

fn main() {
    pullquote::browser::worker::dataset_server::serve();
}
