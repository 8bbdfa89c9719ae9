// One flag provider of ours, as a program (tests/flags/provider_cli.cpp): calls go in, answers come out.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { binary } from './process.mjs';

export class Provider {
  constructor(kind, url, { token = '', clientToken = '', environments = {}, project } = {}) {
    const options = ['--token', token, '--client-token', clientToken, ...(project === undefined ? [] : ['--project', project])];
    for (const [name, at] of Object.entries(environments)) options.push('--environment', `${name}=${at}`);
    this.child = spawn(binary('vakt-provider'), [...options, kind, url || '-', 'serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.waiting = [];
    createInterface({ input: this.child.stdout }).on('line', (line) => this.waiting.shift().done(JSON.parse(line)));
    this.ended = new Promise((done) => this.child.on('exit', (code, signal) => {
      for (const { failed } of this.waiting.splice(0)) failed(new Error(`vakt-provider ended: ${code} ${signal}`));
      done(code);
    }));
    process.once('exit', this.reap = () => this.child.kill('SIGKILL'));
  }

  // Whatever it answers, errors too.
  ask(...words) {
    return new Promise((done, failed) => {
      this.waiting.push({ done, failed });
      this.child.stdin.write(`${JSON.stringify(words.map(String))}\n`);
    });
  }

  // An answer without an error.
  async get(...words) {
    const answer = await this.ask(...words);
    if (answer.error) throw new Error(`${words.join(' ')}: ${JSON.stringify(answer.error)}`);
    return answer;
  }

  // The error that it has to answer.
  async fault(...words) {
    const answer = await this.ask(...words);
    if (!answer.error) throw new Error(`${words.join(' ')} should have failed: ${JSON.stringify(answer)}`);
    return answer.error;
  }

  async stop() {
    this.child.stdin.end();
    process.removeListener('exit', this.reap);
    const code = await this.ended;
    if (code !== 0) throw new Error(`vakt-provider ended with ${code}`);
  }
}
