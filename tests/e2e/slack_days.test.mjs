// Slack answers with errors, pages of HTML, nothing, or as somebody else: the incident comes into being once, and nothing is lost.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, test } from 'node:test';
import { certificate, connectProxy, tlsFront } from './lib/tls_front.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

let space, vakt, kari, stops;

beforeEach(async () => {
  stops = [];
  space = await Workspace.start();
  vakt = new Vakt(space);
  await writeFile(vakt.config, '[http]\nlisten = ""\n');
  kari = space.person('U0KARI');
});

afterEach(async () => {
  try {
    if (vakt.program?.alive) await vakt.stop();
  } finally {
    for (const stop of stops) await stop();
    await space.stop();
  }
});

const incidentChannels = async () => (await space.ask('conversations.list', { limit: '999' })).channels.filter((c) => c.name.startsWith('inc-'));
const ours = async (channel) => (await space.history(channel)).filter((m) => m.user === 'U0VAKT' && !m.subtype && !m.ephemeral_for);

// The incident stands there whole, and each of its parts once.
async function once(title) {
  const channel = await until(async () => {
    const [found] = (await incidentChannels());
    const { channel: shown } = await space.control('history', { channel: found.id });
    return shown.bookmarks.length > 0 && shown.members.includes('U0KARI') && shown.topic && (await ours(found.id)).length > 0 && found;
  }, `the whole of ${title}`, 40000);
  await until(async () => (await space.history('incidents')).some((m) => m.user === 'U0VAKT' && !m.ephemeral_for && JSON.stringify(m).includes(channel.id)), 'the announcement', 20000);
  await sleep(1500);
  assert.equal((await incidentChannels()).length, 1, 'one channel');
  assert.equal((await ours(channel.id)).length, 1, 'one headline');
  assert.equal((await ours('incidents')).filter((m) => JSON.stringify(m).includes(channel.id)).length, 1, 'one announcement');
  const { channel: shown } = await space.control('history', { channel: channel.id });
  assert.equal(shown.bookmarks.length, 1, 'one bookmark');
  const told = (await space.history('incidents')).filter((m) => m.ephemeral_for === 'U0KARI' && JSON.stringify(m.blocks ?? m.text).includes(channel.id));
  assert.ok(told.length <= 1, `Kari is told ${told.length} times`);
  assert.equal(JSON.parse(await vakt.command('incidents', '--json')).length, 1);
  return channel.id;
}

const html = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1>{"ok":true}</body></html>';
const parts = ['conversations.create', 'chat.postMessage', 'conversations.invite', 'conversations.setTopic', 'pins.add', 'bookmarks.add', 'users.info', 'usergroups.list', 'conversations.list', 'conversations.history'];
for (const [what, fault] of [
  ['500', { status: 500 }],
  ['a page of HTML', { status: 200, body: html }],
  ['ok:false internal_error', { error: 'internal_error' }],
  ['JSON of another kind', { status: 200, body: '[[[]]]' }],
  ['429 and Retry-After', { status: 429, retry_after: 1 }],
  ['a connection that is closed', { drop: 'before' }],
  ['a connection that is closed after the work', { drop: 'after' }],
]) {
  test(`declared while Slack answers ${what}, to each of its methods once`, async () => {
    await vakt.run();
    for (const method of parts) await space.control('fault', { method, times: 1, ...fault });
    assert.ok((await kari.raw('say', { channel: (await space.channel('incidents')).id, text: '/incident declare sev2 Bad answers' })).ok);
    await once('Bad answers');
  });
}

test('posts stay in order and none is lost through a storm of faults', async () => {
  await vakt.run();
  await kari.say('incidents', '/incident test Order');
  const channel = (await until(async () => (await incidentChannels())[0], 'the channel')).id;
  await until(async () => (await ours(channel)).length === 1, 'the headline');
  const faults = [{ status: 500 }, { status: 429, retry_after: 1 }, { drop: 'after' }, { error: 'fatal_error' }, { drop: 'before' }, { status: 200, body: html }];
  for (const fault of faults) await space.control('fault', { method: 'chat.postMessage', times: 1, ...fault });
  for (let i = 0; i < 6; ++i) assert.ok((await kari.raw('say', { channel, text: `/incident update Step ${i}` })).ok);
  const posted = await until(async () => {
    const steps = (await ours(channel)).map((m) => JSON.stringify([m.text, m.blocks]).match(/Step (\d)/)?.[1]).filter(Boolean);
    return new Set(steps).size === 6 && steps;
  }, 'six updates', 45000);
  assert.deepEqual(posted, ['0', '1', '2', '3', '4', '5']);
});

test('Slack that does not answer at all is waited for, and people are not', async () => {
  await vakt.run();
  await space.control('fault', { method: 'conversations.create', times: 1, delay_ms: 12000 });
  const start = Date.now();
  await kari.say('incidents', '/incident declare sev2 Silence');
  assert.ok(Date.now() - start < 2500, 'the command is answered: its ack waits 1.5 s for the channel');
  const next = Date.now();
  await kari.say('incidents', '/incident list');
  assert.ok(Date.now() - next < 1000, 'and the next one');
  await once('Silence');
});

