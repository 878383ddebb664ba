// Pullquote for a harness that measures annotation tools with the same work. The release build
// runs in a frame of the page, with the article in its storage.
//
// open: from the change of the address until the first frame in which the words on the screen
//       have their marks. add: from the key that tags selected words. remove: from the Delete
//       key on a selected mark.

export const meta = {
  id: 'pullquote', name: 'Pullquote (release build, in a frame)', license: 'MIT OR Apache-2.0',
  ext: { name: 'pullquote', env: 'PULLQUOTE_DIST', dir: '../../dist', how: 'set PULLQUOTE_DIST to its dist/' },
  addVia: 'a sweep by pointer events, then the tag\'s key', removeVia: 'a click on the mark, then Delete',
  draws: 'what is on the screen first, the rest in the frames after it',
  note: 'Everything is kept in IndexedDB; the side list of marks is open, as it is by default.',
};

const ID = '01900000-0000-7000-8000-000000000001';
const idOf = (number) => `01900000-0000-7000-8000-1${String(number).padStart(11, '0')}`;

async function fileOf(page) {
  const { text, paragraphs, annotations } = page.work;
  if (/[^\0-\x7f]/.test(text)) throw new Error('offsets would differ by unit');
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const sha = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  const time = '2024-01-01T00:00:00.000Z';
  const tags = page.tags.map((tag, n) => ({
    id: tag.name.toLowerCase(), name: tag.name, colour: tag.color, key: 'aecd'[n], definition: '', include: '',
    exclude: '', example: '', attributes: [],
  }));
  const source = { url: '', outlet: '', byline: '', published: '', retrieved: '' };
  return {
    format: 'pullquote', version: 1, offset_unit: 'codepoint',
    article: {
      id: ID, title: 'Workload', language: null, direction: 'ltr', source, text, text_sha256: sha,
      blocks: paragraphs.map((p) => ({ kind: 'paragraph', start: p.start, end: p.end })),
    },
    codebook: { name: 'Bench', version: '1', guide: '', tags, relations: [], questions: [] },
    annotations: annotations.map((a, n) => ({
      id: idOf(n), tag: a.tag.toLowerCase(),
      spans: [{ start: a.start, end: a.end, quote: a.quote, utf16: [a.start, a.end], utf8: [a.start, a.end] }],
      attributes: {}, entity: null, note: '', flagged: false, coder: '', created: time, modified: time,
    })),
    relations: [], entities: [], answers: {}, coder: '', made_by: { program: 'harness', version: '1' },
  };
}

export async function prepare(page) {
  const frame = document.createElement('iframe');
  Object.assign(frame.style, { position: 'fixed', inset: '0', width: '100vw', height: '100vh', border: '0' });
  frame.src = '/ext/pullquote/index.html';
  document.body.append(frame);
  page.frame = frame;
  const inside = () => frame.contentDocument;
  await page.until(() => inside()?.querySelector('.library input[aria-label="Open files"]'), 'the library');
  const input = inside().querySelector('input[aria-label="Open files"]');
  const file = JSON.stringify(await fileOf(page));
  const given = new frame.contentWindow.DataTransfer();
  given.items.add(new frame.contentWindow.File([file], 'workload.pullquote.json', { type: 'application/json' }));
  input.files = given.files;
  input.dispatchEvent(new frame.contentWindow.Event('change', { bubbles: true }));
  await page.until(() => inside().querySelector('article mark'), 'the article');
  await page.until(() => inside().querySelector('[role=status]').textContent === 'Saved', 'it to be kept');
  frame.contentWindow.location.hash = '#/';
  await page.until(() => inside().querySelector('.shelf tbody tr'), 'the library');
}

/** Whether the words on the screen have their marks. */
function isDrawn(h) {
  const first = h.doc.querySelector('article .section:first-child mark');
  return !!first && first.getBoundingClientRect().height > 0;
}

export async function mount(page, text, annotations) {
  const { frame } = page;
  const h = { frame, win: frame.contentWindow, doc: frame.contentDocument, ids: new Map(), starts: new Map(), added: 0, all: annotations.length };
  annotations.forEach((a, n) => { h.ids.set(a.id, idOf(n)); h.starts.set(a.id, a.start); });
  h.win.location.hash = `#/a/${ID}`;
  await page.until(() => isDrawn(h), 'the first screen');
  return h;
}

function blockAt(h, start) {
  const blocks = h.blocks ?? (h.blocks = [...h.doc.querySelectorAll('article [data-start]')]);
  let lo = 0;
  let hi = blocks.length - 1;
  while (lo < hi) { const mid = (lo + hi + 1) >> 1; if (Number(blocks[mid].dataset.start) <= start) lo = mid; else hi = mid - 1; }
  return blocks[lo];
}

