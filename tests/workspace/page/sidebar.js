// The left column: who one is, the channels, the apps.
import { $, button, h, icon, keep } from './dom.js';
import { link, mrkdwn, plain } from './mrkdwn.js';
import { ask, menu } from './popup.js';
import { act, bot, go, nameOf, people, store, unread } from './store.js';

export const showSidebar = (on) => document.body.classList.toggle('sidebar-open', on);

let key = '';

export function drawSidebar() {
  const { state, me, place } = store;
  const talks = state.channels.filter((c) => !c.is_im);
  const order = (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true });
  const joined = talks.filter((c) => c.is_member && !c.is_archived).sort(order);
  const open = talks.filter((c) => !c.is_member && !c.is_archived).sort(order);
  const archived = talks.filter((c) => c.is_archived).sort(order);
  const direct = state.channels.filter((c) => c.is_im && c.messages.length);
  const now = JSON.stringify([me, place, people().length, state.team, talks.map((c) => [c.id, c.name, c.is_member, c.is_archived, unread(c)]), direct.map((c) => [c.id, unread(c)]), bot()?.name]);
  if (now === key) return;
  key = now;
  const scroll = $('sidebar').querySelector('.channels')?.scrollTop ?? 0;
  const row = (c, label) => {
    const count = c.id === place ? 0 : unread(c);
    return h('a', { href: `#${me}/${c.id}`, class: ['channel', c.id === place && 'here', count && 'unread'].filter(Boolean).join(' '), 'aria-current': c.id === place && 'page',
      onclick: () => showSidebar(false) }, h('span', { class: 'name' }, label ?? `# ${c.name}`), count > 0 && h('span', { class: 'count' }, count));
  };
  const group = (title, list, more) => list.length > 0 && [h('h2', {}, title, more), list.map((c) => row(c))];
  keep($('sidebar'), [
    h('header', {}, h('strong', {}, state.team?.name ?? 'Workspace'), icon('✕', 'Close the channel list', () => showSidebar(false), { class: 'narrow' })),
    h('div', { class: 'channels scroll' },
      h('h2', {}, 'Channels', icon('+', 'Create a channel', create)),
      joined.map((c) => row(c)),
      group('More channels', open), group('Archived', archived),
      h('h2', {}, 'Apps'),
      h('a', { href: `#${me}/home`, class: place === 'home' ? 'channel here' : 'channel', onclick: () => showSidebar(false) }, h('span', { class: 'name' }, `⚙ ${bot()?.real_name || bot()?.name || 'App'}`)),
      direct.map((c) => row(c, `✉ ${bot()?.name ?? 'App'}: messages`))),
    h('footer', {}, h('button', { type: 'button', class: 'who', 'aria-haspopup': 'menu', onclick: switchUser }, h('span', {}, 'You are ', h('strong', {}, nameOf(me))), h('span', {}, '⇅'))),
  ]);
  $('sidebar').querySelector('.channels').scrollTop = scroll;
}

function switchUser(e) {
  menu(e.currentTarget, people().map((u) => [`${u.id === store.me ? '● ' : ''}${nameOf(u.id)}`, () => go(store.place, store.thread, u.id)]), 'Who you are');
}

async function create() {
  const name = await ask('Create a channel', 'Name, such as checkout-team');
  if (!name) return;
  const answer = await act({ act: 'create_channel', name: name.replace(/^#/, '').toLowerCase().replace(/\s+/g, '-') });
  const id = answer.channel?.id ?? answer.channel ?? answer.id;
  if (answer.ok && id) go(id);
  if (answer.ok) showSidebar(false);
}

// The line above the messages.
let headKey = '';
export function drawHeader(channel) {
  const home = store.place === 'home';
  const total = store.state.channels.reduce((sum, c) => sum + (c.is_member && c.id !== store.place ? unread(c) : 0), 0);
  const now = JSON.stringify([store.me, store.place, channel?.name, channel?.topic, channel?.members?.length, channel?.pins, store.details, total]);
  if (now === headKey) return;
  headKey = now;
  const toggle = () => { store.details = !store.details; store.draw(); };
  const title = home ? `⚙ ${bot()?.real_name || bot()?.name || 'App'}` : channel ? (channel.is_im ? `✉ ${bot()?.name ?? 'App'}` : `# ${channel.name}`) : 'No such channel';
  document.title = `${total ? `(${total}) ` : ''}${title.replace(/^\S+ /, '')} · ${store.state.team?.name ?? 'Workspace'}`;
  keep($('header'), [
    h('button', { type: 'button', class: 'icon narrow', 'aria-label': 'Channel list', onclick: () => showSidebar(true) }, '☰', total > 0 && h('span', { class: 'dot' })),
    h('div', { class: 'title' }, h('h1', {}, title), channel?.topic && h('div', { class: 'topic', title: plain(channel.topic) }, mrkdwn(channel.topic))),
    ...(channel && !channel.is_im ? [
      channel.pins.length > 0 && button(`📌 ${channel.pins.length}`, toggle, { class: 'chip', 'aria-label': `${channel.pins.length} pinned` }),
      button(`👥 ${channel.members.length}`, toggle, { class: 'chip', 'aria-label': `${channel.members.length} members: details`, 'aria-pressed': String(store.details) }),
    ] : []),
  ].filter(Boolean));
}

let marksKey = '';
export function drawBookmarks(channel) {
  const list = channel?.bookmarks ?? [];
  const now = JSON.stringify([channel?.id, list]);
  if (now === marksKey) return;
  marksKey = now;
  $('bookmarks').hidden = list.length === 0;
  $('bookmarks').replaceChildren(...list.map((b) => link(b.link ?? '', `🔖 ${b.title}`)));
}
