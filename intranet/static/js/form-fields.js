// The fields of a form besides its text, as a draft keeps them: {name: [values]}; and back into the form.
const NOT_KEPT = /^(csrfmiddlewaretoken|key|body|version|confirm_group|image_\d+|alt_\d+)$/;

export function fieldsOf(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || NOT_KEPT.test(name)) continue;
    (found[name] ??= []).push(value);
  }
  for (const [name, values] of Object.entries(found)) {
    if (!values.some((value) => value.trim())) delete found[name];
  }
  return found;
}

// `kept`: what this device kept, as JSON. Files are not among it: they lie on the server.
export function fillIn(form, field, kept) {
  let body, data;
  try { ({ body, data } = JSON.parse(kept)); } catch { return; }
  field.value = body ?? "";
  for (const [name, values] of Object.entries(data ?? {})) {
    const people = form.querySelector(`people-field[data-name="${CSS.escape(name)}"]`);
    if (people?.fill) people.fill(values);
    const fields = people ? [] : [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    for (const [index, one] of fields.entries()) {
      if (["radio", "checkbox"].includes(one.type)) one.checked = values.includes(one.value);
      else if (one.type !== "hidden" && values[index] !== undefined) one.value = values[index];
    }
  }
}
