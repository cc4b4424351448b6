import { describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { advisoriesOf, anInventory, aPackage, indexed } from '../../../test/support/vulnerabilities.ts';
import { matchInventory } from '../match/match-inventory.ts';
import { applyVex, isAnswered } from './apply.ts';
import { meansImage, meansPackage, packagePurl, readPurl } from './purl.ts';
import { readVex } from './read-vex.ts';
import { type AcceptedVulnerability, toOpenVex } from './write-open-vex.ts';

const text = aPackage({
  type: 'golang',
  name: 'golang.org/x/text',
  version: 'v0.3.6',
  locations: [{ path: 'app/front', layer: 'sha256:1' }],
});
const main = aPackage({ type: 'golang', name: 'example.com/shop/front', version: 'v1.4.0', main: true, locations: text.locations });
const inventory = anInventory([main, text], { id: 'debian', versionId: '12', codename: 'bookworm' });
const matches = await matchInventory(inventory, await indexed(advisoriesOf('Go'), ['Go']));
const purl = 'pkg:golang/golang.org/x/text@v0.3.6';
const image = `pkg:oci/front@sha256:${'a'.repeat(64)}?repository_url=registry.example.com/shop/front`;

const openVex = (...statements: readonly object[]): string =>
  JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/1',
    author: 'Shop',
    timestamp: '2026-01-01T00:00:00Z',
    version: 1,
    statements,
  });
const notAffected = {
  vulnerability: { name: 'CVE-2021-38561' },
  status: 'not_affected',
  justification: 'vulnerable_code_not_in_execute_path',
};

const statusAfter = (...documents: readonly string[]): string | undefined =>
  applyVex(
    matches,
    documents.flatMap((one) => must(readVex(one))),
    inventory,
  ).matches[0]?.vex?.status;

const product = (id: string, ...parts: readonly string[]) => ({
  '@id': id,
  ...(parts.length > 0 && { subcomponents: parts.map((part) => ({ '@id': part })) }),
});

describe('OpenVEX', () => {
  it.each<[string, readonly object[], string | undefined]>([
    ['the package', [product(purl)], 'not_affected'],
    ['the package in any version', [product('pkg:golang/golang.org/x/text')], 'not_affected'],
    ['the package without the v of Go', [product('pkg:golang/golang.org/x/text@0.3.6')], 'not_affected'],
    ['another version', [product('pkg:golang/golang.org/x/text@v0.3.5')], undefined],
    ['another package', [product('pkg:golang/golang.org/x/net@v0.3.6')], undefined],
    ['a qualifier that the package has not', [product(`${purl}?type=module`)], undefined],
    ['the image by digest', [product(image)], 'not_affected'],
    ['the image by the digest of its index', [product(image.replace(/a{64}/, 'b'.repeat(64)))], 'not_affected'],
    ['another digest', [product(image.replace(/a{64}/, 'd'.repeat(64)))], undefined],
    ['another repository', [product('pkg:oci/front?repository_url=registry.example.com/other/front')], undefined],
    ['the repository in any version', [product('pkg:oci/front?repository_url=registry.example.com/shop')], 'not_affected'],
    ['the image by name and tag', [product('registry.example.com/shop/front:1.4')], 'not_affected'],
    ['the image by a hash', [{ '@id': 'urn:x', hashes: { 'sha-256': 'a'.repeat(64) } }], 'not_affected'],
    ['the image and this part', [product(image, purl)], 'not_affected'],
    ['the image and another part', [product(image, 'pkg:golang/golang.org/x/net')], undefined],
    ['the program and this part', [product('pkg:golang/example.com/shop/front', purl)], 'not_affected'],
    ['another program and this part', [product('pkg:golang/example.com/shop/back', purl)], undefined],
    ['the purl among identifiers', [{ '@id': 'urn:x', identifiers: { purl } }], 'not_affected'],
    ['nothing', [], undefined],
  ])('speaks of %s', (_, products, status) => expect(statusAfter(openVex({ ...notAffected, products }))).toBe(status));

  it('finds a vulnerability by any of its names', () => {
    const say = (vulnerability: object) => statusAfter(openVex({ ...notAffected, vulnerability, products: [product(purl)] }));
    expect(say({ name: 'GHSA-ppp9-7jff-5vj2' })).toBe('not_affected');
    expect(say({ '@id': 'https://nvd.nist.gov/vuln/detail/CVE-2021-38561' })).toBe('not_affected');
    expect(say({ name: 'X', aliases: ['GO-2021-0113'] })).toBe('not_affected');
    expect(say({ name: 'CVE-2021-38562' })).toBeUndefined();
  });

  it('lets the latest statement hold, whichever document comes first', () => {
    const early = openVex({ ...notAffected, products: [product(purl)], timestamp: '2026-01-02T00:00:00Z' });
    const late = openVex({
      ...notAffected,
      justification: undefined,
      status: 'affected',
      action_statement: 'Update',
      products: [product(purl)],
      timestamp: '2026-01-03T00:00:00Z',
    });
    expect([statusAfter(early, late), statusAfter(late, early), statusAfter(early)]).toEqual(['affected', 'affected', 'not_affected']);
    const { matches: marked } = applyVex(matches, must(readVex(late)), inventory);
    expect(marked[0]?.vex).toEqual({
      status: 'affected',
      words: 'Update',
      at: '2026-01-03T00:00:00Z',
      document: 'https://example.com/vex/1',
      author: 'Shop',
    });
    expect(marked.map(isAnswered)).toEqual([false]);
  });

  it.each([
    ['{', 'it is no JSON'],
    ['{}', 'neither of the two formats'],
    [openVex({ ...notAffected, status: 'fine' }), 'statements[0].status'],
    [openVex({ ...notAffected, justification: 'because' }), 'statements[0].justification'],
    [JSON.stringify({ '@context': 'https://example.com', '@id': 'x', timestamp: 'x', statements: [] }), '@context'],
  ])('refuses %s', (document, why) => {
    const read = readVex(document);
    expect([codeOf(read), sayOf(read)]).toEqual(['input-invalid', expect.stringContaining(why)]);
  });
});

