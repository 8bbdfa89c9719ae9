// Slack's own Bolt and WebClient against the local workspace: if they work with it, it is Slack enough for vakt.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ErrorCode, WebClient } from '@slack/web-api';
import { boltApp, everyInput } from './lib/bolt.mjs';
import { Workspace, sleep, until } from './lib/workspace.mjs';

let space, app, kari, ola;
const seen = { messages: [], events: [], commands: [], actions: [], shortcuts: [], submissions: [], closed: [] };
const texts = () => seen.messages.map((m) => m.text);
let onCommand = async ({ ack }) => ack();
let onAction = async ({ ack }) => ack();
let onSubmission = async ({ ack }) => ack();

before(async () => {
  space = await Workspace.start();
  kari = space.person('U0KARI');
  ola = space.person('U0OLA');
  app = await boltApp(space, (bolt) => {
    bolt.event('message', async ({ event }) => { seen.messages.push(event); });
    for (const name of ['reaction_added', 'reaction_removed', 'pin_added', 'pin_removed', 'member_joined_channel', 'app_home_opened']) {
      bolt.event(name, async ({ event }) => { seen.events.push(event); });
    }
    bolt.command('/incident', async (args) => { seen.commands.push(args.command); await onCommand(args); });
    bolt.action(/.*/, async (args) => { seen.actions.push(args.body); await onAction(args); });
    bolt.shortcut(/.*/, async ({ shortcut, ack }) => { seen.shortcuts.push(shortcut); await ack(); });
    bolt.view('everything', async (args) => { seen.submissions.push(args.body); await onSubmission(args); });
    bolt.view({ callback_id: 'everything', type: 'view_closed' }, async ({ body, ack }) => { seen.closed.push(body); await ack(); });
  });
});

after(async () => {
  await app?.stop();
  await space?.stop();
});

test('who am I', async () => {
  const me = await app.client.auth.test();
  assert.equal(me.ok, true);
  assert.equal(me.user_id, 'U0VAKT');
  await assert.rejects(new WebClient('xoxb-wrong', { slackApiUrl: `${space.url}/api/`, logLevel: 'error' }).auth.test(), /invalid_auth/);
});

test('a message, its edit and its deletion arrive', async () => {
  const ts = await kari.say('incidents', 'Checkout is slow <again> & again');
  await until(() => seen.messages.find((m) => m.ts === ts), 'the message');
  const first = seen.messages.find((m) => m.ts === ts);
  assert.equal(first.text, 'Checkout is slow &lt;again&gt; &amp; again');
  assert.equal(first.user, 'U0KARI');
  assert.equal(first.channel_type, 'channel');
  await kari.edit('incidents', ts, 'Checkout is down');
  const changed = await until(() => seen.messages.find((m) => m.subtype === 'message_changed' && m.message.ts === ts), 'the edit');
  assert.equal(changed.message.text, 'Checkout is down');
  assert.equal(changed.previous_message.text, first.text);
  assert.ok(changed.message.edited.ts);
  await kari.delete('incidents', ts);
  const gone = await until(() => seen.messages.find((m) => m.subtype === 'message_deleted' && m.deleted_ts === ts), 'the deletion');
  assert.equal(gone.previous_message.text, 'Checkout is down');
});

test('a thread, a reaction, a pin and an upload arrive', async () => {
  const ts = await kari.say('incidents', 'A parent');
  const reply = await ola.reply('incidents', ts, 'An answer');
  assert.equal((await until(() => seen.messages.find((m) => m.ts === reply), 'the reply')).thread_ts, ts);
  await ola.react('incidents', ts, 'pushpin');
  const added = await until(() => seen.events.find((e) => e.type === 'reaction_added'), 'the reaction');
  assert.deepEqual([added.user, added.reaction, added.item.ts], ['U0OLA', 'pushpin', ts]);
  await ola.unreact('incidents', ts, 'pushpin');
  await until(() => seen.events.find((e) => e.type === 'reaction_removed'), 'the end of the reaction');
  await kari.pin('incidents', ts);
  const pinned = await until(() => seen.events.find((e) => e.type === 'pin_added'), 'the pin');
  assert.equal(pinned.item.message.ts, ts);
  await kari.unpin('incidents', ts);
  await until(() => seen.events.find((e) => e.type === 'pin_removed'), 'the end of the pin');
  const file = await kari.upload('incidents', 'graph.png', 'Error rate');
  const shared = await until(() => seen.messages.find((m) => m.ts === file), 'the upload');
  assert.equal(shared.subtype, 'file_share');
  assert.equal(shared.files[0].name, 'graph.png');
  const replies = await app.client.conversations.replies({ channel: added.item.channel, ts });
  assert.deepEqual(replies.messages.map((m) => m.text), ['A parent', 'An answer']);
});

