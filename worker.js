// One job beside the window, see src/browser/worker.rs: what is given is the compiled
// module that the window runs, and the job. This stands behind the text of the script that
// wasm-bindgen writes, in one module with it: its `__wbg_init` is what that exports.

const broken = (reason) => postMessage({ broken: String(reason) });
addEventListener("unhandledrejection", (event) => broken(event.reason));

addEventListener("message", ({ data }) => {
  self.given = data;
  __wbg_init({ module_or_path: data.module }).catch(broken);
}, { once: true });
