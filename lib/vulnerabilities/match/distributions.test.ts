import { describe, expect, it } from 'vitest';
import { advisoriesOf, anInventory, aPackage, indexed } from '../../../test/support/vulnerabilities.ts';
import type { FoundPackage, OperatingSystem } from '../../core/sbom/index.ts';
import { distributions } from '../advisory/ecosystem.ts';
import { matchInventory } from './match-inventory.ts';

const known = await indexed([...advisoriesOf('distributions'), ...advisoriesOf('Go')], [...distributions, 'Go']);

const debian: OperatingSystem = { id: 'debian', versionId: '12', name: 'Debian GNU/Linux 12 (bookworm)' };
const ubuntu: OperatingSystem = { id: 'ubuntu', versionId: '22.04' };
const alpine: OperatingSystem = { id: 'alpine', versionId: '3.22.1' };
const rhel: OperatingSystem = { id: 'rhel', versionId: '9.4' };
const alma: OperatingSystem = { id: 'almalinux', versionId: '9.5' };
const rocky: OperatingSystem = { id: 'rocky', versionId: '9.5' };
const sles: OperatingSystem = { id: 'sles', versionId: '15.6' };

const deb = (name: string, version: string, source = name): FoundPackage =>
  aPackage({ type: 'deb', name, version, source: { name: source, version } });
const apk = (name: string, version: string, source = name): FoundPackage =>
  aPackage({ type: 'apk', name, version, source: { name: source, version } });
const rpm = (name: string, version: string, more: Partial<FoundPackage> = {}): FoundPackage =>
  aPackage({ type: 'rpm', name, version, ...more });

const idsOf = async (os: OperatingSystem | undefined, ...packages: readonly FoundPackage[]): Promise<readonly string[]> =>
  (await matchInventory(anInventory(packages, os), known)).matches.map(({ id, fixedVersions }) => [id, ...fixedVersions].join('→'));

describe('advisories of distributions', () => {
  it('are found by the source package, on both sides of the fix', async () => {
    expect(await idsOf(debian, deb('libssl3', '3.0.11-1~deb12u2', 'openssl'))).toEqual([
      'CVE-2099-0001→3.0.14-1~deb12u1',
      'CVE-2099-0002→3.0.14-1~deb12u1',
    ]);
    expect(await idsOf(debian, deb('libssl3', '3.0.14-1~deb12u1', 'openssl'))).toEqual([]);
    expect(await idsOf(debian, deb('openssl', '3.0.11-1~deb12u2', 'something-else'))).toEqual([]);
  });

  it('hold for their release alone', async () => {
    expect(await idsOf({ id: 'debian', versionId: '11' }, deb('openssl', '3.0.14-1'))).toEqual(['CVE-2099-0001']);
    expect(await idsOf({ id: 'debian', versionId: '13' }, deb('openssl', '3.0.14-1'))).toEqual(['CVE-2099-0001→3.2.1-1']);
  });

  it('say that a package was never affected, and that one is but hardly', async () => {
    const { matches } = await matchInventory(anInventory([deb('libc6', '2.36-9+deb12u4', 'glibc')], debian), known);
    expect(matches.map(({ id, severity, unscored }) => [id, severity, unscored])).toEqual([['CVE-2099-0003', 'info', false]]);
  });

  it('are one match where a notice and the tracker speak of one vulnerability', async () => {
    const { matches } = await matchInventory(anInventory([deb('libssl3', '3.0.11-1~deb12u2', 'openssl')], debian), known);
    expect(
      matches.map(({ id, aliases, advisories, severity, score, unscored }) => ({ id, aliases, advisories, severity, score, unscored })),
    ).toEqual([
      {
        id: 'CVE-2099-0001',
        aliases: ['DEBIAN-CVE-2099-0001'],
        advisories: ['DEBIAN-CVE-2099-0001', 'DSA-9001-1'],
        severity: 'high',
        score: 7.5,
        unscored: false,
      },
      { id: 'CVE-2099-0002', aliases: [], advisories: ['DSA-9001-1'], severity: 'medium', score: undefined, unscored: true },
    ]);
    expect(matches[0]?.links).toEqual(['https://nvd.nist.gov/vuln/detail/CVE-2099-0001', 'https://www.debian.org/security/2099/dsa-9001']);
  });

  it.each<[string, OperatingSystem, FoundPackage, readonly string[]]>([
    ['Ubuntu, with its word for the severity', ubuntu, deb('curl', '7.81.0-1ubuntu1.13'), ['CVE-2099-0005→7.81.0-1ubuntu1.14']],
    ['Ubuntu, mended', ubuntu, deb('curl', '7.81.0-1ubuntu1.14'), []],
    ['Alpine, by the origin', alpine, apk('libssl3', '3.5.1-r1', 'openssl'), ['CVE-2099-0006→3.5.1-r2']],
    ['Alpine, mended', alpine, apk('libssl3', '3.5.1-r2', 'openssl'), []],
    ['Wolfi', { id: 'wolfi' }, apk('haproxy-3.1', '3.1.6-r3'), ['CVE-2099-0014→3.1.7-r0']],
    ['Chainguard, later than Wolfi', { id: 'chainguard' }, apk('haproxy-3.1', '3.1.7-r0'), ['CVE-2099-0014→3.1.8-r0']],
    ['Red Hat, one notice of two repositories', rhel, rpm('sudo', '1.9.5p2-9.el9'), ['CVE-2099-0009→0:1.9.5p2-10.el9_6.1']],
    ['Red Hat, mended', rhel, rpm('sudo', '1.9.5p2-10.el9_6.1'), []],
    [
      'AlmaLinux, which names its CVEs under related',
      alma,
      rpm('openssl-libs', '1:3.0.7-25.el9'),
      ['CVE-2099-0010→1:3.0.7-27.el9', 'CVE-2099-0011→1:3.0.7-27.el9'],
    ],
    ['AlmaLinux, by its epoch', alma, rpm('openssl-libs', '2:1.0-1.el9'), []],
    [
      'Rocky Linux, by the source',
      rocky,
      rpm('systemd-libs', '252-37.el9', { source: { name: 'systemd', version: '252-37.el9' } }),
      ['CVE-2099-0012→0:252-38.el9_5'],
    ],
    [
      'SUSE, a module of the service pack',
      sles,
      rpm('libz1', '1.2.13-150500.4.1', { source: { name: 'zlib', version: '1.2.13-150500.4.1' } }),
      ['CVE-2099-0013→1.2.13-150500.4.3.1'],
    ],
    ['SUSE, another service pack', { id: 'sles', versionId: '15.5' }, rpm('zlib', '1.2.13-150500.4.1'), []],
  ])('%s', async (_, os, found, said) => expect(await idsOf(os, found)).toEqual(said));

  it('keep module streams apart', async () => {
    const old = '1:20.12.0-1.module+el9.4.0+1+aaaaaaaa';
    const both = ['CVE-2099-0007→1:20.15.1-1.module+el9.4.0+22197+9e60f127', 'CVE-2099-0008→1:20.15.1-1.module+el9.4.0+22197+9e60f127'];
    expect(await idsOf(rhel, rpm('nodejs', old, { module: 'nodejs:20' }))).toEqual(both);
    expect(await idsOf(rhel, rpm('nodejs', '1:18.20.0-1.module+el9.4.0+1+aaaaaaaa', { module: 'nodejs:18' }))).toEqual([]);
    expect(await idsOf(rhel, rpm('nodejs', '1:16.20.2-4.el9'))).toEqual([]);
  });

  it('are alone for what an operating system owns, also in other languages', async () => {
    const module = aPackage({ type: 'golang', name: 'golang.org/x/text', version: 'v0.3.6', owner: 'gitlab' });
    expect(await idsOf(debian, module)).toEqual([]);
    expect(await idsOf(debian, { ...module, owner: undefined } as unknown as FoundPackage)).toEqual(['CVE-2021-38561→0.3.7']);
  });
});

