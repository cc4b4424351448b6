import { describe, expect, it } from 'vitest';
import { readAuthTexts } from './auth-file.ts';
import { credentialsFor, hasHelper } from './match.ts';

const entry = (key: string) => ({ key, credential: { username: key, password: 'p' } });
const forImage = (keys: readonly string[], registry: string, repository = 'team/app') =>
  credentialsFor(keys.map(entry), registry, repository).map(({ username }) => username);

describe('credentials', () => {
  it.each([
    ['registry.example', 'registry.example', true],
    ['https://registry.example', 'registry.example', true],
    ['http://registry.example/v2/', 'registry.example', true],
    ['REGISTRY.example', 'registry.example', true],
    ['registry.example:443', 'registry.example', true],
    ['registry.example', 'registry.example:5000', false],
    ['registry.example:5000', 'registry.example', false],
    ['registry.example:5000', 'registry.example:5000', true],
    ['example', 'registry.example', false],
    ['registry.example.com', 'registry.example', false],
    ['*.example', 'registry.example', true],
    ['*.example', 'a.registry.example', false],
    ['*.*.example', 'a.registry.example', true],
    ['reg*y.example', 'registry.example', true],
    ['r?gistry.example', 'registry.example', true],
    ['*.example:5000', 'registry.example', false],
    ['*.example:5000', 'registry.example:5000', true],
    ['*', 'registry.example', false],
    ['registry.example/team', 'registry.example', true],
    ['registry.example/team/app', 'registry.example', true],
    ['registry.example/tea', 'registry.example', false],
    ['registry.example/team/app/more', 'registry.example', false],
    ['registry.example/team/', 'registry.example', true],
    ['https://index.docker.io/v1/', 'docker.io', true],
    ['index.docker.io', 'docker.io', true],
    ['docker.io', 'docker.io', true],
    ['registry-1.docker.io', 'docker.io', true],
    ['docker.io/team', 'docker.io', true],
    ['https://index.docker.io/v1/', 'registry.example', false],
  ])('for %s are for team/app of %s: %s', (key, registry, isFor) => {
    expect(forImage([key], registry)).toEqual(isFor ? [key] : []);
  });

  it('come most specific first, else in their order', () => {
    const keys = [
      '*.example',
      'registry.example',
      'registry.example/team/app',
      'other.example',
      'registry.example/team',
      'https://registry.example',
    ];
    expect(forImage(keys, 'registry.example')).toEqual([
      'registry.example/team/app',
      'registry.example/team',
      'registry.example',
      'https://registry.example',
      '*.example',
    ]);
  });

  it('come once', () => {
    const credential = { username: 'u', password: 'p' };
    expect(
      credentialsFor(
        [
          { key: 'r.example', credential },
          { key: 'r.example/a', credential: { ...credential } },
        ],
        'r.example',
        'a',
      ),
    ).toHaveLength(1);
  });

  it('are matched in no time against patterns made to take long', () => {
    expect(forImage([`${'*a'.repeat(2_000)}*b.example`], `${'a'.repeat(4_000)}.example`)).toEqual([]);
  });
});

describe('auth files', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  it('are read in the newer and the older form', () => {
    const { entries, unreadable } = readAuthTexts([
      JSON.stringify({
        auths: { a: { auth: base64('u:p:q') }, b: { username: 'u', password: 'p' }, c: {}, d: { auth: '!' }, e: 7 },
        HttpHeaders: {},
      }),
      JSON.stringify({ f: { auth: base64('x:y\0') }, g: { auth: base64('z:'), identitytoken: 'i' } }),
    ]);
    expect(unreadable).toBe(0);
    expect(entries).toEqual([
      { key: 'a', credential: { username: 'u', password: 'p:q' } },
      { key: 'b', credential: { username: 'u', password: 'p' } },
      { key: 'f', credential: { username: 'x', password: 'y' } },
      { key: 'g', credential: { username: 'z', password: '', identityToken: 'i' } },
    ]);
  });
  it('are passed over when they make no sense', () => {
    expect(readAuthTexts(['', '[]', 'null', '{"auths":7}', '{}'])).toEqual({ entries: [], helpers: [], unreadable: 4 });
  });
  it('name helpers', () => {
    const { helpers } = readAuthTexts(['{"credHelpers":{"*.ecr.example":"ecr-login"}}']);
    expect(hasHelper(helpers, 'a.ecr.example')).toBe(true);
    expect(hasHelper(helpers, 'b.example')).toBe(false);
    expect(hasHelper(readAuthTexts(['{"credsStore":"desktop"}']).helpers, 'b.example')).toBe(true);
  });
});
