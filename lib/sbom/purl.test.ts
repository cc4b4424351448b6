import { PackageURL } from 'packageurl-js';
import { expect, it } from 'vitest';
import { foundPackage, manyKinds } from '../../test/support/inventory.ts';
import { imagePurlOf, purlOf } from './purl.ts';

const debian = { id: 'debian', versionId: '12' };

it.each([
  ['deb', 'pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=arm64&distro=debian-12&upstream=glibc'],
  ['rpm', 'pkg:rpm/debian/bash@5.1.8-9.el9?distro=debian-12&epoch=1&upstream=bash-5.1.8-9.el9.src.rpm'],
  ['apk', 'pkg:apk/debian/musl-utils@1.2.5-r0?distro=debian-12&upstream=musl'],
  ['golang', 'pkg:golang/golang.org/x/net@v0.17.0'],
  ['npm', 'pkg:npm/%40angular/core@17.0.0'],
  ['pypi', 'pkg:pypi/foo-bar@1.0'],
  ['maven', 'pkg:maven/org.apache.commons/commons-text@1.9'],
  ['gem', 'pkg:gem/rack@2.2.3'],
  ['cargo', 'pkg:cargo/time@0.1.43'],
  ['nuget', 'pkg:nuget/Newtonsoft.Json@13.0.1'],
  ['composer', 'pkg:composer/symfony/http-kernel@6.0.0'],
] as const)('%s', (type, expected) => {
  const found = manyKinds().packages.find((one) => one.type === type);
  const purl = found && purlOf(found, debian);
  expect(purl).toBe(expected);
  // what is written can be read again
  const read = PackageURL.fromString(purl ?? '');
  expect(read.version).toBe(type === 'rpm' ? '5.1.8-9.el9' : found?.version);
});

it('calls vendors as the types do, and keeps the version of a source that is another one', () => {
  const bash = foundPackage({ type: 'rpm', name: 'bash', version: '5.1-1.el9', architecture: 'x86_64' });
  expect(purlOf(bash, { id: 'rhel', versionId: '9.4' })).toBe('pkg:rpm/redhat/bash@5.1-1.el9?arch=x86_64&distro=rhel-9.4');
  expect(purlOf(bash, { id: 'opensuse-leap', versionId: '15.6' })).toContain('pkg:rpm/opensuse/bash');
  const rebuilt = foundPackage({ type: 'deb', name: 'tool', version: '1-1+b2', source: { name: 'tool', version: '1-1' } });
  expect(purlOf(rebuilt, { id: 'debian' })).toBe('pkg:deb/debian/tool@1-1%2Bb2?distro=debian&upstream=tool%401-1');
});

it('makes none where the type demands what nobody knows', () => {
  expect(purlOf(foundPackage({ type: 'deb', name: 'libc6', version: '1' }), undefined)).toBeUndefined();
  expect(purlOf(foundPackage({ type: 'maven', name: 'lonely', version: '1' }), debian)).toBeUndefined();
});

it('spells signs as the specification does', () => {
  const main = foundPackage({ type: 'golang', name: 'example.com/shop', version: '(devel)' });
  expect(purlOf(main, undefined)).toBe('pkg:golang/example.com/shop@%28devel%29');
  const epoch = foundPackage({ type: 'deb', name: 'g++', version: '4:12~rc1', source: { name: 'gcc', version: '4:12~rc2' } });
  expect(purlOf(epoch, debian)).toBe('pkg:deb/debian/g%2B%2B@4:12~rc1?distro=debian-12&upstream=gcc%404:12~rc2');
});

it('names an image by its digest', () => {
  const purl = PackageURL.fromString(imagePurlOf(manyKinds().image) ?? '');
  expect(purl.name).toBe('app');
  expect(purl.version).toBe(`sha256:${'a'.repeat(64)}`);
  expect(purl.qualifiers).toEqual({ arch: 'arm64', repository_url: 'registry.example:5000/team/app', tag: '1.2' });
});
