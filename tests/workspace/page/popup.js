// What opens above the page: menus, the emoji picker, confirm dialogs, toasts.
import { $, add, button, h, touch } from './dom.js';
import { EMOJI, QUICK, emoji } from './emoji.js';
import { textObject } from './mrkdwn.js';

let open = null;

export function closePopup() {
  open?.remove();
  open = null;
}

// A popup beside `anchor`, or a sheet at the bottom of a small screen. It lives in the anchor's dialog, if there is one.
function popup(anchor, content, label) {
  closePopup();
  const box = h('div', { class: 'popup', role: 'menu', 'aria-label': label }, content);
  const veil = h('div', { class: `veil ${touch() ? 'sheet' : ''}`, onclick: (e) => e.target === veil && closePopup() }, box);
  veil.addEventListener('keydown', (e) => {
    const items = [...box.querySelectorAll('button, input')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (e.key === 'Escape') {
      e.preventDefault();
      e.stopPropagation();
      closePopup();
      anchor.focus();
    } else if (step) {
      e.preventDefault();
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
    }
  });
  (anchor.closest('dialog') ?? document.body).append(veil);
  open = veil;
  if (!touch()) {
    const at = anchor.getBoundingClientRect();
    const size = box.getBoundingClientRect();
    const below = at.bottom + 4 + size.height < innerHeight;
    box.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - size.height - 4)}px`;
    box.style.left = `${Math.max(8, Math.min(at.right - size.width, innerWidth - size.width - 8))}px`;
  }
  box.querySelector('button, input')?.focus({ preventScroll: true });
}

export function menu(anchor, items, label = 'Menu') {
  popup(anchor, items.filter(Boolean).map(([text, run, kind, spoken]) =>
    button(text, () => { closePopup(); run(); }, { role: 'menuitem', class: `item ${kind ?? ''}`, 'aria-label': spoken })), label);
}

export function pickEmoji(anchor, chosen) {
  const pick = (name) => { closePopup(); chosen(name); };
  const grid = h('div', { class: 'emojis' });
  const fill = (text) => {
    const names = Object.keys(EMOJI).filter((name, i, all) => name.includes(text) && (text || all.findIndex((n) => EMOJI[n] === EMOJI[name]) === i));
    grid.replaceChildren(...[...(text ? [] : QUICK), ...names.filter((n) => text || !QUICK.includes(n))].map((name) =>
      button(emoji(name), () => pick(name), { title: `:${name}:`, 'aria-label': name })));
  };
  const find = h('input', { type: 'search', placeholder: 'Find or write a name', 'aria-label': 'Emoji name', oninput: () => fill(clean()),
    onkeydown: (e) => e.key === 'Enter' && clean() && (e.preventDefault(), pick(clean())) });
  const clean = () => find.value.trim().replace(/:/g, '').toLowerCase();
  fill('');
  popup(anchor, [find, grid], 'Emoji');
  if (touch()) document.activeElement?.blur();
}

// Slack's confirm object (or a plain one of ours). Answers true or false.
export function confirm(object) {
  return new Promise((answer) => {
    const done = (yes) => { box.close(); box.remove(); answer(yes); };
    const box = h('dialog', { class: 'confirm' },
      h('h2', {}, textObject(object.title ?? 'Are you sure?')),
      h('div', { class: 'text' }, textObject(object.text)),
      h('footer', {}, button(textObject(object.deny ?? 'Cancel'), () => done(false)),
        button(textObject(object.confirm ?? 'Yes'), () => done(true), { class: object.style === 'danger' ? 'danger' : 'primary' })));
    box.addEventListener('cancel', (e) => { e.preventDefault(); done(false); });
    document.body.append(box);
    box.showModal();
  });
}

// A one-line question. Answers the text, or null.
export function ask(title, label, initial = '') {
  return new Promise((answer) => {
    const done = (text) => { box.close(); box.remove(); answer(text); };
    const field = h('input', { value: initial, 'aria-label': label, placeholder: label, maxlength: 80 });
    const box = h('dialog', { class: 'confirm' }, h('form', { method: 'dialog', onsubmit: (e) => { e.preventDefault(); if (field.value.trim()) done(field.value.trim()); } },
      h('h2', {}, title), field,
      h('footer', {}, button('Cancel', () => done(null)), h('button', { class: 'primary' }, 'Create'))));
    box.addEventListener('cancel', (e) => { e.preventDefault(); done(null); });
    document.body.append(box);
    box.showModal();
  });
}

export function toast(text) {
  const box = $('toasts');
  const one = add(h('div', { class: 'toast' }), [h('span', {}, textObject(text)), button('✕', () => one.remove(), { 'aria-label': 'Dismiss', class: 'icon' })]);
  box.append(one);
  // The top layer, so that it shows above a modal.
  if (box.showPopover) {
    box.popover = 'manual';
    if (box.matches(':popover-open')) box.hidePopover();
    box.showPopover();
  }
  setTimeout(() => one.remove(), 8000);
}
