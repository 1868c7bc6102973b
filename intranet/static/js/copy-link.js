// a[data-copy]: copies its address instead of following it. Without JavaScript it is the permanent link itself.
import { word } from "@/announce";
import { toast } from "@/toast";

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-copy]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    toast(word("copied"));
  } catch {
    location.assign(link.href);
  }
  const menu = link.closest("details.menu");
  if (menu) menu.open = false;
});
