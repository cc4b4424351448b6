import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate, makePki, type Pair, type Pki } from '../../../../test/support/certificates.ts';
import { base64, kubeconfigText } from '../../../../test/support/kubeconfig.ts';
import type { Connection } from '../connection.ts';
import { type LoadOptions, loadConnection } from './load.ts';

let pki: Pki;
let expired: Pair;
let folder = '';
const folders: string[] = [];
beforeAll(async () => {
  pki = await makePki();
  expired = await makeCertificate({ name: 'old', by: pki.authority, until: '2024-02-03T04:05:06Z' });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-kubeconfig-'));
  folders.push(folder);
});
afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true }))));

const server = 'https://10.0.0.1:6443';
const write = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
};
const load = (options: Partial<LoadOptions>) => loadConnection({ env: {}, home: folder, ...options });
/** Loads a kubeconfig with the change given. */
const loadText = async (change: Parameters<typeof kubeconfigText>[2] = {}, options: Partial<LoadOptions> = {}) =>
  load({ kubeconfig: await write('config', kubeconfigText(pki, server, change)), ...options });
const connection = async (loading: ReturnType<typeof loadConnection>): Promise<Connection> => {
  const loaded = await loading;
  if (!loaded.ok) throw new Error(loaded.failure.say);
  return loaded.value;
};
const credential = async (of: Connection) => {
  const current = await of.credentials.current();
  if (!current.ok) throw new Error(current.failure.say);
  return current.value;
};
const refused = (say: string | RegExp, code = 'kubeconfig-invalid') => ({
  ok: false,
  failure: { code, say: typeof say === 'string' ? expect.stringContaining(say) : expect.stringMatching(say) },
});

describe('where a kubeconfig is looked for', () => {
  const named = (name: string) =>
    kubeconfigText(pki, server, { config: { contexts: [{ name, context: { cluster: 'lab', user: 'me' } }], 'current-context': name } });

  it('takes --kubeconfig before KUBECONFIG before the home folder', async () => {
    await write('.kube/config', named('home'));
    const env = { KUBECONFIG: await write('env', named('environment')) };
    const kubeconfig = await write('option', named('option'));
    expect((await connection(load({ env, kubeconfig }))).contextName).toBe('option');
    expect((await connection(load({ env }))).contextName).toBe('environment');
    expect((await connection(load({}))).contextName).toBe('home');
  });

  it('merges the files of KUBECONFIG: what the first one says holds, and one that is missing does not matter', async () => {
    const first = await write(
      'first',
      JSON.stringify({
        clusters: [{ name: 'lab', cluster: { server: 'https://first:6443' } }],
        contexts: [{ name: 'one', context: { cluster: 'lab', user: 'me' } }],
      }),
    );
    const second = await write('second', kubeconfigText(pki, server));
    const env = { KUBECONFIG: `${first}:${join(folder, 'missing')}::${second}` };
    const both = await connection(load({ env }));
    expect(both).toMatchObject({ contextName: 'me@lab', clusterName: 'lab', userName: 'me' });
    expect(both.server.href).toBe('https://first:6443/');
    expect((await connection(load({ env, context: 'one' }))).contextName).toBe('one');
  });

  it('says when KUBECONFIG names no file that exists', async () => {
    expect(await load({ env: { KUBECONFIG: '/no/such/file' } })).toMatchObject(
      refused('KUBECONFIG names /no/such/file, but no such file exists.'),
    );
  });

  it('says when there is none at all', async () => {
    expect(await load({})).toMatchObject(
      refused('No kubeconfig was found: name one with --kubeconfig, set KUBECONFIG, or create ~/.kube/config.'),
    );
  });

  it('says when a file is missing, is a folder, or cannot be read', async () => {
    expect(await load({ kubeconfig: join(folder, 'nope') })).toMatchObject(
      refused(`The kubeconfig ${join(folder, 'nope')} does not exist; check the path.`),
    );
    expect(await load({ kubeconfig: folder })).toMatchObject(refused(`The kubeconfig ${folder} is a folder; name a file.`));
  });

  it('uses the ServiceAccount of the pod it runs in when there is none', async () => {
    const serviceAccountFolder = folder;
    await write('token', 'abc\n');
    await write('ca.crt', pki.authority.cert);
    const env = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };
    const inPod = await connection(load({ env, home: join(folder, 'home'), serviceAccountFolder }));
    expect(inPod).toMatchObject({ clusterName: 'in-cluster', trust: { ca: pki.authority.cert, skipVerification: false } });
    expect(inPod.server.href).toBe('https://10.96.0.1/');
    expect(await credential(inPod)).toEqual({ authorization: 'Bearer abc' });
    const six = await connection(load({ env: { KUBERNETES_SERVICE_HOST: 'fd00::1' }, home: join(folder, 'home'), serviceAccountFolder }));
    expect(six.server.host).toBe('[fd00::1]');
    await rm(join(folder, 'token'));
    expect(await load({ env, home: join(folder, 'home'), serviceAccountFolder })).toMatchObject(
      refused(/^The token file .*\/token does not exist; check the path\.$/),
    );
  });
});