describe('commands', () => {
  test('the answer in the ack is private to the caller', async () => {
    onCommand = async ({ ack }) => ack({ text: 'Only you see this' });
    await kari.say('incidents', '/incident list <of> @ola');
    const command = seen.commands.at(-1);
    assert.equal(command.command, '/incident');
    assert.equal(command.text, 'list &lt;of&gt; <@U0OLA|ola>');
    assert.equal(command.channel_name, 'incidents');
    const mine = (await space.channel('incidents')).messages.at(-1);
    assert.equal(mine.text, 'Only you see this');
    assert.equal(mine.ephemeral, true);
    assert.ok(!(await space.channel('incidents', 'U0OLA')).messages.some((m) => m.text === mine.text));
  });

  test('response_url posts, replaces and deletes', async () => {
    onCommand = async ({ ack, respond }) => {
      await ack();
      await respond({ response_type: 'in_channel', text: 'Everybody sees this' });
    };
    await kari.say('incidents', '/incident say');
    await space.see('U0OLA', (s) => s.channels.some((c) => c.messages.some((m) => m.text === 'Everybody sees this')), 'the answer in the channel');
  });

  test('a command that nobody acks fails for its user after three seconds', async () => {
    onCommand = async () => sleep(3500);
    const answer = await kari.raw('say', { channel: (await space.channel('incidents')).id, text: '/incident sleep' });
    assert.equal(answer.ok, false);
    assert.match(answer.error, /operation_timeout/);
    onCommand = async ({ ack }) => ack();
  });
});

test('a button and a select reach the app, and it updates its message', async () => {
  const { channel, ts } = await app.client.chat.postMessage({ channel: (await space.channel('incidents')).id, text: 'Headline', blocks: [
    { type: 'section', block_id: 'head', text: { type: 'mrkdwn', text: '*Headline*' } },
    { type: 'actions', block_id: 'tray', elements: [
      { type: 'button', action_id: 'resolve', text: { type: 'plain_text', text: 'Resolve' }, value: '17', style: 'primary' },
      { type: 'static_select', action_id: 'severity', options: ['sev1', 'sev2'].map((v) => ({ text: { type: 'plain_text', text: v.toUpperCase() }, value: v })) },
      { type: 'users_select', action_id: 'lead' }] }] });
  onAction = async ({ ack, respond, body }) => {
    await ack();
    if (body.actions[0].action_id === 'resolve') await respond({ replace_original: true, text: 'Resolved' });
  };
  await kari.press(channel, ts, 'severity', { block_id: 'tray', selected: 'sev2' });
  assert.equal(seen.actions.at(-1).actions[0].selected_option.value, 'sev2');
  await kari.press(channel, ts, 'lead', { block_id: 'tray', selected: 'U0OLA' });
  assert.equal(seen.actions.at(-1).actions[0].selected_user, 'U0OLA');
  await kari.press(channel, ts, 'resolve', { block_id: 'tray' });
  const press = seen.actions.at(-1);
  assert.deepEqual([press.user.id, press.actions[0].value, press.message.ts, press.channel.id], ['U0KARI', '17', ts, channel]);
  const changed = await space.see('U0OLA', (s) => s.channels.find((c) => c.id === channel).messages.find((m) => m.ts === ts && m.text === 'Resolved'), 'the replaced message');
  assert.equal(changed.blocks, undefined);
  await app.client.chat.update({ channel, ts, text: 'Resolved at noon' });
  assert.equal((await space.channel('incidents')).messages.find((m) => m.ts === ts).text, 'Resolved at noon');
});

test('a shortcut on a message reaches the app', async () => {
  const ts = await kari.say('incidents', 'Remember this');
  const { shortcuts } = await space.state();
  await kari.shortcut('incidents', ts, shortcuts[0].callback_id);
  assert.equal(seen.shortcuts.at(-1).message.text, 'Remember this');
  assert.equal(seen.shortcuts.at(-1).callback_id, shortcuts[0].callback_id);
});

