// Starts the app. A file of its own, because the policy of index.html lets no
// inline script through. The two addresses stand on this script's tag.

const tag = document.querySelector("script[data-wasm]");
const address = (path) => new URL(path, document.baseURI).href;

// A trap of WebAssembly (the stack or the memory at its end) is no panic: nobody but
// this script can say it.
addEventListener("error", (event) => {
  const stopped = document.getElementById("stopped");
  if (stopped.hidden && event.error instanceof WebAssembly.RuntimeError) {
    document.getElementById("stopped-reason").textContent = String(event.error);
    stopped.hidden = false;
  }
});

try {
  const { default: start } = await import(address(tag.dataset.js));
  await start({ module_or_path: address(tag.dataset.wasm) });
} catch (error) {
  // The program says itself what broke once it runs; here it did not start.
  if (document.getElementById("stopped").hidden) {
    document.getElementById("stopped-reason").textContent =
      `The app could not be started: ${error}`;
    document.getElementById("stopped").hidden = false;
  }
}
