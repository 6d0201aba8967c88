// The chat works without this. With it: no page loads, no double sends, and nothing lost when the connection is lost.
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
let busy = false, touched = false;

// The tab keeps what is being written until it has been sent.
const shelf = (form) => form.dataset.question && `draft:${form.dataset.question}`;
const inputs = (form) => all('textarea, input[type=text], input[type=email], input[type=tel], input[type=date], input[type=datetime-local]', form);
function keep(form) {
  const key = shelf(form);
  const fields = Object.fromEntries(inputs(form).map((input) => [input.name, input.value]));
  if (key) sessionStorage.setItem(key, JSON.stringify({ version: form.elements.version.value, fields }));
}
function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(shelf(form)) || '{}'), same = kept.version === form.elements.version.value;
  for (const input of inputs(form)) {
    if (kept.fields?.[input.name] && (same || !input.value)) input.value = kept.fields[input.name];
    input.dispatchEvent(new Event('input'));
  }
}

function grow(area) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight + 2}px`;
}
function count(input) {
  const note = one(`[data-count="${input.id}"]`), most = +input.dataset.most;
  if (!note || !most) return;
  const left = most - [...input.value.trim()].length;
  note.hidden = left > most / 5 && left > 20;
  note.classList.toggle('over', left < 0);
  note.textContent = (left < 0 ? note.dataset.over : note.dataset.left).replace('#', Math.abs(left));
}

function prepare(root) {
  for (const input of all('textarea, input[data-most]', root)) {
    input.addEventListener('input', () => { if (input.matches('textarea')) grow(input); count(input); });
  }
  for (const form of all('form[data-question]', root)) {
    restore(form);
    form.addEventListener('input', () => { touched = true; keep(form); });
  }
  for (const button of all('[data-locate]', root)) if (navigator.geolocation && isSecureContext) locating(button);
  for (const button of all('[data-copy]', root)) if (navigator.clipboard) copying(button);
}

function locating(button) {
  button.hidden = false;
  button.addEventListener('click', () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const input = document.getElementById(button.dataset.locate);
      input.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      button.disabled = false;
      input.focus();
    }, () => { button.disabled = false; say(button.dataset.failed); fail(button.dataset.failed, null); }, { timeout: 15000, maximumAge: 60000 });
  });
}
function copying(button) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy)?.value ?? button.dataset.copy);
    button.textContent = button.dataset.done;
    say(button.dataset.done);
  });
}

function say(text) {
  one('#live').textContent = '';
  setTimeout(() => { one('#live').textContent = text; }, 60);
}

const spoken = (part) => all('h2, p', part).map((text) => text.textContent.trim().replace(/\s+/g, ' ')).join(' ');
const notices = (root) => all('#notices > *', root).map(spoken);

// The answer to a post is a whole page: its parts replace ours.
function swap(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  if (!one('body.chat', page)) return false;
  for (const name of ['lang', 'dir']) document.documentElement.setAttribute(name, page.documentElement.getAttribute(name));
  document.title = page.title;
  const heard = notices(document);
  for (const part of ['header.top', 'main', 'footer', '#offline', '.skip']) one(part).replaceWith(document.adoptNode(one(part, page)));
  touched = false;
  prepare(document);
  const aim = one('#error') || one('#question') || one('main h1');
  aim.focus({ preventScroll: true });
  (one('.now [data-announce]') || one('.history > form > .bubble:nth-last-child(2)') || one('h1')).scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  // A notice stays on the page for many turns, but is read aloud only once.
  const news = [...notices(document).filter((text) => !heard.includes(text)), ...all('.now [data-announce]').map(spoken)];
  if (news.length) say(news.join(' '));
  return true;
}

function fail(text, again) {
  const box = one('#offline'), button = one('button', box);
  box.hidden = false;
  one('p', box).textContent = text;
  button.hidden = !again;
  button.onclick = () => { box.hidden = true; again?.(); };
}

async function send(form, submitter) {
  if (busy) return;
  busy = true;
  one('main').setAttribute('aria-busy', 'true');
  const data = new FormData(form, submitter), words = one('#offline').dataset, again = () => send(form, submitter);
  const body = form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data);
  try {
    const answer = await fetch('/', { method: 'POST', body, headers: { Accept: 'text/html', Prefer: 'return=representation' } });
    if (answer.status === 429) fail(words.busy, again);
    else if (answer.status >= 500) fail(words.failed, again);
    else {
      const html = await answer.text();
      const took = submitter?.closest('.submits') && shelf(form);
      if (took && (answer.ok || answer.status === 422)) sessionStorage.removeItem(shelf(form));
      one('#offline').hidden = true;
      if (!swap(html)) { document.open(); document.write(html); document.close(); gone(); }
      // A refused form came back as it was sent: the tab now keeps that, even across a reload.
      else if (took && answer.status === 422) all('form[data-question]').forEach(keep);
    }
  } catch { fail(words.offline, again); }
  busy = false;
  one('main').removeAttribute('aria-busy');
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (new URL(form.action).pathname !== '/' || form.method !== 'post') return;
  event.preventDefault();
  send(form, event.submitter);
});

// Look for news while the page is visible and nobody is writing.
setInterval(async () => {
  if (document.hidden || busy || touched || !one('body.chat')) return;
  try {
    const answer = await fetch('/', { headers: { Accept: 'text/html' } });
    if (!answer.ok || busy || touched) return;
    const html = await answer.text();
    const fresh = one('#notices', new DOMParser().parseFromString(html, 'text/html'));
    if (fresh && fresh.textContent !== one('#notices')?.textContent) {
      const heard = notices(document);
      one('#notices')?.remove();
      one('main .heading').after(document.adoptNode(fresh));
      say(notices(document).filter((text) => !heard.includes(text)).join(' '));
    }
  } catch { /* offline: the next send says so */ }
}, 30000);

// Whoever has left, or has deleted everything, leaves nothing in this tab; the other tabs of the browser follow.
const tabs = 'BroadcastChannel' in window && new BroadcastChannel('left');
function gone() {
  if (!one('body.gone')) return;
  sessionStorage.clear();
  if (tabs) tabs.postMessage('left');
}
if (tabs) tabs.onmessage = async () => {
  const page = await fetch('/', { headers: { Accept: 'text/html' } }).then((answer) => answer.ok && answer.text()).catch(() => '');
  if (!page || one('.menu', new DOMParser().parseFromString(page, 'text/html'))) return;
  sessionStorage.clear();
  location.replace('/');
};
// A page that the browser had put by is asked for again: the chat may have been closed since.
addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });

// A menu opened in the bar covers the page, so it closes when somebody moves on elsewhere.
for (const kind of ['focusin', 'pointerdown']) document.addEventListener(kind, ({ target }) => {
  for (const open of all('.top details[open]')) if (!open.contains(target)) open.open = false;
});
// Escape closes a menu that is open in the bar, and returns the focus to the control that opened it.
document.addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && event.target.closest('.top details[open]');
  if (open) { open.open = false; one('summary', open).focus(); }
});

prepare(document);
gone();
