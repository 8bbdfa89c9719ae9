// A stateful Trello on loopback, for tests and by hand: node tests/trello/trello_server.mjs [PORT]
// Limits, texts and bodies are those of the real API; faults and bad days come on demand: from a test through the
// object, else through POST /_control with {"call": "fail", "with": ["POST /cards", "cut_after"]}. GET /_state tells all.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { Refusal, TrelloRoutes } from './trello_routes.mjs';
import { TrelloState } from './trello_state.mjs';

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export class Trello {
  constructor({ key = 'key', token = 'token', limits = { key: 300, token: 100 }, intervalMs = 10_000 } = {}) {
    Object.assign(this, { key, token, limits, intervalMs });
    this.state = new TrelloState();
    this.routes = new TrelloRoutes(this.state);
    this.faults = [];
    this.revoked = false;
    this.down = false;
    this.log = [];  // every request that came: {at, line, status}
    this.window = { began: 0, key: 0, token: 0 };
    this.server = createServer((request, response) => this.serve(request, response).catch((error) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error.stack));
    }));
    this.server.keepAliveTimeout = 60_000;
  }

  static async start(options = {}) {
    const trello = new Trello(options);
    await new Promise((done) => trello.server.listen(options.port ?? 0, '127.0.0.1', done));
    trello.port = trello.server.address().port;
    trello.url = `http://127.0.0.1:${trello.port}/1/`;
    return trello;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  // what: cut_before, cut_after (carried out, no answer), half (carried out, half an answer), 429, 500, 503, 500_after, hang, nonsense, delay, late (answered in time by nothing, carried out `ms` later)
  fail(match, what, { times = 1, skip = 0, ms = 0 } = {}) { this.faults.push({ match, what, times, skip, ms }); }
  // A definite no in these words.
  refuse(match, status, text) { this.faults.push({ match, what: 'refuse', times: 1, skip: 0, status, text }); }
  revoke(yes = true) { this.revoked = yes; }
  lose(board, yes = true) { this.state.lost[yes ? 'add' : 'delete'](board); }
  goDown(yes = true) { this.down = yes; }
  lines(match = '') { return this.log.filter((one) => one.line.includes(match)).map((one) => one.line); }

  takeFault(line) {
    const fault = this.faults.find((one) => line.startsWith(one.match) && one.times > 0 && (one.skip-- <= 0));
    if (fault) fault.times -= 1;
    return fault ?? null;
  }

  authorised(request, query) {
    const header = request.headers.authorization ?? '';
    const key = /oauth_consumer_key="([^"]*)"/.exec(header)?.[1] ?? query.key;
    const token = /oauth_token="([^"]*)"/.exec(header)?.[1] ?? query.token;
    if (key !== this.key) throw new Refusal(401, 'invalid key');
    if (token !== this.token || this.revoked) throw new Refusal(401, 'invalid token');
  }

  // Counts the request; headers as recorded. Throws where it is one too many.
  limited(headers) {
    const now = Date.now();
    if (now - this.window.began >= this.intervalMs) this.window = { began: now, key: 0, token: 0 };
    let over = null;
    for (const whose of ['key', 'token']) {
      const used = ++this.window[whose];
      headers[`x-rate-limit-api-${whose}-interval-ms`] = this.intervalMs;
      headers[`x-rate-limit-api-${whose}-max`] = this.limits[whose];
      headers[`x-rate-limit-api-${whose}-remaining`] = Math.max(0, this.limits[whose] - used);
      if (used > this.limits[whose]) over ??= whose;
    }
    return over && { error: `API_${over.toUpperCase()}_LIMIT_EXCEEDED`, message: 'Rate limit exceeded' };
  }

  async serve(request, response) {
    const url = new URL(request.url, 'http://trello');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    if (url.pathname === '/_control' || url.pathname === '/_state') return this.control(url, text, response);
    const path = url.pathname.replace(/^\/1(?=\/)/, ''), query = Object.fromEntries(url.searchParams);
    const entry = { at: Date.now(), line: `${request.method} ${path}`, status: 0, client: request.headers['x-trello-client-identifier'] };
    this.log.push(entry);
    const end = (status, headers, body) => { entry.status = status; if (!response.destroyed) { response.writeHead(status, headers); response.end(body); } };
    const cut = () => { entry.status = -1; request.socket.destroy(); };
    if (this.down) return cut();
    const fault = this.takeFault(entry.line), headers = {};
    if (fault?.what === 'cut_before') return cut();
    if (fault?.what === 'hang') return undefined;
    if (fault?.what === 'delay') await sleep(fault.ms);
    if (fault?.what === 'nonsense') return end(200, { 'content-type': 'text/html' }, '<html>Please log in</html>');
    if (fault?.what === '500' || fault?.what === '503') return end(Number(fault.what), { 'content-type': 'text/plain' }, 'Internal Server Error');
    if (fault?.what === 'refuse') return end(fault.status, { 'content-type': 'text/plain; charset=utf-8' }, fault.text);
    const over = fault?.what === '429' ? { error: 'API_TOKEN_LIMIT_EXCEEDED', message: 'Rate limit exceeded' } : this.limited(headers);
    if (over) return end(429, { ...headers, 'content-type': 'application/json; charset=utf-8' }, JSON.stringify(over));
    try {
      this.authorised(request, query);
      const { key, token, ...asked } = query;
      const fields = { ...asked, ...this.fieldsOf(request, text) };
      if (fault?.what === 'late') {
        setTimeout(() => this.routes.answer(request.method, path, asked, fields), fault.ms);
        return cut();
      }
      const body = JSON.stringify(this.routes.answer(request.method, path, asked, fields));
      if (fault?.what === 'cut_after') return cut();
      if (fault?.what === '500_after') return end(500, { 'content-type': 'text/plain' }, 'Internal Server Error');
      if (fault?.what === 'half') {
        entry.status = -1;
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
        response.write(body.slice(0, body.length >> 1));
        return setTimeout(() => request.socket.destroy(), 20);
      }
      return end(200, { ...headers, 'content-type': 'application/json; charset=utf-8' }, body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return end(error.status, { ...headers, 'content-type': 'text/plain; charset=utf-8' }, error.message);
    }
  }

  fieldsOf(request, text) {
    if (!text) return {};
    if ((request.headers['content-type'] ?? '').includes('json')) {
      try { return JSON.parse(text); } catch { throw new Refusal(400, 'Error parsing body'); }
    }
    return Object.fromEntries(new URLSearchParams(text));
  }

  control(url, text, response) {
    const plain = (map) => [...map.values()];
    let answer = { boards: plain(this.state.boards), lists: plain(this.state.lists), cards: plain(this.state.cards), actions: this.state.actions, log: this.log };
    if (url.pathname === '/_control') {
      const { call, with: words = [] } = JSON.parse(text);
      const calls = ['fail', 'refuse', 'revoke', 'lose', 'goDown'], changes = ['addBoard', 'addList', 'addLabel', 'addMember', 'addCard'];
      if (calls.includes(call)) answer = this[call](...words) ?? null;
      else if (changes.includes(call)) answer = this.state[call](...words);
      else answer = { error: `one of ${[...calls, ...changes].join(', ')}` };
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const trello = await Trello.start({ port: Number(process.argv[2] ?? 0) });
  const board = trello.state.addBoard('Team board');
  console.log(`TRELLO_API_URL=${trello.url} TRELLO_API_KEY=${trello.key} TRELLO_API_TOKEN=${trello.token}   board "${board.name}", lists To do, Doing, Done`);
}
