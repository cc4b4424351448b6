import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type RemoteService, startRemoteService } from '../../../test/support/remote-service.ts';
import { type Ran, runCli } from '../../../test/support/run-cli.ts';
import { type IssuerBehaviour, type SignInIssuer, startSignInIssuer } from '../../../test/support/sign-in-issuer.ts';
import type { Terminal } from '../terminal.ts';
import { createTransport } from './http/transport.ts';
import { signInByDevice } from './sign-in/device.ts';
import { discover } from './sign-in/issuer.ts';

const gatehouse = fileURLToPath(new URL('../../../bin/gatehouse.ts', import.meta.url));
let issuer: SignInIssuer | undefined;
let service: RemoteService | undefined;
afterEach(async () => {
  await service?.close();
  await issuer?.close();
  [issuer, service] = [undefined, undefined];
});

const start = async (behaviour?: IssuerBehaviour) => {
  issuer = behaviour && (await startSignInIssuer(behaviour));
  service = await startRemoteService(issuer ? { issuer: issuer.url, admin: 'ada' } : {});
  const path = join(service.base, '.config/gatehouse/credentials.json');
  const { env } = service;
  const run = (args: readonly string[], change: Partial<Terminal> = {}): Promise<Ran> =>
    runCli(args, { env, now: () => new Date().toISOString(), ...change });
  return { service, issuer, path, run, kept: async () => JSON.parse(await readFile(path, 'utf8')).servers };
};

/** Signs in by browser: `visit` is given the address as soon as it is printed. */
const withBrowser = async (
  run: (args: readonly string[], change: Partial<Terminal>) => Promise<Ran>,
  visit: (address: string) => Promise<unknown>,
  args: readonly string[] = [],
) => {
  let visited: Promise<unknown> | undefined;
  let err = '';
  const ran = await run(['login', ...args], {
    err: (text) => {
      err += text;
      const address = /http:\S+\/authorize\S+/.exec(text)?.[0];
      if (address) visited = visit(address);
    },
  });
  return { ...ran, err, visited: await visited };
};
const pageOf = async (address: string): Promise<string> => (await fetch(address)).text();

describe('login with a code', () => {
  it('shows where to go, waits, keeps the sign-in where only its owner reads it, and is known after that', async () => {
    const { run, path, kept, service } = await start({ waiting: ['authorization_pending', 'authorization_pending'] });
    const ran = await run(['login']);
    expect(ran).toMatchObject({ exit: 0, out: `Signed in at ${service.url} as Ada.\n` });
    expect(ran.err).toContain('/activate in a browser and enter the code WDJB-MJHT');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { token } = (await kept())[service.url];
    expect(ran.out + ran.err).not.toContain(token);
    const me = await run(['whoami']);
    expect(me).toMatchObject({ exit: 0, out: expect.stringContaining('Ada') });
    expect((await run(['projects', 'list', '--json'])).exit).toBe(0);
  });

  it.each([
    ['access_denied', 'was refused at the identity provider'],
    ['expired_token', 'was not confirmed in time'],
    ['server_error', 'server_error'],
  ])('says so on %s, and keeps nothing', async (error, say) => {
    const { run, path } = await start({ waiting: ['authorization_pending', error] });
    const ran = await run(['login']);
    expect(ran).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(say) });
    await expect(stat(path)).rejects.toThrow();
  });

  it('gives up when the code has expired', async () => {
    const { run } = await start({ waiting: Array<string>(50).fill('authorization_pending'), expiresIn: 0.3 });
    expect(await run(['login'])).toMatchObject({ exit: 2, err: expect.stringContaining('not confirmed in time') });
  });

  it('asks more slowly when it is told to', async () => {
    const { issuer } = await start({ waiting: ['authorization_pending', 'slow_down', 'authorization_pending'] });
    const transport = createTransport({ env: {}, signal: new AbortController().signal, timeoutMs: 5000 });
    const found = await discover(issuer?.url ?? '', 'gatehouse', transport);
    if (!found.ok || !found.value.device) throw new Error('no issuer');
    const waits: number[] = [];
    const pause = async (ms: number) => waits.push(ms) > 0;
    const options = { issuer: found.value, scopes: [], transport, pause, show: () => undefined, patience: 300 };
    expect((await signInByDevice(options, found.value.device)).ok).toBe(true);
    expect(waits).toEqual([100, 100, 5100, 5100]);
    transport.close();
  });
});