describe('CycloneDX VEX', () => {
  const cycloneDx = (analysis: object, affects: readonly object[], more: object = {}): string =>
    JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
      version: 1,
      metadata: { timestamp: '2026-01-01T00:00:00Z' },
      components: [{ type: 'library', 'bom-ref': 'text', name: 'text', purl }],
      vulnerabilities: [{ id: 'CVE-2021-38561', analysis, affects }],
      ...more,
    });

  it.each([
    ['not_affected', 'not_affected'],
    ['false_positive', 'not_affected'],
    ['resolved', 'fixed'],
    ['exploitable', 'affected'],
    ['in_triage', 'under_investigation'],
    ['something', undefined],
  ])('reads the state %s', (state, status) => expect(statusAfter(cycloneDx({ state }, [{ ref: 'text' }]))).toBe(status));

  it('reads references: of components, of other documents, and package URLs', () => {
    const say = (ref: string, more: object = {}) => statusAfter(cycloneDx({ state: 'not_affected' }, [{ ref }], more));
    expect(say(purl)).toBe('not_affected');
    expect(say(`urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#${encodeURIComponent(purl)}`)).toBe('not_affected');
    expect(say('nowhere')).toBeUndefined();
    const whole = (name: string) => ({ metadata: { component: { type: 'container', 'bom-ref': 'main', name, version: '1.4' } } });
    expect(say('main', whole('registry.example.com/shop/front'))).toBe('not_affected');
    expect(say('text', whole('registry.example.com/shop/front'))).toBe('not_affected');
    expect(say('text', whole('registry.example.com/shop/back'))).toBeUndefined();
  });

  it('reads versions, and what a justification means', () => {
    const say = (versions: readonly object[]) =>
      statusAfter(cycloneDx({ state: 'not_affected' }, [{ ref: 'pkg:golang/golang.org/x/text', versions }]));
    expect(say([{ version: 'v0.3.6', status: 'affected' }])).toBe('not_affected');
    expect(say([{ version: 'v0.3.5', status: 'affected' }])).toBeUndefined();
    expect(say([{ range: 'vers:golang/>=0.1', status: 'affected' }])).toBeUndefined();
    const [read] = must(
      readVex(cycloneDx({ state: 'not_affected', justification: 'code_not_reachable', detail: 'Never called' }, [{ ref: 'text' }])),
    );
    expect(read).toMatchObject({ justification: 'vulnerable_code_not_in_execute_path', words: 'Never called', at: '2026-01-01T00:00:00Z' });
  });
});

