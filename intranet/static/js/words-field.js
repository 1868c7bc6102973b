// input[data-words]: what is typed is completed from the list at data-words. With data-many words are parted by commas
// and the last one is completed; otherwise the whole field is.
import { Options } from "@/options";

const lists = new WeakMap();

const start = (field) => ("many" in field.dataset ? field.value.lastIndexOf(",") + 1 : 0);

function take(field, option) {
  const before = field.value.slice(0, start(field)).trimEnd();
  const rest = "many" in field.dataset ? ", " : "";
  field.value = `${before ? `${before} ` : ""}${option.dataset.value}${rest}`;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("input[data-words]")) return;
  if (!lists.has(target)) lists.set(target, new Options(target, (option) => take(target, option)));
  const typed = target.value.slice(start(target)).trim().replace(/^[@#]/, "");
  const url = new URL(target.dataset.words, location.href);
  url.searchParams.set("q", typed);
  lists.get(target).ask(typed ? url.href : null);
});
