// Loads and starts the app. It is a file of its own because the policy of index.html allows no
// inline script. The addresses of the program are attributes of its script element.

const tag = document.querySelector("script[data-wasm]");
const address = (path) => new URL(path, document.baseURI).href;

// When the stack or the memory of WebAssembly is exhausted, the program stops without a panic:
// only this script can tell the user.
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

// How the page is displayed: see src/browser/page/display.rs.
try {
  for (const [name, value] of new URLSearchParams(localStorage["pullquote.display"])) {
    document.documentElement.dataset[name] = value;
  }
} catch { /* The browser keeps nothing. */ }

// The page that is shown until the program is loaded. What the user asks for on it is noted in
// order: files, texts, and `null` for the sample. src/browser/page/first_page.rs takes over the
// list and the text in the text box, and removes the page.
const shell = document.getElementById("shell");
const part = (selector) => shell.querySelector(selector);
const isLoading = () => shell.isConnected;
const asked = self.pullquoteAsked = [];
const note = (items, name) => {
  asked.push(...items);
  part("[role=status]").textContent = `${name} opens as soon as Pullquote is loaded.`;
};
const noteFiles = (files) => {
  if (files.length) note(files, [...files].map((file) => `“${file.name}”`).join(", "));
};
const [sample, open, paste, cancel] = shell.querySelectorAll("button");
// With articles in the library, the page looks as the library will: src/browser/storage/preferences.rs.
try {
  if (localStorage.getItem("pullquote.has-articles")) {
    shell.classList.add("kept");
    sample.className = "line";
    open.className = "primary";
    paste.after(sample);
  }
} catch {
  // The browser refuses the storage: the library is empty.
}
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
const take = (data) => {
  const given = data.getData("text/plain");
  // Office programs put a picture beside the text.
  const arePictures = [...data.files].every((file) => file.type.startsWith("image/"));
  const isWord = data.files.length && !/\S\s+\S/.test(given);
  if (given.trim() && arePictures && !isWord) note([given], "The article");
  else noteFiles(data.files);
};
const dragged = (event) => {
  if (!isLoading() || event.target === text) return;
  event.preventDefault();
  if (event.type === "drop") take(event.dataTransfer);
};
addEventListener("dragover", dragged);
addEventListener("drop", dragged);
addEventListener("paste", (event) => {
  const isHere = isLoading() && !shell.classList.contains("elsewhere");
  if (isHere && event.target !== text) take(event.clipboardData);
});

