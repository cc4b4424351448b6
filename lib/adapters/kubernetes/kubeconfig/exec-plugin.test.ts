import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate, makePki, type Pki } from '../../../../test/support/certificates.ts';
import { base64, kubeconfigText } from '../../../../test/support/kubeconfig.ts';
import { loadConnection } from './load.ts';
import { runPlugin } from './run-plugin.ts';

const v1 = 'client.authentication.k8s.io/v1';
let pki: Pki;
let folder = '';
const folders: string[] = [];
beforeAll(async () => {
  pki = await makePki();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-plugin-'));
  folders.push(folder);
});
afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true }))));

/** What plugins print: `out` is a JavaScript expression that can use `n`, how often this plugin ran, and `info`, KUBERNETES_EXEC_INFO. */
const script = (out: string): string => `#!${process.execPath}
const fs = require('node:fs');
const log = __filename + '.log';
fs.appendFileSync(log, 'x');
const n = fs.readFileSync(log, 'utf8').length;
const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
const credential = (status, apiVersion = '${v1}') => JSON.stringify({ kind: 'ExecCredential', apiVersion, status });
${out}
`;

/** A user with a plugin that does as told. */
const withPlugin = async (out: string, exec: object = {}, cluster: object = {}) => {
  const path = join(folder, 'plugin.cjs');
  await writeFile(path, script(out));
  await chmod(path, 0o755);
  const text = kubeconfigText(pki, 'https://10.0.0.1:6443', {
    cluster,
    user: { exec: { apiVersion: v1, command: path, interactiveMode: 'Never', ...exec } },
  });
  const kubeconfig = join(folder, 'config');
  await writeFile(kubeconfig, text);
  const loaded = await loadConnection({ kubeconfig, env: { PATH: process.env.PATH } });
  if (!loaded.ok) return { failure: loaded.failure, current: async () => loaded, renew: async () => loaded, ran: async () => 0 };
  const { credentials } = loaded.value;
  return {
    failure: undefined,
    kind: credentials.kind,
    current: credentials.current,
    renew: async (authorization: string) => credentials.renew?.({ authorization }),
    ran: () => readFile(`${path}.log`, 'utf8').then((log) => log.length),
  };
};
const gave = (token: string) => ({ ok: true, value: { authorization: `Bearer ${token}` } });

describe('a plugin', () => {
  it('gives a token, and is run once for all requests', async () => {
    const plugin = await withPlugin(`console.log(credential({ token: 'abc' + n }))`);
    expect(await Promise.all([plugin.current(), plugin.current()])).toEqual([gave('abc1'), gave('abc1')]);
    expect(await plugin.current()).toEqual(gave('abc1'));
    expect(await plugin.ran()).toBe(1);
    expect(plugin.kind).toContain('credential from');
  });

  it('is run again when what it gave has expired', async () => {
    const plugin = await withPlugin(
      `console.log(credential({ token: 'abc' + n, expirationTimestamp: n === 1 ? new Date(Date.now() + 5000).toISOString() : '2999-01-01T00:00:00Z' }))`,
    );
    expect(await plugin.current()).toEqual(gave('abc1'));
    expect(await plugin.current()).toEqual(gave('abc2'));
    expect(await plugin.current()).toEqual(gave('abc2'));
  });

  it('is run again when what it gave was refused, once for all who were refused the same', async () => {
    const plugin = await withPlugin(`console.log(credential({ token: 'abc' + n }))`);
    await plugin.current();
    expect(await Promise.all([plugin.renew('Bearer abc1'), plugin.renew('Bearer abc1')])).toEqual([gave('abc2'), gave('abc2')]);
    expect(await plugin.renew('Bearer abc1')).toEqual(gave('abc2'));
    expect(await plugin.ran()).toBe(2);
  });

  it('gives a certificate', async () => {
    const status = JSON.stringify({ clientCertificateData: pki.client.cert, clientKeyData: pki.client.key });
    const plugin = await withPlugin(`console.log(credential(${status}))`);
    expect(await plugin.current()).toEqual({ ok: true, value: { certificate: pki.client } });
  });

  it('gets its arguments and variables, and is told about the cluster if it wants to know', async () => {
    const token = `Buffer.from(JSON.stringify([process.argv.slice(2), process.env.PROFILE, info])).toString('base64')`;
    const extensions = [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'a' } }];
    const plugin = await withPlugin(
      `console.log(credential({ token: ${token} }, 'client.authentication.k8s.io/v1beta1'))`,
      {
        apiVersion: 'client.authentication.k8s.io/v1beta1',
        args: ['get-token', '--x'],
        env: [{ name: 'PROFILE', value: 'p' }],
        provideClusterInfo: true,
      },
      { 'tls-server-name': 'api', extensions },
    );
    const given = await plugin.current();
    const told = given.ok ? (given.value.authorization ?? '').slice('Bearer '.length) : '';
    expect(JSON.parse(Buffer.from(told, 'base64').toString('utf8'))).toEqual([
      ['get-token', '--x'],
      'p',
      {
        kind: 'ExecCredential',
        apiVersion: 'client.authentication.k8s.io/v1beta1',
        spec: {
          interactive: false,
          cluster: {
            server: 'https://10.0.0.1:6443',
            'tls-server-name': 'api',
            'certificate-authority-data': base64(pki.authority.cert),
            config: { audience: 'a' },
          },
        },
      },
    ]);
  });

  it('is told nothing of the cluster otherwise', async () => {
    const plugin = await withPlugin(`console.log(credential({ token: Object.keys(info.spec).join() }))`);
    expect(await plugin.current()).toEqual(gave('interactive'));
  });

  it('is found beside the kubeconfig', async () => {
    const plugin = await withPlugin(`console.log(credential({ token: 'abc' }))`, { command: './plugin.cjs' });
    expect(await plugin.current()).toEqual(gave('abc'));
  });
});

