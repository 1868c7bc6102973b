// Puts Markdown marks around or before what is selected in a textarea; the browser's undo keeps working.
const WRAP = { bold: ["**", "**"], italic: ["*", "*"], code: ["`", "`"], link: ["[", "](https://)"] };
const LINE = { list: "- ", quote: "> " };

export const KEYS = { b: "bold", i: "italic", k: "link", e: "code" };

export function mark(field, name) {
  field.focus();
  if (LINE[name]) lines(field, LINE[name]);
  else if (name === "code" && selected(field).includes("\n")) wrap(field, "```\n", "\n```");
  else wrap(field, ...WRAP[name]);
}

const selected = (field) => field.value.slice(field.selectionStart, field.selectionEnd);

function insert(field, text) {
  if (document.execCommand("insertText", false, text)) return; // keeps the undo history
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function wrap(field, before, after) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const inner = value.slice(start, end);
  const around = value.slice(start - before.length, start) === before && value.slice(end, end + after.length) === after;
  if (around) {
    field.setSelectionRange(start - before.length, end + after.length);
    insert(field, inner);
    field.setSelectionRange(start - before.length, end - before.length);
    return;
  }
  insert(field, before + inner + after);
  const from = start + before.length;
  if (after.includes("https://") && inner) field.setSelectionRange(from + inner.length + 2, from + inner.length + after.length - 1);
  else field.setSelectionRange(from, from + inner.length);
}

function lines(field, prefix) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const stop = field.value.indexOf("\n", field.selectionEnd);
  const end = stop === -1 ? field.value.length : stop;
  const rows = field.value.slice(start, end).split("\n");
  const off = rows.every((row) => row.startsWith(prefix));
  field.setSelectionRange(start, end);
  insert(field, rows.map((row) => (off ? row.slice(prefix.length) : prefix + row)).join("\n"));
}