test('a modal opens, refuses, pushes, is updated, is submitted and is closed', async () => {
  onCommand = async ({ ack, client, command }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: everyInput({ private_metadata: 'kept', notify_on_close: true }) });
  };
  await kari.say('incidents', '/incident');
  const open = await space.see('U0KARI', (s) => s.views[0], 'the modal');
  assert.equal(open.view.private_metadata, 'kept');
  assert.deepEqual((await kari.submit(open.id, {})).errors, { title: 'Please complete this required field.' });
  const values = (title) => ({ title: { v: { type: 'plain_text_input', value: title } }, severity: { v: { type: 'static_select', selected_option: { text: { type: 'plain_text', text: 'SEV1' }, value: 'sev1' } } } });
  onSubmission = async ({ ack }) => ack({ response_action: 'errors', errors: { title: 'Taken.' } });
  assert.deepEqual((await kari.submit(open.id, values('Backend down'))).errors, { title: 'Taken.' });
  onSubmission = async ({ ack }) => ack({ response_action: 'push', view: everyInput({ title: { type: 'plain_text', text: 'Second' } }) });
  await kari.submit(open.id, values('Backend down'));
  const second = (await space.state()).views.at(-1);
  assert.equal(second.view.title.text, 'Second');
  assert.equal((await space.state()).views.length, 2);
  await app.client.views.update({ view_id: second.id, view: everyInput({ title: { type: 'plain_text', text: 'Changed' } }) });
  assert.equal((await space.state()).views.at(-1).view.title.text, 'Changed');
  onSubmission = async ({ ack }) => ack({ response_action: 'clear' });
  await kari.submit(second.id, values('Backend down'));
  const state = seen.submissions.at(-1).view.state.values;
  assert.equal(state.title.v.value, 'Backend down');
  assert.equal(state.severity.v.selected_option.value, 'sev1');
  assert.deepEqual((await space.state()).views, []);
  await kari.say('incidents', '/incident');
  const again = await space.see('U0KARI', (s) => s.views[0], 'the modal again');
  await kari.raw('close', { view_id: again.id });
  await until(() => seen.closed.length === 1, 'view_closed');
  await assert.rejects(app.client.views.open({ trigger_id: 'spent', view: everyInput() }), /invalid_trigger_id/);
  onCommand = async ({ ack }) => ack();
  onSubmission = async ({ ack }) => ack();
});

