// From a resolved incident to a post-mortem in its channel, by one button and one form; and the days on which it fails.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { buttons, words } from './lib/action_house.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

let space, vakt, kari, ola;
const plain = '[http]\nlisten = ""\n';

beforeEach(async () => {
  space = await Workspace.start();
  vakt = new Vakt(space);
  [kari, ola] = ['U0KARI', 'U0OLA'].map((id) => space.person(id));
});

afterEach(async () => {
  try {
    if (vakt.program?.alive) await vakt.stop();
  } finally {
    await space.stop();
  }
});

async function run(config = plain, env = {}) {
  Object.assign(vakt.env, env);
  await writeFile(vakt.config, config);
  await vakt.run();
}

async function incident(words_of = 'declare sev1 Loki is full') {
  await kari.say('incidents', `/incident ${words_of}`);
  return (await space.see('U0KARI', (s) => s.channels.find((c) => c.name.startsWith('inc-') && c.pins.length === 1), 'the channel')).id;
}

const messages = async (channel, who = 'U0KARI') => (await space.channel(channel, who)).messages;
const sees = (channel, pattern, who = 'U0KARI', ms = 10000) => until(async () => (await messages(channel, who)).findLast((m) => pattern.test(words(m))), `${pattern}`, ms);
const form = (who = 'U0KARI') => space.see(who, (s) => s.views.at(-1), 'the form');
const inputs = (view) => view.view.blocks.filter((b) => b.type === 'input').map((b) => b.block_id);
const typed = (values) => Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { [block]: { type: 'plain_text_input', value } }]));
const all = (blocks) => typed(Object.fromEntries(blocks.map((block) => [block, `About the ${block}`])));
async function press(who, channel, message, action) {
  await who.press(channel, message.ts, buttons(message).find((b) => b.action_id.startsWith(action))?.action_id ?? assert.fail(`no ${action} in ${words(message)}`));
}
// The posts of vakt's that carry a file.
const files = async (channel) => (await space.history(channel)).filter((m) => m.files?.length && m.user === 'U0VAKT');
async function read(post) {
  const answer = await fetch(`${space.url}/files/${post.files[0].id}`);
  assert.equal(answer.status, 200);
  return answer.text();
}
const upload = (channel, ms = 15000) => until(async () => (await files(channel))[0], 'the document', ms);
const tell = async (channel, fields) => { for (const field of fields) await kari.say(channel, `/incident ${field} About the ${field}`); };
const OSLO = ['summary', 'impact', 'cause', 'solution', 'well', 'wrong', 'mitigation'];

test('resolved, one button, one form: a document without empty sections stands in the channel', async (t) => {
  await run();
  const channel = await incident();
  await kari.say(channel, '/incident summary Loki stopped taking logs');
  await kari.say(channel, '/incident note Disk is full');
  await kari.say(channel, '/action add Set a retention on Loki');
  await kari.say(channel, '/incident link https://grafana.example/d/1 Disk of Loki');
  await kari.say(channel, '/incident resolve Made the volume bigger');
  const resolved = await sees(channel, /Resolved.*by/);
  await press(kari, channel, resolved, 'postmortem');
  const view = await form();
  assert.deepEqual(inputs(view), ['impact', 'cause', 'well', 'wrong', 'mitigation'], 'summary and solution are known');
  assert.match(words(view.view), /Loki stopped taking logs/);
  assert.match(words(view.view), /Made the volume bigger/);
  const start = Date.now();
  const said = await kari.submit(view.id, { ...all(inputs(view)), ...typed({ cause: 'No retention | was <configured>' }) });
  assert.ok(said.ok && !said.errors, JSON.stringify(said));
  const post = await upload(channel);
  t.diagnostic(`uploaded ${Date.now() - start} ms after the form`);
  assert.ok(Date.now() - start < 5000);
  const text = await read(post);
  for (const words_of of ['Loki stopped taking logs', 'Made the volume bigger', 'About the impact', 'About the well', 'About the mitigation', 'Disk is full', 'Set a retention on Loki']) assert.ok(text.includes(words_of), `${words_of} in\n${text}`);
  assert.match(text, /No retention/);
  assert.match(post.text, /Post-mortem of incident 1/);
  assert.match(post.text, /No section is empty/);
  assert.match(post.files[0].name, /\.md$/);
  assert.equal(await vakt.command('export', '1', '--format', 'markdown', '--template', 'oslo'), text, 'what the terminal writes');
  const record = await until(async () => {
    const now = await vakt.exportJson(1);
    return now.entries.some((e) => e.kind === 'system' && e.detail === 'postmortem') && now;
  }, 'its entry');
  assert.deepEqual(record.fields.impact.map((f) => [f.actor, f.text]), [['U0KARI', 'About the impact']]);
  assert.equal(await vakt.command('export', '1', '--check'), text, 'the language has its usual template');
  // Nothing is missing now: no form, and a second document.
  await kari.say(channel, '/incident postmortem nav');
  assert.deepEqual(inputs(await form()), ['detection', 'learned'], 'what the other template wants besides');
  await writeFile(vakt.config, `${plain}[postmortem]\ntemplate = "nav"\n`);
  await assert.rejects(vakt.command('export', '1', '--check'), /2 of \d+ sections are empty/, 'what the config chose');
});

