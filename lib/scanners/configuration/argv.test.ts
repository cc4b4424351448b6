import { describe, expect, it } from 'vitest';
import { isComponent, readFlags, safeValue, startedProgram, withoutSecrets } from './argv.ts';

describe('readFlags', () => {
  it.each([
    ['--a=b', ['--a=b'], { a: ['b'] }],
    ['--a b', ['--a', 'b'], { a: ['b'] }],
    ['one dash', ['-a=b'], { a: ['b'] }],
    ['a bare flag before another', ['--profiling', '--v=2'], { profiling: ['true'], v: ['2'] }],
    ['a bare flag at the end', ['--profiling'], { profiling: ['true'] }],
    ['a value with an equals sign', ['--feature-gates=A=true,B=false'], { 'feature-gates': ['A=true,B=false'] }],
    ['an empty value', ['--trusted-ca-file='], { 'trusted-ca-file': [''] }],
    ['a repeated flag', ['--a=1', '--a=2'], { a: ['1', '2'] }],
    ['the program itself', ['kube-apiserver', '--a=b'], { a: ['b'] }],
    ['underscores as dashes', ['--anonymous_auth=false'], { 'anonymous-auth': ['false'] }],
    ['a number below zero', ['--a', '-1'], { a: ['-1'] }],
    ['what follows two dashes', ['--a=b', '--', '--c=d'], { a: ['b'] }],
  ])('reads %s', (_what, argv, expected) => expect(readFlags(argv)).toEqual(expected));

  it('removes the value of a flag that is a secret, and keeps paths', () =>
    expect(
      readFlags(['--token=abc', '--etcd-password', 'x', '--token-auth-file=/f', '--tls-private-key-file=/k', '--client-secret=s']),
    ).toEqual({
      token: ['(removed)'],
      'etcd-password': ['(removed)'],
      'token-auth-file': ['/f'],
      'tls-private-key-file': ['/k'],
      'client-secret': ['(removed)'],
    }));
});

it.each([
  ['enable-bootstrap-token-auth', 'true'],
  ['service-account-lookup', 'true'],
  ['use-service-account-credentials', 'true'],
  ['service-account-signing-key-file', 'pki/sa.key'],
  ['service-account-extend-token-expiration', 'false'],
  ['service-account-max-token-expiration', '48h0m0s'],
  ['authentication-token-webhook-version', 'v1beta1'],
  ['authentication-token-webhook-cache-ttl', '2m0s'],
  ['kubelet-client-key', '/etc/kubernetes/pki/key'],
])('keeps --%s=%s', (name, value) => expect(safeValue(name, value)).toBe(value));

it.each([
  ['password', '/slash/at/the/start'],
  ['token', '123456'],
  ['client-secret', 's'],
  ['oidc-client-secret-value', 's'],
  ['encryption-key', 'c2VjcmV0'],
  ['ETCD_INITIAL_CLUSTER_TOKEN', 'etcd-cluster'],
])('removes --%s=%s', (name, value) => expect(safeValue(name, value)).toBe('(removed)'));

it('removes once and for all', () => expect(safeValue('token', safeValue('token', 'abc'))).toBe('(removed)'));

it.each([
  [
    ['--token=abc', '--a=b'],
    ['--token=(removed)', '--a=b'],
  ],
  [
    ['--token', 'abc', '--a', 'b'],
    ['--token', '(removed)', '--a', 'b'],
  ],
  [
    ['--etcd-password', 'x'],
    ['--etcd-password', '(removed)'],
  ],
  [
    ['--profiling', '--v=2'],
    ['--profiling', '--v=2'],
  ],
])('removes secrets from %j, and twice is the same as once', (argv, expected) => {
  expect(withoutSecrets(argv)).toEqual(expected);
  expect(withoutSecrets(withoutSecrets(argv))).toEqual(expected);
});

describe('the program a container starts', () => {
  const started = (argv: readonly string[], ...called: readonly (string | null | undefined)[]) => startedProgram(argv, isComponent, called);
  it.each([
    ['by path', ['/usr/local/bin/etcd', '--a'], [], { program: 'etcd', argv: ['--a'] }],
    ['behind a wrapper', ['/go-runner', '--log-file=/l', '/bin/kube-scheduler', '--a'], [], { program: 'kube-scheduler', argv: ['--a'] }],
    ['by its label, when there are flags only', ['--a'], ['main', 'etcd'], { program: 'etcd', argv: ['--a'] }],
    ['by the name of its container, when there is nothing', [], ['etcd'], { program: 'etcd', argv: [] }],
    [
      'behind a shell',
      ['/bin/sh', '-c', 'exec /bin/etcd --a'],
      ['main'],
      { program: 'etcd', unreadable: expect.stringContaining('shell starts etcd') },
    ],
    [
      'behind a program that hides it',
      ['/start', '--a'],
      ['etcd'],
      { program: 'etcd', unreadable: expect.stringContaining('start starts etcd') },
    ],
    ['that is none of those sought', ['/bin/app', '--a'], ['app'], undefined],
    ['that is a shell with another script', ['sh', '-c', 'sleep 1'], ['main'], undefined],
  ] as const)('is known %s', (_what, argv, called, expected) => expect(started(argv, ...called)).toEqual(expected));
});
