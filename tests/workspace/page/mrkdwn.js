// Slack's mrkdwn as DOM nodes.
import { h } from './dom.js';
import { emoji } from './emoji.js';
import { channel, go, nameOf, permalinked, store, user } from './store.js';

export const decode = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const safe = (url) => /^(https?:|mailto:|tel:)/i.test(url);

export function mrkdwn(text) {
  const out = [];
  String(text ?? '').split(/```\n?([\s\S]*?)```/).forEach((part, i) => {
    if (i % 2) out.push(h('pre', {}, plainToken(part.replace(/\n$/, ''))));
    else if (part) out.push(...paragraphs(i ? part.replace(/^\n/, '') : part));
  });
  return out;
}

function paragraphs(text) {
  const out = [];
  let quote = null;
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      if (!quote) out.push((quote = h('blockquote')));
      else quote.append('\n');
      quote.append(...inline(quoted[1]));
    } else {
      if (out.length && !quote) out.push('\n');
      quote = null;
      out.push(...inline(line));
    }
  }
  return out;
}

const STYLE = { '*': 'strong', _: 'em', '~': 's' };

function inline(text) {
  const out = [];
  let plain = '';
  const flush = () => {
    if (plain) out.push(...autolink(decode(plain)));
    plain = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    const rest = text.slice(i);
    let hit;
    if (c === '`' && (hit = /^`([^`]+)`/.exec(rest))) {
      flush();
      out.push(h('code', {}, plainToken(hit[1])));
    } else if (c === '<' && (hit = /^<([^<>]+)>/.exec(rest))) {
      flush();
      out.push(token(hit[1]));
    } else if (c === ':' && (hit = /^:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/.exec(rest)) && emoji(hit[1])) {
      flush();
      out.push(h('span', { class: 'emoji', title: hit[0] }, emoji(hit[1])));
    } else if (STYLE[c] && !/\w/.test(text[i - 1] ?? '') && (hit = closing(text, i))) {
      flush();
      out.push(h(STYLE[c], {}, inline(text.slice(i + 1, hit))));
      i = hit;
      continue;
    } else {
      plain += c;
      continue;
    }
    i += hit[0].length - 1;
  }
  flush();
  return out;
}

function closing(text, open) {
  const mark = text[open];
  if (/\s/.test(text[open + 1] ?? ' ') || text[open + 1] === mark) return 0;
  for (let j = open + 1; j < text.length; j++) {
    if (text[j] === '<' && text.indexOf('>', j) > 0) j = text.indexOf('>', j);
    else if (text[j] === '`' && text.indexOf('`', j + 1) > 0) j = text.indexOf('`', j + 1);
    else if (text[j] === mark && j > open + 1 && !/\s/.test(text[j - 1]) && !/\w/.test(text[j + 1] ?? '')) return j;
  }
  return 0;
}

function autolink(text) {
  return text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/).filter(Boolean).map((part) => (/^https?:\/\//.test(part) ? link(part, part) : part));
}

export function link(url, label) {
  if (!safe(url)) return label;
  const message = permalinked(url);
  if (message) return h('a', { href: url, onclick: (e) => { e.preventDefault(); store.show = message.ts; go(message.place); } }, label);
  return h('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, label);
}

function token(inner) {
  const [target, label] = inner.split(/\|(.*)/s);
  if (target.startsWith('@')) {
    const id = target.slice(1);
    return h('span', { class: id === store.me ? 'mention me' : 'mention', title: id }, `@${user(id) ? nameOf(id) : decode(label ?? id)}`);
  }
  if (target.startsWith('#')) {
    const id = target.slice(1);
    return h('a', { class: 'mention', href: `#${store.me}/${id}`, onclick: (e) => { e.preventDefault(); go(id); } },
      `#${channel(id)?.name ?? decode(label || id)}`);
  }
  if (target.startsWith('!date^')) return date(target, label);
  if (target.startsWith('!subteam^')) return h('span', { class: 'mention' }, decode(label ?? '@group'));
  if (target.startsWith('!')) return h('span', { class: 'mention' }, decode(label ?? `@${target.slice(1)}`));
  return link(decode(target), decode(label ?? target.replace(/^mailto:/, '')));
}

function date(target, fallback) {
  const [, seconds, format = '', url] = target.split('^');
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return decode(fallback ?? target);
  const say = (options) => at.toLocaleString(undefined, options);
  const text = decode(format).replace(/\{(date_num|date_short|date_long|date|time_secs|time|ago)(?:_pretty)?\}/g, (_, key) => ({
    date_num: at.toISOString().slice(0, 10),
    date_short: say({ day: 'numeric', month: 'short', year: 'numeric' }),
    date_long: say({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    date: say({ day: 'numeric', month: 'long', year: 'numeric' }),
    time: say({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    time_secs: say({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    ago: say({ dateStyle: 'short', timeStyle: 'short' }),
  })[key]);
  return url ? link(url, text) : h('time', { title: decode(fallback ?? '') }, text);
}

const plainToken = (text) => decode(text.replace(/<([^<>]+)>/g, (_, inner) => {
  const [target, label] = inner.split(/\|(.*)/s);
  if (target.startsWith('@')) return `@${user(target.slice(1)) ? nameOf(target.slice(1)) : label ?? target.slice(1)}`;
  if (target.startsWith('#')) return `#${channel(target.slice(1))?.name ?? label ?? target.slice(1)}`;
  return label ?? target.replace(/^!/, '@');
}));

export const withEmoji = (text) => String(text ?? '').replace(/:([a-z0-9_+'-]+):/g, (all, name) => emoji(name) ?? all);
export const plain = (text) => withEmoji(plainToken(String(text ?? '')));

// A text object of Block Kit: mrkdwn or plain_text.
export function textObject(object) {
  if (!object) return [];
  if (typeof object === 'string') return [object];
  return object.type === 'mrkdwn' ? mrkdwn(object.text) : [withEmoji(object.text)];
}

// What a person would have typed to get this wire text: for editing. (The server turns typed text into wire text.)
export const typed = (wire) => decode(String(wire ?? '').replace(/<([^<>]+)>/g, (_, inner) => {
  const [target, label] = inner.split(/\|(.*)/s);
  if (target.startsWith('@')) return `@${user(target.slice(1))?.name ?? label ?? target.slice(1)}`;
  if (target.startsWith('#')) return `#${channel(target.slice(1))?.name ?? label ?? target.slice(1)}`;
  if (target.startsWith('!')) return `@${(label ?? target.slice(1)).replace(/^@/, '')}`;
  return label && label !== target ? `${label} (${target})` : target;
}));
