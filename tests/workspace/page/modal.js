// The stack of modals that apps have opened, and the app's home.
import { $, button, h, icon, touch } from './dom.js';
import { blocks } from './blocks.js';
import { textObject } from './mrkdwn.js';
import { closePopup, toast } from './popup.js';
import { act, store } from './store.js';

let shown = null; // {id, key, box, form}

export function drawModals() {
  const stack = store.state.views ?? [];
  const top = stack.at(-1);
  if (!top) return drop();
  const key = JSON.stringify([top.view.hash, top.view.blocks, top.view.title, top.errors, store.me]);
  if (shown?.key === key) return;
  const old = shown?.id === top.view.id ? shown.raws() : restored(top.view);
  const focused = shown?.id === top.view.id ? document.activeElement?.dataset?.action : null;
  const scroll = shown?.box.querySelector('.body')?.scrollTop ?? 0;
  const box = shown?.box ?? frame();
  shown = { id: top.view.id, key, box };
  const opened = !box.open;
  if (opened) box.showModal();
  fill(top, stack.length > 1, old, focused, opened);
  if (focused !== null) box.querySelector('.body').scrollTop = scroll;
}

// What was typed before another view was pushed above this one, or before the page was loaded again.
function restored(view) {
  const out = {};
  for (const [block, actions] of Object.entries(view.state?.values ?? {})) {
    for (const [action, v] of Object.entries(actions)) {
      (out[block] ??= {})[action] = v.type === 'checkboxes' ? (v.selected_options ?? []).map((o) => o.value)
        : v.type === 'radio_buttons' ? [v.selected_option?.value]
          : v.value ?? v.selected_option?.value ?? v.selected_user ?? v.selected_channel ?? v.selected_conversation ?? v.selected_date ?? v.selected_time ?? undefined;
    }
  }
  return out;
}

function drop() {
  if (!shown) return;
  closePopup();
  shown.box.close();
  shown.box.remove();
  shown = null;
}

function frame() {
  const box = h('dialog', { class: 'modal', tabindex: -1 });
  box.addEventListener('cancel', (e) => {
    e.preventDefault();
    if (!box.querySelector('.veil')) close();
  });
  document.body.append(box);
  return box;
}

async function close() {
  const id = shown?.id;
  if (!id) return;
  await act({ act: 'close', view_id: id });
}

function fill(top, pushed, old, focused, opened) {
  const { view, errors } = top;
  const { box } = shown;
  const form = blocks(view.blocks, { old, errors, live: true,
    press: (block_id, e, fields) => act({ act: 'press', view_id: view.id, block_id, action_id: e.action_id, values: form.values(), ...fields }) });
  shown.raws = form.raws;
  const send = view.submit ? h('button', { class: 'primary', type: 'submit' }, textObject(view.submit)) : null;
  const submit = async (e) => {
    e.preventDefault();
    if (send.disabled) return;
    send.disabled = true;
    send.setAttribute('aria-busy', 'true');
    await act({ act: 'submit', view_id: view.id, values: form.values() });
    send.disabled = false;
    send.removeAttribute('aria-busy');
  };
  box.setAttribute('aria-label', view.title?.text ?? 'Modal');
  box.replaceChildren(h('form', { novalidate: true, onsubmit: send ? submit : (e) => e.preventDefault() },
    h('header', {}, h('h2', {}, textObject(view.title)), icon('✕', 'Close', close)),
    h('div', { class: 'body scroll' }, form.nodes),
    h('footer', {}, button(view.close ? textObject(view.close) : pushed ? 'Back' : send ? 'Cancel' : 'Close', close), send)));
  const first = (focused && box.querySelector(`[data-action="${CSS.escape(focused)}"]`)) || box.querySelector('[autofocus]')
    || box.querySelector('.field.bad input, .field.bad textarea, .field.bad select') || (opened && !touch() && form.inputs[0]?.node);
  (first || box).focus(); // On a phone the keyboard comes when it is asked for.
}

// ---- the app's home

let home = { key: null, nodes: [] };

export function homeNodes() {
  const view = store.state.home;
  if (!view) return [h('p', { class: 'empty' }, 'The app has not published its home yet.')];
  const key = JSON.stringify([view.id, view.hash, view.blocks, store.me]);
  if (home.key !== key) {
    const form = blocks(view.blocks, { live: true,
      press: (block_id, e, fields) => act({ act: 'press', view_id: view.id, block_id, action_id: e.action_id, values: form.values(), ...fields }) });
    home = { key, nodes: [h('div', { class: 'home' }, form.nodes)] };
  }
  return home.nodes;
}

// Toasts stand in the state; each is told once.
let told = null;
export function drawToasts() {
  const list = store.state.toasts ?? [];
  const fresh = told && told.me === store.me ? list.slice(list.length < told.count ? 0 : told.count) : [];
  told = { me: store.me, count: list.length };
  fresh.forEach((text) => toast(typeof text === 'string' ? text : text.text));
  if ($('toasts').childElementCount === 0 && $('toasts').matches?.(':popover-open')) $('toasts').hidePopover();
}
