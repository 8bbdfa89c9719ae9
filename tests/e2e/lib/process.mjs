// Programs under test: started, watched, stopped; one that does not stop in time is a failure.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const buildFolder = resolve(process.env.VAKT_BUILD || resolve(here, '../../../build'));

export function binary(name) {
  const path = resolve(buildFolder, name);
  if (!existsSync(path)) throw new Error(`${path} is missing: build it first, or set VAKT_BUILD to the folder that holds it`);
  return path;
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

// Waits until `fn` answers something true, and answers that. What an attempt throws is told if time runs out.
export async function until(fn, what, ms = 10000) {
  const end = Date.now() + ms;
  let last = null;
  for (;;) {
    try {
      const answer = await fn();
      if (answer) return answer;
      last = null;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for: ${what}${last ? ` (${last.message})` : ''}`);
    await sleep(25);
  }
}

export class Program {
  // before: a program and its words that run this one (setpriv, prlimit).
  constructor(name, args, env = {}, before = []) {
    this.name = name;
    this.log = '';
    this.secrets = Object.keys(env).filter((key) => key.endsWith('_TOKEN')).map((key) => env[key]);
    const [file, ...words] = [...before, binary(name), ...args];
    this.child = spawn(file, words, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (data) => { this.log += data; });
    this.ended = new Promise((done) => this.child.on('close', (code, signal) => done({ code, signal })));
    this.ended.then((how) => { this.how = how; });
    process.once('exit', this.reap = () => this.how || this.child.kill('SIGKILL'));
  }

  get alive() { return !this.how; }

  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
    process.removeListener('exit', this.reap);
    this.keepsSecrets();
  }

  // Nothing that it ever wrote holds one of its tokens.
  keepsSecrets() {
    if (this.secrets.some((secret) => this.log.includes(secret))) throw new Error(`${this.name} wrote a token:\n${this.tail()}`);
  }

  // SIGTERM; it must end by itself with status 0 within `ms`.
  async stop(ms = 5000) {
    if (this.how) throw new Error(`${this.name} had already ended (${JSON.stringify(this.how)}):\n${this.tail()}`);
    this.child.kill('SIGTERM');
    let timer;
    const how = await Promise.race([this.ended, new Promise((done) => { timer = setTimeout(done, ms); })]);
    clearTimeout(timer);
    if (!how) {
      await this.kill();
      throw new Error(`${this.name} did not stop within ${ms} ms of SIGTERM:\n${this.tail()}`);
    }
    process.removeListener('exit', this.reap);
    this.keepsSecrets();
    if (how.code !== 0) throw new Error(`${this.name} ended with ${JSON.stringify(how)}:\n${this.tail()}`);
  }

  tail() { return this.log.split('\n').slice(-40).join('\n'); }
}
