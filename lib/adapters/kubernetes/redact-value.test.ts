import { describe, expect, it } from 'vitest';
import { redactValue } from './redact-value.ts';

const jwt = `${'eyJ'}hbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl`;
const gone = '[value removed]';

/** Redacts, and makes sure that doing it twice changes nothing more. */
const redacted = (value: unknown): unknown => {
  const once = redactValue(value);
  expect(redactValue(once)).toEqual(once);
  return once;
};

describe('removes', () => {
  it.each([
    ['what core removes', { log: `got ${jwt}` }, { log: 'got [token removed]' }],
    [
      'a flag',
      { command: ['app', '--password=hunter2', '-secret-key=abc'] },
      { command: ['app', `--password=${gone}`, `-secret-key=${gone}`] },
    ],
    ['a flag in quotes', ['sh', '-c', 'app --api-key="a b" --x'], ['sh', '-c', `app --api-key=${gone} --x`]],
    ['the word after a flag', { args: ['--token', 'abc', '--port', '80'] }, { args: ['--token', gone, '--port', '80'] }],
    ['the word after a flag in a line', { text: 'run app --client-secret abc now' }, { text: `run app --client-secret ${gone} now` }],
    ['several flags', { text: '--db-password=a,--redis-password=b' }, { text: `--db-password=${gone},--redis-password=${gone}` }],
    ['a flag of a map', { flags: { 'admin-password': 'abc', v: '2' } }, { flags: { 'admin-password': gone, v: '2' } }],
    ['a field', { user: { token: 'abc', password: 'x' } }, { user: { token: gone, password: gone } }],
    [
      'a field of YAML in a text',
      { config: 'users:\n- name: a\n  token: abc\n  password: "x y"\n' },
      { config: `users:\n- name: a\n  token: ${gone}\n  password: ${gone}\n` },
    ],
    ['a field of JSON in a text', { config: '{\n "token": "abc"\n}' }, { config: `{\n "token": ${gone}\n}` }],
    ['an environment value', { env: [{ name: 'DB', value: 'postgres' }] }, { env: [{ name: 'DB', value: gone }] }],
    ['a secret of etcd', { env: [{ name: 'ETCD_ROOT_PASSWORD', value: 'x' }] }, { env: [{ name: 'ETCD_ROOT_PASSWORD', value: gone }] }],
    [
      'what was applied last',
      { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":"x"}' },
      { 'kubectl.kubernetes.io/last-applied-configuration': gone },
    ],
  ])('%s', (_what, value, expected) => expect(redacted(value)).toEqual(expected));
});

describe('leaves alone', () => {
  it.each([
    [{ args: ['--token-auth-file=/etc/tokens.csv', '--enable-bootstrap-token-auth=true', '--concurrent-serviceaccount-token-syncs=5'] }],
    [
      {
        args: [
          '--authentication-token-webhook-cache-ttl=1m0s',
          '--tls-private-key-file=/etc/kubernetes/pki/apiserver.key',
          '--token',
          '--other',
        ],
      },
    ],
    [{ args: ['--dynamic-serving-ca-secret-name=cert-manager-webhook-ca', '--service-account-extend-token-expiration=false'] }],
    [
      {
        env: [
          { name: 'ETCD_CLIENT_CERT_AUTH', value: 'true' },
          { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        ],
      },
    ],
    [{ env: { ETCD_NAME: 'cp1' } }],
    [{ secretName: 'db-password', secretKeyRef: { name: 'token', key: 'password' }, automountServiceAccountToken: false }],
    [{ addresses: ['10.0.0.1', 'fd00::1'], image: 'registry.k8s.io/etcd:3.6.0@sha256:abc' }],
    [{ text: 'The service-account-token controller said that a token is needed' }],
    [{ flags: { 'token-auth-file': '', 'service-account-lookup': 'true', 'enable-bootstrap-token-auth': 'false' } }],
    [{ kubeconfig: 'tokenFile: /var/run/secrets/token\n' }],
    [[null, 1, true, 'x']],
  ])('%j', (value) => expect(redacted(value)).toEqual(value));
});
