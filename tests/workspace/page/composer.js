// The composer of a channel or a thread, with completion of commands, people and channels.
import { add, button, h, icon, touch } from './dom.js';
import { emoji, EMOJI } from './emoji.js';
import { plain } from './mrkdwn.js';
import { act, nameOf, store } from './store.js';

const made = new Map();

// One composer a channel or thread, kept while the page lives: a draft survives every redraw.
export function composer(channel, thread = null) {
  const key = `${store.me}/${channel.id}/${thread ?? ''}`;
  if (!made.has(key)) made.set(key, build(channel.id, thread));
  const one = made.get(key);
  one.field.placeholder = thread ? 'Reply…' : channel.is_im ? 'Message' : `Message #${channel.name}`;
  return one.node;
}

function build(channel, thread) {
  const field = h('textarea', { rows: 1, 'aria-label': thread ? 'Reply' : 'Message', autocomplete: 'off' });
  const list = h('div', { class: 'complete', role: 'listbox', hidden: true });
  const file = h('input', { type: 'file', hidden: true, 'aria-label': 'File' });
  let offers = [];
  let chosen = 0;

  const grow = () => {
    field.style.height = 'auto';
    if (field.value) field.style.height = `${Math.min(field.scrollHeight, 200)}px`; // the placeholder alone never makes it grow
    node.classList.toggle('filled', field.value.trim() !== '');
  };
  const clear = () => { field.value = ''; offers = []; list.hidden = true; grow(); };
  const send = async () => {
    const text = field.value;
    if (!text.trim()) return;
    clear();
    const answer = await act({ act: 'say', channel, text: text.trim(), ...(thread ? { thread_ts: thread } : {}) });
    if (!answer.ok && !field.value) { field.value = text; grow(); }
  };
  const attach = async () => {
    const [picked] = file.files;
    if (!picked) return;
    const text = field.value.trim();
    const answer = await act({ act: 'upload', channel, name: picked.name, content_base64: await base64(picked), ...(text ? { text } : {}), ...(thread ? { thread_ts: thread } : {}) });
    file.value = '';
    if (answer.ok) clear();
  };
  const take = (offer) => {
    const before = field.value.slice(0, field.selectionStart);
    const start = before.length - offer.cut;
    field.setRangeText(`${offer.put} `, start, field.selectionStart, 'end');
    list.hidden = true;
    offers = [];
    grow();
    field.focus();
  };
  const complete = () => {
    offers = offersFor(field.value.slice(0, field.selectionStart), thread);
    chosen = 0;
    paint();
  };
  const paint = () => {
    list.hidden = offers.length === 0;
    list.replaceChildren(...offers.map((offer, i) => h('button', { type: 'button', role: 'option', 'aria-selected': String(i === chosen), onpointerdown: (e) => e.preventDefault(),
      onclick: () => take(offer) }, h('b', {}, offer.show), h('span', {}, offer.what))));
  };
  field.addEventListener('input', () => { grow(); complete(); });
  field.addEventListener('blur', () => { list.hidden = true; });
  field.addEventListener('keydown', (e) => {
    if (e.isComposing) return;
    const offered = !list.hidden && offers.length;
    if (offered && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
      e.preventDefault();
      chosen = (chosen + (e.key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length;
      paint();
    } else if (offered && (e.key === 'Tab' || (e.key === 'Enter' && !e.shiftKey && offers[chosen].cut < offers[chosen].put.length))) {
      e.preventDefault();
      take(offers[chosen]);
    } else if (e.key === 'Escape' && offered) {
      e.stopPropagation();
      list.hidden = true;
    } else if (e.key === 'Enter' && !e.shiftKey && !touch()) {
      e.preventDefault();
      send();
    }
  });
  file.addEventListener('change', attach);
  const node = add(h('div', { class: 'composer' }), [list, icon('+', 'Attach a file', () => file.click()), file, field,
    button('➤', send, { class: 'send', 'aria-label': 'Send', title: 'Send' })]);
  return { node, field };
}

const base64 = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(file);
});

function offersFor(before, thread) {
  const command = !thread && /^\/\S*$/.exec(before);
  if (command) return offer(before, commands(), (c) => c.name, (c) => c.what);
  const at = /(?:^|[\s(])([@#:])([\p{L}\d_.+-]*)$/u.exec(before);
  if (!at) return [];
  const [, sign, word] = at;
  if (sign === ':') {
    if (word.length < 2) return [];
    return Object.keys(EMOJI).filter((n) => n.startsWith(word)).slice(0, 6).map((n) => ({ show: emoji(n), what: `:${n}:`, put: `:${n}:`, cut: word.length + 1 }));
  }
  if (sign === '#') return offer(`#${word}`, store.state.channels.filter((c) => !c.is_im), (c) => `#${c.name}`, (c) => plain(c.topic));
  return offer(`@${word}`, store.state.users, (u) => `@${u.name}`, (u) => nameOf(u.id));
}

const commands = () => (store.state.commands ?? []).map((c) => (typeof c === 'string' ? { name: c, what: 'command' } : { name: c.command ?? c.name, what: c.description ?? 'command' }));
const offer = (typed, list, put, what) => list.map((one) => ({ show: put(one), what: what(one), put: put(one), cut: typed.length }))
  .filter((o) => o.put.toLowerCase().startsWith(typed.toLowerCase())).slice(0, 6);
