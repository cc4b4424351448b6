import { describe, expect, it } from 'vitest';
import { must, sayOf } from '../../../../test/support/answers.ts';
import { parseReference } from '../reference.ts';
import { endpointsFor, type RegistryMirror } from './endpoints.ts';

const at = (reference: string, mirrors: readonly RegistryMirror[] = [], insecure: readonly string[] = []) =>
  endpointsFor(must(parseReference(reference)), mirrors, insecure);
const shown = (reference: string, mirrors: readonly RegistryMirror[] = [], insecure: readonly string[] = []) =>
  must(at(reference, mirrors, insecure)).map(({ base, repository }) => `${base.href} ${repository}`);
const mirror = (prefix: string, url: string, more = {}): RegistryMirror => ({ prefix, endpoints: [{ url, ...more }] });

describe('addresses of an image', () => {
  it('are the registry alone', () => {
    expect(shown('nginx')).toEqual(['https://registry-1.docker.io/ library/nginx']);
    expect(shown('registry.example:5000/a/b')).toEqual(['https://registry.example:5000/ a/b']);
    expect(shown('registry.example:5000/a/b', [], ['registry.example:5000'])).toEqual(['http://registry.example:5000/ a/b']);
    expect(shown('registry.example/a/b', [], ['registry.example:5000'])).toEqual(['https://registry.example/ a/b']);
  });
  it('are the mirrors of the longest prefix first', () => {
    const mirrors = [
      mirror('registry.example', 'https://all.example'),
      mirror('registry.example/team/', 'https://team.example/api/docker', { rewritePrefix: '/cache/' }),
    ];
    expect(shown('registry.example/team/app', mirrors)).toEqual([
      'https://team.example/api/docker/ cache/app',
      'https://registry.example/ team/app',
    ]);
    expect(shown('registry.example/teams/app', mirrors)[0]).toBe('https://all.example/ teams/app');
    expect(shown('other.example/team/app', mirrors)).toHaveLength(1);
  });
  it('are rewritten from the prefix on', () => {
    expect(shown('nginx', [mirror('docker.io', 'https://m.example', { rewritePrefix: 'hub' })])[0]).toBe(
      'https://m.example/ hub/library/nginx',
    );
    expect(shown('nginx', [mirror('index.docker.io/library/nginx', 'https://m.example', { rewritePrefix: 'ours/web' })])[0]).toBe(
      'https://m.example/ ours/web',
    );
    expect(shown('nginx', [mirror('docker.io/library', 'https://m.example', { rewritePrefix: '' })])[0]).toBe('https://m.example/ nginx');
  });
  it.each([
    ['http://m.example', 'it is plain HTTP; write https://, or set insecureHttp to allow that'],
    ['ftp://m.example', 'its address is not of the form https://host:port'],
    ['m.example', 'its address is not of the form https://host:port'],
    ['https://me:you@m.example', 'its address holds a password; put it into the auth file'],
  ])('are not %s', (url, why) => {
    expect(sayOf(at('nginx', [mirror('docker.io', url)]))).toContain(why);
  });
  it('may be plain HTTP on this machine, or where that is allowed', () => {
    expect(shown('nginx', [mirror('docker.io', 'http://localhost:5000')])[0]).toContain('http://localhost:5000/');
    expect(shown('nginx', [mirror('docker.io', 'http://m.example', { insecureHttp: true })])[0]).toContain('http://m.example/');
  });
});