describe('what a kubeconfig may not be', () => {
  const loadRaw = async (text: string, context?: string) => load({ kubeconfig: await write('config', text), context });
  const path = () => join(folder, 'config');

  it('no YAML: says where, and quotes nothing', async () => {
    const answer = await loadRaw('clusters:\n- name: a\n   token: "s3cret-value\n');
    expect(answer).toMatchObject(refused(`The kubeconfig ${path()}:2:9 is not valid YAML; correct it there.`));
    expect(JSON.stringify(answer)).not.toContain('s3cret');
  });

  it('of another shape: names the field', async () => {
    expect(await loadRaw('users:\n- name: a\n  user:\n    token: [s3cret]\n')).toMatchObject(
      refused('users.0.user.token is wrong (it should be of type string); correct it, or name another file.'),
    );
    expect(await loadRaw('just a text')).toMatchObject(
      refused(
        'is not a kubeconfig as kubectl reads it: its content is wrong (it should be of type object); correct it, or name another file.',
      ),
    );
  });

  it('blown up by aliases', async () => {
    const lines = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
      ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(',')}]`),
    ];
    expect(await loadRaw(lines.join('\n'))).toMatchObject(refused('is not a kubeconfig'));
  });

  it('empty', async () => {
    expect(await loadRaw('')).toMatchObject(
      refused('has no current-context; there are no contexts in it at all, so name another with --kubeconfig.'),
    );
  });

  it('without current-context: lists the contexts there are', async () => {
    expect(await loadText({ config: { 'current-context': '' } })).toMatchObject(
      refused('has no current-context; choose one with --context: me@lab.'),
    );
  });

  it('without the context asked for: lists the contexts there are, up to a number', async () => {
    expect(await loadText({}, { context: 'prod' })).toMatchObject(
      refused(`The kubeconfig ${path()} has no context prod; choose one with --context: me@lab.`),
    );
    const contexts = Array.from({ length: 25 }, (_, n) => ({ name: `c${n + 10}`, context: {} }));
    expect(await loadText({ config: { contexts } }, { context: 'prod' })).toMatchObject(refused(/: c10, c11, .* c29 and 5 more\.$/));
  });

  it.each([
    [{ cluster: 'gone', user: 'me' }, 'points to the cluster gone, which is not there'],
    [{ cluster: 'lab', user: 'gone' }, 'points to the user gone, which is not there'],
    [{ user: 'me' }, 'points to no cluster; set one'],
  ])('with a context that leads nowhere: %j', async (context, say) => {
    expect(await loadText({ config: { contexts: [{ name: 'me@lab', context }] } })).toMatchObject(refused(say));
  });

  it.each([
    [{ server: null }, 'The cluster lab has no server; add it'],
    [{ server: 'ftp://x' }, 'The server of cluster lab is no https:// address'],
    [{ server: 'https://user:pass@x' }, 'The server of cluster lab is no https:// address without user name'],
    [
      { 'certificate-authority-data': null, 'certificate-authority': '/no/ca.crt' },
      'The certificate-authority of cluster lab /no/ca.crt does not exist; check the path.',
    ],
    [{ 'certificate-authority-data': '***' }, 'certificate-authority-data of cluster lab is not base64; copy it again.'],
    [{ 'certificate-authority-data': base64('hello') }, 'certificate-authority-data of cluster lab holds no PEM text'],
    [
      { 'certificate-authority-data': base64('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----') },
      'holds no certificate that can be read',
    ],
    [{ 'certificate-authority-data': base64('-----BEGIN NOTHING-----') }, 'holds no certificate that can be read'],
    [{ 'insecure-skip-tls-verify': true }, 'has both a certificate-authority and insecure-skip-tls-verify'],
    [{ 'proxy-url': 'ldap://x' }, 'The proxy-url of cluster lab is no http://, https:// or socks5:// address'],
  ])('with a cluster that cannot be: %j', async (cluster, say) => {
    expect(await loadText({ cluster })).toMatchObject(refused(say));
  });

  it('with a user that cannot be', async () => {
    const cert = base64(pki.client.cert);
    const key = base64(pki.client.key);
    const cases: readonly (readonly [object, string | RegExp, string?])[] = [
      [{ 'client-certificate-data': cert }, 'The user me has a client-certificate but no client-key; add it.'],
      [{ 'client-key-data': key }, 'The user me has a client-key but no client-certificate; add it.'],
      [
        { 'client-certificate-data': cert, 'client-key-data': base64(pki.server.key) },
        'client-certificate and client-key of user me do not belong together',
      ],
      [
        { 'client-certificate-data': base64('-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----'), 'client-key-data': key },
        'The client-certificate of user me cannot be read',
      ],
      [
        { 'client-certificate-data': cert, 'client-key-data': base64('-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----') },
        'The client-key of user me cannot be read',
      ],
      [
        { 'client-certificate-data': cert, 'client-key-data': base64('-----BEGIN ENCRYPTED PRIVATE KEY-----\n') },
        'The client-key of user me is encrypted',
      ],
      [
        { 'client-certificate-data': base64(expired.cert), 'client-key-data': base64(expired.key) },
        'The client certificate of user me expired on 2024-02-03T04:05:06.000Z; renew it',
        'credential-refused',
      ],
      [{ tokenFile: 'nowhere' }, /^The token file .*\/nowhere does not exist; check the path\.$/],
      [{ token: 'two words' }, 'The token of user me is empty or holds blanks'],
      [{ token: 'abc', username: 'jane' }, 'has both a token and a user name with password'],
      [
        { 'auth-provider': { name: 'oidc' } },
        'The user me uses auth-provider oidc, which kubectl removed in 1.26; change the kubeconfig to an exec plugin.',
      ],
      [{ 'as-groups': ['a'] }, 'has as-uid, as-groups or as-user-extra without "as"'],
      [{ as: 'bob\nEvil: yes' }, 'acts as somebody whose name cannot be sent'],
      [
        { exec: { apiVersion: 'client.authentication.k8s.io/v1alpha1', command: 'x' } },
        'speaks client.authentication.k8s.io/v1alpha1, which kubectl no longer does',
      ],
    ];
    for (const [user, say, code] of cases) expect(await loadText({ user })).toMatchObject(refused(say, code));
  });

  it('one that would send a credential in clear text', async () => {
    const cluster = { server: 'http://10.0.0.1:8080', 'certificate-authority-data': null };
    expect(await loadText({ cluster, user: { token: 'abc' } })).toMatchObject(
      refused('is reached without TLS, so the token is not sent there; use https://.'),
    );
    expect((await connection(loadText({ cluster, user: {} }))).credentials.kind).toBe('anonymous access');
    const local = { ...cluster, server: 'http://127.0.0.1:8001' };
    expect((await connection(loadText({ cluster: local, user: { token: 'abc' } }))).credentials.kind).toBe('token');
  });
});

describe('what a kubeconfig says', () => {
  it('a client certificate from data', async () => {
    const loaded = await connection(loadText());
    expect(loaded.credentials.kind).toBe('client certificate');
    expect(await credential(loaded)).toEqual({ certificate: pki.client });
    expect(loaded.trust).toEqual({ ca: pki.authority.cert, skipVerification: false });
  });

  it('files, relative to the folder of the kubeconfig', async () => {
    await write('deep/pki/ca.crt', pki.authority.cert);
    await write('deep/pki/me.crt', pki.client.cert);
    await write('deep/pki/me.key', pki.client.key);
    const text = kubeconfigText(pki, server, {
      cluster: { 'certificate-authority-data': '', 'certificate-authority': 'pki/ca.crt' },
      user: { 'client-certificate': 'pki/me.crt', 'client-key': join(folder, 'deep/pki/me.key') },
    });
    const loaded = await connection(load({ kubeconfig: await write('deep/config', text) }));
    expect(await credential(loaded)).toEqual({ certificate: pki.client });
    expect(loaded.trust.ca).toBe(pki.authority.cert);
  });

  it('data, which wins over files', async () => {
    const user = {
      'client-certificate-data': base64(pki.client.cert),
      'client-certificate': '/no/such',
      'client-key-data': base64(pki.client.key),
    };
    expect(await credential(await connection(loadText({ user })))).toEqual({ certificate: pki.client });
  });

  it('a token, and a token beside a certificate', async () => {
    expect(await credential(await connection(loadText({ user: { token: 'abc\n' } })))).toEqual({ authorization: 'Bearer abc' });
    const user = { token: 'abc', 'client-certificate-data': base64(pki.client.cert), 'client-key-data': base64(pki.client.key) };
    const both = await connection(loadText({ user }));
    expect(await credential(both)).toEqual({ authorization: 'Bearer abc', certificate: pki.client });
    expect(both.credentials.kind).toBe('client certificate and token');
  });

  it('a token file, which wins over a token and is read again when the token was refused', async () => {
    const path = await write('token', 'one');
    const loaded = await connection(loadText({ user: { token: 'abc', tokenFile: 'token' } }));
    const first = await credential(loaded);
    expect(first).toEqual({ authorization: 'Bearer one' });
    await writeFile(path, 'two\n');
    expect(await credential(loaded)).toEqual({ authorization: 'Bearer one' });
    expect(await loaded.credentials.renew?.(first)).toEqual({ ok: true, value: { authorization: 'Bearer two' } });
    expect(await credential(loaded)).toEqual({ authorization: 'Bearer two' });
  });

  it('a user name with password', async () => {
    expect(await credential(await connection(loadText({ user: { username: 'jane', password: 'pä' } })))).toEqual({
      authorization: `Basic ${base64('jane:pä')}`,
    });
  });

  it('as whom to act', async () => {
    const user = {
      token: 'abc',
      as: 'jane',
      'as-uid': '7',
      'as-groups': ['a', 'b'],
      'as-user-extra': { 'example.org/päß': ['x', 'y'], '50%': ['z'] },
    };
    expect((await connection(loadText({ user }))).impersonation).toEqual({
      'Impersonate-User': 'jane',
      'Impersonate-Uid': '7',
      'Impersonate-Group': ['a', 'b'],
      'Impersonate-Extra-example.org%2Fp%C3%A4%C3%9F': ['x', 'y'],
      'Impersonate-Extra-50%25': ['z'],
    });
  });

  it('how to trust the server and how to get there', async () => {
    const cluster = {
      'certificate-authority-data': null,
      'insecure-skip-tls-verify': true,
      'tls-server-name': 'api',
      'proxy-url': 'socks5://127.0.0.1:1080',
    };
    const loaded = await connection(loadText({ cluster }));
    expect(loaded.trust).toEqual({ skipVerification: true, serverName: 'api' });
    expect(loaded.proxy?.href).toBe('socks5://127.0.0.1:1080');
  });

  it('a server without https://', async () => {
    expect((await connection(loadText({ cluster: { server: 'api.lab:6443' } }))).server.href).toBe('https://api.lab:6443/');
  });

  it('nothing of the user', async () => {
    const loaded = await connection(loadText({ config: { contexts: [{ name: 'me@lab', context: { cluster: 'lab' } }] } }));
    expect(await credential(loaded)).toEqual({});
  });
});
