// The kill switch's latency. Whatever is compared takes turns, so that a noisy machine is noisy to all of it; of the
// rounds the median counts. Times are those of the two ends: the workspace that sends the frame and gets the ack, and
// what vakt's record says of each change, on one machine's clock.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { TOKENS, Unleash } from '../e2e/lib/unleash.mjs';
import { Vakt, Workspace, sleep, until } from '../e2e/lib/workspace.mjs';

const ROUNDS = Number(process.env.VAKT_BENCH_ROUNDS || 60), FLAGS = 2000, LISTS = 9;

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const p90 = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.9)];
const ms = (list) => `${median(list).toFixed(1)} ms (p90 ${p90(list).toFixed(1)})`;
async function timed(act) {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

let missed = 0;
function row(what, measured, target = '', met = null) {
  if (met === false) ++missed;
  console.log(`| ${what} | ${measured} | ${target} | ${met === null ? '' : met ? 'yes' : '**no**'} |`);
}

// One connection that stays open and carries one request after the other: what a person's own script would do at best.
class ByHand {
  constructor(url, token) {
    const { hostname, port } = new URL(url);
    this.head = ` HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: ${token}\r\nContent-Length: 0\r\n\r\n`;
    this.socket = connect(Number(port), hostname).setNoDelay(true);
    this.got = '';
    this.socket.on('data', (data) => { this.got += data; this.check(); });
  }

  send(method, path) {
    this.got = '';
    return new Promise((done, failed) => { Object.assign(this, { done, failed }); this.socket.write(`${method} ${path}${this.head}`); });
  }

  check() {
    const end = this.got.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.got.slice(0, end), length = /content-length: (\d+)/i.exec(head);
    const whole = length ? Buffer.byteLength(this.got) >= end + 4 + Number(length[1]) : this.got.endsWith('0\r\n\r\n');
    if (!whole) return;
    if (/^HTTP\/1.1 200/.test(head)) this.done(); else this.failed(new Error(head));
  }
}

// Commits as durable as vakt's, by the sqlite3 shell; what the way to the shell and back takes is no part of it.
class Commits {
  constructor(file) {
    this.shell = spawn('sqlite3', [file], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.shell.stdout.on('data', () => this.heard?.());
  }

  run(sql) { return new Promise((done) => { this.heard = done; this.shell.stdin.write(`${sql} SELECT 1;\n`); }); }
  async open() {
    await this.run('PRAGMA journal_mode = WAL;');
    await this.run('PRAGMA synchronous = FULL; CREATE TABLE t (text TEXT);');
  }
  async milliseconds() {
    const nothing = await timed(() => this.run(''));
    return await timed(() => this.run(`BEGIN IMMEDIATE; INSERT INTO t VALUES ('${'x'.repeat(1000)}'); COMMIT;`)) - nothing;
  }
}

// FLAGS flags that are on in production, for everyone; quicker than asking Unleash for each.
function fill(unleash) {
  unleash.postgres.sql(`
    INSERT INTO features(name, project, type, description, created_at) SELECT 'bench-' || i, 'default', 'release', '', now() FROM generate_series(1, ${FLAGS}) i;
    INSERT INTO feature_environments(feature_name, environment, enabled) SELECT 'bench-' || i, e, e = 'production' FROM generate_series(1, ${FLAGS}) i, unnest(ARRAY['development', 'production']) e;
    INSERT INTO feature_strategies(id, feature_name, project_name, environment, strategy_name, parameters, constraints, sort_order, created_at)
      SELECT gen_random_uuid()::text, 'bench-' || i, 'default', 'production', 'flexibleRollout', '{"rollout":"100","stickiness":"default","groupId":"g"}', '[]', 1, now() FROM generate_series(1, ${FLAGS}) i`);
}

async function kills(unleash, space, vakt, editor) {
  const hand = new ByHand(unleash.url, editor), kari = space.person('U0KARI');
  const commits = new Commits(join(space.folder, 'bare.db'));
  await commits.open();
  const bare = { post: [], both: [], commit: [] }, ours = { ack: [], stored: [], proven: [], served: [] };
  const channel = (await space.channel('incidents')).id;
  const off = (n) => `${unleash.feature(`bench-${n}`)}/environments/production/off`;
  let next = 0;
  for (let i = 0; i < ROUNDS; ++i) {
    bare.commit.push(await commits.milliseconds());
    const [first, second, name] = [++next, ++next, `bench-${++next}`];
    bare.post.push(await timed(() => hand.send('POST', off(first))));
    bare.both.push(await timed(async () => { await hand.send('POST', off(second)); await hand.send('GET', unleash.feature(`bench-${second}`)); }));

    const { acks: before } = await space.control('acks');
    await kari.say(channel, `/flag off ${name}`);
    const { sent_at, acked_at } = (await space.control('acks')).acks[before.length];
    await sleep(1200);  // nothing of ours runs beside it
    const [change] = await until(async () => {
      const found = JSON.parse(await vakt.command('flag', 'history', name, '--json'));
      return found[0]?.served_at && found;
    }, `${name} to be proven off`, 20000);
    assert.equal(change.standing, 'proven');
    const after = (at) => micros(change[at]) - sent_at;
    ours.ack.push((acked_at - sent_at) / 1000);
    ours.stored.push(after('stored_at') / 1000);
    ours.proven.push(after('verified_at') / 1000);
    ours.served.push(after('served_at') / 1000);
  }
  hand.socket.destroy();
  commits.shell.stdin.end();

  const storing = 1.5 * median(bare.post) + median(bare.commit), proving = 1.3 * median(bare.both);
  row('POST off by hand, kept alive', ms(bare.post));
  row('POST off and GET by hand, kept alive', ms(bare.both));
  row('one durable SQLite commit', ms(bare.commit));
  row('frame to ack', ms(ours.ack), 'at most 10 ms', median(ours.ack) <= 10);
  row('frame to stored by Unleash', ms(ours.stored), `at most 1.5 POST + 1 commit = ${storing.toFixed(1)} ms`, median(ours.stored) <= storing);
  row('frame to proven, read back', ms(ours.proven), `at most 1.3 (POST + GET) = ${proving.toFixed(1)} ms`, median(ours.proven) <= proving);
  row('frame to served to applications', ms(ours.served));
}

// "2026-11-21T09:20:15.123456Z"
function micros(iso) { return Date.parse(`${iso.slice(0, 19)}Z`) * 1000 + Number(iso.slice(20, 26)); }

async function lists(vakt) {
  for (const verb of ['list', 'lint']) {
    const took = [];
    for (let i = 0; i < LISTS; ++i) took.push(await timed(async () => {
      const said = JSON.parse(await vakt.command('flag', verb, '--json'));
      if (verb === 'list') assert.equal(said.length, FLAGS);
    }));
    row(`\`vakt flag ${verb}\` of ${FLAGS} flags`, ms(took), 'under 1 s', median(took) < 1000);
  }
}

const unleash = await Unleash.start();
let space;
try {
  const editor = await unleash.personalToken('Editor');
  fill(unleash);
  space = await Workspace.start();
  const vakt = new Vakt(space);
  Object.assign(vakt.env, { UNLEASH_URL: unleash.url, UNLEASH_API_TOKEN: editor, UNLEASH_CLIENT_TOKEN: TOKENS.production });
  await writeFile(vakt.config, '[http]\nlisten = ""\n');
  await vakt.run();
  await until(async () => (await space.control('calls')).calls.some((c) => c.method === 'usergroups.list'), 'the operators to be known');
  console.log(`Unleash ${unleash.version}, ${ROUNDS} rounds\n\n| what | measured | target | met |\n| --- | --- | --- | --- |`);
  await kills(unleash, space, vakt, editor);
  await lists(vakt);
  await vakt.stop();
} finally {
  await space?.stop();
  await unleash.stop();
}
if (missed) console.log(`\n${missed} missed`);
process.exitCode = missed ? 1 : 0;