describe('packages that nobody speaks of', () => {
  const tree = deb('tree', '2.1.0-1');
  it.each<[string, OperatingSystem | undefined, string, string]>([
    ['no os-release', undefined, 'Unknown distribution', 'the image does not say which distribution it is'],
    [
      'a distribution without advisories',
      { id: 'amzn', versionId: '2023', name: 'Amazon Linux 2023' },
      'Amazon Linux 2023',
      'no advisories of this distribution are read',
    ],
    ['a release nobody wrote of', { id: 'debian', versionId: '9' }, 'Debian:9', 'the advisories for Debian know no release 9'],
    ['no release', { id: 'debian' }, 'debian', 'the image does not say which release of the distribution it is'],
  ])('%s', async (_, os, ecosystem, reason) => {
    const { notMatched, matched, matches } = await matchInventory(anInventory([tree, deb('bash', '5.2-1')], os), known);
    expect(notMatched).toEqual([{ ecosystem, reason, packages: 2 }]);
    expect([matched, matches]).toEqual([[], []]);
  });

  it('are told from those that advisories say nothing bad of', async () => {
    const gem = aPackage({ type: 'gem', name: 'rails', version: '7.0.0' });
    const { notMatched, matched } = await matchInventory(anInventory([tree, gem], debian), known);
    expect(notMatched).toEqual([{ ecosystem: 'RubyGems', reason: 'no advisories for RubyGems are stored', packages: 1 }]);
    expect(matched).toEqual([{ ecosystem: 'Debian:12', packages: 1, dataDate: '2026-01-11T00:00:00Z' }]);
  });

  it('an archive of Java without its group', async () => {
    const jar = aPackage({ type: 'maven', name: 'commons-text', version: '1.9' });
    const { notMatched, matches } = await matchInventory(anInventory([jar], debian), known);
    expect(matches).toEqual([]);
    expect(notMatched).toEqual([{ ecosystem: 'Maven', reason: 'the archive does not say of which group it is', packages: 1 }]);
  });
});
