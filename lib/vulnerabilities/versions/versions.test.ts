import { describe, expect, it } from 'vitest';
import { compareVersions, schemeOf } from './index.ts';
import { compareRpmSegments } from './rpm.ts';

/** Each line from the older to the newer; versions joined by ` = ` are the same. */
const ascending: Readonly<Record<string, readonly string[]>> = {
  // deb-version(7): the tilde before the end, letters before other signs, digits by value, the epoch first
  Debian: [
    '1.0~~ < 1.0~~a < 1.0~ < 1.0 < 1.0a',
    '1.0~rc1-1 < 1.0-1',
    '0.9 < 0.10',
    '9.9 < 1:0.1',
    '2.36-9+deb12u4 < 2.36-9+deb12u10 < 2.36-10',
    '1.2.3-1~bpo12+1 < 1.2.3-1 < 1.2.3-1+b1 < 1.2.3-1.1 < 1.2.3-2',
    '1.0a < 1.0+ < 1.0.',
    '0:1.0 = 1.0 = 1.0-0 = 01.00',
    '7.88.1-10+deb12u5 < 7.88.1-10+deb12u5+really1',
    '3.0.2-0ubuntu1.9 < 3.0.2-0ubuntu1.10 < 3.0.2-0ubuntu1.10+esm1',
    '1.0-rc1-1 < 1.0-rc1-2 < 1.0-rc2-1',
  ],
  // rpm's documentation of versions: tilde, caret, digits over letters, epoch, separators without meaning
  'Red Hat': [
    '1.0~rc1-1 < 1.0~rc2-1 < 1.0-1 < 1.0^git1-1 < 1.0^git2-1 < 1.0.1-1',
    '2.0-1 < 1:1.0-1',
    '1.1.1k-9.el8 < 1.1.1k-12.el8_9',
    '5.14.0-70.13.1.el9_0 < 5.14.0-427.el9',
    '0:1.9.5p2-9.el9 < 0:1.9.5p2-10.el9_6.1',
    '1.0-1 = 0:1.0-1 = 1_0-1 = 1.00-01',
    '1.0a-1 < 1.0.1-1',
  ],
  // apk-tools: digits, letter, suffixes before and after the release, revision
  Alpine: [
    '1.2.3_alpha < 1.2.3_alpha2 < 1.2.3_beta < 1.2.3_pre1 < 1.2.3_rc1 < 1.2.3 < 1.2.3-r0 < 1.2.3-r1 < 1.2.3_git20240101 < 1.2.3_p1 < 1.2.3a < 1.2.3.1 < 1.2.4',
    '1.1.1q-r0 < 1.1.1t-r2',
    '3.1.4-r1 < 3.1.4-r2 < 3.1.4-r10 < 3.1.10-r0',
    '1.36.1-r15 < 1.36.1-r20',
    '6.4_p20231125-r0 < 6.4_p20240420-r0 < 6.5_p20240601-r0',
    '2.0.010 < 2.0.02 < 2.0.1',
    '9.9_rc1-r0 < 9.9-r0',
  ],
  // Semantic Versioning 2.0, §11
  npm: [
    '1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0-rc.1 < 1.0.0 < 2.0.0 < 2.1.0 < 2.1.1',
    '1.0.0+build1 = 1.0.0+build2 = v1.0.0 = 1.0 = 1',
  ],
  'crates.io': ['0.0.0-0 < 0.0.0-alpha < 0.0.0 < 0.3.6 < 0.3.47'],
  // Go: pseudo-versions are pre-releases; the toolchain writes `rc1` without a dot
  Go: [
    'v0.0.0-20190125002852-4b62a64f59f7 < v0.0.0-20190125091013-d26f9f9a57f3 < v0.1.0',
    'v1.0.0-rc8.0.20190930145003-cad42f6e0932 < v1.0.0-rc9 < v1.0.0-rc91 < v1.0.0-rc95 < v1.0.0',
    'v20.10.9+incompatible < v20.10.14+incompatible = 20.10.14',
    'go1.22beta1 < go1.22rc1 < go1.22rc2 < go1.22 = 1.22.0 < go1.22.3 = go1.22.3-acme = go1.22.3 X:boringcrypto < go1.22.10',
    '1.24.0-0 < go1.24rc1 < 1.24.0-rc.2 = go1.24rc2 < 1.24.0-rc.3',
  ],
  // PEP 440: development, alpha, beta, candidate, final, post; epoch; local versions
  PyPI: [
    '1.0.dev1 < 1.0a1.dev1 < 1.0a1 < 1.0b2 < 1.0rc1 < 1.0 < 1.0+local < 1.0.post1.dev1 < 1.0.post1 < 1.1.dev1',
    '2024.1 < 1!0.1',
    '1.0 = 1.0.0 = v1.0',
    '1.0-alpha1 = 1.0a1 = 1.0.A1',
    '1.10a0 < 1.10rc1 < 1.10',
  ],
  // Maven's POM reference, "Version Order Specification"
  Maven: [
    '1-alpha < 1-beta < 1-milestone < 1-rc < 1-snapshot < 1 < 1-sp < 1-abc < 1-foo < 1-1 < 1.1',
    '1 = 1.0 = 1.0.0 = 1-ga = 1.ga = 1-final = 1.0.0.Final = 1-release = 1-0 = 1_0',
    '1-a1 = 1-alpha-1 < 1-b2 = 1-beta-2 < 1-m3 = 1-milestone-3',
    '1-cr = 1-rc',
    '1.foo = 1-foo',
    '1-foo2 < 1-foo10',
    '1-sp-1 < 1-ga-1 = 1-1',
    '1-ga.1 < 1-sp.1',
    '2.0.0.RC1 < 2.0.0.RELEASE < 2.0.1',
    '2.14.1 < 2.15.0-rc1 < 2.15.0 < 2.17.1',
    '1.0.0-foo.0.0 = 1-foo',
    '9.4.8.jre8 < 9.4.8.jre11 < 9.4.9',
    'r09 < 11.0',
  ],
  // Gem::Version: letters begin a pre-release, trailing zeroes do not count
  RubyGems: [
    '1.0.0.a < 1.0.0.b1 < 1.0.0.b2 < 1.0.0.rc1 < 1.0.0 < 1.0.1',
    '1.0 = 1 = 1.0.0',
    '3.0.0-alpha < 3.0.0',
    '1.a.9 < 1.a.10',
    '1.13.9-x86_64-linux < 1.13.10-x86_64-linux = 1.13.10 = 1.13.10-java = 1.13.10-arm64-darwin',
    '0.0.beta.1 < 0.0.0.beta.2',
  ],
  // NuGet: four numbers, labels without regard to case
  NuGet: ['1.0.0-alpha < 1.0.0-Beta = 1.0.0-BETA < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0 = 1.0.0.0 = 1.0+meta < 1.0.0.1 < 1.0.1'],
  // Composer: dev < alpha < beta < RC < stable < patch
  Packagist: ['1.0.0-dev < 1.0.0-alpha1 < 1.0.0-beta2 = 1.0.0b2 < 1.0.0-RC1 < 1.0.0 = v1.0 < 1.0.0-p1 < 1.0.1 < 1.0.10'],
};

