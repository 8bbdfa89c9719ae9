// The flagd provider against OpenFeature's own evaluator and schema: what vakt writes is what applications get.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FlagdCore, MemoryStorage } from '@openfeature/flagd-core';
import { provider } from './lib/flag_call.mjs';

const quiet = { error() {}, warn() {}, info() {}, debug() {} };
const folder = mkdtempSync(join(tmpdir(), 'vakt-flagd-'));
after(() => rmSync(folder, { recursive: true }));

// Written as a person writes it: a mixed style, an unusual order, escapes and numbers that a rewrite would change.
const written = `{
  "$schema": "https://flagd.dev/schema/v0/flags.json",
  "metadata": { "team": "Søknad", "version": "1", "rank": 1.0 },
  "flags": {
    "simple": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" },
    "closed": { "defaultVariant":"off", "variants":{"on":true,"off":false},   "state" : "DISABLED" },
    "dark": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off" },
    "part": {
        "variants": { "nei": false, "ja": true },
        "defaultVariant": "nei",
        "targeting": { "fractional": [ ["ja", 25],
                                       ["nei", 75] ] },
        "state": "ENABLED"
    },
    "by-field": {
      "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off",
      "targeting": { "fractional": [ { "var": "email" }, ["on"], ["off"], ["off"], ["off"] ] }
    },
    "targeted": {
      "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off",
      "targeting": { "if": [ { "$ref": "ours" }, "on", null ] }
    },
    "s\\u00f8k \\"nad\\" {}": { "state": "ENABLED", "variants": { "a": { "x": [1e3, {}, "}"] } }, "defaultVariant": "a" }
  },
  "$evaluators": { "ours": { "ends_with": [ { "var": "email" }, "@nav.no" ] } }
}
`;

let number = 0;
function fresh(text = written) {
  const file = join(folder, `flags-${++number}.json`);
  writeFileSync(file, text);
  return file;
}
const vakt = (file, ...words) => provider('flagd', file, words);
const text = (file) => readFileSync(file, 'utf8');

// What an application gets. Strict: flagd's own schema must accept the file.
function evaluator(file) {
  const storage = new MemoryStorage(quiet);
  storage.setConfigurations(text(file), true);
  const core = new FlagdCore(storage, quiet);
  return (name, context = {}) => core.resolveBooleanEvaluation(name, 'code default', { targetingKey: 'user-1', ...context }).value;
}
const share = (file, name, key = 'targetingKey') => {
  const evaluate = evaluator(file);
  let on = 0;
  for (let id = 0; id < 2000; ++id) on += evaluate(name, { [key]: `user-${id}` }) === true;
  return on / 2000;
};

test('off gives the default of the code, on the variant, and no other byte changes', async () => {
  const file = fresh();
  assert.equal(evaluator(file)('simple'), true);
  assert.deepEqual(await vakt(file, 'off', 'simple', 'production'), { done: true });
  assert.equal(evaluator(file)('simple'), 'code default');
  assert.equal(text(file), written.replace('"simple": { "state": "ENABLED"', '"simple": { "state": "DISABLED"'));
  assert.deepEqual(await vakt(file, 'on', 'simple', 'production'), { done: true });
  assert.equal(evaluator(file)('simple'), true);
  assert.equal(text(file), written);
});

test('every flag of the file goes off and comes back exactly', async () => {
  const file = fresh();
  for (const name of Object.keys(JSON.parse(written).flags)) {
    const { snapshot, states } = await vakt(file, 'read', name);
    assert.deepEqual(await vakt(file, 'off', name, 'production'), { done: true });
    assert.equal(evaluator(file)(name), 'code default', name);
    assert.equal((await vakt(file, 'read', name)).states.production.enabled, false);
    assert.deepEqual(await vakt(file, 'restore', name, 'production', snapshot), { done: true });
    assert.equal(text(file), written, name);
    assert.deepEqual((await vakt(file, 'read', name)).states, states);
  }
});

test('what vakt says of a flag is what the evaluator does', async () => {
  const file = fresh();
  const strategy = async (name) => (await vakt(file, 'read', name)).states.production.strategies[0];
  assert.equal((await strategy('simple')).name, 'default');
  assert.equal((await strategy('dark')).parameters.rollout, '0');
  assert.equal(share(file, 'dark'), 0);
  assert.deepEqual((await strategy('part')).parameters, { rollout: '25', stickiness: 'random' });
  assert.ok(Math.abs(share(file, 'part') - 0.25) < 0.04);
  assert.equal((await strategy('by-field')).parameters.rollout, '25');
  assert.notEqual((await strategy('by-field')).parameters.stickiness, 'random');
  assert.ok(Math.abs(share(file, 'by-field', 'email') - 0.25) < 0.04);
  assert.equal(share(file, 'by-field'), 0, 'nobody who lacks the field');
  assert.equal((await strategy('targeted')).name, 'flagd.targeting');
});

test('a percentage is what the evaluator then gives', async () => {
  const file = fresh();
  for (const percent of [0, 10, 60, 100]) {
    assert.deepEqual(await vakt(file, 'percent', 'part', 'production', `${percent}`), { done: true });
    assert.ok(Math.abs(share(file, 'part') - percent / 100) < 0.04, `${percent}`);
    assert.equal((await vakt(file, 'read', 'part')).states.production.strategies[0].parameters.rollout, `${percent}`);
  }
  for (const name of ['simple', 'targeted', 'by-field']) {
    const refused = await vakt(file, 'percent', name, 'production', '10');
    assert.equal(refused.fault, 'unsupported', name);
    assert.match(refused.text, /fractional/);
  }
});

