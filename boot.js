// Starts the app. A file of its own, because the policy of index.html lets no
// inline script through. The two addresses stand on this script's tag.

const tag = document.querySelector("script[data-wasm]");
const address = (path) => new URL(path, document.baseURI).href;

// A trap of WebAssembly (the stack or the memory at its end) is no panic: nobody but
// this script can say it.
const stop = (reason) => {
  const stopped = document.getElementById("stopped");
  if (stopped.hidden) {
    document.getElementById("stopped-reason").textContent = String(reason);
    stopped.hidden = false;
  }
};
addEventListener("error", (event) => {
  if (self.WebAssembly && event.error instanceof WebAssembly.RuntimeError) stop(event.error);
});

// The page that stands there until the program is loaded. What is asked for on it is
// noted in order, files and texts, and `null` for the sample; src/browser/shell.rs takes
// that over, and the text in the box, and removes the page.
const shell = document.getElementById("shell");
const part = (selector) => shell.querySelector(selector);
const isLoading = () => shell.isConnected;
const asked = self.pullquoteAsked = [];
const note = (things, name) => {
  asked.push(...things);
  part("[role=status]").textContent = `${name} opens as soon as Pullquote is loaded.`;
};
const noteFiles = (files) => {
  if (files.length) note(files, [...files].map((file) => `“${file.name}”`).join(", "));
};
const [open, paste, sample, cancel] = shell.querySelectorAll("button");
const form = part("form");
const text = part("textarea");
const input = part("input");
const showForm = (shown) => {
  form.hidden = !shown;
  paste.ariaExpanded = String(shown);
  if (shown) text.focus();
};
open.onclick = () => input.click();
input.onchange = () => {
  noteFiles(input.files);
  input.value = "";
};
paste.onclick = () => showForm(form.hidden);
cancel.onclick = () => showForm(false);
sample.onclick = () => note([null], "The sample");
form.onsubmit = (event) => {
  event.preventDefault();
  if (!text.value.trim()) return text.focus();
  note([text.value], "The article");
  text.value = "";
  showForm(false);
  paste.focus();
};
const dragged = (event) => {
  if (!isLoading() || event.target === text) return;
  event.preventDefault();
  if (event.type !== "drop") return;
  const dropped = event.dataTransfer.getData("text/plain");
  if (event.dataTransfer.files.length) noteFiles(event.dataTransfer.files);
  else if (dropped) note([dropped], "The article");
};
addEventListener("dragover", dragged);
addEventListener("drop", dragged);
const showRoute = () => {
  shell.classList.toggle("elsewhere", /^#\/(a\/|codebook\/|export)/.test(location.hash));
};
addEventListener("hashchange", showRoute);
showRoute();
part(".shell-late").remove();
shell.classList.add("ready");
// What the browser kept over a reload of this page.
if (text.value) showForm(true);

// A text that is being composed is not taken from under the hand.
let composed = Promise.resolve();
text.addEventListener("compositionstart", () => {
  composed = new Promise((done) => text.addEventListener("compositionend", done, { once: true }));
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

// What writes datasets is a program of its own (src/datasets.rs). It is held as it came,
// and is compiled when it is first asked for. The names of its files have
// no hash; that of the app's stands behind them, for the caches.
const version = tag.dataset.js.split("-").pop();
const datasetsJs = `pullquote-datasets.js?${version}`;
let held = null;
let compiled = null;
const hold = () => {
  held = held || Promise.all([
    scriptOf(datasetsJs),
    ask(`pullquote-datasets_bg.wasm?${version}`).then((answer) => answer.arrayBuffer()),
  ]);
  // What did not come is asked for once more when it is needed.
  held.catch(() => { held = null; });
  return held;
};
self.pullquoteDatasets = async () => {
  const [script, program] = await hold();
  compiled = compiled || WebAssembly.compile(program);
  return { script, module: await compiled };
};
// Without workers it runs in the window.
self.pullquoteDatasetsHere = async () => {
  const { module } = await self.pullquoteDatasets();
  const { default: start } = await import(address(datasetsJs));
  await start({ module_or_path: module });
  return self.pullquoteDataset;
};

// It comes when nobody has touched the page for a while, or when it is asked for.
const REST = 4000;
const WORK = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove", "scroll"];
const holdAtRest = () => {
  const heard = { capture: true, passive: true };
  let timer;
  const fetchIt = () => {
    for (const kind of WORK) removeEventListener(kind, wait, heard);
    if (navigator.onLine) hold().catch(() => {});
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(fetchIt, REST);
  };
  for (const kind of WORK) addEventListener(kind, wait, heard);
  wait();
};

// The style sheets that the first picture does not wait for; and any that did not come.
const isThere = (link) => {
  try {
    return link.sheet.cssRules.length > 0;
  } catch {
    return false;
  }
};
const sheets = () => Promise.all([...document.querySelectorAll("link[rel=stylesheet]")].map((link) => {
  if (isThere(link)) {
    link.media = "all";
    return null;
  }
  // Whether this one is on its way or has failed nobody can say: the browser joins what is
  // on its way.
  const again = link.cloneNode();
  again.media = "all";
  const come = new Promise((done, fail) => {
    again.onload = done;
    again.onerror = () => fail(new Error(`${link.getAttribute("href")} did not come`));
  });
  link.replaceWith(again);
  return come;
}));

// The program, compiled as it comes; how much of it has come is shown.
const program = async () => {
  const answer = await ask(tag.dataset.wasm);
  const bar = part("progress");
  const size = Number(tag.dataset.size);
  const count = async (reader) => {
    for (let come = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return;
      come += value.length;
      bar.value = come / size;
    }
  };
  if (size && answer.body) count(answer.clone().body.getReader()).catch(() => {});
  const type = answer.headers.get("content-type") || "";
  return type.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(answer)
    : WebAssembly.compile(await answer.arrayBuffer());
};

const say = (sentence, reason, again) => {
  const words = (text) => Object.assign(document.createElement("div"), { textContent: text });
  const region = part(".shell-failed");
  region.replaceChildren(words(sentence));
  if (again) {
    const button = document.createElement("button");
    button.className = "primary";
    button.textContent = "Try again";
    button.onclick = again;
    region.append(button);
  }
  if (reason) region.append(Object.assign(words(reason), { className: "stopped-reason" }));
  shell.classList.add("failed");
};

const load = async (number) => {
  try {
    // A script that did not come is not asked for again under the same address.
    const script = number ? `${tag.dataset.js}?${number}` : tag.dataset.js;
    const [{ default: start }, module] =
      await Promise.all([import(address(script)), program(), sheets()]);
    self.pullquoteWorker = scriptOf(script);
    // Without it the window does the work.
    self.pullquoteWorker.catch(() => {});
    await composed;
    await start({ module_or_path: module });
    holdAtRest();
  } catch (error) {
    // The program says itself what broke once it runs; here it did not start.
    if (!isLoading() || error instanceof WebAssembly.RuntimeError) return stop(error);
    const sentence = error instanceof WebAssembly.CompileError
      ? "Your browser cannot read the program. It may be too old: use a current Firefox, Chrome, Edge or Safari."
      : "Pullquote could not be loaded. Check the connection and try again; what you typed here stays.";
    say(sentence, String(error), () => {
      shell.classList.remove("failed");
      part(".shell-failed").replaceChildren();
      load(number + 1);
    });
  }
};
if (self.WebAssembly) load(0);
else {
  say("Pullquote needs WebAssembly, which this browser does not have or has turned off. Use a current Firefox, Chrome, Edge or Safari.");
}