test('blanks are allowed: what is empty is named over the file', async () => {
  await run();
  const channel = await incident();
  await kari.say(channel, '/incident postmortem');
  const view = await form();
  assert.deepEqual(inputs(view), OSLO);
  await kari.submit(view.id, typed({ impact: 'Seven teams waited' }));
  const post = await upload(channel);
  assert.match(post.text, /sections are empty: .*Summary/);
  assert.doesNotMatch(post.text, /empty: [^\n]*Impact/);
  assert.match(post.text, /still open/);
});

test('Slack failing on each step: the file comes once', { timeout: 120_000 }, async () => {
  await run();
  const channel = await incident('test Bad day');
  await tell(channel, OSLO);
  let before = 0;
  for (const fault of [
    { method: 'files.getUploadURLExternal', status: 500 }, { method: 'files.getUploadURLExternal', status: 429, retry_after: 1 }, { method: 'files.getUploadURLExternal', drop: 'after' },
    { method: 'upload', status: 500 }, { method: 'upload', status: 429, retry_after: 1 }, { method: 'upload', drop: 'before' }, { method: 'upload', drop: 'after' },
    { method: 'files.completeUploadExternal', status: 500 }, { method: 'files.completeUploadExternal', drop: 'before' }, { method: 'files.completeUploadExternal', drop: 'after' },
  ]) {
    await space.control('fault', { times: 1, ...fault });
    await kari.say(channel, '/incident postmortem');
    await until(async () => (await files(channel)).length > before, `the file despite ${JSON.stringify(fault)}`, 20000);
    await sleep(1500);
    assert.equal((await files(channel)).length, ++before, `once, despite ${JSON.stringify(fault)}`);
  }
});

test('a workspace that takes no files says so, with what to do', async () => {
  await run();
  const channel = await incident();
  await tell(channel, OSLO);
  await space.control('fault', { method: 'files.getUploadURLExternal', times: 1, error: 'file_uploads_disabled' });
  await kari.say(channel, '/incident postmortem');
  const told = await sees(channel, /forbids such files/);
  assert.ok(told.ephemeral);
  assert.match(words(told), /vakt export 1 --template oslo/);
  await space.control('fault', { method: 'files.completeUploadExternal', times: 1, error: 'posting_to_channel_denied' });
  await kari.say(channel, '/incident postmortem');
  await sees(channel, /posting_to_channel_denied/);
  assert.deepEqual(await files(channel), []);
});

test('kill -9 between commit and upload, and between upload and showing: one file', { timeout: 120_000 }, async () => {
  await run();
  const channel = await incident();
  await tell(channel, OSLO);
  const calls = async (method) => (await space.control('calls')).calls.filter((c) => c.method === method).length;
  let shown = 0;
  for (const [method, fault] of [
    ['files.getUploadURLExternal', { delay_ms: 60000 }], ['upload', { delay_ms: 60000 }], ['upload', { drop: 'before' }],
    ['files.completeUploadExternal', { delay_ms: 60000 }], ['files.completeUploadExternal', { status: 500 }],
  ]) {
    const seen = await calls(method);
    await space.control('fault', { method, times: 1, ...fault });
    await kari.say(channel, '/incident postmortem');
    await until(async () => (await calls(method)) > seen, method);
    await sleep(30);
    await vakt.kill();
    await space.control('clear_faults');
    await vakt.run();
    ++shown;
    await until(async () => (await files(channel)).length >= shown, `the file after ${method}`, 30000);
    await sleep(1000);
    assert.equal((await files(channel)).length, shown, `once after ${method} ${JSON.stringify(fault)}`);
  }
});