const chains = Object.entries(ascending).flatMap(([ecosystem, lines]) => lines.map((line) => [ecosystem, line] as const));

describe('the order of versions', () => {
  it.each(chains)('%s: %s', (ecosystem, line) => {
    const steps = line.split(' < ').map((step) => step.split(' = '));
    const ranked = steps.flatMap((same, rank) => same.map((text) => ({ text, rank })));
    const found = ranked.flatMap((a) => ranked.map((b) => [a.text, b.text, compareVersions(ecosystem, a.text, b.text)]));
    const wanted = ranked.flatMap((a) => ranked.map((b) => [a.text, b.text, Math.sign(a.rank - b.rank)]));
    expect(found).toEqual(wanted);
  });

  it('takes what separates segments of rpm for nothing', () => {
    expect([compareRpmSegments('2_0', '2.0'), compareRpmSegments('a+', 'a_'), compareRpmSegments('10.0001', '10.1')]).toEqual([0, 0, 0]);
    expect(compareRpmSegments('1.0^20160101^git1', '1.0^20160102')).toBeLessThan(0);
    expect(compareRpmSegments('1.0^git1~pre', '1.0^git1')).toBeLessThan(0);
    expect(compareRpmSegments('xyz10', 'xyz10.1')).toBeLessThan(0);
    expect(compareRpmSegments('xyz.4', '8')).toBeLessThan(0);
  });

  it('treats a missing release of rpm as any', () => {
    expect([compareVersions('SUSE', '1.2', '1.2-3'), compareVersions('SUSE', '1.2', '1.3-1')]).toEqual([0, -1]);
  });
});

describe('what is no version', () => {
  it.each([
    ['Debian', 'one'],
    ['Debian', '1 0'],
    ['Debian', 'x:1.0'],
    ['Debian', '1.0-'],
    ['Alpine', '1.2.3_final-r0'],
    ['Alpine', 'edge'],
    ['Red Hat', ''],
    ['Red Hat', '1 2-3'],
    ['npm', 'latest'],
    ['npm', '1.2.3.4'],
    ['crates.io', 'UNKNOWN'],
    ['Go', '(devel)'],
    ['Go', 'devel go1.24-abcdef'],
    ['PyPI', '2004d-foo'],
    ['Maven', 'unspecified'],
    ['Maven', '$PROJECT_VERSION.1'],
    ['RubyGems', '1.0 beta'],
    ['NuGet', '1.0.0.0.0'],
    ['Packagist', 'dev-main'],
    ['npm', `1.0.0-${'a'.repeat(300)}`],
  ])('%s cannot compare "%s"', (ecosystem, text) => {
    expect(schemeOf(ecosystem)?.parse(text)).toBeUndefined();
    expect(compareVersions(ecosystem, text, '1.0.0')).toBeUndefined();
  });

  it('has no order for an ecosystem it does not know', () => expect(compareVersions('Hackage', '1.0', '2.0')).toBeUndefined());
});
