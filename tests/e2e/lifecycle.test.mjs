// Starting, stopping and being looked at: SIGTERM under load and without Slack, the health page, the metrics.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { freePort } from './lib/process.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

let space, vakt, kari, port, health;

beforeEach(async () => {
  space = await Workspace.start();
  port = await freePort();
  health = `http://127.0.0.1:${port}`;
  vakt = new Vakt(space);
  await writeFile(vakt.config, `[http]\nlisten = "127.0.0.1:${port}"\n`);
  kari = space.person('U0KARI');
});

afterEach(async () => {
  try {
    if (vakt.program?.alive) await vakt.stop();
  } finally {
    await space.stop();
  }
});

async function declare() {
  await kari.say('incidents', '/incident test Stop and go');
  return (await space.see('U0KARI', (s) => s.channels.find((c) => c.name === 'inc-1-stop-and-go' && c.members.includes('U0KARI')), 'the channel')).id;
}
const heard = async () => (await vakt.exportJson(1)).entries.filter((e) => e.kind === 'message').map((e) => e.slack.ts);
const status = (path) => fetch(`${health}${path}`).then((r) => r.status);
const metrics = async () => Object.fromEntries((await (await fetch(`${health}/metrics`)).text()).split('\n').filter((l) => l && !l.startsWith('#')).map((l) => [l.split(' ')[0], Number(l.split(' ')[1])]));

test('SIGTERM under load and with a Slack that hangs ends within 5 s, and nothing acknowledged is lost', async () => {
  await vakt.run();
  const channel = await declare();
  for (let round = 0; round < 3; ++round) {
    const before = (await space.control('acks')).acks.length;
    const said = [];
    for (const method of ['chat.postMessage', 'users.info', 'conversations.history', 'chat.update', 'apps.connections.open']) await space.control('fault', { method, times: 3, delay_ms: 15000 });
    for (let i = 0; i < 3; ++i) await kari.say(channel, `/incident update Round ${round}.${i}`);
    let talking = true;
    const talk = (async () => {
      // No more than Slack lets vakt fetch again at once: 50 pages of 200 for all rounds.
      for (let i = 0; talking && said.length < 1500; ++i) {
        said.push(...await Promise.all(Array.from({ length: 20 }, (_, k) => kari.say(channel, `${round}.${i}.${k}`))));
        await sleep(15);
      }
    })();
    await sleep(1000);
    const start = Date.now();
    await vakt.stop(5000);
    assert.ok(Date.now() - start < 5000);
    const acked = (await space.control('acks')).acks.length - before;
    const kept = await heard();
    talking = false;
    await talk;
    assert.ok(kept.length >= 1 && acked >= 1, 'it was at work');
    await space.control('clear_faults');
    await vakt.run();
    const now = await until(async () => {
      const list = await heard();
      const known = new Set(list);
      return said.every((ts) => known.has(ts)) && list;
    }, `all ${said.length} messages`, 20000);
    assert.equal(new Set(now).size, now.length, 'each once');
  }
  const posts = await until(async () => {
    const ours = (await space.history(channel)).filter((m) => m.user === 'U0VAKT' && !m.subtype && !m.ephemeral_for && /Round/.test(JSON.stringify(m)));
    return ours.length >= 9 && ours;
  }, 'the nine updates', 30000);
  await sleep(500);
  assert.equal(posts.length, 9, 'each update is posted once');
});

test('SIGTERM before Slack has answered ends at once, and the health page says how it is meanwhile', async () => {
  await space.control('fault', { method: 'auth.test', times: 99, delay_ms: 30000 });
  vakt.launch();
  assert.equal(await until(() => status('/healthz'), 'the health page'), 200);
  assert.equal(await status('/readyz'), 503);
  const start = Date.now();
  await vakt.stop(5000);
  assert.ok(Date.now() - start < 2000, `it took ${Date.now() - start} ms`);

  await space.control('clear_faults');
  await space.control('fault', { method: 'auth.test', times: 2, status: 500 });
  vakt.launch();
  assert.equal(await until(() => status('/healthz'), 'the health page'), 200);
  await until(async () => (await status('/readyz')) === 200, 'vakt to come through', 15000);
  await vakt.stop();
});

test('readiness and counters follow what happens', async () => {
  await vakt.run();
  await space.connected(2);
  await until(async () => (await status('/readyz')) === 200, 'readiness');
  const before = await metrics();
  const channel = await declare();
  for (let i = 0; i < 7; ++i) await kari.say(channel, `Counted ${i}`);
  await until(async () => (await heard()).length === 7, 'the messages');
  const after = await until(async () => {
    const now = await metrics();
    return now.vakt_outbox_pending === 0 && now;
  }, 'an empty outbox');
  assert.equal(after.vakt_messages_recorded_total - before.vakt_messages_recorded_total, 7);
  assert.equal(after.vakt_commands_total - before.vakt_commands_total, 1);
  assert.ok(after.vakt_acks_total - before.vakt_acks_total >= 8);
  assert.equal(after.vakt_slack_connections, 2);
  assert.equal(after.vakt_quarantined_total, 0);
  assert.ok(!/Counted|inc-1|U0KARI/.test(await (await fetch(`${health}/metrics`)).text()), 'no text of anybody\'s');

  await space.control('fault', { method: 'apps.connections.open', times: 9999, status: 500 });
  await space.control('socket', { do: 'cut', which: 'all' });
  await until(async () => (await status('/readyz')) === 503, 'not ready without Slack', 5000);
  assert.equal(await status('/healthz'), 200, 'but alive');
  assert.equal((await metrics()).vakt_slack_connections, 0);
  await space.control('clear_faults');
  await until(async () => (await status('/readyz')) === 200, 'ready again', 30000);
  assert.equal(await status('/nothing'), 404);
});

test('the health page outlives whoever talks nonsense to it', async () => {
  await vakt.run();
  const shout = (bytes) => new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('error', () => {});
    socket.on('data', () => {});
    socket.on('close', done);
    setTimeout(() => { socket.destroy(); done(); }, 300);
  });
  await Promise.all(['\0\0\0', 'GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', `GET /${'x'.repeat(100000)} HTTP/1.1\r\n\r\n`, `POST /metrics HTTP/1.1\r\ncontent-length: 99999999999999999999\r\n\r\n`, 'GET /metrics HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    Array.from({ length: 5000 }, (_, i) => `h${i}: x`).join('\r\n'), Buffer.alloc(200000, 255)].map(shout));
  const idle = Array.from({ length: 100 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  await sleep(200);
  for (const socket of idle) socket.destroy();
  await until(async () => (await status('/healthz')) === 200, 'the health page, once they are gone', 5000);
  assert.ok(vakt.program.alive);
  await declare();
});

test('a health port that is taken is said in one line', async () => {
  const taken = net.createServer().listen(port, '127.0.0.1');
  vakt.launch();
  await until(() => !vakt.program.alive, 'vakt to end', 5000);
  taken.close();
  assert.equal(vakt.program.how.code, 1);
  assert.match(vakt.program.log.trim(), new RegExp(`^[^\n]*127\\.0\\.0\\.1:${port}[^\n]*$`));
});