test('a name that is not there is never made', async () => {
  const file = fresh();
  for (const name of ['typo', 'Simple', '', 'flags', '$evaluators'])
    for (const order of ['off', 'on', 'percent', 'restore']) {
      const extra = { percent: ['5'], restore: ['{"production":"{}"}'] }[order] ?? [];
      assert.equal((await vakt(file, order, name, 'production', ...extra)).fault, 'not_found', `${order} ${name}`);
    }
  assert.equal(text(file), written);
});

test('a file that is not there, or broken, is told and left alone', async () => {
  const missing = await vakt(join(folder, 'missing.json'), 'off', 'simple', 'production');
  assert.equal(missing.fault, 'not_found');
  assert.match(missing.text, /create it/);
  const broken = written.replace('"defaultVariant": "nei",', '"defaultVariant": "nei"');
  const file = fresh(broken);
  for (const order of [['read', 'simple'], ['off', 'simple', 'production'], ['catalog', 'production'], ['changes']]) {
    const answer = await vakt(file, ...order);
    assert.equal(answer.fault, 'unsupported');
    assert.match(answer.text, /line 11\b/);
  }
  assert.equal(text(file), broken);
});

test('mode and link stay, nothing is left behind, and mounts of Kubernetes work', async () => {
  const mount = join(folder, 'mount');
  mkdirSync(join(mount, '..2026'), { recursive: true });
  writeFileSync(join(mount, '..2026', 'flags.json'), written);
  chmodSync(join(mount, '..2026', 'flags.json'), 0o640);
  symlinkSync('..2026', join(mount, '..data'));
  symlinkSync(join('..data', 'flags.json'), join(mount, 'flags.json'));
  const file = join(mount, 'flags.json');
  assert.deepEqual(await vakt(file, 'off', 'simple', 'production'), { done: true });
  assert.equal(evaluator(file)('simple'), 'code default');
  assert.equal(statSync(file).mode & 0o7777, 0o640);
  assert.deepEqual(readdirSync(mount).sort(), ['..2026', '..data', 'flags.json']);
  assert.deepEqual(readdirSync(join(mount, '..2026')), ['flags.json']);
});

test('ten at once, and an editor beside them, lose nothing', async () => {
  const names = Array.from({ length: 10 }, (_, i) => `flag-${i}`);
  const one = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' };
  const file = fresh(JSON.stringify({ flags: Object.fromEntries(names.map((name) => [name, one])) }, null, 2));
  let edits = 0;
  const editor = setInterval(() => {
    const now = JSON.parse(text(file));
    now.flags[`edit-${edits++}`] = one;
    writeFileSync(`${file}.new`, JSON.stringify(now, null, 2));
    renameSync(`${file}.new`, file);
  }, 15);
  // An editor without a lock may overwrite ours: vakt must then not have lost the editor's, and a retry must hold.
  const answers = await Promise.all(names.map((name) => vakt(file, 'off', name, 'production')));
  clearInterval(editor);
  for (const answer of answers) assert.ok(answer.done || answer.fault === 'unreachable', JSON.stringify(answer));
  for (const name of names) assert.deepEqual(await vakt(file, 'off', name, 'production'), { done: true });
  const flags = JSON.parse(text(file)).flags;
  for (const name of names) assert.equal(flags[name].state, 'DISABLED');
  assert.ok(edits > 0);
  for (let i = 0; i < edits; ++i) assert.ok(flags[`edit-${i}`], `edit ${i} of ${edits} was lost`);
});

test('edits by hand are seen, each once', async () => {
  const file = fresh(JSON.stringify(JSON.parse(written)));
  const first = await vakt(file, 'changes', '');
  assert.deepEqual(first.changes, []);
  const edited = JSON.parse(written);
  edited.flags.simple.state = 'DISABLED';
  edited.flags.part.targeting.fractional[0][1] = 30;
  edited.flags.brand = edited.flags.dark;
  delete edited.flags.targeted;
  writeFileSync(file, JSON.stringify(edited));
  const second = await vakt(file, 'changes', first.cursor);
  const seen = Object.fromEntries(second.changes.map(({ name, what }) => [name, what]));
  assert.deepEqual(seen, { simple: 'state DISABLED', part: 'definition changed', brand: 'added', targeted: 'removed' });
  assert.deepEqual((await vakt(file, 'changes', second.cursor)).changes, []);
});

test('the command by hand names the flag as a shell reads it, and the file', async () => {
  const file = fresh();
  const command = async (...order) => (await vakt(file, 'by_hand', ...order)).command;
  assert.equal(await command('off', 'simple', 'production'), `vakt flag off simple --environment production  # in ${file}`);
  assert.equal(await command('on', '-x y', 'production'), `vakt flag on --environment production -- '-x y'  # in ${file}`);
  assert.equal(await command('percent', 'part', 'production', '5'), `vakt flag percent --percent 5 part --environment production  # in ${file}`);
});