describe('a plugin that fails', () => {
  it.each([
    [
      'is not there',
      '',
      { command: 'no-such-plugin', installHint: 'Get it\nfrom your platform team.' },
      'kubeconfig-invalid',
      /^The plugin no-such-plugin of user me is not installed: Get it from your platform team\.$/,
    ],
    [
      'is not there, without a hint',
      '',
      { command: 'no-such-plugin' },
      'kubeconfig-invalid',
      /is not installed; install it, or put it on the PATH\.$/,
    ],
    ['may not be started', '', { command: '/dev/null' }, 'kubeconfig-invalid', /cannot be started/],
    [
      'ends badly',
      `console.error('first line\\nPlease log in: Bearer abcdefghijkl.'); process.exit(3)`,
      {},
      'credential-refused',
      /failed \(3\): Please log in: Bearer \[credential removed\]; log in again/,
    ],
    ['prints no credential', `console.log('hello')`, {}, 'credential-refused', /printed no ExecCredential/],
    ['prints nothing of use', 'console.log(credential({}))', {}, 'credential-refused', /printed neither a token nor a certificate/],
    [
      'prints half a certificate',
      `console.log(credential({ clientKeyData: 'x' }))`,
      {},
      'credential-refused',
      /a certificate without its key, or a key alone/,
    ],
    [
      'prints a broken token',
      `console.log(credential({ token: 'a b' }))`,
      {},
      'kubeconfig-invalid',
      /The token of the plugin .* holds blanks/,
    ],
    [
      'prints no time',
      `console.log(credential({ token: 'a', expirationTimestamp: 'soon' }))`,
      {},
      'credential-refused',
      /a time of expiry that is no time/,
    ],
    [
      'answers in another version',
      `console.log(credential({ token: 'a' }, 'client.authentication.k8s.io/v1beta1'))`,
      {},
      'kubeconfig-invalid',
      /answered in client.authentication.k8s.io\/v1beta1 though/,
    ],
    [
      'prints without end',
      `process.stdout.write('x'.repeat(2 ** 21)); setInterval(() => undefined, 1000)`,
      {},
      'credential-refused',
      /printed more than a credential needs/,
    ],
  ])('because it %s', async (_what, out, exec, code, say) => {
    const plugin = await withPlugin(out, exec);
    expect(await plugin.current()).toEqual({ ok: false, failure: { code, say: expect.stringMatching(say) } });
  });

  it('because it has no command', async () => {
    expect((await withPlugin('', { command: '' })).failure?.say).toBe('The exec plugin of user me has no command; add it.');
  });

  it('because it must ask and there is no terminal', async () => {
    expect((await withPlugin('', { interactiveMode: 'Always' })).failure?.say).toContain('wants to ask something, but this is no terminal');
  });

  it('because it does not end', async () => {
    const run = {
      command: process.execPath,
      args: ['-e', 'setInterval(() => undefined, 1000)'],
      env: {},
      interactive: false,
      name: 'plugin x of user me',
      hint: '',
    };
    expect(await runPlugin({ ...run, timeoutMs: 200 })).toEqual({
      ok: false,
      failure: { code: 'timed-out', say: 'The plugin x of user me did not end within 0.2 s; run it by hand and look.' },
    });
  });

  it('because its certificate has expired', async () => {
    const old = await makeCertificate({ name: 'old', until: '2024-01-01T00:00:00Z' });
    const plugin = await withPlugin(
      `console.log(credential(${JSON.stringify({ clientCertificateData: old.cert, clientKeyData: old.key })}))`,
    );
    expect(await plugin.current()).toMatchObject({
      failure: { code: 'credential-refused', say: expect.stringContaining('expired on 2024-01-01') },
    });
  });
});
