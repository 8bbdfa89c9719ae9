// As much of Unleash as a kill needs, answering as badly as a test wants: its flags, its events, and what it was asked.
import { createServer } from 'node:http';

const json = (response, body, status = 200) => { response.writeHead(status, { 'Content-Type': 'application/json' }); response.end(body === undefined ? '' : JSON.stringify(body)); };
export const answers = (status, body, type = 'application/json') => (_request, response) => { response.writeHead(status, { 'Content-Type': type }); response.end(body); };
export const hangsUp = (request) => request.socket.destroy();
export const silence = () => {};

export class ScriptedUnleash {
  static async start() {
    const one = new ScriptedUnleash();
    Object.assign(one, { flags: new Map(), events: [], orders: [], asked: 0, now: () => new Date(), order: null, reading: null, strategies: [{ name: 'default', parameters: {}, constraints: [] }] });
    one.server = createServer((request, response) => one.answer(request, response));
    await new Promise((done) => one.server.listen(0, '127.0.0.1', done));
    one.url = `http://127.0.0.1:${one.server.address().port}`;
    return one;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }

  flag(name, enabled = true) { this.flags.set(name, enabled); return name; }

  // Somebody does it there, or an order arrives: at once or long after it was sent.
  turn(name, enabled, createdBy = 'ola', createdAt = this.now().toISOString()) {
    if (this.flags.get(name) === enabled) return;
    this.flags.set(name, enabled);
    this.events.unshift({ id: this.events.length + 1, type: `feature-environment-${enabled ? 'enabled' : 'disabled'}`, createdBy, createdAt, featureName: name, project: 'default', environment: 'production', data: null });
  }

  // `order` and `reading`, where a test gives them, answer instead.
  answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    const toggle = /^\/api\/admin\/projects\/default\/features\/([^/]+)\/environments\/production\/(on|off)$/.exec(pathname);
    if (request.method === 'POST' && toggle) {
      const name = decodeURIComponent(toggle[1]);
      this.orders.push(name);
      if (this.order) return this.order(request, response, name);
      if (!this.flags.has(name)) return json(response, { name: 'NotFoundError', message: `no ${name}` }, 404);
      this.turn(name, toggle[2] === 'on', 'vakt-token');
      return json(response, undefined);
    }
    if (pathname === '/api/admin/search/events') this.asked += 1;
    if (pathname === '/api/admin/search/events') return json(response, { events: this.events.slice(Number(searchParams.get('offset'))), total: this.events.length });
    if (this.reading) return this.reading(request, response);
    if (pathname === '/api/admin/environments') return json(response, { version: 1, environments: [{ name: 'production', enabled: true, type: 'production' }] });
    if (pathname === '/api/admin/search/features') return json(response, { features: [...this.flags.keys()].filter((n) => n.includes(searchParams.get('query'))).map((name) => ({ name, project: 'default' })), total: this.flags.size });
    if (pathname === '/api/client/features') return json(response, { version: 2, features: [...this.flags].map(([name, enabled]) => ({ name, project: 'default', enabled, strategies: this.strategies })), query: { environment: searchParams.get('environment') } });
    const feature = /^\/api\/admin\/projects\/default\/features\/([^/]+)$/.exec(pathname);
    const name = feature && decodeURIComponent(feature[1]);
    if (!feature || !this.flags.has(name)) return json(response, { name: 'NotFoundError', message: 'no such thing' }, 404);
    return json(response, { name, project: 'default', archived: false, environments: [{ name: 'production', enabled: this.flags.get(name), strategies: this.strategies.map((one, at) => ({ id: `${at + 1}`, segments: [], ...one })) }] });
  }
}
