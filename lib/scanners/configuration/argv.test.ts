import { describe, expect, it } from 'vitest';
import { programOf, readFlags, safeValue } from './argv.ts';

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
  ['authentication-token-webhook-cache-ttl', '2m0s'],
  ['kubelet-client-key', '/etc/kubernetes/pki/key'],
])('keeps --%s=%s', (name, value) => expect(safeValue(name, value)).toBe(value));

it('removes once and for all', () => expect(safeValue('token', safeValue('token', 'abc'))).toBe('(removed)'));

it('knows a shell from a program', () => {
  expect(programOf(['/usr/local/bin/kube-apiserver', '--a'])).toBe('kube-apiserver');
  expect(programOf(['/bin/sh', '-c', 'exec kube-apiserver --a'])).toBeUndefined();
  expect(programOf([])).toBeUndefined();
});
