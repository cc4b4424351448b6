import { describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { parseReference, shownReference } from './reference.ts';

const digest = `sha256:${'a1'.repeat(32)}`;

describe('references', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['team/app', 'docker.io/team/app:latest'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['index.docker.io/team/app:x', 'docker.io/team/app:x'],
    [`nginx@${digest}`, `docker.io/library/nginx@${digest}`],
    [`nginx:1@${digest}`, `docker.io/library/nginx:1@${digest}`],
    ['localhost/app', 'localhost/app:latest'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
    ['registry.example/a/b/c:T_a.g-1', 'registry.example/a/b/c:T_a.g-1'],
    ['Registry.Example/a', 'registry.example/a:latest'],
    ['registry:5000/a', 'registry:5000/a:latest'],
    ['10.0.0.1/a', '10.0.0.1/a:latest'],
    ['[::1]:5000/a', '[::1]:5000/a:latest'],
    ['a__b/c--d.e_f', 'docker.io/a__b/c--d.e_f:latest'],
  ])('%s is %s', (text, full) => {
    expect(shownReference(must(parseReference(text)))).toBe(full);
  });

  it.each([
    '',
    ':tag',
    'app:',
    'App',
    'team/App',
    'a//b',
    '/a',
    'a/',
    '../a',
    'registry.example/../a',
    'a b',
    'app:tag:tag',
    'app@sha256:abc',
    `app@${digest}@${digest}`,
    `app@md5:${'a'.repeat(32)}`,
    `app@${digest.toUpperCase()}`,
    'a'.repeat(64),
    digest,
    'registry.example:0/a',
    'registry.example:99999/a',
    'registry.example:x/a',
    'user@registry.example/a',
    'https://registry.example/a',
    'app?x=1',
    'app#x',
    'app%2f',
    `app:${'t'.repeat(129)}`,
    `registry.example/${'a'.repeat(250)}`,
    'x'.repeat(2_000),
    `${'a-'.repeat(500)}!`,
    'a___b',
  ])('%j is none', (text) => {
    expect(codeOf(parseReference(text))).toBe('input-invalid');
    expect(sayOf(parseReference(text)).length).toBeLessThan(400);
  });
});
