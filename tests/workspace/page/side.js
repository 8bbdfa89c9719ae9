// The right column: a thread, or the details of the channel.
import { $, button, clock, dayName, h, icon, keep } from './dom.js';
import { composer } from './composer.js';
import { mrkdwn, link } from './mrkdwn.js';
import { author, preview, threadNodes } from './messages.js';
import { act, go, nameOf, store, user } from './store.js';

let view = { key: null };

export function drawSide(channel) {
  const side = $('side');
  const kind = channel && store.thread ? 'thread' : channel && store.details ? 'details' : null;
  side.hidden = !kind;
  document.body.classList.toggle('side-open', Boolean(kind));
  if (!kind) {
    view = { key: null };
    side.replaceChildren();
    return;
  }
  const key = `${kind}/${store.me}/${channel.id}/${store.thread}`;
  const fresh = view.key !== key;
  if (fresh) {
    const close = () => {
      if (kind === 'details') store.details = false;
      go(channel.id);
    };
    view = { key, list: h('div', { class: 'scroll body' }), foot: h('div', { class: 'foot' }) };
    keep(side, [h('header', {}, icon('←', 'Back', close, { class: 'narrow' }),
      h('div', { class: 'title' }, h('h1', {}, kind === 'thread' ? 'Thread' : 'Details'), h('div', { class: 'topic' }, `# ${channel.name}`)),
      icon('✕', 'Close', close, { class: 'wide' })), view.list, view.foot]);
  }
  const bottom = view.list.scrollHeight - view.list.scrollTop - view.list.clientHeight < 60;
  keep(view.list, kind === 'thread' ? threadNodes(channel, store.thread) : details(channel));
  if (kind === 'thread') {
    keep(view.foot, channel.is_member && !channel.is_archived ? [composer(channel, store.thread)] : []);
    if (fresh || bottom) view.list.scrollTop = view.list.scrollHeight;
  }
}

function details(channel) {
  const key = JSON.stringify([store.me, channel.topic, channel.members, channel.pins, channel.bookmarks, channel.is_member, channel.messages.length, channel.is_archived]);
  if (view.detailKey === key) return view.detailNodes;
  const pins = channel.pins.map((ts) => channel.messages.find((m) => m.ts === ts)).filter(Boolean);
  const shared = channel.messages.flatMap((m) => (m.files ?? []).map((f) => ({ ...f, m })));
  const part = (title, ...what) => h('section', {}, h('h2', {}, title), what);
  view.detailKey = key;
  view.detailNodes = [h('div', { class: 'details' },
    part('Topic', h('div', { class: 'text' }, channel.topic ? mrkdwn(channel.topic) : 'No topic')),
    part(`Pinned (${pins.length})`, pins.length ? pins.map((m) => h('div', { class: 'pin' },
      h('small', {}, `${author(m)}, ${dayName(m.ts).toLowerCase()} ${clock(m.ts)}`), h('div', { class: 'text clip' }, preview(m)),
      h('div', { class: 'row' }, button('Show', () => show(channel, m)), channel.is_member && button('Unpin', () => act({ act: 'unpin', channel: channel.id, ts: m.ts })))))
      : h('p', { class: 'faint' }, 'Pin a message from its “…” menu.')),
    (channel.bookmarks ?? []).length > 0 && part('Bookmarks', channel.bookmarks.map((b) => h('div', {}, '🔖 ', link(b.link ?? '', b.title)))),
    part(`Members (${channel.members.length})`, channel.members.map((id) => h('div', { class: 'member' }, nameOf(id), user(id)?.is_bot && h('span', { class: 'app' }, 'APP'), id === store.me && h('small', {}, ' you')))),
    shared.length > 0 && part('Files', shared.map((f) => h('div', {}, '📄 ', link(f.permalink ?? '', f.name), h('small', {}, ` ${nameOf(f.m.user)}`)))),
    channel.is_member && !channel.is_archived && h('section', {}, button('Leave channel', () => act({ act: 'leave', channel: channel.id }), { class: 'danger' })))];
  return view.detailNodes;
}

function show(channel, m) {
  if (matchMedia('(max-width: 720px)').matches) store.details = false;
  store.show = m.ts;
  go(channel.id, m.thread_ts && m.thread_ts !== m.ts ? m.thread_ts : null);
}