test('two people at once: both are heard, and the last document has all', async () => {
  await run();
  const channel = await incident();
  await ola.join(channel);
  await kari.say(channel, '/incident postmortem');
  await ola.say(channel, '/incident postmortem');
  const mine = await form('U0KARI'), theirs = await form('U0OLA');
  await Promise.all([kari.submit(mine.id, typed({ summary: 'Kari said this', impact: 'One' })), ola.submit(theirs.id, typed({ cause: 'Ola said that' }))]);
  const last = await until(async () => {
    const posts = await files(channel);
    return posts.length && /Kari said this[^]*Ola said that/.test(await read(posts.at(-1))) && posts;
  }, 'both in the last one');
  assert.ok(last.length <= 2);
});

test('an entry is edited for documents, and the record keeps both', async () => {
  await run();
  const channel = await incident();
  await tell(channel, OSLO);
  await kari.say(channel, '/incident note 500 erors evrywhere');
  await kari.say(channel, '/incident note This helps nobody');
  await kari.say(channel, '/incident timeline');
  const shown = await sees(channel, /erors/);
  const pick = (m) => m.blocks.flatMap((b) => b.elements ?? []).find((e) => e.action_id?.startsWith('timeline_edit'));
  const option = (text) => pick(shown).options.find((o) => o.text.text.includes(text)).value;
  const edit = async (value, change) => {
    await kari.press(channel, shown.ts, pick(shown).action_id, { selected: value });
    const view = await form();
    const now = Object.fromEntries(view.view.blocks.filter((b) => b.type === 'input').map((b) => [b.block_id, b.element.initial_value ?? b.element.initial_option?.value]));
    const wanted = { ...now, ...change };
    const said = await kari.submit(view.id, { ...typed({ text: wanted.text, time: wanted.time }), shown: { shown: { type: 'static_select', selected_option: { value: wanted.shown } } } });
    assert.ok(said.ok && !said.errors, JSON.stringify(said));
    await space.see('U0KARI', (s) => s.views.length === 0, 'the form to close');
  };
  await edit(option('erors'), { text: 'Errors everywhere' });
  await edit(option('nobody'), { shown: 'no' });
  await kari.say(channel, '/incident postmortem');
  const text = await read(await upload(channel));
  assert.match(text, /Errors everywhere/);
  assert.doesNotMatch(text, /erors|helps nobody/);
  const record = await vakt.exportJson(1);
  const note = record.entries.find((e) => e.text?.includes('erors'));
  assert.equal(note.curated.text, 'Errors everywhere');
  assert.equal(note.curated.by, 'U0KARI');
  assert.equal(record.entries.find((e) => e.text?.includes('nobody')).curated.left_out, true);
});

