// A real Unleash server on a PostgreSQL of its own, both on loopback and gone when the test is: also when it is killed.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sleep, until } from './process.mjs';

const packages = resolve(dirname(fileURLToPath(import.meta.url)), '../../unleash');
export const VERSION = process.env.VAKT_UNLEASH_VERSION || '7.4.1';
export const TOKENS = {
  admin: '*:*.vakt-admin', production: 'default:production.vakt-backend', development: 'default:development.vakt-backend',
};

const isRoot = process.getuid() === 0;

function postgresFolder() {
  const base = '/usr/lib/postgresql';
  const version = existsSync(base) && readdirSync(base).sort((a, b) => b - a).find((v) => existsSync(join(base, v, 'bin/initdb')));
  if (!version) throw new Error('no PostgreSQL here: install Debian\'s package postgresql');
  return join(base, version, 'bin');
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once('error', failed).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

// A child that ends with this process, however that ends; PostgreSQL refuses to run as root, so it runs as postgres.
class Child {
  constructor(command, args, { env = {}, asPostgres = false, onDeath = 'KILL' } = {}) {
    const who = asPostgres && isRoot ? ['--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
    this.log = '';
    this.process = spawn('setpriv', [...who, `--pdeathsig=${onDeath}`, command, ...args], { env: { ...process.env, ...env }, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on('data', (data) => { this.log = (this.log + data).slice(-20000); });
    this.ended = new Promise((done) => this.process.on('exit', (code, signal) => done(this.how = { code, signal })));
  }

  async end(signal, ms = 5000) {
    if (this.how) return;
    this.process.kill(signal);
    const slow = setTimeout(() => this.process.kill('SIGKILL'), ms);
    await this.ended;
    clearTimeout(slow);
  }
}

class Postgres {
  static async start() {
    const one = new Postgres();
    one.bin = postgresFolder();
    one.folder = mkdtempSync(join(tmpdir(), 'vakt-postgres-'));
    one.data = join(one.folder, 'data');
    process.once('exit', one.clean = () => rmSync(one.folder, { recursive: true, force: true }));
    if (isRoot) {
      const id = (flag) => Number(spawnSync('id', [flag, 'postgres']).stdout);
      chownSync(one.folder, id('-u'), id('-g'));
    }
    const made = new Child(join(one.bin, 'initdb'), ['-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '-D', one.data], { asPostgres: true });
    if ((await made.ended).code !== 0) throw new Error(`initdb failed:\n${made.log}`);
    one.port = await freePort();
    await one.up();
    return one;
  }

  get url() { return `postgres://postgres@127.0.0.1:${this.port}/postgres`; }

  async up() {
    this.server = new Child(join(this.bin, 'postgres'), ['-D', this.data, '-p', String(this.port), '-k', this.folder, '-c', 'listen_addresses=127.0.0.1'], { asPostgres: true, onDeath: 'QUIT' });
    await until(() => {
      if (this.server.how) throw new Error(`PostgreSQL ended:\n${this.server.log}`);
      return spawnSync(join(this.bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(this.port)]).status === 0;
    }, 'PostgreSQL to be ready', 20000);
  }

  // As an outage: every connection is cut.
  down() { return this.server.end('SIGINT'); }

  // As a disk that hangs: connections stay, nothing answers.
  freeze() { this.signal('SIGSTOP'); }
  thaw() { this.signal('SIGCONT'); }
  signal(name) {
    const pids = spawnSync('ps', ['-o', 'pid=', '--ppid', String(this.server.process.pid)], { encoding: 'utf8' }).stdout.trim().split(/\s+/).map(Number);
    for (const pid of [this.server.process.pid, ...pids]) process.kill(pid, name);
  }

  sql(statement) {
    const ran = spawnSync('psql', ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-Atc', statement], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(ran.stderr);
    return ran.stdout.trim();
  }

  async stop() {
    await this.server.end('SIGQUIT');
    this.clean();
    process.removeListener('exit', this.clean);
  }
}

export class Unleash {
  static async start(version = VERSION, env = {}) {
    const one = new Unleash();
    one.version = version;
    one.major = Number(version.split('.')[0]);
    one.main = join(packages, version, 'node_modules/unleash-server/dist/server.js');
    if (!existsSync(one.main)) throw new Error(`${one.main} is missing: run deploy/test, or npm ci in tests/unleash/${version}`);
    one.postgres = await Postgres.start();
    try {
      await one.serve(env);
    } catch (error) {
      await one.stop();
      throw error;
    }
    return one;
  }

  async serve(env) {
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const backend = `${TOKENS.production},${TOKENS.development}`;
    this.server = new Child(process.execPath, [this.main], { onDeath: 'KILL', env: {
      NODE_ENV: 'production', DATABASE_URL: this.postgres.url, DATABASE_SSL: 'false', HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port), UNLEASH_URL: this.url,
      CHECK_VERSION: 'false', SEND_TELEMETRY: 'false', LOG_LEVEL: 'error', INIT_ADMIN_API_TOKENS: TOKENS.admin,
      [this.major >= 7 ? 'INIT_BACKEND_API_TOKENS' : 'INIT_CLIENT_API_TOKENS']: backend, ...env,
    } });
    await until(async () => {
      if (this.server.how) throw new Error(`Unleash ${this.version} ended:\n${this.server.log}`);
      return (await fetch(`${this.url}/health`)).ok;
    }, `Unleash ${this.version} to be healthy`, 60000);
  }

  async stop() {
    await this.server?.end('SIGTERM', 2000);
    await this.postgres.stop();
  }

  // A request of an administrator; answers the parsed body, throws unless it went well.
  async admin(method, path, body, token = TOKENS.admin) {
    const answer = await this.raw(method, path, body, { Authorization: token });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }

  async raw(method, path, body, headers = {}) {
    const response = await fetch(`${this.url}${path}`, {
      method, headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    let json = null;
    try { json = JSON.parse(text); } catch { /* an empty body is an answer too */ }
    return { ok: response.ok, status: response.status, text, json, headers: response.headers };
  }

  feature(name, project = 'default') { return `/api/admin/projects/${encodeURIComponent(project)}/features/${encodeURIComponent(name)}`; }

  // A flag with its strategies in production, off there unless `on`.
  async flag(name, strategies = [], { on = false, environment = 'production' } = {}) {
    await this.admin('POST', '/api/admin/projects/default/features', { name, type: 'release' });
    for (const strategy of strategies) await this.admin('POST', `${this.feature(name)}/environments/${environment}/strategies`, { constraints: [], parameters: {}, ...strategy });
    if (on) await this.admin('POST', `${this.feature(name)}/environments/${environment}/on`);
    return name;
  }

  // Until the list that vakt reads with `token` has it: Unleash makes each list anew at most once a second, and keeps one
  // for each kind of asking.
  listed(name, token, environment = 'production') {
    return until(async () => {
      const answer = await this.raw('GET', `/api/client/features?environment=${environment}`, undefined, { Authorization: token, 'Unleash-Client-Spec': '5.2.0' });
      return answer.json.features.some((f) => f.name === name);
    }, `${name} in the list`, 5000);
  }

  strategyType(name, parameters) {
    return this.raw('POST', '/api/admin/strategies', { name, description: '', parameters }, { Authorization: TOKENS.admin })
      .then((answer) => { if (!answer.ok && answer.status !== 409) throw new Error(`${name}: ${answer.status} ${answer.text}`); });
  }

  // A personal access token of a new user with that role ("Editor", "Viewer"): what people are told to give vakt.
  async personalToken(role) {
    if (this.major < 5) return this.personalTokenBySql(role);
    // A server that is healthy may still be making its first user.
    const cookieOf = (username, password) => until(async () => {
      const login = await this.raw('POST', '/auth/simple/login', { username, password });
      if (!login.ok) throw new Error(`${login.status} ${login.text}`);
      return { Cookie: login.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ') };
    }, `the login of ${username}`, 20000);
    const admin = await cookieOf('admin', 'unleash4all');
    const must = (answer, what) => { if (!answer.ok) throw new Error(`${what}: ${answer.status} ${answer.text}`); return answer.json; };
    const roles = must(await this.raw('GET', '/api/admin/user-admin', undefined, admin), 'roles').rootRoles;
    const email = `${role.toLowerCase()}-${Date.now()}@example.org`, password = 'Vakt-0n-call-2026!';
    must(await this.raw('POST', '/api/admin/user-admin', { email, name: role, password, sendEmail: false, rootRole: roles.find((r) => r.name === role).id }, admin), 'a user');
    const own = await cookieOf(email, password);
    const expiresAt = new Date(Date.now() + 86400_000).toISOString();
    return must(await this.raw('POST', '/api/admin/user/tokens', { description: 'vakt', expiresAt }, own), 'a token').secret;
  }

  // Version 4 needs a compiled bcrypt for a login, and no install script of a package is run here.
  personalTokenBySql(role) {
    const secret = `user:${randomBytes(28).toString('hex')}`;
    const user = this.postgres.sql(`INSERT INTO users(name, email) VALUES ('${role}', '${secret.slice(5, 15)}@example.org') RETURNING id`).split('\n')[0];
    this.postgres.sql(`INSERT INTO role_user(role_id, user_id, project) SELECT id, ${user}, 'default' FROM roles WHERE name = '${role}'`);
    this.postgres.sql(`INSERT INTO personal_access_tokens(secret, description, user_id, expires_at) VALUES ('${secret}', 'vakt', ${user}, now() + interval '1 day')`);
    return secret;
  }
}

export { sleep, until };
