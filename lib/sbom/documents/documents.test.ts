import { expect, it } from 'vitest';
import { manyKinds } from '../../../test/support/inventory.ts';
import { cycloneDxJudge } from '../../../test/support/sbom-schemas.ts';
import { cycloneDxOf, spdxOf, syftOf } from './index.ts';
import { joined, readLicence, readLicences } from './licences.ts';

const made = { at: '2026-11-28T07:00:00.123Z', version: '1.0.0' };
const all = { spdxOf, cycloneDxOf, syftOf };

it.each(Object.entries(all))('%s: the same inventory gives the same bytes; another moment or image does not', (_, write) => {
  const text = write(manyKinds(), made);
  expect(write(structuredClone(manyKinds()), made)).toBe(text);
  expect(write(manyKinds(), { ...made, at: '2026-11-29T07:00:00Z' })).not.toBe(text);
  for (const { name } of manyKinds().packages) expect(text).toContain(name.split(/[:/]/).at(-1));
});

it.each(['1.6', '1.7'] as const)('CycloneDX %s is valid by its schema, whole or not', (version) => {
  const judge = cycloneDxJudge(version);
  const text = cycloneDxOf(manyKinds(), made, version);
  expect(judge(text)).toEqual([]);
  expect(JSON.parse(text)).toMatchObject({
    specVersion: version,
    metadata: { timestamp: made.at, tools: { components: [{ name: 'gatehouse' }] } },
  });
  expect(judge(cycloneDxOf(manyKinds({ packages: [], troubles: ['Layer x is missing.'] }), made, version))).toEqual([]);
  // the judge can say no
  expect(judge(text.replace('"container"', '"contraption"')).length).toBeGreaterThan(0);
});

it('CycloneDX says where packages were found, and never that they have no dependencies', () => {
  const document = JSON.parse(cycloneDxOf(manyKinds(), made));
  expect(document).not.toHaveProperty('dependencies');
  expect(document.components).toHaveLength(15);
  expect(document.components[7]).toMatchObject({
    group: '@angular',
    name: 'core',
    author: 'A Person',
    licenses: [{ expression: '(MIT OR Apache-2.0)', acknowledgement: 'declared' }],
    evidence: { occurrences: [{ location: '/some/file', additionalContext: `layer sha256:${'1'.repeat(64)}` }] },
  });
});

it('incomplete documents say so', () => {
  const broken = manyKinds({ troubles: ['Layer sha256:111 is missing.'] });
  expect(JSON.parse(spdxOf(broken, made)).comment).toBe('This document is incomplete. Layer sha256:111 is missing.');
  expect(JSON.parse(cycloneDxOf(broken, made)).compositions).toEqual([{ aggregate: 'incomplete', assemblies: ['image'] }]);
  expect(JSON.parse(syftOf(broken, made)).descriptor.configuration.troubles).toEqual(broken.troubles);
  expect(JSON.parse(spdxOf(manyKinds(), made))).not.toHaveProperty('comment');
  expect(JSON.parse(cycloneDxOf(manyKinds(), made))).not.toHaveProperty('compositions');
});

it('SPDX: every reference leads somewhere, every licence of its own is explained, and owners contain what is theirs', () => {
  const document = JSON.parse(spdxOf(manyKinds(), made));
  const ids: string[] = document.packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^SPDXRef-[A-Za-z0-9.-]+$/);
  for (const { spdxElementId, relatedSpdxElement } of document.relationships) {
    expect(['SPDXRef-DOCUMENT', ...ids]).toContain(spdxElementId);
    expect(ids).toContain(relatedSpdxElement);
  }
  const declared: string = document.packages.map(({ licenseDeclared }: { licenseDeclared: string }) => licenseDeclared).join(' ');
  const explained: string[] = document.hasExtractedLicensingInfos.map(({ licenseId }: { licenseId: string }) => licenseId);
  expect([...new Set(declared.match(/LicenseRef-[A-Za-z0-9.-]+/g))].sort()).toEqual(explained.sort());
  expect(explained).toHaveLength(3);
  const idOf = (name: string) => ids.find((id) => id.includes(name));
  expect(document.relationships).toContainEqual({
    spdxElementId: idOf('python3'),
    relationshipType: 'CONTAINS',
    relatedSpdxElement: idOf('Foo-Bar'),
  });
  expect(document.creationInfo.created).toBe('2026-11-28T07:00:00Z');
  expect(document.packages[0].checksums).toEqual([{ algorithm: 'SHA256', checksumValue: 'a'.repeat(64) }]);
});

it.each([
  ['MIT', 'id', 'MIT'],
  ['apache-2.0', 'id', 'Apache-2.0'],
  ['GPL-2.0+', 'id', 'GPL-2.0+'],
  ['MIT and (ISC or Zlib)', 'expression', 'MIT AND (ISC OR Zlib)'],
  ['GPL-2.0-only WITH Classpath-exception-2.0', 'expression', 'GPL-2.0-only WITH Classpath-exception-2.0'],
  ['Apache-2.0 WITH LLVM-exception', 'expression', 'Apache-2.0 WITH LLVM-exception'],
  ['Classpath-exception-2.0', 'words', 'Classpath-exception-2.0'],
  ['GPL-2.0-only WITH MIT', 'words', 'GPL-2.0-only WITH MIT'],
  ['MIT AND', 'words', 'MIT AND'],
  ['(MIT', 'words', '(MIT'],
  ['SEE LICENSE IN x', 'words', 'SEE LICENSE IN x'],
  ['('.repeat(900), 'words', '('.repeat(900)],
])('the licence %s is %s', (text, is, spelled) => {
  expect(readLicence(text)).toMatchObject({ is, text: spelled });
});

it('several licences hold together', () => {
  expect(joined(readLicences(['MIT', 'ISC OR Zlib', 'mit', ' ']))).toBe('MIT AND (ISC OR Zlib)');
  expect(joined(readLicences(['Own Words']))).toMatch(/^LicenseRef-Own-Words-[0-9a-f]{16}$/);
  expect(joined(readLicences(undefined))).toBe('');
});