test('what Slack refuses for good is said to a person and logged, and the rest goes on', async () => {
  await vakt.run();
  for (const [method, error] of [['pins.add', 'missing_scope'], ['bookmarks.add', 'restricted_action'], ['conversations.setTopic', 'not_in_channel'], ['conversations.invite', 'cant_invite']])
    await space.control('fault', { method, times: 9, error });
  await kari.say('incidents', '/incident declare sev2 Refused');
  const channel = (await until(async () => (await incidentChannels())[0], 'the channel')).id;
  await until(async () => (await ours(channel)).length === 1, 'the headline');
  await space.control('clear_faults');
  await space.person('U0KARI').join(channel);
  const ts = await kari.say(channel, 'Heard all the same');
  await until(async () => (await vakt.exportJson(1)).entries.some((e) => e.slack?.ts === ts), 'the message in the record');
  assert.match(vakt.program.log, /Slack did not do as asked/);
});

test('a token that Slack refuses ends vakt with one clear line', async () => {
  vakt.env.SLACK_BOT_TOKEN = 'xoxb-wrong-000000000000-secret';
  vakt.launch();
  await until(() => !vakt.program.alive, 'vakt to end', 5000);
  assert.equal(vakt.program.how.code, 1);
  assert.match(vakt.program.log.trim().split('\n').at(-1), /does not accept vakt's bot token/);
  const { code, stdout } = await vakt.attempt('check');
  assert.equal(code, 1);
  assert.match(stdout, /WRONG bot token/);
  vakt.env.SLACK_BOT_TOKEN = 'xoxb-local';
  vakt.env.SLACK_APP_TOKEN = 'xapp-wrong-000000000000-secret';
  vakt.launch();
  await until(() => !vakt.program.alive, 'vakt to end', 10000);
  assert.equal(vakt.program.how.code, 1);
  assert.match(vakt.program.log, /refuses the app-level token/);
  vakt.program.keepsSecrets();
});

async function front(names, host = names[0]) {
  const made = certificate(space.folder, names);
  const server = await tlsFront(space, made, host);
  stops.push(server.stop);
  vakt.env.SLACK_API_URL = server.url;
  return { ...made, ...server };
}
async function doesNotTrust(pattern) {
  const { code, stdout } = await vakt.attempt('check');
  assert.equal(code, 1);
  assert.match(stdout, pattern);
  vakt.launch();
  await until(() => pattern.test(vakt.program.log), `${pattern} in the log`, 8000);
  assert.equal((await space.control('calls')).calls.length, 0, 'nothing reached the workspace');
  // It keeps trying: a certificate may be renewed. SIGTERM ends it all the same.
  assert.ok(vakt.program.alive);
  vakt.program.child.kill('SIGTERM');
  await until(() => !vakt.program.alive, 'vakt to end', 5000);
}
async function serves(server) {
  await vakt.run();
  await kari.say('incidents', '/incident test Over TLS');
  const channel = (await until(async () => (await incidentChannels())[0], 'the channel')).id;
  await kari.join(channel);
  const ts = await kari.say(channel, 'Heard');
  await until(async () => (await vakt.exportJson(1)).entries.some((e) => e.slack?.ts === ts), 'the message in the record');
  assert.ok(server.upgrades() >= 1, 'by wss');
}

test('a certificate that nobody vouches for is refused; with SSL_CERT_FILE it serves, over https and wss', async () => {
  const server = await front(['localhost']);
  await doesNotTrust(/certificate/i);
  vakt.env.SSL_CERT_FILE = server.cert;
  await serves(server);
});

test('a good certificate for another host is refused', async () => {
  const server = await front(['elsewhere.test'], 'localhost');
  vakt.env.SSL_CERT_FILE = server.cert;
  await doesNotTrust(/certificate|host ?name/i);
});

test('a server that speaks no TLS, and a port where nobody listens', async () => {
  vakt.env.SLACK_API_URL = `https://localhost:${space.port}/api/`;
  await doesNotTrust(/localhost/);
  vakt.env.SLACK_API_URL = 'https://localhost:9/api/';
  await doesNotTrust(/localhost/);
});

test('through the proxy that HTTPS_PROXY names, with its password, but not for what NO_PROXY exempts', async () => {
  const server = await front(['slack.test']);
  const proxy = await connectProxy();
  stops.push(proxy.stop);
  vakt.env.SSL_CERT_FILE = server.cert;
  vakt.env.HTTPS_PROXY = `http://vakt:p%40ss-word-77@127.0.0.1:${proxy.port}`;
  vakt.env.NO_PROXY = 'localhost,other.test,10.0.0.0/8';
  await serves(server);
  assert.ok(proxy.asked.length >= 2, 'the Web API and the socket');
  assert.deepEqual([...new Set(proxy.asked.map((a) => a.target))], [`slack.test:${server.port}`]);
  assert.equal(proxy.asked[0].authorization, `Basic ${Buffer.from('vakt:p@ss-word-77').toString('base64')}`);
  assert.ok(!/ss-word-77/.test(vakt.program.log), 'the proxy\'s password is in no log');
  await vakt.stop();
  for (const exempt of ['slack.test', '.test', '*', `slack.test:${server.port}`]) {
    proxy.asked.length = 0;
    vakt.env.NO_PROXY = exempt;
    // slack.test is no real name: without the proxy it is not found.
    assert.match((await vakt.attempt('check')).stdout, /WRONG bot token/);
    assert.equal(proxy.asked.length, 0, exempt);
  }
});

test('a proxy that refuses us is named', async () => {
  await front(['slack.test']);
  const proxy = await connectProxy({ refuse: true });
  stops.push(proxy.stop);
  vakt.env.HTTPS_PROXY = `http://vakt:secret-of-proxy@127.0.0.1:${proxy.port}`;
  const { code, stdout, stderr } = await vakt.attempt('check');
  assert.equal(code, 1);
  assert.match(stdout, /WRONG bot token: .*proxy.*407/i);
  assert.ok(!`${stdout}${stderr}`.includes('secret-of-proxy'));
});
