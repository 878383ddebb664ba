#!/usr/bin/env bash
# Chromium, when the data of a site is deleted while a page of it is open: the page's IndexedDB
# connection gets its `close` event while the deletion still goes on. A page that opens the
# database again in that event, as one would to go on, is refused (`AbortError`); a second
# later the same call succeeds, on an empty database.
#
# Needs Chromium (`CHROMIUM`, else `chromium` on the path), Node.js and npm. Seen with
# Chromium 156.0.8078 and playwright-core 1.64.1.
set -euo pipefail
browser="${CHROMIUM:-$(command -v chromium)}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund playwright-core@1.64.1
"$browser" --version
cat > probe.js <<'PROBE'
const { chromium } = require('playwright-core');
const http = require('http');
(async () => {
  const server = http.createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end('<!doctype html><title>probe</title>');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath: process.argv[2], args });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin);
  await page.evaluate(async () => {
    window.seen = {};
    window.opened = (name) => new Promise((done) => {
      const request = indexedDB.open('notes', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('all');
      request.onsuccess = () => done(request.result);
      request.onerror = () => { seen[name] = request.error.name; done(null); };
    });
    const database = await opened('first');
    const transaction = database.transaction('all', 'readwrite');
    transaction.objectStore('all').put('a note', 'key');
    await new Promise((done) => { transaction.oncomplete = done; });
    database.onclose = async () => {
      seen.close = true;
      const again = await opened('at once');
      if (again) seen['at once'] = 'opened';
    };
  });
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await page.waitForFunction(() => seen['at once']);
  await page.waitForTimeout(1000);
  const seen = await page.evaluate(async () => {
    const later = await opened('later');
    const count = later && later.transaction('all').objectStore('all').count();
    if (count) await new Promise((done) => { count.onsuccess = done; });
    return { ...seen, later: later ? `opened, ${count.result} records` : seen.later };
  });
  await browser.close();
  server.close();
  console.log(JSON.stringify(seen));
  const expected = { close: true, 'at once': 'AbortError', later: 'opened, 0 records' };
  process.exit(JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1);
})();
PROBE
node probe.js "$browser"