function rangeAt(h, start, end) {
  const block = blockAt(h, start);
  const range = h.doc.createRange();
  const walker = h.doc.createTreeWalker(block, 4);
  let at = Number(block.dataset.start);
  let open = false;
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const next = at + n.data.length;
    if (!open && start < next) { range.setStart(n, start - at); open = true; }
    if (open && end <= next) { range.setEnd(n, end - at); break; }
    at = next;
  }
  return range;
}

/** The whole article is drawn: no section is without its marks. */
const isWhole = (h) => !h.doc.querySelector('article .plain');

export async function reveal(h, start, end, page) {
  await page.until(() => isWhole(h), 'the whole article');
  h.blocks = null;
  blockAt(h, start).scrollIntoView({ block: 'center' });
  await page.sleep(100);
}

function pointer(h, type, target, x, y) {
  const init = {
    bubbles: true, cancelable: true, composed: true, view: h.win, detail: 1, clientX: x, clientY: y,
    button: 0, buttons: type.endsWith('up') ? 0 : 1, pointerId: 1, pointerType: 'mouse', isPrimary: true,
  };
  const Kind = type.startsWith('pointer') ? h.win.PointerEvent : h.win.MouseEvent;
  target.dispatchEvent(new Kind(type, init));
}

function press(h, key) {
  const target = h.doc.activeElement ?? h.doc.body;
  target.dispatchEvent(new h.win.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

/** Elements of marks: a live list, so that asking costs no search through the article. */
const marks = (h) => h.marks ?? (h.marks = h.doc.querySelector('article').getElementsByTagName('mark'));

export async function select(h, a, page) {
  press(h, 'Escape');
  await page.until(() => !h.doc.querySelector('.card'), 'no card');
  const range = rangeAt(h, a.start, a.end);
  const rects = range.getClientRects();
  const [first, last] = [rects[0], rects[rects.length - 1]];
  const from = range.startContainer.parentElement;
  const to = range.endContainer.parentElement;
  pointer(h, 'pointerdown', from, first.left + 1, first.top + 5);
  pointer(h, 'mousedown', from, first.left + 1, first.top + 5);
  h.win.getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  pointer(h, 'pointerup', to, last.right - 1, last.top + 5);
  pointer(h, 'mouseup', to, last.right - 1, last.top + 5);
  await page.until(() => h.doc.querySelector('.card[aria-label="Tag these words"]'), 'the card');
}

/** The harness looks every 4 ms, a quarter of a frame; an edit is looked for in every turn
 *  of the page's loop. */
async function soon(page, test, what, limit) {
  for (let n = 0; n < 50 && !test(); n++) {
    await new Promise((go) => { const c = new MessageChannel(); c.port1.onmessage = go; c.port2.postMessage(0); });
  }
  await page.until(test, what, limit);
}

export async function add(h, a, page) {
  const block = blockAt(h, a.start);
  const before = block.getElementsByTagName('mark').length;
  press(h, 'e');
  await soon(page, () => block.getElementsByTagName('mark').length > before, 'the new mark');
  h.added++;
}

const chosenIn = (block) => block.querySelector('mark.chosen')?.dataset.annotation;

export async function remove(h, id, page) {
  const own = h.ids.get(id);
  const block = blockAt(h, h.starts.get(id));
  const mark = block.querySelector(`mark[data-annotation="${own}"]`);
  const card = h.doc.getElementsByClassName('card');
  if (card.length) {
    press(h, 'Escape');
    await soon(page, () => !card.length, 'no card');
  }
  const rect = mark.getClientRects()[0];
  // The mark may lie over others: each further click goes on to the next one out.
  for (let tries = 0; tries < 5 && chosenIn(block) !== own; tries++) {
    const before = chosenIn(block);
    pointer(h, 'pointerdown', mark, rect.left + 2, rect.top + 5);
    pointer(h, 'pointerup', mark, rect.left + 2, rect.top + 5);
    await soon(page, () => chosenIn(block) && chosenIn(block) !== before, 'a mark to be chosen', 5_000);
  }
  press(h, 'Delete');
  await soon(page, () => !block.querySelector(`mark[data-annotation="${own}"]`), 'the mark to go', 10_000);
  h.added--;
}

/** What was opened is looked at once, mark by mark; what was added and removed since was
 *  waited for, and is counted. */
export async function inspect(h, page) {
  if (h.painted === undefined) {
    await page.until(() => isWhole(h), 'the whole article');
    h.painted = new Set([...marks(h)].map((m) => m.dataset.annotation)).size;
  }
  return { held: h.all + h.added, painted: h.painted + h.added };
}
