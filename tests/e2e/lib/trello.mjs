// Trello's wing as a program (tests/trello/trello_cli.cpp): orders go in, answers come out. And Prism before a Trello.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { binary, freePort, until } from './process.mjs';

export { Trello } from '../../trello/trello_server.mjs';
export const trelloFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../../trello');
const packages = createRequire(join(trelloFolder, 'package.json'));
export const trelloClient = () => import(pathToFileURL(join(trelloFolder, 'node_modules/trello.js/dist/index.js')));

export class Wing {
  constructor(url, { key = 'key', token = 'token', settle = 400, pause = 50 } = {}) {
    this.told = [];
    this.log = '';
    this.child = spawn(binary('vakt-trello'), [url, '--settle', settle, '--pause', pause].map(String), { env: { ...process.env, TRELLO_API_KEY: key, TRELLO_API_TOKEN: token }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stdin.on('error', () => {});
    this.child.stderr.on('data', (data) => { this.log += data; });
    createInterface({ input: this.child.stdout }).on('line', (line) => { this.log += `${line}\n`; this.told.push(JSON.parse(line)); });
    this.ended = new Promise((done) => this.child.on('close', (code, signal) => { this.how = { code, signal }; done(this.how); }));
    process.once('exit', this.reap = () => this.child.kill('SIGKILL'));
    this.next = 1;
  }

  send(order) { this.child.stdin.write(`${JSON.stringify(order)}\n`); }

  // The last word on an order.
  async answer(kind, id, ms = 15_000) { return until(() => this.told.find((one) => one[kind] === id) || (this.how && Promise.reject(new Error(this.log))), `${kind} ${id}`, ms); }
  async create(order, { id = this.next++, tried = false, ms } = {}) { this.send({ create: order, id, tried }); return this.answer('written', id, ms); }
  async change(order, { id = this.next++, ms } = {}) { this.send({ change: order, id }); return this.answer('written', id, ms); }
  async read(order, { id = this.next++, ms } = {}) { this.send({ read: order, id }); return this.answer('read', id, ms); }
  async check(settings) { this.send({ check: settings }); return (await until(() => this.told.find((one) => one.check), 'check')).check; }
  troubles(item) { return this.told.filter((one) => one.written === 0 && one.item === item).map((one) => one.trouble); }

  async kill() {
    process.removeListener('exit', this.reap);
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async stop() {
    this.child.stdin.end();
    process.removeListener('exit', this.reap);
    const { code, signal } = await this.ended;
    if (code !== 0) throw new Error(`vakt-trello ended with ${code} ${signal}:\n${this.log}`);
  }
}

// Checks every request against a schema of Trello's API, and passes it on.
export class Prism {
  static async start(schema, url) {
    const prism = new Prism();
    const port = await freePort();
    const program = packages.resolve('@stoplight/prism-cli/dist/index.js');
    if (!existsSync(program)) throw new Error('Prism is missing: tests/unleash/install.sh tests/trello');
    prism.log = '';
    prism.child = spawn(process.execPath, [program, 'proxy', schema, url.replace(/\/1\/$/, '/1'), '--errors', '-h', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [prism.child.stdout, prism.child.stderr]) stream.on('data', (data) => { prism.log += data; });
    prism.ended = new Promise((done) => prism.child.on('close', done));
    process.once('exit', prism.reap = () => prism.child.kill('SIGKILL'));
    await until(() => prism.log.includes('listening') || prism.log.includes('is listening'), 'Prism to listen', 60_000);
    prism.url = `http://127.0.0.1:${port}/`;
    return prism;
  }

  get refusals() { return this.log.split('\n').filter((line) => /UNPROCESSABLE|terminated with error|Violation/i.test(line)); }

  async stop() {
    process.removeListener('exit', this.reap);
    this.child.kill('SIGTERM');
    await this.ended;
  }
}
