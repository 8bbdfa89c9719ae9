// Asks the built exposure_cli who sees flags; chance that can be repeated.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { binary } from './process.mjs';
import { custom } from './unleash_sdk.mjs';

// Questions: [{name, features, segments, contexts}]; answers: for each its exposures, one for each context.
export function ask(questions) {
  const input = questions.map((question) => `${JSON.stringify({ custom, ...question })}\n`).join('');
  const done = spawnSync(binary('exposure_cli'), { input, maxBuffer: 1 << 30, encoding: 'utf8' });
  assert.equal(done.status, 0, `exposure_cli: ${done.stderr || done.signal}`);
  const lines = done.stdout.trimEnd().split('\n');
  assert.equal(lines.length, questions.length);
  return lines.map((line) => JSON.parse(line));
}

// The context that an SDK takes, as the fields that vakt takes.
export function flat(context) {
  const { properties = {}, ...fields } = context;
  return Object.fromEntries(Object.entries({ ...properties, ...fields }).filter(([, value]) => value !== null && value !== undefined));
}

// mulberry32, seeded: the same seed gives the same flags.
export class Chance {
  constructor(seed) {
    this.state = seed >>> 0;
  }
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(n) {
    return Math.floor(this.next() * n);
  }
  often(part) {
    return this.next() < part;
  }
  of(list) {
    return list[this.below(list.length)];
  }
  some(list, most) {
    return Array.from({ length: this.below(most + 1) }, () => this.of(list));
  }
  text(alphabet, most) {
    return Array.from({ length: this.below(most + 1) }, () => this.of(alphabet)).join('');
  }
}
