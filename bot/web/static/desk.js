// The desk works without this. With it: single keys (which can be switched off), questions that do not apply are hidden, and nothing is sent twice.
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Menus are open where there is room.
if (matchMedia('(min-width: 75rem)').matches) for (const menu of all('details[data-wide]')) menu.open = true;

// A confirmation is shown once, and not again when the page is reloaded.
if (/[?&](done|kept|late)\b/.test(location.search)) history.replaceState(null, '', location.pathname + location.hash);
one('#wrong')?.focus();

// Single keys.
const bar = one('#keys'), button = one('#keys button');
let on = localStorage.getItem('keys') !== 'off';
function told() {
  bar.hidden = false;
  bar.classList.toggle('off', !on);
  button.textContent = on ? button.dataset.off : button.dataset.on;
}
if (bar) {
  told();
  button.addEventListener('click', () => { on = !on; localStorage.setItem('keys', on ? 'on' : 'off'); told(); });
}
function step(by) {
  one(`[data-by="${by > 0 ? 'j' : 'k'}"]`)?.click();
  const links = all('.queue .which a'), at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
const keys = {
  '/': () => one('#f-words')?.focus(),
  j: () => step(1),
  k: () => step(-1),
  u: () => one('[data-back]')?.click(),
};
document.addEventListener('keydown', (event) => {
  const writing = event.target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
  if (!on || writing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

// A question that depends on another question's answer is hidden while that answer is a different one.
const picked = (name) => all(`[name="${name}"]`).filter((field) => field.matches('select') || field.checked).map((field) => field.value);
function settle() {
  for (const box of all('[data-when]')) {
    box.hidden = !picked(box.dataset.when).some((value) => box.dataset.values.split(' ').includes(value));
  }
}
if (one('[data-when]')) {
  settle();
  document.addEventListener('change', settle);
}

// What is prefilled says where it comes from while it stands there unchanged: to be read, and to be heard.
function unchanged(field) {
  if (field.matches('select')) return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).selected;
  return field.matches('[type=checkbox], [type=radio]') ? field.checked === field.defaultChecked : field.value === field.defaultValue;
}
for (const source of all('.source')) {
  const ask = source.closest('.ask'), described = all(`[aria-describedby~="${source.id}"]`, ask.parentElement);
  const was = new Map(described.map((node) => [node, node.getAttribute('aria-describedby')]));
  ask.addEventListener('input', () => {
    source.hidden = !all('input:not([type=hidden]), textarea, select', ask).every(unchanged);
    for (const [node, ids] of was) {
      const heard = ids.split(' ').filter((id) => id && !(source.hidden && id === source.id)).join(' ');
      if (heard) node.setAttribute('aria-describedby', heard); else node.removeAttribute('aria-describedby');
    }
  });
}

// Text fields: as high as their content, with the number of characters left.
function grown(area) {
  if (area.value) { area.style.height = 'auto'; area.style.height = `${area.scrollHeight + 2}px`; }
}
function counted(input) {
  const note = one(`[data-count="${input.id}"]`), most = +input.dataset.most;
  if (!note || !most) return;
  const left = most - [...input.value.trim()].length;
  note.hidden = left > most / 5 && left > 20;
  note.classList.toggle('over', left < 0);
  note.textContent = (left < 0 ? note.dataset.over : note.dataset.left).replace('#', Math.abs(left));
}
for (const input of all('textarea, input[data-most]')) {
  const look = () => { if (input.matches('textarea')) grown(input); counted(input); };
  input.addEventListener('input', look);
  look();
}

// Nothing is sent twice, and nobody leaves unsent text by mistake.
let touched = false;
for (const form of all('form[data-once]')) {
  form.addEventListener('input', () => { touched = true; });
  form.addEventListener('submit', (event) => {
    if (form.dataset.gone) event.preventDefault();
    form.dataset.gone = 'yes';
    touched = false;
  });
}
addEventListener('pageshow', () => { for (const form of all('form[data-gone]')) delete form.dataset.gone; });
addEventListener('beforeunload', (event) => { if (touched) event.preventDefault(); });
