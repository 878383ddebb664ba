// The start of a worker, see src/browser/worker. Its first message has the compiled module that
// the window runs, and the job. This text follows the text of the script that wasm-bindgen
// writes, in one module: `__wbg_init` is what that script exports.

const broken = (reason) => postMessage({ broken: String(reason) });
addEventListener("unhandledrejection", (event) => broken(event.reason));

addEventListener("message", ({ data }) => {
  self.given = data;
  __wbg_init({ module_or_path: data.module }).catch(broken);
}, { once: true });