test('its owner is reminded in the morning until it is published, and publishing shows everywhere', { timeout: 120_000 }, async () => {
  const config = '[http]\nlisten = ""\n[bot]\ntimezone = "Europe/Oslo"\n';
  await run(config, { VAKT_CLOCK: '2026-11-16T22:00:00Z' });  // a Monday night
  const channel = await incident();
  await kari.say(channel, '/incident lead @ola');
  await kari.say(channel, '/action add Set a retention on Loki');
  await kari.say(channel, '/incident resolve');
  await sees(channel, /sees to it that the post-mortem is published by 2026-11-23/);
  await vakt.stop();
  const reminded = async () => (await space.state('U0OLA')).channels.flatMap((c) => c.messages).filter((m) => /was due/.test(words(m)) && m.user === 'U0VAKT');
  await run(config, { VAKT_CLOCK: '2026-11-23T07:59:55Z' });
  await sleep(1000);
  assert.equal((await reminded()).length, 0, 'not before nine in Oslo');
  await until(async () => (await reminded()).length === 1, 'the reminder', 15000);
  await vakt.stop();
  await run(config, { VAKT_CLOCK: '2026-11-30T07:59:58Z' });
  await until(async () => (await reminded()).length === 2, 'a week later', 15000);
  assert.match(words((await reminded())[0]), /\/incident 1 postmortem publish/);
  await sees('incidents', /Post-mortems not published: 1 \(incident 1 for 14 days\)/);
  assert.match(await vakt.command('digest'), /Post-mortems not published: 1 \(incident 1 for 14 days\)/);

  await kari.say(channel, '/incident postmortem publish wiki');
  await sees(channel, /does not fit/);
  await kari.say(channel, '/incident postmortem publish https://wiki.example/pm/1');
  await sees(channel, /published the post-mortem/);
  await until(async () => (await space.channel(channel)).bookmarks.some((b) => b.link === 'https://wiki.example/pm/1'), 'the bookmark');
  await sees('incidents', /Post-mortem: .*https:\/\/wiki\.example\/pm\/1/);
  await kari.say(channel, '/incident postmortem publish https://wiki.example/pm/one');
  await until(async () => (await space.channel(channel)).bookmarks.filter((b) => b.link.includes('wiki')).map((b) => b.link).join() === 'https://wiki.example/pm/one', 'the bookmark replaced');
  const record = await vakt.exportJson(1);
  assert.equal(record.postmortem.owner, 'U0OLA');
  assert.equal(record.postmortem.due, '2026-11-23');
  assert.equal(record.postmortem.url, 'https://wiki.example/pm/one');
  assert.match(record.postmortem.published_at, /^2026-11-30T08:00/);
  await vakt.stop();
  await run(config, { VAKT_CLOCK: '2026-12-07T08:00:00Z' });
  await sleep(1500);
  assert.equal((await reminded()).length, 2, 'nobody is asked for what is published');
});

test('a template of one\'s own: its form asks for what it names, and nothing else', async () => {
  await writeFile(join(dirname(vakt.config), 'oslo.mustache'), '# {{title}}\n\n## Learned\n{{#learned_list}}\n{{learned_list}}\n{{/learned_list}}\n\n## Affected\n{{#affected}}\n{{affected}}\n{{/affected}}\n');
  await run();
  const channel = await incident();
  await kari.say(channel, '/incident resolve Made the volume bigger');
  await press(kari, channel, await sees(channel, /Resolved.*by/), 'postmortem');
  const view = await form();
  assert.deepEqual(inputs(view), ['learned', 'affected']);
  const said = await kari.submit(view.id, all(inputs(view)));
  assert.ok(said.ok && !said.errors, JSON.stringify(said));
  const post = await upload(channel);
  assert.equal(await read(post), '# Loki is full\n\n## Learned\n- About the learned\n\n## Affected\nAbout the affected\n');
  assert.match(post.text, /No section is empty/);
});

test('a record of 100,000 messages: its document comes within seconds, and its memory goes', async (t) => {
  await run();
  const channel = await incident();
  await tell(channel, OSLO);
  await kari.say(channel, 'Disk is full, see https://grafana.example/d/1');
  await until(async () => JSON.parse(await vakt.command('export', '1')).entries.some((e) => e.kind === 'message'), 'the message');
  await vakt.stop();
  const columns = execFileSync('sqlite3', [vakt.env.VAKT_DATABASE, "select group_concat(name) from pragma_table_info('entries')"]).toString().trim();
  const copied = columns.replace('seq', '1000 + i').replace(/\bat\b/, 'at + i').replace(/\bts\b/, "printf('17%08d.%06d', i, i)");
  execFileSync('sqlite3', [vakt.env.VAKT_DATABASE, `with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) insert into entries (${columns}) select ${copied} from n, (select * from entries where kind = 'message' limit 1)`]);
  await vakt.run();
  const resident = async () => Number((await readFile(`/proc/${vakt.program.child.pid}/status`, 'utf8')).match(/VmRSS:\s+(\d+)/)[1]) / 1024;
  const before = await resident();
  const start = Date.now();
  await kari.say(channel, '/incident postmortem');
  await upload(channel, 30000);
  const after = await until(async () => { const now = await resident(); return now < before + 16 && now; }, 'its memory to go', 5000);
  t.diagnostic(`document after ${Date.now() - start} ms; resident ${before.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after`);
  assert.ok(Date.now() - start < 20000);
});

