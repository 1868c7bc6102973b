// The one polite live region of the page, and the words that scripts say (translated by the template).
const region = document.getElementById("announce");

export function announce(text) {
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50); // a repeated text is read again
}

export function word(name) {
  return document.getElementById("words").dataset[name] ?? "";
}