describe('login with a browser', () => {
  it('comes back to this machine, and proves that it is the one that asked', async () => {
    const { run, kept, service, issuer } = await start({ device: false });
    const ran = await withBrowser(run, pageOf);
    expect(ran).toMatchObject({ exit: 0, out: `Signed in at ${service.url} as Ada.\n` });
    expect(ran.visited).toContain('You can close this window');
    expect(issuer?.seen).toEqual(['authorization_code']);
    expect((await kept())[service.url].renewal).toMatchObject({ use: 'id_token', clientId: 'gatehouse' });
  });

  it('shows the door to whoever comes with another state, and goes on waiting', async () => {
    const { run } = await start({ device: false });
    const ran = await withBrowser(run, async (address) => {
      const back = new URL(new URL(address).searchParams.get('redirect_uri') ?? '');
      back.search = '?code=stolen&state=wrong';
      const door = await fetch(back);
      const elsewhere = await fetch(new URL('/other', back));
      return [door.status, elsewhere.status, await pageOf(address)];
    });
    expect(ran.exit).toBe(0);
    expect(ran.visited).toEqual([400, 404, expect.stringContaining('You are back at Gatehouse.')]);
  });

  it('is told when the person refuses, or another issuer answers', async () => {
    const { run, path } = await start({ device: false });
    for (const [query, say] of [
      ['error=access_denied', 'access_denied'],
      ['code=x&iss=https://evil.example', 'it came from https://evil.example'],
      ['', 'without a code'],
    ] as const) {
      const ran = await withBrowser(run, async (address) => {
        const { searchParams } = new URL(address);
        return pageOf(`${searchParams.get('redirect_uri')}?state=${searchParams.get('state')}&${query}`);
      });
      expect(ran).toMatchObject({ exit: 2, err: expect.stringContaining(say), visited: expect.stringContaining('You are not signed in.') });
    }
    await expect(stat(path)).rejects.toThrow();
  });

  it('does not wait for ever', async () => {
    const { run } = await start({ device: false });
    expect(await run(['login', '--patience', '0.2'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Nobody signed in within 0.2 s'),
    });
  });

  it('takes no token that is for somebody else', async () => {
    const { run } = await start({ device: false, claims: { aud: 'other' } });
    expect(await withBrowser(run, pageOf)).toMatchObject({ exit: 2, err: expect.stringContaining('not for this sign-in') });
  });

  it('takes no token of another sign-in', async () => {
    const { run } = await start({ device: false, claims: { nonce: 'old' } });
    expect(await withBrowser(run, pageOf)).toMatchObject({ exit: 2, err: expect.stringContaining('not for this sign-in') });
  });
});

describe('an issuer', () => {
  it('that calls itself something else is not asked for anything', async () => {
    const { run, issuer } = await start({ name: 'https://other.example' });
    expect(await run(['login'])).toMatchObject({ exit: 2, err: expect.stringContaining('calls itself https://other.example') });
    expect(issuer?.seen).toEqual([]);
  });

  it('renews a sign-in that is about to end, and its refresh token is used once', async () => {
    const { run, kept, service, issuer } = await start({ lifetime: 40 });
    expect((await run(['login'])).exit).toBe(0);
    const before = (await kept())[service.url];
    expect((await run(['whoami'])).exit).toBe(0);
    const after = (await kept())[service.url];
    expect(issuer?.seen).toHaveLength(2);
    expect(after.renewal.refreshToken).not.toBe(before.renewal.refreshToken);
    expect((await run(['whoami'])).exit).toBe(0);
  });

  it('that has ended the session is not asked again', async () => {
    const { run } = await start({ lifetime: 40, endsSessions: true });
    await run(['login']);
    expect(await run(['whoami'])).toMatchObject({ exit: 2, err: expect.stringContaining('The sign-in has ended') });
  });

  it('is told at logout', async () => {
    const { run, kept, service, issuer } = await start({});
    await run(['login']);
    const { renewal } = (await kept())[service.url];
    expect(await run(['logout'])).toMatchObject({ exit: 0, err: '' });
    expect(issuer?.revoked).toEqual([renewal.refreshToken]);
    expect(await kept()).toEqual({});
    expect(await run(['whoami'])).toMatchObject({ exit: 2, err: expect.stringContaining('gatehouse login --server') });
  });
});

describe('a service without an issuer', () => {
  it('takes a token from standard input, tries it first, and forgets it at logout', async () => {
    const { run, kept, service } = await start();
    const typed = (text: string) => ({ readInput: async () => text });
    expect(await run(['login', '--token', '-'], typed('ght_wrong'))).toMatchObject({
      exit: 2,
      err: expect.stringContaining('no API token of Gatehouse'),
    });
    expect(await run(['login'], typed(' two words '))).toMatchObject({ exit: 2, err: expect.stringContaining('That is no token') });
    const ran = await run(['login'], typed(`${service.token}\n`));
    expect(ran).toMatchObject({ exit: 0, out: `Signed in at ${service.url} as first token, token of Local administrator.\n` });
    expect((await kept())[service.url]).toEqual({ token: service.token });
    // the only service there are credentials for need not be named
    expect((await run(['whoami'], { env: { HOME: service.base } })).exit).toBe(0);
    expect(await run(['logout'])).toMatchObject({ exit: 0, err: expect.stringContaining('still works elsewhere') });
  });

  it('is given no token of a file that others can read, or that is no file of ours', async () => {
    const { run, path, service } = await start();
    await run(['login'], { readInput: async () => service.token });
    await chmod(path, 0o644);
    expect(await run(['whoami'])).toMatchObject({ exit: 2, err: expect.stringMatching(/can be read by others.*chmod 600/) });
    await chmod(path, 0o600);
    expect((await run(['whoami'])).exit).toBe(0);
    await writeFile(path, '{');
    expect(await run(['whoami'])).toMatchObject({ exit: 2, err: expect.stringContaining('is no file of credentials') });
  });

  it('reads the token from a pipe', async () => {
    const { kept, service } = await start();
    const child = spawn(process.execPath, [gatehouse, 'login', '--token', '-'], { env: { ...process.env, ...service.env } });
    let out = '';
    child.stdout.on('data', (piece) => {
      out += piece;
    });
    child.stdin.end(`${service.token}\n`);
    const [status] = await once(child, 'exit');
    expect([status, out]).toEqual([0, `Signed in at ${service.url} as first token, token of Local administrator.\n`]);
    expect((await kept())[service.url].token).toBe(service.token);
  });

  it('takes no token from the command line, where everybody sees it', async () => {
    const { run, service } = await start();
    const ran = await run(['login', '--token', service.token]);
    expect(ran).toMatchObject({ exit: 2, err: expect.stringContaining('standard input') });
  });
});