test('"There is none" fills the section of the action items', async () => {
  await run();
  const channel = await incident();
  await kari.say(channel, '/incident resolve Made the volume bigger');
  await sees(channel, /Resolved.*by/);
  const before = await vakt.attempt('export', '1', '--template', 'oslo', '--check');
  assert.match(before.stderr, /Action items/);
  await press(kari, channel, await sees(channel, /There is none/), 'action_none');
  const after = await until(async () => {
    const said = await vakt.attempt('export', '1', '--template', 'oslo', '--check');
    return !/Action items/.test(said.stderr) && said;
  }, 'the section filled');
  assert.match(after.stdout, /## Action items\n[^#]*None is needed\./);
});

test('a pasted stack trace stays code, every field is shown, and the document speaks one language', async () => {
  const trace = 'It said\n```\njava.lang.IllegalStateException: pool | exhausted\n\tat shop.Pool.take(Pool.java:81)\n## not a heading\n| a | b |\n[FILL_IN]\n```\nand stopped.';
  await run(`${plain}[bot]\ntimezone = "Europe/Oslo"\n`);
  const channel = await incident();
  await kari.say(channel, `/incident note ${trace}`);
  const pinned = await kari.say(channel, 'Log:\n```2026-11-22 ERROR [main] no connection\nretrying```');
  await kari.pin(channel, pinned);
  for (const field of ['summary', 'cause', 'well', 'detection', 'learned', 'mitigation', 'affected']) await kari.say(channel, `/incident ${field} About the ${field}`);
  await kari.say(channel, `/incident impact ${trace}`);
  await kari.say(channel, '/incident link https://grafana.example/d/1 Disk of Loki');
  await kari.say(channel, '/action add Set a retention on Loki');
  await kari.say(channel, '/incident status identified');
  await kari.say(channel, '/incident resolve Rolled back');
  await until(async () => (await vakt.exportJson(1)).entries.some((e) => e.detail === 'resolved'), 'the end');
  await until(async () => (await vakt.exportJson(1)).entries.some((e) => e.on_timeline && /no connection/.test(e.text)), 'the pin');
  const document = (...words_of) => vakt.command('export', '1', ...words_of);
  const shots = process.env.VAKT_SCREENSHOTS;
  for (const template of ['oslo', 'nav']) {
    const text = await document('--format', 'markdown', '--template', template);
    assert.match(text, /\nIt said\n```\njava\.lang\.IllegalStateException: pool \| exhausted\n {1,4}at shop\.Pool\.take\(Pool\.java:81\)\n## not a heading\n\| a \| b \|\n\[FILL_IN\]\n```\nand stopped\.\n/);
    assert.match(text, /It said java\.lang\.IllegalStateException: pool \\\| exhausted \/ `at shop\.Pool\.take\(Pool\.java:81\)` \/ `## not a heading` … \/ and stopped\./);
    assert.match(text, /Log: `2026-11-22 ERROR \[main\] no connection` \/ `retrying`/);
    for (const field of ['summary', 'cause', 'well', 'detection', 'learned', 'mitigation', 'affected']) assert.match(text, new RegExp(`About the ${field}`), template);
    assert.match(text, /\[Disk of Loki\]\(https:\/\/grafana\.example\/d\/1\)/);
    assert.match(text, template === 'nav' ? /Løst: Rolled back/ : /\| Resolved: Rolled back/);
    assert.match(text, template === 'nav' ? /Tiltak #1 Set a retention on Loki · .*: Lagt til/ : /Action item #1 Set a retention on Loki · .*: Added/);
    if (template === 'nav') assert.doesNotMatch(text, /Resolved|Action item|Status (identified|investigating)/);
    const page = await document('--format', 'html', '--template', template);
    assert.match(page, /<pre><code>java\.lang[^<]*## not a heading\n\| a \| b \|\n\[FILL_IN\]\n<\/code><\/pre>/);
    if (shots) await writeFile(join(shots, `${template}.html`), page);
    if (shots) await writeFile(join(shots, `${template}.md`), text);
  }
  const check = await vakt.attempt('export', '1', '--template', 'oslo', '--check');
  assert.match(check.stderr, /^1 of 10 sections (are|is) empty: What went wrong\n$/);
});
