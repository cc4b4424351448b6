import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** An answer of the API: its status, and its JSON body if it has one. */
export interface Answered {
  readonly status: number;
  // bodies are looked at by matchers, which take anything
  readonly body: never;
  readonly headers: Headers;
}

/** `gatehouse serve` as a process of its own, over one data folder. */
export interface Serving {
  readonly url: string;
  /** Shown at the first start only. */
  readonly token: string | undefined;
  readonly child: ChildProcess;
  /** Everything it wrote to standard error: its log. */
  log(): string;
  /** Ends it as a person or a platform would (SIGTERM), or as the end of the world would (SIGKILL). */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts the service and waits until it listens. */
export const serve = async (data: string, ...more: readonly string[]): Promise<Serving> => {
  const args = ['serve', '--data', data, '--port', '0', '--allow', '198.18.0.0/15', ...more];
  const child = spawn(process.execPath, [join(root, 'bin/gatehouse.ts'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.includes('Ctrl-C stops it')) resolve();
    });
    void ended.then((code) => reject(new Error(`serve ended with ${code}: ${err}`)));
  });
  return {
    url: /http:\/\/[0-9.]+:\d+/.exec(out)?.[0] ?? '',
    token: /ght_[A-Za-z0-9_-]+/.exec(out)?.[0],
    child,
    log: () => err,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};

/** Calls the API. */
export const callApi = async (
  url: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> => {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? undefined : JSON.parse(text)) as never };
};