describe('names of images and packages', () => {
  const nginx = { ...inventory.image, name: 'nginx:1.27', repository: 'docker.io/library/nginx', tag: '1.27' };
  it.each([
    ['nginx', true],
    ['nginx:1.27', true],
    ['nginx:1.26', false],
    ['index.docker.io/library/nginx:1.27', true],
    [`nginx@sha256:${'a'.repeat(64)}`, true],
    [`nginx@sha256:${'d'.repeat(64)}`, false],
    [`sha256:${'c'.repeat(64)}`, true],
    ['pkg:docker/nginx@1.27', true],
    ['pkg:docker/library/nginx@1.26', false],
    ['pkg:oci/nginx?repository_url=index.docker.io/library/nginx', true],
    ['pkg:oci/nginx?tag=1.27&arch=arm64', false],
    ['quay.io/library/nginx', false],
    ['https://example.com/nginx', false],
    ['pkg:broken', false],
  ])('%s', (name, means) => expect(meansImage(name, nginx)).toBe(means));

  it.each([
    [
      { type: 'deb', name: 'libssl3', version: '1:3.0-1', architecture: 'amd64' },
      'pkg:deb/debian/libssl3@1:3.0-1?arch=amd64&distro=debian-12',
    ],
    [{ type: 'rpm', name: 'openssl', version: '1:3.0-1.el9' }, 'pkg:rpm/debian/openssl@3.0-1.el9?distro=debian-12&epoch=1'],
    [{ type: 'npm', name: '@angular/core', version: '1.0.0' }, 'pkg:npm/%40angular/core@1.0.0'],
    [{ type: 'maven', name: 'org.apache.commons:commons-text', version: '1.9' }, 'pkg:maven/org.apache.commons/commons-text@1.9'],
    [{ type: 'composer', name: 'symfony/http-kernel', version: '5.0' }, 'pkg:composer/symfony/http-kernel@5.0'],
  ] as const)('%o', (parts, written) => expect(packagePurl(aPackage(parts), inventory.os)?.toString()).toBe(written));

  it.each([
    ['pkg:deb/debian/libssl3@3.0-1?arch=amd64&distro=debian-12&upstream=openssl', true],
    ['pkg:deb/debian/libssl3@3.0-1?arch=arm64&distro=debian-12&upstream=openssl', false],
  ])('a package is meant whatever its source is called, and not on another processor: %s', (written, means) => {
    const found = aPackage({ type: 'deb', name: 'libssl3', version: '3.0-1', architecture: 'amd64' });
    const purl = readPurl(written);
    expect(purl && meansPackage(purl, found, inventory.os)).toBe(means);
  });
});

describe('OpenVEX of what waivers accept', () => {
  const accepted: AcceptedVulnerability = {
    vulnerability: 'CVE-2021-38561',
    aliases: ['GO-2021-0113'],
    repository: 'registry.example.com/shop/front',
    packages: [purl],
    waiver: { id: 'W-1', reason: 'No language tags from users', owner: 'shop', approver: 'ciso', expires: '2026-12-31' },
  };
  const other: AcceptedVulnerability = {
    ...accepted,
    vulnerability: 'CVE-2099-0001',
    waiver: { ...accepted.waiver, id: 'W-2', justification: 'component_not_present' },
  };
  const options = { author: 'Shop', at: '2026-02-01T00:00:00.000Z', version: '1.0.0' };

  it('calls an accepted risk affected, and only a justified one not affected', () => {
    const said = must(readVex(toOpenVex([accepted, other], options)));
    expect(said.map(({ vulnerability, status, justification }) => [vulnerability[0], status, justification])).toEqual([
      ['CVE-2021-38561', 'affected', undefined],
      ['CVE-2099-0001', 'not_affected', 'component_not_present'],
    ]);
    expect(said[0]?.words).toBe('Accepted until 2026-12-31 by ciso (owner shop, waiver W-1): No language tags from users');
  });

  it('is understood again, and is the same for the same input', () => {
    expect(statusAfter(toOpenVex([accepted], options))).toBe('affected');
    expect(toOpenVex([other, accepted, accepted], options)).toBe(toOpenVex([accepted, other], options));
    expect(toOpenVex([accepted], options)).not.toBe(toOpenVex([other], options));
  });
});
