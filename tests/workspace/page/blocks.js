// Block Kit's blocks as DOM nodes.
import { h } from './dom.js';
import { element } from './elements.js';
import { mrkdwn, link, textObject, withEmoji } from './mrkdwn.js';
import { nameOf, channel } from './store.js';

// ctx: {press(block_id, element, fields), live: selects act at once, old: values before a redraw, errors}.
// Answers {nodes, values(): Slack's state values, raws(): what `old` takes, focus: the input that asked for the focus}.
export function blocks(list, ctx) {
  const inputs = [];
  const at = (block, e, more = {}) => {
    const id = block.block_id ?? '';
    const made = element(e, { live: ctx.live, old: ctx.old?.[id]?.[e.action_id], press: (el, fields) => ctx.press(id, el, fields), ...more });
    if (made.value) inputs.push({ id, action: e.action_id, ...made });
    return made.node;
  };
  const nodes = (list ?? []).map((block) => h('div', { class: `block ${block.type}`, 'data-block': block.block_id }, body(block, at, ctx)));
  const collect = (read) => {
    const out = {};
    for (const input of inputs) (out[input.id] ??= {})[input.action] = read(input);
    return out;
  };
  return { nodes, inputs, values: () => collect((i) => i.value()), raws: () => collect((i) => i.raw()) };
}

function body(block, at, ctx) {
  switch (block.type) {
    case 'section':
      return [h('div', { class: 'part' }, block.text && h('div', { class: 'text' }, textObject(block.text)),
        block.fields && h('div', { class: 'fields' }, block.fields.map((f) => h('div', { class: 'text' }, textObject(f))))),
      block.accessory && h('div', { class: 'accessory' }, at(block, block.accessory))];
    case 'header': return h('h3', {}, textObject(block.text));
    case 'divider': return h('hr');
    case 'context': return block.elements.map((e) => (e.type === 'image' ? at(block, e) : h('span', { class: 'text' }, textObject(e))));
    case 'actions': return block.elements.map((e) => at(block, e));
    case 'input': return input(block, at, ctx);
    case 'image': return [block.title && h('small', {}, textObject(block.title)),
      at(block, { type: 'image', image_url: block.image_url ?? block.slack_file?.url, alt_text: block.alt_text })];
    case 'rich_text': return h('div', { class: 'text' }, block.elements.map(rich));
    case 'markdown': return h('div', { class: 'text' }, mrkdwn(block.text));
    default: return h('span', { class: 'faint' }, `(${block.type} is not shown here)`);
  }
}

function input(block, at, ctx) {
  const error = ctx.errors?.[block.block_id];
  const label = typeof block.label === 'string' ? block.label : block.label?.text;
  const e = { ...block.element, dispatch_action: block.dispatch_action };
  return h('div', { class: error ? 'field bad' : 'field' },
    h('div', { class: 'label' }, textObject(block.label), block.optional && h('small', {}, ' (optional)')),
    at(block, e, { live: false, label: withEmoji(label), optional: block.optional }),
    error && h('div', { class: 'error', role: 'alert' }, error),
    block.hint && h('small', { class: 'hint' }, textObject(block.hint)));
}

function rich(part) {
  const run = (e) => {
    let out;
    switch (e.type) {
      case 'text': out = e.text; break;
      case 'link': out = link(e.url, e.text ?? e.url); break;
      case 'user': out = h('span', { class: 'mention' }, `@${nameOf(e.user_id)}`); break;
      case 'channel': out = h('span', { class: 'mention' }, `#${channel(e.channel_id)?.name ?? e.channel_id}`); break;
      case 'broadcast': out = h('span', { class: 'mention' }, `@${e.range}`); break;
      case 'usergroup': out = h('span', { class: 'mention' }, `@${e.usergroup_id}`); break;
      case 'emoji': out = withEmoji(`:${e.name}:`); break;
      case 'date': out = e.fallback ?? new Date(e.timestamp * 1000).toLocaleString(); break;
      default: out = e.text ?? '';
    }
    for (const [key, tag] of [['code', 'code'], ['bold', 'strong'], ['italic', 'em'], ['strike', 's']]) if (e.style?.[key]) out = h(tag, {}, out);
    return out;
  };
  switch (part.type) {
    case 'rich_text_list': return h(part.style === 'ordered' ? 'ol' : 'ul', {}, part.elements.map((item) => h('li', {}, item.elements.map(run))));
    case 'rich_text_quote': return h('blockquote', {}, part.elements.map(run));
    case 'rich_text_preformatted': return h('pre', {}, part.elements.map(run));
    default: return h('div', {}, (part.elements ?? []).map(run));
  }
}

// Legacy attachments, as alerting tools still send them.
export function attachments(list, ctx) {
  return (list ?? []).map((a) => {
    const inner = blocks(a.blocks, ctx);
    const node = h('div', { class: 'attachment' }, a.pretext && h('div', { class: 'text' }, mrkdwn(a.pretext)),
      a.author_name && h('small', {}, a.author_name),
      a.title && h('div', { class: 'title' }, a.title_link ? link(a.title_link, withEmoji(a.title)) : withEmoji(a.title)),
      a.text && h('div', { class: 'text' }, mrkdwn(a.text)),
      a.fields && h('div', { class: 'fields' }, a.fields.map((f) => h('div', { class: 'text' }, h('strong', {}, f.title), '\n', mrkdwn(String(f.value ?? ''))))),
      inner.nodes,
      !a.text && !a.title && !a.blocks && !a.pretext && a.fallback && h('div', { class: 'text' }, mrkdwn(a.fallback)),
      a.footer && h('small', {}, a.footer));
    const color = { good: '#2f9e63', warning: '#d9a020', danger: '#d63232' }[a.color] ?? (/^#?[0-9a-f]{6}$/i.test(a.color ?? '') ? `#${a.color.replace('#', '')}` : '');
    if (color) node.style.borderLeftColor = color;
    return node;
  });
}
