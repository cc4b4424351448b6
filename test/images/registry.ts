import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pair } from '../support/certificates.ts';
import type { Blob, BuiltImage, Tagged } from '../support/oci-images.ts';
import { freePort } from './free-port.ts';

/** The one user of a registry with `users: true`. The password's hash (bcrypt) is below. */
export const registryUser = { username: 'reader', password: 'test-of-images' };
const htpasswd = 'reader:$2b$04$abcdefghijklmnopqrstuuQnX6mx35MDSsUMB27AtWDt6DyQNGW1K\n';

export interface RegistryOptions {
  /** Lets in `registryUser` alone, by basic authentication. */
  readonly users?: boolean;
  /** Lets in whoever brings a token of this service. */
  readonly tokens?: { readonly realm: string; readonly service: string; readonly issuer: string; readonly certificate: string };
  /** Serves TLS. */
  readonly certificate?: Pair;
}

/** Debian's docker-registry on a port of loopback, with a folder of its own. */
export interface Registry {
  /** `127.0.0.1:41234` */
  readonly host: string;
  /** Stores images under their names (`repository:tag`). `authorization` is the header that a registry with users or tokens wants. */
  push(images: readonly Tagged[], authorization?: string): Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Starts a registry and waits until it answers. */
export const startRegistry = async (options: RegistryOptions = {}): Promise<Registry> => {
  const program = process.env.GATEHOUSE_TEST_REGISTRY;
  if (program === undefined) throw new Error('Run these tests by `npm run test:images`, which fetches the registry.');
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-registry-'));
  const port = await freePort();
  writeFileSync(join(folder, 'users'), htpasswd);
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configOf(options, port, folder)));
  const child = spawn(program, ['serve', 'config.json'], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (said = `${said}${part.toString()}`.slice(-4_000)));
  const ended = once(child, 'close');
  const url = `${options.certificate ? 'https' : 'http'}://127.0.0.1:${port}`;
  while (!(await request(`${url}/v2/`, 'GET').catch(() => undefined))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`docker-registry ended before it listened: ${said}`);
    }
    await sleep(50);
  }
  return {
    host: `127.0.0.1:${port}`,
    push: async (images, authorization) => {
      for (const one of images) await pushOne(url, one, authorization);
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** JSON is YAML, too. */
const configOf = ({ users, tokens, certificate }: RegistryOptions, port: number, folder: string): unknown => {
  if (tokens) writeFileSync(join(folder, 'tokens.pem'), tokens.certificate);
  if (certificate) writeFileSync(join(folder, 'tls.pem'), certificate.cert);
  if (certificate) writeFileSync(join(folder, 'tls.key'), certificate.key, { mode: 0o600 });
  const { realm, service, issuer } = tokens ?? {};
  return {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: 'data' } },
    http: { addr: `127.0.0.1:${port}`, ...(certificate && { tls: { certificate: 'tls.pem', key: 'tls.key' } }) },
    ...(users && { auth: { htpasswd: { realm: 'registry', path: 'users' } } }),
    ...(tokens && { auth: { token: { realm, service, issuer, rootcertbundle: 'tokens.pem' } } }),
    validation: { disabled: true },
  };
};

/** One upload is one request: small enough for tests. */
const pushOne = async (url: string, { name, root, images }: Tagged, authorization?: string): Promise<void> => {
  const at = name.lastIndexOf(':');
  const [repository, tag] = [name.slice(0, at), name.slice(at + 1)];
  const headers = { ...(authorization !== undefined && { authorization }) };
  const upload = async (blob: Blob): Promise<void> => {
    const place = new URL(await created(`${url}/v2/${repository}/blobs/uploads/`, 'POST', headers), url);
    place.searchParams.set('digest', blob.digest);
    await created(place.href, 'PUT', { ...headers, 'content-type': 'application/octet-stream' }, blob.bytes);
  };
  const put = (reference: string, { bytes, mediaType }: Blob) =>
    created(`${url}/v2/${repository}/manifests/${reference}`, 'PUT', { ...headers, 'content-type': mediaType }, bytes);
  for (const blob of distinct(images)) await upload(blob);
  for (const { manifest } of images) await put(manifest.digest, manifest);
  await put(tag, root);
};

const distinct = (images: readonly BuiltImage[]): readonly Blob[] => [
  ...new Map(images.flatMap(({ config, layers }) => [config, ...layers]).map((blob) => [blob.digest, blob])).values(),
];

/** Sends a request that must create something, and tells where it goes on. */
const created = async (url: string, method: string, headers: Readonly<Record<string, string>>, body?: Uint8Array): Promise<string> => {
  const answer = await request(url, method, headers, body);
  if (answer.status !== 201 && answer.status !== 202) throw new Error(`${method} ${url} answered ${answer.status}: ${answer.text}`);
  return answer.location;
};

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

const request = async (url: string, method: string, headers: Readonly<Record<string, string>> = {}, body?: Uint8Array): Promise<Answer> => {
  if (url.startsWith('https:')) return requestTls(url, method, headers, body);
  const answer = await fetch(url, { method, headers, ...(body && { body: Buffer.from(body) }) });
  return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
};

/** `fetch` takes no certificate that it does not know. */
const requestTls = (url: string, method: string, headers: Readonly<Record<string, string>>, body?: Uint8Array): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = https.request(
      url,
      { method, headers: { ...headers, 'content-length': body?.length ?? 0 }, rejectUnauthorized: false, agent: false },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? '', text }));
      },
    );
    sent.on('error', reject).end(body);
  });
