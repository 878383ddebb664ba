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

// What a worker runs (src/browser/worker.rs): the same script, and what starts it there.
// It is in the page's memory before it is needed: the page may have gone offline by then.
const textOf = async (path) => {
  const answer = await fetch(address(path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
};
const worker = async () => {
  const texts = await Promise.all([textOf(tag.dataset.js), textOf("worker.js")]);
  return URL.createObjectURL(new Blob(texts, { type: "text/javascript" }));
};

try {
  const { default: start } = await import(address(tag.dataset.js));
  self.pullquoteWorker = worker();
  // Without it the window does the work.
  self.pullquoteWorker.catch(() => {});
  await start({ module_or_path: address(tag.dataset.wasm) });
} catch (error) {
  // The program says itself what broke once it runs; here it did not start.
  if (document.getElementById("stopped").hidden) {
    document.getElementById("stopped-reason").textContent =
      `The app could not be started: ${error}`;
    document.getElementById("stopped").hidden = false;
  }
}
