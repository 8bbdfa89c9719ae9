// Block Kit's interactive elements. Each answers {node, value}: `value` gives its entry in Slack's state values, or is absent.
import { button, h, icon } from './dom.js';
import { textObject, withEmoji } from './mrkdwn.js';
import { confirm, menu } from './popup.js';
import { nameOf, people, store } from './store.js';

const text = (object) => withEmoji(typeof object === 'string' ? object : object?.text);

// ctx.press(element, {value} or {selected}): the act; ctx.old: the value that stood here before a redraw, if any.
export function element(e, ctx) {
  const make = KINDS[e.type];
  if (!make) return { node: h('span', { class: 'faint' }, `(${e.type} is not shown here)`) };
  const made = make(e, ctx);
  const control = made.control ?? made.node;
  if (ctx.label) control.setAttribute('aria-label', ctx.label);
  return made;
}

async function fire(e, ctx, fields) {
  if (e.confirm && !(await confirm(e.confirm))) return false;
  await ctx.press(e, fields);
  return true;
}

function pushButton(e, ctx) {
  const node = button(textObject(e.text), async () => {
    node.setAttribute('aria-busy', 'true');
    if (e.url) window.open(e.url, '_blank', 'noreferrer');
    await fire(e, ctx, { value: e.value });
    node.removeAttribute('aria-busy');
  }, { class: `block-button ${e.style ?? ''}`, 'aria-label': e.accessibility_label, 'data-action': e.action_id });
  return { node };
}

function overflow(e, ctx) {
  const node = icon('⋯', 'More', () => menu(node, e.options.map((o) => [text(o.text), async () => {
    if (o.url) window.open(o.url, '_blank', 'noreferrer');
    await fire(e, ctx, { selected: o.value });
  }])), { class: 'block-button', 'data-action': e.action_id });
  return { node };
}

// A native select: `entries` are [value, label] pairs or {label, entries} groups.
function select(e, ctx, entries, initial, placeholder, shape) {
  const option = ([value, label]) => h('option', { value }, label);
  const first = ctx.old !== undefined ? ctx.old : initial;
  const node = h('select', { 'data-action': e.action_id, 'aria-label': text(e.placeholder) || 'Choose', onchange: async () => {
    if (ctx.live || e.dispatch_action) {
      if (!(await fire(e, ctx, { selected: node.value }))) node.value = first ?? '';
    }
  } },
  h('option', { value: '', disabled: !ctx.optional, hidden: !ctx.optional }, text(e.placeholder) || placeholder),
  entries.map((entry) => (Array.isArray(entry) ? option(entry) : h('optgroup', { label: entry.label }, entry.entries.map(option)))));
  node.value = first ?? '';
  return { node, raw: () => node.value, value: () => ({ type: e.type, ...shape(node.value || null) }) };
}

const pair = (o) => [o.value, text(o.text)];
const optionsOf = (e) => e.options ?? (e.option_groups ?? []).flatMap((g) => g.options);
const find = (e, value) => optionsOf(e).find((o) => o.value === value) ?? null;

function staticSelect(e, ctx) {
  const entries = e.option_groups ? e.option_groups.map((g) => ({ label: text(g.label), entries: g.options.map(pair) })) : e.options.map(pair);
  return select(e, ctx, entries, e.initial_option?.value, 'Choose…', (v) => ({ selected_option: find(e, v) }));
}

const usersSelect = (e, ctx) => select(e, ctx, people().map((u) => [u.id, nameOf(u.id)]), e.initial_user, 'Choose a person…', (v) => ({ selected_user: v }));

function channelsSelect(e, ctx) {
  const talk = e.type === 'conversations_select';
  return select(e, ctx, store.state.channels.filter((c) => !c.is_im && !c.is_archived).map((c) => [c.id, `#${c.name}`]), talk ? e.initial_conversation : e.initial_channel,
    'Choose a channel…', (v) => (talk ? { selected_conversation: v } : { selected_channel: v }));
}

let groups = 0;