// While a file or a text is dragged over the page, it says what a drop does; also when the
// program runs. A text box takes what is dropped itself.
const light = document.getElementById("drop");
let leaving;
const showDrop = (event) => {
  clearTimeout(leaving);
  const kinds = [...(event.dataTransfer ? event.dataTransfer.types : [])];
  const isBox = event.target instanceof Element && event.target.matches("textarea, input");
  light.hidden = event.type !== "dragover" || isBox
    || !kinds.some((kind) => kind === "Files" || kind === "text/plain");
};
addEventListener("dragover", showDrop);
addEventListener("drop", showDrop);
addEventListener("dragend", showDrop);
// Safari does not say where the pointer goes: over the page, the next `dragover` follows soon.
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) leaving = setTimeout(showDrop, 80, event);
});
const showRoute = () => {
  shell.classList.toggle("elsewhere", /^#\/(a\/|codebook|export)/.test(location.hash));
};
addEventListener("hashchange", showRoute);
showRoute();
part(".shell-late").remove();
shell.classList.add("ready");
// After a reload the browser restores the text in the text box.
if (text.value) showForm(true);

// Resolved when no text is being composed, as in Chinese or Japanese: the text box is not
// replaced before.
let composed = Promise.resolve();
text.addEventListener("compositionstart", () => {
  composed = new Promise((done) => text.addEventListener("compositionend", done, { once: true }));
});

// The script that a worker runs (src/browser/worker): that of the program, and worker.js, which
// starts it. It is fetched before it is needed: the page may be offline by then.
const load = async (path) => {
  const answer = await fetch(address(path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
};
const workerJs = async (path) => {
  const answers = await Promise.all([load(path), load("worker.js")]);
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  return URL.createObjectURL(new Blob(texts, { type: "text/javascript" }));
};

// The program that writes datasets and backups (src/datasets.rs) is kept as it was fetched, and
// compiled when it is first needed. The names of its files have no hash: that of the app is
// appended, for caches.
const version = tag.dataset.js.split("-").pop();
const datasetsJs = `pullquote-datasets.js?${version}`;
let fetched = null;
let compiled = null;
const getDatasets = () => {
  fetched = fetched || Promise.all([
    workerJs(datasetsJs),
    load(`pullquote-datasets_bg.wasm?${version}`).then((answer) => answer.arrayBuffer()),
  ]);
  // After a failure, it is fetched again when it is needed.
  fetched.catch(() => { fetched = null; });
  return fetched;
};
self.pullquoteDatasets = async () => {
  const [script, program] = await getDatasets();
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

// It is fetched when it is needed, or when the user has done nothing for a while.
const REST = 4000;
const WORK = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove", "scroll"];
const datasetsAtRest = () => {
  const options = { capture: true, passive: true };
  let timer;
  const rest = () => {
    for (const kind of WORK) removeEventListener(kind, wait, options);
    if (navigator.onLine) getDatasets().catch(() => {});
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(rest, REST);
  };
  for (const kind of WORK) addEventListener(kind, wait, options);
  wait();
};

// The style sheets that the first paint does not wait for; and any that failed to load.
const isLoaded = (link) => {
  try {
    return link.sheet.cssRules.length > 0;
  } catch {
    return false;
  }
};
const sheets = () => Promise.all([...document.querySelectorAll("link[rel=stylesheet]")].map((link) => {
  if (isLoaded(link)) {
    link.media = "all";
    return null;
  }
  // A page cannot tell whether this one is being loaded or has failed. If it is being loaded,
  // the browser makes no second request.
  const again = link.cloneNode();
  again.media = "all";
  const loaded = new Promise((done, failed) => {
    again.onload = done;
    again.onerror = () => failed(new Error(`${link.getAttribute("href")} did not come`));
  });
  link.replaceWith(again);
  return loaded;
}));

// The program, compiled while it is downloaded. The progress bar shows how far it is.
const program = async () => {
  const answer = await load(tag.dataset.wasm);
  const bar = part("progress");
  const size = Number(tag.dataset.size);
  const count = async (reader) => {
    for (let sum = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return;
      sum += value.length;
      bar.value = sum / size;
    }
  };
  if (size && answer.body) count(answer.clone().body.getReader()).catch(() => {});
  const type = answer.headers.get("content-type") || "";
  return type.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(answer)
    : WebAssembly.compile(await answer.arrayBuffer());
};

const fail = (sentence, reason, again) => {
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

const start = async (number) => {
  try {
    // A browser does not request a script again under the same address after a failure.
    const script = number ? `${tag.dataset.js}?${number}` : tag.dataset.js;
    const [{ default: run }, module] =
      await Promise.all([import(address(script)), program(), sheets()]);
    self.pullquoteWorker = workerJs(script);
    // Without it the window does the work.
    self.pullquoteWorker.catch(() => {});
    await composed;
    await run({ module_or_path: module });
    datasetsAtRest();
  } catch (error) {
    // Once the program runs, it reports its failures itself. Here it did not start.
    if (!isLoading() || error instanceof WebAssembly.RuntimeError) return stop(error);
    const sentence = error instanceof WebAssembly.CompileError
      ? "Your browser cannot read the program. It may be too old: use a current Firefox, Chrome, Edge or Safari."
      : "Pullquote could not be loaded. Check the connection and try again; what you typed here stays.";
    fail(sentence, String(error), () => {
      shell.classList.remove("failed");
      part(".shell-failed").replaceChildren();
      start(number + 1);
    });
  }
};
if (self.WebAssembly) start(0);
else {
  fail("Pullquote needs WebAssembly, which this browser does not have or has turned off. Use a current Firefox, Chrome, Edge or Safari.");
}
