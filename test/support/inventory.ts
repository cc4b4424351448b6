import type { FoundPackage, ImageInventory } from '../../lib/core/sbom/index.ts';

const layer = `sha256:${'1'.repeat(64)}`;
export const foundPackage = (change: Partial<FoundPackage> & Pick<FoundPackage, 'type' | 'name' | 'version'>): FoundPackage => ({
  locations: [{ path: 'some/file', layer }],
  cataloger: 'test',
  ...change,
});

/** An image with a package of every kind, and licences of every sort. */
export const manyKinds = (change: Partial<ImageInventory> = {}): ImageInventory => ({
  schemaVersion: 1,
  analyser: 'test',
  image: {
    name: 'registry.example:5000/team/app:1.2',
    repository: 'registry.example:5000/team/app',
    tag: '1.2',
    digest: `sha256:${'a'.repeat(64)}`,
    indexDigest: `sha256:${'b'.repeat(64)}`,
    configDigest: `sha256:${'c'.repeat(64)}`,
    platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
    layers: [{ digest: layer, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', size: 100 }],
    labels: { team: 'shop' },
  },
  os: { id: 'debian', versionId: '12', name: 'Debian GNU/Linux 12 (bookworm)', codename: 'bookworm', like: ['linux'] },
  packages: [
    foundPackage({
      type: 'deb',
      name: 'libc6',
      version: '2.36-9+deb12u4',
      architecture: 'arm64',
      source: { name: 'glibc', version: '2.36-9+deb12u4' },
      licenses: ['GPL-2.0-only', 'Words of\ntheir own', 'LGPL-2.1-or-later or MIT'],
      supplier: 'GNU Libc Maintainers <libc@lists.example>',
    }),
    foundPackage({ type: 'deb', name: 'python3', version: '3.11.2-1+b1', architecture: 'arm64' }),
    foundPackage({
      type: 'rpm',
      name: 'bash',
      version: '1:5.1.8-9.el9',
      source: { name: 'bash', version: '1:5.1.8-9.el9' },
      module: 'shell:5',
    }),
    foundPackage({ type: 'apk', name: 'musl-utils', version: '1.2.5-r0', source: { name: 'musl', version: '1.2.5-r0' } }),
    foundPackage({ type: 'golang', name: 'golang.org/x/net', version: 'v0.17.0' }),
    foundPackage({ type: 'golang', name: 'example.com/shop', version: '(devel)', main: true }),
    foundPackage({ type: 'npm', name: '@angular/core', version: '17.0.0', licenses: ['(MIT OR Apache-2.0)'], supplier: 'A Person' }),
    foundPackage({ type: 'pypi', name: 'Foo_Bar', version: '1.0', owner: 'python3', licenses: ['LicenseRef-Own'] }),
    foundPackage({ type: 'maven', name: 'org.apache.commons:commons-text', version: '1.9' }),
    foundPackage({ type: 'maven', name: 'lonely', version: '1' }),
    foundPackage({ type: 'gem', name: 'rack', version: '2.2.3', licenses: ['MIT'] }),
    foundPackage({ type: 'cargo', name: 'time', version: '0.1.43', licenses: ['MIT/Apache-2.0'] }),
    foundPackage({ type: 'nuget', name: 'Newtonsoft.Json', version: '13.0.1' }),
    foundPackage({ type: 'composer', name: 'symfony/http-kernel', version: '6.0.0' }),
  ],
  troubles: [],
  ...change,
});