test('the home is published when it is opened', async () => {
  await kari.raw('home', {});
  const opened = await until(() => seen.events.find((e) => e.type === 'app_home_opened'), 'app_home_opened');
  await app.client.views.publish({ user_id: opened.user, view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Welcome' } }] } });
  assert.equal((await space.state()).home.blocks[0].text.text, 'Welcome');
});

test('channels: create, name taken, invite, topic, pin, bookmark, history by pages, archive', async () => {
  const { channel } = await app.client.conversations.create({ name: 'inc-1-backend-down' });
  await assert.rejects(app.client.conversations.create({ name: 'inc-1-backend-down' }), /name_taken/);
  await app.client.conversations.invite({ channel: channel.id, users: 'U0KARI,U0OLA' });
  await app.client.conversations.setTopic({ channel: channel.id, topic: 'SEV1' });
  const posted = await app.client.chat.postMessage({ channel: channel.id, text: 'Head', metadata: { event_type: 'vakt', event_payload: { nonce: 'n1' } } });
  await app.client.pins.add({ channel: channel.id, timestamp: posted.ts });
  await assert.rejects(app.client.pins.add({ channel: channel.id, timestamp: posted.ts }), /already_pinned/);
  await app.client.bookmarks.add({ channel_id: channel.id, title: 'Runbook', type: 'link', link: 'https://runbook.example/' });
  const here = await space.channel('inc-1-backend-down');
  assert.deepEqual([here.topic, here.pins, here.bookmarks[0].title, here.members.sort()], ['SEV1', [posted.ts], 'Runbook', ['U0KARI', 'U0OLA', 'U0VAKT']]);
  for (let i = 0; i < 25; ++i) await kari.say(channel.id, `Line ${i}`);
  const all = [];
  let pages = 0;
  for await (const page of app.client.paginate('conversations.history', { channel: channel.id, limit: 10, include_all_metadata: true })) {
    all.push(...page.messages);
    ++pages;
  }
  assert.ok(pages >= 3, `${pages} pages`);
  assert.deepEqual(all.filter((m) => m.text.startsWith('Line')).map((m) => m.text), Array.from({ length: 25 }, (_, i) => `Line ${24 - i}`));
  assert.equal(all.find((m) => m.ts === posted.ts).metadata.event_payload.nonce, 'n1');
  const line10 = all.find((m) => m.text === 'Line 10');
  const since = await app.client.conversations.history({ channel: channel.id, oldest: line10.ts });
  assert.equal(since.messages.length, 14);
  const withIt = await app.client.conversations.history({ channel: channel.id, oldest: line10.ts, inclusive: true });
  assert.equal(withIt.messages.length, 15);
  await app.client.conversations.archive({ channel: channel.id });
  await assert.rejects(app.client.chat.postMessage({ channel: channel.id, text: 'late' }), /is_archived/);
});

test('rate limits and faults are met by the client\'s own retries', async () => {
  const channel = (await space.channel('incidents')).id;
  await space.control('fault', { method: 'chat.postMessage', times: 1, status: 429, retry_after: 1 });
  const start = Date.now();
  assert.equal((await app.client.chat.postMessage({ channel, text: 'After the limit' })).ok, true);
  assert.ok(Date.now() - start >= 900);
  await space.control('fault', { method: 'chat.postMessage', times: 1, drop: 'before' });
  assert.equal((await app.client.chat.postMessage({ channel, text: 'After the drop' })).ok, true);
  await space.control('fault', { method: 'chat.postMessage', times: 1, error: 'fatal_error' });
  await assert.rejects(app.client.chat.postMessage({ channel, text: 'No' }), { code: ErrorCode.PlatformError });
  const said = (await space.channel('incidents')).messages.map((m) => m.text);
  assert.deepEqual(['After the limit', 'After the drop', 'No'].map((t) => said.filter((one) => one === t).length), [1, 1, 0]);
});

test('an event is delivered as often as the test asks, with one event_id', async () => {
  await space.control('delivery', { duplicate: 3 });
  const ts = await kari.say('incidents', 'Three times');
  await until(() => texts().filter((t) => t === 'Three times').length === 3, 'three deliveries');
  await space.control('delivery', { duplicate: 1, reorder: 4 });
  const sent = [];
  for (let i = 0; i < 4; ++i) sent.push(await ola.say('incidents', `Shuffled ${i}`));
  await until(() => texts().filter((t) => t?.startsWith('Shuffled')).length === 4, 'four shuffled');
  await space.control('delivery', { reorder: 0 });
  assert.ok(ts < sent[0]);
});

test('the connection is refreshed while people talk, and nothing is lost but by the client itself', async () => {
  // Bolt leaves events that nobody listens to unacked.
  const before = new Set((await space.control('acks')).unacked);
  let talking = true;
  const said = [];
  const talk = (async () => {
    for (let i = 0; talking; ++i) {
      const text = `Refresh ${i}`;
      await ola.say('incidents', text);
      said.push(text);
      await sleep(30);
    }
  })();
  await space.control('delivery', { retry_ms: 4000 });
  await sleep(200);
  await space.control('socket', { do: 'refresh', which: 'all', warning_ms: 200 });
  await sleep(1500);
  await space.connected();
  await sleep(500);
  talking = false;
  await talk;
  await until(() => said.every((t) => texts().includes(t)), 'every message, by retries where the client lost its first delivery', 25000);
  await until(async () => (await space.control('acks')).unacked.every((id) => before.has(id)), 'every ack', 10000);
  await space.control('delivery', { retry_ms: 60000 });
});

test('the app met no error', () => assert.deepEqual(app.wrong.map(String).filter((e) => !/Incorrect|ack/.test(e)), []));

test('a file goes up in three steps, and tells where it is shown', async () => {
  const channel = (await space.channel('general')).id;
  await app.client.conversations.join({ channel });
  await app.client.filesUploadV2({ channel_id: channel, filename: 'post-mortem.md', file: Buffer.from('# Søknad'), initial_comment: 'Written' });
  const post = await until(async () => (await space.history(channel)).find((m) => m.files?.[0]?.name === 'post-mortem.md'), 'the post');
  assert.equal(post.text, 'Written');
  assert.equal(await (await fetch(`${space.url}/files/${post.files[0].id}`)).text(), '# Søknad');
  const { file } = await app.client.files.info({ file: post.files[0].id });
  assert.deepEqual(file.channels, [channel]);
  assert.equal(file.shares.public[channel][0].ts, post.ts);

  const refusal = async (method, args) => (await app.client.apiCall(method, args).then(() => ({}), (error) => error)).data?.error;
  assert.equal(await refusal('files.getUploadURLExternal', { filename: 'a.md', length: 0 }), 'missing_argument');
  assert.equal(await refusal('files.getUploadURLExternal', { length: 3 }), 'invalid_arguments');
  assert.equal(await refusal('files.completeUploadExternal', { files: JSON.stringify([{ id: 'F0NONE' }]), channel_id: channel }), 'file_not_found');
  const place = await app.client.files.getUploadURLExternal({ filename: 'a.md', length: 3 });
  assert.equal(await refusal('files.completeUploadExternal', { files: JSON.stringify([{ id: place.file_id }]), channel_id: channel }), 'file_update_failed', 'no bytes came');
  assert.equal((await fetch(place.upload_url, { method: 'POST', body: 'abcd' })).status, 400, 'not the length that was announced');
  assert.equal((await fetch(place.upload_url, { method: 'POST', body: 'abc' })).status, 200);
  assert.equal(await refusal('files.completeUploadExternal', { files: JSON.stringify([{ id: place.file_id }]), channel_id: 'C0NONE' }), 'channel_not_found');
});
