// Building DOM nodes: text from people only ever becomes text nodes.

export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'class') node.className = value;
    else if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'checked' || key === 'selected') node[key] = value;
    else node.setAttribute(key, value === true ? '' : String(value));
  }
  add(node, children);
  return node;
}

export function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

// Makes `nodes` the children of `parent` and leaves those that stay where they are untouched (focus and scroll survive).
export function keep(parent, nodes) {
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

export const $ = (id) => document.getElementById(id);
export const touch = () => matchMedia('(pointer: coarse)').matches || matchMedia('(max-width: 720px)').matches;

export function button(label, onclick, props = {}) {
  return h('button', { type: 'button', onclick, ...props }, label);
}

// An icon button: a glyph that people see, a label that they hear.
export function icon(glyph, label, onclick, props = {}) {
  return h('button', { type: 'button', 'aria-label': label, title: label, onclick, ...props, class: `icon ${props.class ?? ''}` }, glyph);
}

const two = (n) => String(n).padStart(2, '0');
const when = (ts) => new Date(Number(ts) * 1000);
export const clock = (ts) => `${two(when(ts).getHours())}:${two(when(ts).getMinutes())}`;
export const fullTime = (ts) => when(ts).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'medium' });
export const dayKey = (ts) => when(ts).toDateString();

export function dayName(ts) {
  const days = Math.round((new Date(new Date().toDateString()) - new Date(dayKey(ts))) / 86400000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return when(ts).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
}
