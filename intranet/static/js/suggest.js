// textarea[data-people][data-tags]: people and communities after @, tags after #. Only those who could read the text
// are offered: the form's audience, or the post in data-post, goes along.
import { Options } from "@/options";

const NAMED = /(?:^|[\s(„“"'])([@#])([\p{L}\p{N}][\p{L}\p{N}_.-]{0,59})$/u;
const lists = new WeakMap();

function found(field) {
  if (field.selectionStart !== field.selectionEnd) return null;
  return field.value.slice(0, field.selectionStart).match(NAMED);
}

function address(field) {
  const named = found(field);
  if (!named) return null;
  const params = new URLSearchParams({ q: named[2] });
  if (named[1] === "#") return `${field.dataset.tags}?${params}`;
  const audience = field.form.elements.audience?.value;
  if (field.dataset.post) params.set("post", field.dataset.post);
  else if (audience) params.set("audience", audience);
  return `${field.dataset.people}?${params}`;
}

function take(field, option) {
  const named = found(field);
  if (!named) return;
  const end = field.selectionStart;
  field.focus();
  field.setSelectionRange(end - named[2].length, end);
  const text = `${option.dataset.value} `;
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, end - named[2].length, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("textarea[data-people]")) return;
  if (!lists.has(target)) {
    if (!found(target)) return;
    lists.set(target, new Options(target, (option) => take(target, option)));
  }
  lists.get(target).ask(address(target));
});
