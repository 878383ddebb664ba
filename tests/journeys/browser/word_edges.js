// The positions before the first and after the last character of some words of the
// article, in pixels of the viewport. arguments[0] has the words in one line; white
// space in them matches any white space, also between two blocks.

const article = document.querySelector("article");
const units = [];
for (const block of article.querySelectorAll("[data-start]")) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let at = 0; at < node.length; at++) units.push([node.data[at], node, at]);
  }
  units.push([" ", null, 0]);
}
const text = units.map((unit) => unit[0].replace(/\s/, " ")).join("");
const words = arguments[0].replace(/\s+/g, " ");
const start = text.indexOf(words);
if (start < 0) return [null, null];

const rectangle = (at) => {
  const [, node, offset] = units[at];
  const range = document.createRange();
  const isLead = (unit) => unit >= 0xd800 && unit <= 0xdbff;
  const isTrail = (unit) => unit >= 0xdc00 && unit <= 0xdfff;
  const code = node.data.charCodeAt(offset);
  range.setStart(node, isTrail(code) ? offset - 1 : offset);
  range.setEnd(node, isLead(code) ? offset + 2 : offset + 1);
  const all = [...range.getClientRects()];
  return all.find((one) => one.width > 0) ?? all[0];
};
const first = start;
const last = start + words.length - 1;
units[first][1].parentElement.scrollIntoView({ block: "center" });
window.scrollBy(0, rectangle(first).top - innerHeight / 3);
const isRightToLeft = (at) => /[\u0590-\u08ff]/.test(units[at][0]);
const a = rectangle(first);
const b = rectangle(last);
return [
  [isRightToLeft(first) ? a.right - 1 : a.left + 1, a.top + a.height / 2],
  [isRightToLeft(last) ? b.left + 1 : b.right - 1, b.top + b.height / 2],
];
