import { expect, it } from 'vitest';
import { redact } from './redact.ts';

const jwt = `${'eyJ'}hbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl`;

it.each([
  ['a private key', `x -----BEGIN RSA ${'PRIVATE KEY'}-----\nMIIE\n-----END RSA ${'PRIVATE KEY'}----- y`, 'x [private key removed] y'],
  ['a key that is cut off', `-----BEGIN ${'PRIVATE KEY'}-----\nMIIE`, '[private key removed]'],
  ['a service account token', `token ${jwt}.`, 'token [token removed].'],
  ['an authorization header', 'Authorization: Bearer abcdefghijk1', 'Authorization: Bearer [credential removed]'],
  ['a password in a URL', 'proxy http://user:hunter2@proxy:3128/', 'proxy http://user:[password removed]@proxy:3128/'],
  ['a bootstrap token', 'abcdef.0123456789abcdef', 'abcdef.[token removed]'],
])('removes %s, and twice is the same as once', (_what, text, expected) => {
  expect(redact(text)).toBe(expected);
  expect(redact(redact(text))).toBe(expected);
});

it.each([
  'registry.k8s.io/kube-apiserver:v1.36.3@sha256:4f1b6e0c',
  '/etc/kubernetes/pki/ca.crt',
  'https://198.18.0.11:6443/api/v1/pods?limit=500',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'Basic authentication is off, bearer tokens are not.',
  'system:serviceaccount:kube-system:token-cleaner',
])('leaves %s alone', (text) => expect(redact(text)).toBe(text));
