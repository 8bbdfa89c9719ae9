// A TLS server in front of the workspace, and a CONNECT proxy in front of that: Slack as it is reached from a company's network.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';

// A certificate for `names`, signed by itself; answers the path of its PEM, which serves as the authority too.
export function certificate(folder, names, label = 'front') {
  const [key, cert] = [join(folder, `${label}.key`), join(folder, `${label}.pem`)];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', `/CN=${names[0]}`,
    '-addext', `subjectAltName=${names.map((n) => `DNS:${n}`).join(',')}`, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key, cert };
}

const listening = (server) => new Promise((done) => { server.listen(0, '127.0.0.1', () => done(server.address().port)); });

// Hands everything on to the workspace; the URL that apps.connections.open gives leads back here.
export async function tlsFront(workspace, { key, cert }, host) {
  const server = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const onward = http.request({ host: '127.0.0.1', port: workspace.port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const body = Buffer.concat(parts).toString().replace(/ws:\/\/[^/"]+|ws:\\\/\\\/[^\\"]+/, `wss://${host}:${port}`);
        const { 'content-length': _, 'transfer-encoding': __, ...headers } = answer.headers;
        response.writeHead(answer.statusCode, { ...headers, 'content-length': Buffer.byteLength(body) });
        response.end(body);
      });
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  const sockets = new Set();
  server.on('secureConnection', (socket) => { sockets.add(socket); socket.on('error', () => {}); socket.on('close', () => sockets.delete(socket)); });
  server.on('tlsClientError', () => {});
  let upgrades = 0;
  server.on('upgrade', (request, socket, head) => {
    ++upgrades;
    const onward = net.connect(workspace.port, '127.0.0.1', () => {
      onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${Object.entries(request.headers).map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [onward, socket]) end.on('error', () => { onward.destroy(); socket.destroy(); });
  });
  const port = await listening(server);
  return {
    port,
    url: `https://${host}:${port}/api/`,
    upgrades: () => upgrades,
    stop: () => { for (const socket of sockets) socket.destroy(); return new Promise((done) => server.close(done)); },
  };
}

// Connects whatever name is asked for to 127.0.0.1; `asked` holds the CONNECT lines and their authorization.
export async function connectProxy({ refuse = false } = {}) {
  const asked = [];
  const sockets = new Set();
  const server = http.createServer((_, response) => response.writeHead(405).end());
  server.on('connection', (socket) => { sockets.add(socket); socket.on('error', () => {}); socket.on('close', () => sockets.delete(socket)); });
  server.on('connect', (request, socket, head) => {
    asked.push({ target: request.url, authorization: request.headers['proxy-authorization'] });
    if (refuse) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
    const onward = net.connect(Number(request.url.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [onward, socket]) end.on('error', () => { onward.destroy(); socket.destroy(); });
    return undefined;
  });
  const port = await listening(server);
  return { port, asked, stop: () => { for (const socket of sockets) socket.destroy(); return new Promise((done) => server.close(done)); } };
}
