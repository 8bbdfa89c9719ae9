// A Flipper over the real gem (tests/flags/flipper.ru) on loopback.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { until } from './process.mjs';

const here = import.meta.dirname;

export class Flipper {
  static async start(token = '') {
    const flipper = new Flipper();
    flipper.token = token;
    flipper.log = '';
    flipper.child = spawn('puma', ['--bind', 'tcp://127.0.0.1:0', '--threads', '4:4', '--environment', 'test', resolve(here, '../../flags/flipper.ru')], {
      cwd: resolve(here, '../../flags'), env: { ...process.env, FLIPPER_TEST_TOKEN: token }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    flipper.ended = new Promise((done) => {
      flipper.child.on('exit', (code) => done(flipper.how = `puma ended with ${code}`));
      flipper.child.on('error', (error) => done(flipper.how = `puma cannot start: ${error.message} (deploy/test installs it)`));
    });
    for (const stream of [flipper.child.stdout, flipper.child.stderr]) stream.on('data', (data) => { flipper.log += data; });
    process.once('exit', () => flipper.how || flipper.child.kill('SIGKILL'));
    const line = await until(() => {
      if (flipper.how) throw new Error(`${flipper.how}:\n${flipper.log}`);
      return /Listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(flipper.log);
    }, 'Flipper to listen', 20000);
    flipper.url = line[1];
    return flipper;
  }

  async stop() {
    if (!this.how) this.child.kill('SIGTERM');
    await this.ended;
  }

  // A request of our own, beside vakt's.
  async call(method, path, fields) {
    const answer = await fetch(this.url + path, {
      method, body: fields && new URLSearchParams(fields), headers: this.token ? { authorization: `Bearer ${this.token}` } : {},
    });
    return answer.status === 204 ? null : answer.json();
  }

  // { boolean, actors, … } with sets in order.
  async gates(name) {
    const feature = await this.call('GET', `/features/${encodeURIComponent(name)}`);
    return Object.fromEntries(feature.gates.map(({ key, value }) => [key, Array.isArray(value) ? value.sort() : value]));
  }

  async names() { return (await this.call('GET', '/features')).features.map(({ key }) => key).sort(); }

  // How many of `count` actors Flipper lets in.
  async share(name, count) {
    let seen = 0;
    for (let id = 0; id < count; ++id)
      if ((await this.call('GET', `/actors/User;${id}?keys=${encodeURIComponent(name)}`)).features[name].enabled) ++seen;
    return seen / count;
  }
}
