import { beforeAll, describe, expect, it } from 'vitest';
import { allowing, resolving } from '../../../../test/support/addresses.ts';
import { makeCertificate, makePki, type Pki } from '../../../../test/support/certificates.ts';
import { base64, kubeconfigText } from '../../../../test/support/kubeconfig.ts';
import { createClusterConnector } from './connector.ts';

const minify = '"kubectl config view --minify --flatten --raw"';
const instead = 'store a kubeconfig with an inline token or client certificate';
let pki: Pki;
beforeAll(async () => {
  pki = await makePki();
});

const connector = (resolve = resolving(['10.0.0.1'])) =>
  createClusterConnector({ allow: allowing('10.0.0.0/8'), version: '0.1.0', resolve });
const examine = (text: string, resolve?: ReturnType<typeof resolving>) => connector(resolve).examine(text);
const jwt = (claims: object): string => `${btoa('{"alg":"RS256"}')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
const seconds = (iso: string): number => Date.parse(iso) / 1_000;

const server = 'https://10.0.0.1:6443';
type Change = Parameters<typeof kubeconfigText>[2];
const text = (change: Change & { readonly server?: string } = {}): string => kubeconfigText(pki, change.server ?? server, change);
const certificate = (change: object = {}) => ({
  'client-certificate-data': base64(pki.client.cert),
  'client-key-data': base64(pki.client.key),
  ...change,
});

describe('accepts', () => {
  it('an inline client certificate', async () => {
    const until = '2031-05-06T07:08:09.000Z';
    const { cert, key } = await makeCertificate({ name: 'me', by: pki.authority, until });
    const user = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) };
    expect(await examine(text({ user }))).toEqual({
      ok: true,
      value: { server, clusterName: 'lab', credential: 'client certificate', credentialExpires: until },
    });
  });

  it('an inline token, and knows when it expires if it says so', async () => {
    const dated = jwt({ sub: 'x', exp: seconds('2031-01-02T03:04:05Z') });
    expect(await examine(text({ user: { token: dated } }))).toEqual({
      ok: true,
      value: { server, clusterName: 'lab', credential: 'token', credentialExpires: '2031-01-02T03:04:05.000Z' },
    });
    for (const token of ['opaque', jwt({ sub: 'x' }), jwt({ exp: 999_999_999_999 })])
      expect(await examine(text({ user: { token } }))).toEqual({ ok: true, value: { server, clusterName: 'lab', credential: 'token' } });
  });

  it('what kubectl and its friends write besides', async () => {
    const config = { preferences: {}, extensions: null };
    const cluster = { extensions: [{ name: 'minikube', extension: { version: '1' } }], 'disable-compression': false, 'proxy-url': '' };
    const user = certificate({ exec: null, 'auth-provider': null, 'as-groups': null, tokenFile: '' });
    expect(await examine(text({ config, cluster, user }))).toMatchObject({ ok: true });
  });

  it('a name all of whose addresses are allowed, once it has asked for them', async () => {
    const resolve = resolving(['10.0.0.1', '10.0.0.2']);
    expect(await examine(text({ server: 'api.example.org' }), resolve)).toMatchObject({
      ok: true,
      value: { server: 'https://api.example.org' },
    });
    expect(resolve.asked).toEqual(['api.example.org']);
  });

  it('a server behind a path, and a name for its certificate', async () => {
    const change = { server: `${server}/k8s/clusters/c-1`, cluster: { 'tls-server-name': 'kubernetes.default' } };
    expect(await examine(text(change))).toMatchObject({ ok: true, value: { server: `${server}/k8s/clusters/c-1` } });
  });
});

const file = (who: string, field: string, inline: string) =>
  `The ${who} names the file ${field}, and files are never read for it here; store the text itself as ${inline}.`;
const impersonates =
  'The user me acts as somebody else (as, as-uid, as-groups, as-user-extra); store the credential of the account that scans.';
const one = `The kubeconfig holds more than one cluster, user or context; store what ${minify} prints, which is the current one alone.`;
const apart = `The current-context, context, cluster and user of the kubeconfig do not belong together; store what ${minify} prints.`;
const second = { name: 'other', cluster: {}, user: {}, context: {} };

/** Each changes one thing of a kubeconfig that is accepted. */
const refused: readonly (readonly [what: string, change: () => Change & { readonly server?: string }, say: string])[] = [
  [
    'exec',
    () => ({ user: { exec: { command: 'aws' } } }),
    `The user me gets its credential from a program (exec), which is never run here; ${instead}.`,
  ],
  [
    'exec beside a certificate',
    () => ({ user: certificate({ exec: {} }) }),
    `The user me gets its credential from a program (exec), which is never run here; ${instead}.`,
  ],
  [
    'auth-provider',
    () => ({ user: certificate({ 'auth-provider': { name: 'oidc' } }) }),
    `The user me gets its credential from an auth-provider, which is never asked here; ${instead}.`,
  ],
  [
    'a file with the authority',
    () => ({ cluster: { 'certificate-authority': '/etc/passwd' } }),
    file('cluster lab', 'certificate-authority', 'certificate-authority-data'),
  ],
  [
    'a file with the certificate',
    () => ({ user: certificate({ 'client-certificate': '/etc/passwd' }) }),
    file('user me', 'client-certificate', 'client-certificate-data'),
  ],
  ['a file with the key', () => ({ user: certificate({ 'client-key': 'key.pem' }) }), file('user me', 'client-key', 'client-key-data')],
  ['a file with the token', () => ({ user: { token: 'x', tokenFile: '/proc/self/environ' } }), file('user me', 'tokenFile', 'token')],
  [
    'insecure-skip-tls-verify',
    () => ({ cluster: { 'insecure-skip-tls-verify': true } }),
    'The cluster lab sets insecure-skip-tls-verify, and without verification anybody could answer for it; store its certificate-authority-data instead.',
  ],
  [
    'proxy-url',
    () => ({ cluster: { 'proxy-url': 'http://10.0.0.2:3128' } }),
    'The cluster lab sets proxy-url, and a proxy could lead anywhere; store an address that is reached without one.',
  ],
  [
    'no authority',
    () => ({ cluster: { 'certificate-authority-data': undefined } }),
    'The cluster lab has no certificate-authority-data; add it, so that only this cluster can answer.',
  ],
  [
    'an authority that is none',
    () => ({ cluster: { 'certificate-authority-data': base64('hello') } }),
    'certificate-authority-data of cluster lab holds no PEM text (-----BEGIN …); copy it again.',
  ],
  [
    'a password',
    () => ({ user: { username: 'me', password: 's3cret' } }),
    `The user me has a user name or password, which Kubernetes has not known since 1.19; ${instead}.`,
  ],
  ['as', () => ({ user: certificate({ as: 'jane' }) }), impersonates],
  ['as-groups', () => ({ user: certificate({ as: '', 'as-groups': ['system:masters'] }) }), impersonates],
  ['as-user-extra', () => ({ user: certificate({ 'as-user-extra': {} }) }), impersonates],
  [
    'two credentials',
    () => ({ user: certificate({ token: 'x' }) }),
    'The user me has both a token and a client certificate; keep one of them.',
  ],
  ['no credential', () => ({ user: {} }), `The user me has no credential; ${instead}.`],
  [
    'half a certificate',
    () => ({ user: certificate({ 'client-key-data': undefined }) }),
    'The user me has a client-certificate but no client-key; add it.',
  ],
  ['http:', () => ({ server: 'http://10.0.0.1:6443' }), 'The cluster lab is reached without TLS (http:); use https://.'],
  ['HTTP: with a blank', () => ({ server: ' HTTP://10.0.0.1' }), 'The cluster lab is reached without TLS (http:); use https://.'],
  [
    'a user name in the address',
    () => ({ server: 'https://me:pw@10.0.0.1:6443' }),
    'The server of cluster lab is no https:// address without user name; correct it, e.g. https://10.0.0.1:6443.',
  ],
  [
    'a query in the address',
    () => ({ server: 'https://10.0.0.1:6443/?x=1' }),
    'The server of cluster lab has a "?" or "#" in its address; correct it, e.g. https://10.0.0.1:6443.',
  ],
  ['a second cluster', () => ({ config: { clusters: [{ name: 'lab', cluster: {} }, second].map(({ name }) => ({ name })) } }), one],
  ['a second user', () => ({ config: { users: [{ name: 'me' }, { name: 'you' }] } }), one],
  ['a second context', () => ({ config: { contexts: [{ name: 'me@lab' }, { name: 'x' }] } }), one],
  ['another current-context', () => ({ config: { 'current-context': 'x' } }), apart],
  ['a context of another user', () => ({ config: { contexts: [{ name: 'me@lab', context: { cluster: 'lab', user: 'you' } }] } }), apart],
  ['no context', () => ({ config: { contexts: [] } }), `The kubeconfig lacks a cluster, a user or a context; store what ${minify} prints.`],
  [
    'a field that nobody knows',
    () => ({ user: certificate({ tokenfile: 's3cret' }) }),
    'The field users.0.user of the kubeconfig has a field "tokenfile" that kubectl does not know; remove it.',
  ],
  [
    'a field that may be a secret',
    () => ({ config: { 's3cret value': 1 } }),
    'The kubeconfig has a field that kubectl does not know; remove it.',
  ],
  [
    'a field of another type',
    () => ({ user: { token: 7 } }),
    `The field users.0.user.token of the kubeconfig is wrong (it should be of type string); correct it, or store what ${minify} prints.`,
  ],
  [
    'a name that is no server name',
    () => ({ cluster: { 'tls-server-name': 'a\u0000b' } }),
    `The field clusters.0.cluster.tls-server-name of the kubeconfig is wrong; correct it, or store what ${minify} prints.`,
  ],
];

describe('refuses', () => {
  it.each(refused)('%s', async (_, change, say) => {
    expect(await examine(text())).toMatchObject({ ok: true });
    expect(await examine(text(change()))).toEqual({ ok: false, failure: { code: 'kubeconfig-invalid', say } });
    expect(say).not.toContain('s3cret');
  });

  it.each([
    [
      'too much text',
      (fine: string) => `${fine}${' '.repeat(64_001 - fine.length)}`,
      `The kubeconfig is larger than 64 kB; ${minify} prints only what is needed.`,
    ],
    ['broken YAML', () => 'users:\n  - name: "s3cret', 'The kubeconfig is not valid YAML at line 2, column 18; correct it there.'],
    ['two documents', (fine: string) => `${fine}\n---\n{}`, 'The kubeconfig is not valid YAML at line 2, column 1; correct it there.'],
    ['aliases', () => 'a: &a [1]\nb: [*a, *a]\n', 'The kubeconfig uses YAML aliases (*name), which are not read; write the values out.'],
    [
      'merge keys',
      () => '%YAML 1.1\n---\n<<: 5\n',
      `The kubeconfig uses YAML tags or merge keys (<<) that cannot be read; store what ${minify} prints.`,
    ],
    ['nested lists', () => '- '.repeat(1_100), `The kubeconfig is nested too deeply to be one; ${minify} prints a good one.`],
    ['endless nesting', () => '['.repeat(60_000), `The kubeconfig is nested too deeply to be one; ${minify} prints a good one.`],
    [
      'maps as keys, which take the longer the deeper',
      () => '? '.repeat(300),
      `The kubeconfig has a key that is no word; store what ${minify} prints.`,
    ],
    [
      'a field twice',
      (fine: string) => fine.replace('{', '{"kind":"Config","kind":"Config",'),
      `The kubeconfig has a field twice in one place; store what ${minify} prints.`,
    ],
    ['nothing', () => '', `The kubeconfig lacks a cluster, a user or a context; store what ${minify} prints.`],
    ['a text', () => 'hello', `The kubeconfig is wrong (it should be of type object); correct it, or store what ${minify} prints.`],
  ])('%s', async (_, change, say) => {
    expect(await examine(text().padEnd(64_000))).toMatchObject({ ok: true });
    expect(await examine(change(text()))).toEqual({ ok: false, failure: { code: 'kubeconfig-invalid', say } });
  });

  const outside = 'is outside the addresses that may be connected to (10.0.0.0/8)';
  it.each([
    ['https://192.0.2.1:6443', '192.0.2.1:6443', `192.0.2.1 ${outside}`],
    ['https://127.0.0.1:6443', '127.0.0.1:6443', '127.0.0.1 is a loopback address'],
    ['https://0x7f.1:6443', '127.0.0.1:6443', '127.0.0.1 is a loopback address'],
    ['https://2130706433', '127.0.0.1', '127.0.0.1 is a loopback address'],
    ['https://[::1]:6443', '[::1]:6443', '::1 is a loopback address'],
    ['https://[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '::ffff:7f00:1 is a loopback address'],
    ['https://169.254.169.254', '169.254.169.254', '169.254.169.254 belongs to the metadata service of a cloud'],
    ['https://169.254.7.7', '169.254.7.7', '169.254.7.7 is a link-local address'],
  ])('the address %s', async (address, shown, why) => {
    expect(await examine(text({ server: address }))).toEqual({
      ok: false,
      failure: {
        code: 'kubeconfig-invalid',
        say: `The server of cluster lab (${shown}) is not contacted because ${why}; correct the address, or ask whoever runs Gatehouse to allow it.`,
      },
    });
  });

  it.each([
    ['one of whose addresses is outside', ['10.0.0.1', '192.0.2.1'], `it leads to an address that ${outside}`],
    ['that leads to loopback', ['127.0.0.1'], 'it leads to an address that is a loopback address'],
  ])('a name %s', async (_, addresses, why) => {
    expect(await examine(text({ server: 'https://api.test' }), resolving(addresses))).toEqual({
      ok: false,
      failure: {
        code: 'kubeconfig-invalid',
        say: `The server of cluster lab (api.test) is not contacted because ${why}; correct the address, or ask whoever runs Gatehouse to allow it.`,
      },
    });
  });

  it('a name that leads nowhere, or takes too long to resolve', async () => {
    const say =
      'The server of cluster lab (api.test) has a name that cannot be resolved from here; check the name and the DNS server, or use an IP address.';
    const failure = { ok: false, failure: { code: 'cluster-unreachable', say } };
    expect(await examine(text({ server: 'https://api.test' }), resolving([]))).toEqual(failure);
    const never = () => new Promise<never>(() => undefined);
    const slow = createClusterConnector({ allow: allowing('10.0.0.0/8'), version: '0.1.0', resolve: never, timeoutMs: 20 });
    expect(await slow.examine(text({ server: 'https://api.test' }))).toEqual(failure);
  });

  it('credentials that have expired', async () => {
    const old = await makeCertificate({ name: 'me', by: pki.authority, until: '2024-01-02T03:04:05Z' });
    const user = { 'client-certificate-data': base64(old.cert), 'client-key-data': base64(old.key) };
    expect(await examine(text({ user }))).toMatchObject({
      failure: {
        code: 'credential-refused',
        say: expect.stringMatching(/^The client certificate of user me expired on 2024-01-02T03:04:05.000Z;/),
      },
    });
    expect(await examine(text({ user: { token: jwt({ exp: seconds('2024-01-02T03:04:05Z') }) } }))).toEqual({
      ok: false,
      failure: {
        code: 'credential-refused',
        say: 'The token of user me expired on 2024-01-02T03:04:05.000Z; get a new one and store the new kubeconfig.',
      },
    });
  });
});
