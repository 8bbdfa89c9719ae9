// The database file, as other programs and bad luck treat it.
import { execFile, spawn } from 'node:child_process';
import { open, stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

// One statement by the sqlite3 shell; answers what it printed.
export const sql = async (file, statement) => (await run('sqlite3', ['-cmd', '.timeout 5000', file, statement])).stdout.trim();

// Holds the whole file until the answered function is called.
export async function lock(file) {
  const shell = spawn('sqlite3', ['-cmd', '.timeout 5000', file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((done) => shell.on('close', done));
  shell.stdin.write("BEGIN EXCLUSIVE;\nSELECT 'locked';\n");
  await new Promise((done, failed) => {
    shell.stdout.once('data', done);
    shell.once('error', failed);
    shell.once('close', () => failed(new Error('the sqlite3 shell ended')));
  });
  return async () => {
    shell.stdin.end('ROLLBACK;\n');
    await ended;
  };
}

// No file of the process may grow beyond `bytes`: what a full disk is to it. null: as it was.
export const limitFiles = (pid, bytes) => run('prlimit', [`--pid=${pid}`, `--fsize=${bytes ?? 'unlimited'}:unlimited`]);

// Overwrites the file from its second page on.
export async function spoil(path) {
  const { size } = await stat(path);
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096);
  await file.sync();
  await file.close();
}

export const mode = async (path) => ((await stat(path)).mode & 0o777).toString(8);