function choices(e, ctx, type) {
  const many = type === 'checkbox';
  const name = `choice${++groups}`;
  const initial = many ? (e.initial_options ?? []).map((o) => o.value) : [e.initial_option?.value];
  const on = ctx.old !== undefined ? ctx.old : initial;
  const inputs = e.options.map((o) => h('input', { type, name, value: o.value, checked: on.includes(o.value), onchange: () => {
    if (ctx.live || e.dispatch_action) fire(e, ctx, { selected: many ? chosen() : chosen()[0] });
  } }));
  const chosen = () => inputs.filter((i) => i.checked).map((i) => i.value);
  const node = h('div', { class: 'choices', role: many ? 'group' : 'radiogroup', 'data-action': e.action_id }, e.options.map((o, i) => h('label', {}, inputs[i],
    h('span', {}, textObject(o.text), o.description && h('small', {}, textObject(o.description))))));
  const value = () => (many ? { selected_options: chosen().map((v) => find(e, v)) } : { selected_option: find(e, chosen()[0]) });
  return { node, raw: chosen, value: () => ({ type: e.type, ...value() }) };
}

function textInput(e, ctx, type = 'text') {
  const props = { 'data-action': e.action_id, placeholder: text(e.placeholder), maxlength: e.max_length, minlength: e.min_length,
    value: ctx.old ?? e.initial_value ?? '', autofocus: e.focus_on_load };
  const dispatch = (on) => (ctx.live || e.dispatch_action) && (e.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']).includes(on);
  const node = e.multiline ? h('textarea', { ...props, rows: 4 }) : h('input', { ...props, type });
  node.addEventListener('keydown', (event) => event.key === 'Enter' && !e.multiline && dispatch('on_enter_pressed') && (event.preventDefault(), fire(e, ctx, { value: node.value })));
  node.addEventListener('input', () => dispatch('on_character_entered') && fire(e, ctx, { value: node.value }));
  return { node, raw: () => node.value, value: () => ({ type: e.type, value: node.value === '' ? null : node.value }) };
}

function picker(e, ctx, type, initial, key, out = (v) => v) {
  const node = h('input', { type, 'data-action': e.action_id, value: ctx.old ?? initial ?? '', onchange: () => (ctx.live || e.dispatch_action) && fire(e, ctx, { selected: out(node.value) }) });
  return { node, raw: () => node.value, value: () => ({ type: e.type, [key]: node.value || null }) };
}

function dateTime(e, ctx) {
  const two = (n) => String(n).padStart(2, '0');
  const local = (s) => { const d = new Date(s * 1000); return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`; };
  const seconds = (typed) => (typed ? Math.round(new Date(typed).getTime() / 1000) : null);
  const made = picker(e, ctx, 'datetime-local', e.initial_date_time && local(e.initial_date_time), 'selected_date_time', seconds);
  return { ...made, value: () => ({ type: e.type, selected_date_time: seconds(made.node.value) }) };
}

const KINDS = {
  button: pushButton,
  workflow_button: pushButton,
  overflow,
  static_select: staticSelect,
  external_select: staticSelect,
  users_select: usersSelect,
  channels_select: channelsSelect,
  conversations_select: channelsSelect,
  radio_buttons: (e, ctx) => choices(e, ctx, 'radio'),
  checkboxes: (e, ctx) => choices(e, ctx, 'checkbox'),
  plain_text_input: (e, ctx) => textInput(e, ctx),
  url_text_input: (e, ctx) => textInput(e, ctx, 'url'),
  email_text_input: (e, ctx) => textInput(e, ctx, 'email'),
  number_input: (e, ctx) => textInput(e, ctx, 'number'),
  datepicker: (e, ctx) => picker(e, ctx, 'date', e.initial_date, 'selected_date'),
  timepicker: (e, ctx) => picker(e, ctx, 'time', e.initial_time, 'selected_time'),
  datetimepicker: dateTime,
  image: (e) => ({ node: h('a', { class: 'image', href: /^https?:/.test(e.image_url ?? '') ? e.image_url : undefined, target: '_blank', rel: 'noreferrer' }, `🖼 ${e.alt_text ?? 'image'}`) }),
};
