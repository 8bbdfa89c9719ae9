// The disk is full, the file locked, read-only or damaged: said clearly, nothing acknowledged that is not stored, and vakt goes on afterwards.
import assert from 'node:assert/strict';
import { chmod, chown, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { limitFiles, lock, mode, spoil, sql } from './lib/database.mjs';
import { freePort } from './lib/process.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

const NOBODY = 65534;
let space, vakt, kari, channel, file, health;

beforeEach(async () => {
  space = await Workspace.start();
  health = `http://127.0.0.1:${await freePort()}`;
  vakt = await Vakt.start(space, `[http]\nlisten = "${health.slice(7)}"\n`);
  file = vakt.env.VAKT_DATABASE;
  kari = space.person('U0KARI');
  await kari.say('incidents', '/incident test Bad day');
  channel = (await space.see('U0KARI', (s) => s.channels.find((c) => c.name === 'inc-1-bad-day' && c.members.includes('U0KARI') && c.pins.length === 1 && c.bookmarks.length === 1), 'the incident\'s channel')).id;
});

afterEach(async () => {
  try {
    if (vakt?.program.alive) await vakt.stop();
  } finally {
    await space?.stop();
  }
});

const unacked = async () => (await space.control('acks')).unacked.length;
const lastAnswer = async () => (await space.control('acks')).acks.map((a) => a.payload).filter((p) => p).at(-1);
const ready = async () => (await fetch(`${health}/readyz`)).status;

async function recorded(said) {
  const record = await until(async () => {
    const now = await vakt.exportJson(1);
    return now.entries.filter((e) => e.kind === 'message').length >= said.length && now;
  }, `all ${said.length} messages`, 20000);
  assert.deepEqual(record.entries.filter((e) => e.kind === 'message').map((e) => e.slack.ts), said);
  await until(async () => (await unacked()) === 0, 'an ack for every envelope');
  return record;
}

// The headline's or an answer's button, as Kari presses it.
const press = async (action) => kari.press(channel, (await space.channel(channel)).pins[0], action);

// What holds while nothing can be written: people are told within 3 s, in every way they can speak, and nothing is acked.
async function refusesWell(trouble, reason) {
  await press('resolve');
  const form = await space.see('U0KARI', (s) => s.views.at(-1), 'the form');
  await trouble();
  const said = [];
  for (let i = 0; i < 300; ++i) said.push(await kari.say(channel, `While it lasts ${i}`));
  await until(() => reason.test(vakt.program.log), `${reason} in the log`, 5000);
  assert.equal(await ready(), 503, 'not ready');

  const within = async (what, act) => {
    const start = Date.now();
    const answer = await act();
    assert.ok(Date.now() - start < 3000, `${what} was answered after ${Date.now() - start} ms`);
    return answer;
  };
  for (let i = 0; i < 3; ++i) {
    assert.ok((await within('a command', () => kari.raw('say', { channel, text: `/incident note lost ${i}` }))).ok);
    assert.match(JSON.stringify(await lastAnswer()), /NOT RECORDED/);
  }
  const values = Object.fromEntries(form.view.blocks.filter((b) => b.type === 'input').map((b) => [b.block_id, { [b.element.action_id]: { type: 'plain_text_input', value: 'Over' } }]));
  const submitted = await within('a form', () => kari.submit(form.id, values));
  assert.match(JSON.stringify(submitted.errors), /NOT RECORDED/, 'the form stays, with what was typed, and says so');
  // A button's ack carries no text: the answer comes over the response_url.
  await space.control('calls', { clear: true });
  await within('a button', async () => {
    await press('tray');
    await until(async () => (await space.control('calls')).calls.some((c) => c.method === 'respond' && /NOT RECORDED/.test(JSON.stringify(c.args))), 'the button\'s answer', 3000);
  });
  assert.ok((await unacked()) >= said.length, 'no message is acknowledged');
  assert.ok(vakt.program.log.split('\n').filter((line) => reason.test(line)).length <= 3, 'said once, not with each try');
  assert.equal(await fetch(`${health}/healthz`).then((r) => r.status), 200, 'alive');
  return said;
}

async function recovers(said) {
  const record = await recorded(said);
  assert.deepEqual(record.entries.filter((e) => e.kind === 'note'), [], 'what people were told is not recorded is not there');
  assert.equal(await ready(), 200);
  assert.match(vakt.program.log, /can be written again/);
  assert.ok((await kari.raw('say', { channel, text: '/incident note found' })).ok);
  assert.equal((await vakt.exportJson(1)).entries.filter((e) => e.kind === 'note').length, 1);
}

// One line on stderr that a person understands, and exit 1.
async function refused(words, pattern) {
  const { code, stderr } = await vakt.attempt(...words);
  assert.equal(code, 1, `${words} ended with ${code}: ${stderr}`);
  assert.equal(stderr.trim().split('\n').length, 1, `${words} said: ${stderr}`);
  assert.match(stderr, pattern);
}

test('a full disk, and then there is room again', async () => {
  const { pid } = vakt.program.child;
  const said = await refusesWell(() => limitFiles(pid, 4096), /No room is left to write .*vakt\.db.*Free space/);
  assert.equal(JSON.parse(await vakt.command('incidents', '--json')).length, 1, 'what is there can be read');
  const { code, stdout } = await vakt.attemptUnder(['prlimit', '--fsize=4096:unlimited'], 'check');
  assert.equal(code, 1);
  assert.match(stdout, /WRONG database: No room is left/);
  await limitFiles(pid, null);
  await recovers(said);
});

test('a database that another program has locked, and then lets go', async () => {
  let release;
  const said = await refusesWell(async () => { release = await lock(file); }, /locked by another program/);
  assert.equal(JSON.parse(await vakt.command('incidents', '--json')).length, 1, 'what is there can be read');
  const { code, stdout } = await vakt.attempt('check');
  assert.equal(code, 1);
  assert.match(stdout, /WRONG database: .*locked by another program/);
  await release();
  await recovers(said);
});

test('kill -9 while the database is locked loses nothing', async () => {
  await space.control('delivery', { retry_ms: 1500 });
  const release = await lock(file);
  const said = [];
  for (let i = 0; i < 20; ++i) said.push(await kari.say(channel, `Locked ${i}`));
  await sleep(500);
  await vakt.kill();
  await vakt.run();
  assert.ok((await kari.raw('say', { channel, text: '/incident note lost' })).ok);
  assert.match(JSON.stringify(await lastAnswer()), /NOT RECORDED/, 'a restart meanwhile serves people too');
  await release();
  await recorded(said);
});

test('SIGTERM while the database is locked ends within 5 s, and nothing is lost', async () => {
  await space.control('delivery', { retry_ms: 1500 });
  const release = await lock(file);
  const said = [];
  for (let i = 0; i < 600; ++i) said.push(await kari.say(channel, `Locked ${i}`));
  await vakt.stop();
  await release();
  await vakt.run();
  await recorded(said);
});

test('a file that turns bad while vakt runs', async () => {
  const trouble = async () => {
    await until(async () => (await sql(file, 'PRAGMA wal_checkpoint(TRUNCATE)')).startsWith('0'), 'a checkpoint');
    const version = await sql(file, 'PRAGMA user_version');
    await spoil(file);
    // Another program's write: what is in memory is looked up on the disk again.
    await sql(file, `PRAGMA user_version = ${version}`);
  };
  await refusesWell(trouble, /damaged.*restore the newest backup/);
  await vakt.kill();
  for (const words of [['run'], ['incidents'], ['export', '1']]) await refused(words, /damaged.*restore the newest backup/);
  await refused(['check'], /WRONG/);
});

test('a database that cannot be what it is said to be', async () => {
  await vakt.stop();
  const good = join(space.folder, 'good.db');
  await copyFile(file, good);
  const all = [['run'], ['incidents'], ['export', '1']];
  const each = async (pattern) => { for (const words of all) await refused(words, pattern); };

  await writeFile(file, 'This is no database, but a text of more than sixteen bytes.');
  await each(/is not a vakt database/);
  await refused(['check'], /WRONG/);
  await copyFile(good, file);
  await sql(file, 'PRAGMA user_version = 99');
  await each(/written by a newer vakt \(schema 99/);
  await refused(['check'], /WRONG/);
  assert.equal(await sql(file, 'PRAGMA user_version'), '99', 'left as it was');
  await rm(file);
  await sql(file, 'CREATE TABLE other (x)');
  await each(/the database of another program/);
  await rm(file);
  await mkdir(file);
  await each(/vakt\.db/);
  await rm(file, { recursive: true });
  for (const words of [['incidents'], ['export', '1']]) await refused(words, /cannot be opened.*vakt\.db|vakt\.db cannot be opened/);
  await copyFile(good, file);
  await sql(file, "UPDATE incidents SET state = '{\"damaged\":'");
  await refused(['incidents'], /cannot read/);
  await refused(['export', '1'], /cannot read/);
  vakt.env.VAKT_DATABASE = join(space.folder, 'no', 'such', 'folder', 'vakt.db');
  await each(/No such file or directory/);
});

test('a file or folder that may not be written', async () => {
  await vakt.stop();
  const own = vakt.env;
  const nobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--inh-caps=-all'];
  const folder = join(space.folder, 'theirs');
  await chmod(space.folder, 0o755);
  await mkdir(folder);
  vakt.env = { ...own, VAKT_DATABASE: join(folder, 'vakt.db') };
  await copyFile(file, vakt.env.VAKT_DATABASE);
  const refusedTo = async (pattern, id) => {
    vakt.launch(process.getuid() === 0 ? nobody : []);
    await until(() => !vakt.program.alive, `vakt to refuse ${id}`, 5000);
    assert.equal(vakt.program.how.code, 1, id);
    assert.match(vakt.program.log.trim().split('\n').at(-1), pattern);
  };
  if (process.getuid() === 0) await chown(vakt.env.VAKT_DATABASE, NOBODY, NOBODY);
  await chmod(folder, 0o555);
  await refusedTo(/\.lock cannot be opened .*Check that the user that runs vakt may write in that folder/, 'a read-only folder');
  if (process.getuid() === 0) await chown(folder, NOBODY, NOBODY);
  await chmod(folder, 0o755);
  await chmod(vakt.env.VAKT_DATABASE, 0o444);
  await refusedTo(/cannot be written: the file, its folder or its disk is read-only|cannot be opened \(Permission denied\)/, 'a read-only file');
  await chmod(vakt.env.VAKT_DATABASE, 0);
  await refusedTo(/cannot be opened/, 'an unreadable file');
});

test('one vakt on one file, private to its user', async () => {
  await refused(['run'], /Another vakt \(process \d+\) already runs on .*vakt\.db\. Stop it first/);
  assert.ok(vakt.program.alive);
  await vakt.command('backup', join(space.folder, 'copy.db'));
  for (const name of (await readdir(space.folder)).filter((n) => n.includes('.db'))) assert.equal(await mode(join(space.folder, name)), '600', name);
  assert.ok((await readdir(space.folder)).includes('vakt.db-wal'), 'the log was there to be looked at');
});
