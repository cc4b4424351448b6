import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = process.env.GATEHOUSE_TEST_SERVERS;
if (root === undefined) throw new Error('Run these tests by `npm run test:probes`, which fetches the servers.');
const libraries = ['usr/lib', 'lib'].flatMap((folder) =>
  readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('-linux-gnu') ? [join(root, folder, name)] : [])),
);
/** PostgreSQL refuses to be root; this is the account of nobody. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const environment = { PATH: process.env.PATH, LC_ALL: 'C', LD_LIBRARY_PATH: libraries.join(':') };

/** A path below the unpacked packages. */
export const packaged = (path: string): string => join(root, path);

/** A folder of its own that the account of the servers may write to. */
export const makeFolder = (files: Readonly<Record<string, string>> = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-probes-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  if (nobody.uid !== undefined)
    for (const path of [folder, ...Object.keys(files).map((name) => join(folder, name))]) chownSync(path, nobody.uid, nobody.gid);
  return folder;
};

/** A port of loopback that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return address.port;
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** Runs a program to its end. */
export const runProgram = async (path: string, args: readonly string[]): Promise<void> => {
  const child = spawn(packaged(path), args, { env: environment, cwd: tmpdir(), ...nobody, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${path} ended with ${code}: ${said}`);
};

export interface Running {
  readonly port: number;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Starts a server from a package and waits until its port is open. `folder` is removed when it stops. */
export const startProgram = async (path: string, port: number, folder: string, args: readonly string[]): Promise<Running> => {
  const child = spawn(packaged(path), args, { env: environment, cwd: folder, ...nobody, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  const ended = once(child, 'close');
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`${path} ended before it listened: ${said}`);
    }
    await sleep(50);
  }
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
