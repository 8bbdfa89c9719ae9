// The local workspace, its people, and vakt connected to it.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Program, binary, until } from './process.mjs';

export { sleep, until } from './process.mjs';

async function post(url, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  return response.json();
}

function must(answer, what) {
  if (!answer.ok) throw new Error(`${JSON.stringify(what)} was refused: ${answer.error}`);
  return answer;
}

export class Workspace {
  static async start(args = []) {
    const one = new Workspace();
    one.folder = await mkdtemp(join(tmpdir(), 'vakt-e2e-'));
    const portFile = join(one.folder, 'port');
    one.program = new Program('vakt-workspace', ['--port', '0', '--port-file', portFile, ...args]);
    one.port = Number(await until(async () => {
      if (!one.program.alive) throw new Error(one.program.tail());
      return (await readFile(portFile, 'utf8')).trim();
    }, 'the workspace to listen'));
    one.url = `http://127.0.0.1:${one.port}`;
    return one;
  }

  async stop() {
    try {
      await this.program.stop();
    } finally {
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  control(act, fields = {}) { return post(`${this.url}/control`, { act, ...fields }).then((answer) => must(answer, { act, ...fields })); }
  api(method, args = {}, token = 'xoxb-local') {
    return fetch(`${this.url}/api/${method}`, { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(args) })
      .then((response) => response.json());
  }

  async state(user = 'U0KARI') { return (await fetch(`${this.url}/page/state?user=${user}&version=0`)).json(); }

  // Waits until `fn` of a person's state answers something true.
  see(user, fn, what, ms) { return until(async () => fn(await this.state(user)), what, ms); }

  async channel(name, user = 'U0KARI') {
    const found = (await this.state(user)).channels.find((c) => c.name === name || c.id === name);
    if (!found) throw new Error(`no channel ${name}`);
    return found;
  }

  // A reading method, which takes forms only.
  ask(method, fields = {}) {
    return fetch(`${this.url}/api/${method}`, { method: 'POST', headers: { Authorization: 'Bearer xoxb-local' }, body: new URLSearchParams(fields) }).then((response) => response.json());
  }

  async history(channel) { return (await this.control('history', { channel })).messages; }

  // Waits until an app is connected by Socket Mode.
  connected(count = 1) { return until(async () => (await this.control('sockets')).sockets.filter((s) => !s.draining).length >= count, `${count} socket(s)`, 15000); }

  person(user) {
    const raw = (act, fields) => post(`${this.url}/page/do`, { user, act, ...fields });
    const id = async (channel) => (/^[CDG]0/.test(channel) ? channel : (await this.channel(channel, user)).id);
    const go = (act) => async (channel, fields) => must(await raw(act, { channel: await id(channel), ...fields }), { act, channel, ...fields });
    return {
      id: user,
      raw,
      say: async (channel, text, more = {}) => (await go('say')(channel, { text, ...more })).ts,
      reply: async (channel, thread_ts, text) => (await go('say')(channel, { text, thread_ts })).ts,
      edit: (channel, ts, text) => go('edit')(channel, { ts, text }),
      delete: (channel, ts) => go('delete')(channel, { ts }),
      react: (channel, ts, name) => go('react')(channel, { ts, name }),
      unreact: (channel, ts, name) => go('unreact')(channel, { ts, name }),
      pin: (channel, ts) => go('pin')(channel, { ts }),
      unpin: (channel, ts) => go('unpin')(channel, { ts }),
      join: (channel) => go('join')(channel),
      upload: async (channel, name, text) => (await go('upload')(channel, { name, text })).ts,
      press: (channel, ts, action_id, more = {}) => go('press')(channel, { ts, action_id, ...more }),
      pressIn: async (view_id, action_id, more = {}) => must(await raw('press', { view_id, action_id, ...more }), { press: action_id }),
      submit: (view_id, values) => raw('submit', { view_id, values }),
      shortcut: (channel, ts, callback_id) => go('shortcut')(channel, { ts, callback_id }),
    };
  }
}

// vakt itself, with its database and its configuration in a folder of its own.
export class Vakt {
  constructor(workspace) {
    this.workspace = workspace;
    this.config = join(workspace.folder, 'vakt.toml');
    this.env = {
      SLACK_API_URL: `${workspace.url}/api/`, SLACK_APP_TOKEN: 'xapp-local', SLACK_BOT_TOKEN: 'xoxb-local',
      VAKT_DATABASE: join(workspace.folder, 'vakt.db'), VAKT_CONFIG: this.config, TZ: 'UTC',
    };
  }

  static async start(workspace, config = '[http]\nlisten = ""\n') {
    const one = new Vakt(workspace);
    await writeFile(one.config, config);
    await one.run();
    return one;
  }

  // Starts it and does not wait.
  launch(before = []) { this.program = new Program('vakt', ['run'], this.env, before); }

  async run(before = []) {
    this.launch(before);
    await until(async () => {
      if (!this.program.alive) throw new Error(`vakt ended:\n${this.program.tail()}`);
      return (await this.workspace.control('sockets')).sockets.some((s) => !s.draining);
    }, 'vakt to connect', 15000);
  }

  stop() { return this.program.stop(); }
  kill() { return this.program.kill(); }

  // Any command of the binary; answers what it wrote.
  async command(...words) {
    const { stdout } = await promisify(execFile)(binary('vakt'), words, { env: { ...process.env, ...this.env }, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  }

  // The same for a command that may fail.
  attempt(...words) { return this.attemptUnder([], ...words); }

  async attemptUnder(before, ...words) {
    const [program, ...rest] = [...before, binary('vakt'), ...words];
    const { code, stdout, stderr } = await promisify(execFile)(program, rest, { env: { ...process.env, ...this.env }, maxBuffer: 64 * 1024 * 1024, timeout: 20000, killSignal: 'SIGKILL' })
      .then((said) => ({ code: 0, ...said }), (failed) => failed);
    if (['SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN'].some((key) => `${stdout}${stderr}`.includes(this.env[key]))) throw new Error(`a token was written:\n${stderr}`);
    return { code, stdout, stderr };
  }

  async exportJson(number) { return JSON.parse(await this.command('export', String(number), '--format', 'json')); }
}
