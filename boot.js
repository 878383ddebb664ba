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
const ask = async (path) => {
  const answer = await fetch(address(path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
};
const scriptOf = async (path) => {
  const answers = await Promise.all([ask(path), ask("worker.js")]);
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  return URL.createObjectURL(new Blob(texts, { type: "text/javascript" }));
};

// What writes datasets is a program of its own (src/datasets.rs). It comes when the app runs,
// is held as it came, and is compiled when it is first asked for. The names of its files have
// no hash; that of the app's stands behind them, for the caches.
const version = tag.dataset.js.split("-").at(-1);
const datasetsJs = `pullquote-datasets.js?${version}`;
let held = null;
let compiled = null;
const hold = () => {
  held ??= Promise.all([
    scriptOf(datasetsJs),
    ask(`pullquote-datasets_bg.wasm?${version}`).then((answer) => answer.arrayBuffer()),
  ]);
  // What did not come is asked for once more when it is needed.
  held.catch(() => { held = null; });
  return held;
};
self.pullquoteDatasets = async () => {
  const [script, program] = await hold();
  compiled ??= WebAssembly.compile(program);
  return { script, module: await compiled };
};
// Without workers it runs in the window.
self.pullquoteDatasetsHere = async () => {
  const { module } = await self.pullquoteDatasets();
  const { default: start } = await import(address(datasetsJs));
  await start({ module_or_path: module });
  return self.pullquoteDataset;
};

try {
  const { default: start } = await import(address(tag.dataset.js));
  self.pullquoteWorker = scriptOf(tag.dataset.js);
  // Without it the window does the work.
  self.pullquoteWorker.catch(() => {});
  await start({ module_or_path: address(tag.dataset.wasm) });
  hold().catch(() => {});
} catch (error) {
  // The program says itself what broke once it runs; here it did not start.
  if (document.getElementById("stopped").hidden) {
    document.getElementById("stopped-reason").textContent =
      `The app could not be started: ${error}`;
    document.getElementById("stopped").hidden = false;
  }
}
