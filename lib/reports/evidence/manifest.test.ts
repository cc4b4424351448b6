import { describe, expect, it } from 'vitest';
import { ed25519Key, manifestParts, p256Key, signWith } from '../../../test/support/evidence.ts';
import { Artefact, Trigger } from '../../fleet/scan.ts';
import type { Signature } from '../../ports/signer.ts';
import { canonicalBytes, isCanonical } from './canonical.ts';
import { buildManifest, Manifest, sha256Of } from './manifest.ts';
import { readManifests } from './read-manifests.ts';
import { isSignedBy, type ManifestSignature, readPublicKey, signatureBytes } from './signature.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('canonical bytes', () => {
  it('have fields in the order of their code units, no white space, and texts and numbers as ECMAScript has them', () => {
    const value = { 'z\u20ac': 1e21, b: [true, null, -0, 0.1, 1e-7], a: { 10: 'ten', 9: 'nine', '\r': '\u007f/"\\\n' }, gone: undefined };
    expect(text(canonicalBytes(value))).toBe(
      '{"a":{"\\r":"\u007f/\\"\\\\\\n","10":"ten","9":"nine"},"b":[true,null,0,0.1,1e-7],"z\u20ac":1e+21}',
    );
  });

  it('do not depend on the order in which a value was built', () =>
    expect(canonicalBytes({ a: 1, b: 2 })).toEqual(canonicalBytes({ b: 2, a: 1 })));

  it('keep a field with a name that means something to JavaScript', () =>
    expect(text(canonicalBytes(JSON.parse('{"__proto__":1}')))).toBe('{"__proto__":1}'));

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [undefined], [() => 1]])('are none of %o in a list', (value) => {
    if (value === undefined || typeof value === 'function') expect(isCanonical(new Uint8Array(), [value])).toBe(false);
    else expect(() => canonicalBytes([value])).toThrow(TypeError);
  });

  it('are none of what is nested too deep', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
    expect(isCanonical(canonicalBytes(deep(16)), deep(16))).toBe(true);
    expect(isCanonical(Buffer.from('[]'), deep(17))).toBe(false);
  });
});

describe('a manifest', () => {
  it('has the same bytes whatever the order of what it is made of, and again after it was read', () => {
    const parts = manifestParts(1, null);
    const { bytes, sha256 } = buildManifest(parts);
    const { artefacts, ...others } = parts;
    expect(buildManifest({ artefacts: artefacts.toReversed(), ...others }).bytes).toEqual(bytes);
    expect(canonicalBytes(Manifest.parse(JSON.parse(text(bytes))))).toEqual(bytes);
    expect(sha256).toBe(sha256Of(bytes));
  });

  it('follows the one before it', () => {
    expect(buildManifest(manifestParts(1, null)).manifest.sequence).toBe(1);
    expect(buildManifest(manifestParts(1, { sequence: 41, sha256: 'a'.repeat(64) })).manifest.sequence).toBe(42);
  });

  const { artefacts, ...parts } = manifestParts(1, null);
  const [first] = artefacts;
  if (!first) throw new Error('no artefact');
  it.each([
    ['a name that is a path', { name: '../x' }, /file name of letters/],
    ['a name that means a folder', { name: '..' }, /file name of letters/],
    ['a key of another name', { key: 'elsewhere/other' }, /must end with the name/],
    ['the name of the seal', { name: 'manifest.json', key: 'manifest.json' }, /name of the seal itself/],
    ['a hash that is none', { sha256: 'A'.repeat(64) }, /64 hex digits/],
  ])('refuses %s', (_what, change, expected) =>
    expect(() => buildManifest({ ...parts, artefacts: [{ ...first, ...change }] })).toThrow(expected),
  );

  it('refuses a file that is there twice, and a first one that follows another', () => {
    expect(() => buildManifest({ ...parts, artefacts: [first, first] })).toThrow(/there twice/);
    const { manifest } = buildManifest({ ...parts, artefacts });
    expect(Manifest.safeParse({ ...manifest, previous: { sequence: 1, sha256: 'a'.repeat(64) } }).success).toBe(false);
    expect(Manifest.safeParse({ ...manifest, sequence: 2 }).success).toBe(false);
  });

  it('takes artefacts and triggers as records of scans have them', () => {
    const { manifest } = buildManifest({ ...parts, artefacts });
    expect(manifest.artefacts.map((one) => Artefact.parse(one))).toEqual(manifest.artefacts);
    expect(Trigger.parse(manifest.trigger)).toEqual(manifest.trigger);
  });
});

describe('a manifest of an evaluation', () => {
  const { scan, ...parts } = manifestParts(1, null);
  const evaluation = {
    id: '20261127T233000Z-evl-0123456789abcdef',
    target: 'v1.36.3',
    verdict: 'deny' as const,
    requestedAt: '2026-11-27T23:30:00.000Z',
    evaluatedAt: '2026-11-27T23:30:02.000Z',
  };

  it('says what the gate said', () => {
    const { bytes } = buildManifest({ ...parts, evaluation });
    expect(Manifest.parse(JSON.parse(text(bytes)))).toMatchObject({ evaluation });
  });

  it('is about a scan or about an evaluation, never both and never neither', () => {
    expect(() => buildManifest({ ...parts, scan, evaluation })).toThrow('a scan or about an evaluation');
    expect(() => buildManifest(parts)).toThrow('a scan or about an evaluation');
  });
});

describe('a manifest of a scan that did not complete', () => {
  const { artefacts: _, ...parts } = manifestParts(2, { sequence: 1, sha256: 'a'.repeat(64) });
  type Scan = NonNullable<typeof parts.scan>;
  const made = (scan: Partial<Scan>) => buildManifest({ ...parts, scan: { ...(parts.scan as Scan), ...scan }, artefacts: [] });

  it.each(['failed', 'timed-out', 'cancelled', 'skipped'] as const)('says so, and why, and needs no file: %s', (state) => {
    const { bytes } = made({ state, reason: 'The cluster does not answer; check the route.', queuedAt: '2026-11-22T02:00:00.000Z' });
    const read = Manifest.parse(JSON.parse(text(bytes)));
    expect(read).toMatchObject({ schemaVersion: '1', scan: { state, reason: expect.stringContaining('does not answer') }, artefacts: [] });
  });

  it('has no empty reason, and no state that is no end', () => {
    expect(() => made({ state: 'failed', reason: '' })).toThrow();
    expect(() => made({ state: 'running' as 'failed' })).toThrow();
  });
});

describe('a manifest as it was written before every end was sealed', () => {
  // bytes that an earlier version has stored and signed; they never change
  const before =
    '{"artefacts":[{"contentType":"application/json","key":"projects/default/clusters/cls-0123456789ab/scans/configuration/20261121T020000Z-cfg-0000000000000001/report.json","name":"report.json","sha256":"7b301f6d0803c53c209b55441f680d275c77f819559b8b2760326304c2e5a704","size":12,"versionId":"v1"}],"cluster":{"id":"cls-0123456789ab","name":"production","uid":"6f1c1d5e-0000-4000-8000-000000000001"},"previous":null,"project":{"id":"default"},"scan":{"endedAt":"2026-11-21T02:00:02.250Z","id":"20261121T020000Z-cfg-0000000000000001","kind":"configuration","startedAt":"2026-11-21T02:00:01.000Z","state":"completed"},"schemaVersion":"1","sealedAt":"2026-11-21T02:00:03.000Z","sequence":1,"trigger":{"actor":{"id":"sch-0123456789ab","name":"every night","type":"schedule"},"slot":"2026-11-21T02:00:00.000Z","type":"schedule"},"versions":{"benchmark":{"framework":"cis-kubernetes","version":"2.0.1"},"scanner":1,"tool":"0.1.0"}}';

  it('is read, and written again as the same bytes', () => {
    const read = readManifests([{ path: 'manifest.json', bytes: Buffer.from(before), signature: undefined }]);
    expect(read).toMatchObject({ manifests: [{ manifest: { scan: { state: 'completed' } } }] });
    expect(text(canonicalBytes(Manifest.parse(JSON.parse(before))))).toBe(before);
  });

  it('and one of a later version, with fields that nobody here knows, can both be read', () => {
    const later = text(canonicalBytes({ ...JSON.parse(before), weather: 'fine' }));
    const read = readManifests([{ path: 'manifest.json', bytes: Buffer.from(later), signature: undefined }]);
    expect(read).toHaveProperty('manifests');
    const other = text(canonicalBytes({ ...JSON.parse(before), schemaVersion: '2' }));
    expect(readManifests([{ path: 'manifest.json', bytes: Buffer.from(other), signature: undefined }])).toMatchObject({
      problem: { code: 'manifest-unreadable', say: expect.stringContaining('schemaVersion') },
    });
  });
});

describe('a signature', () => {
  const bytes = Buffer.from('what is signed');

  it.each([ed25519Key(), p256Key()])('fits its key and its bytes, and nothing else: $algorithm', (key) => {
    const signature: Signature & ManifestSignature = signWith(key, bytes);
    const read = readPublicKey(key.pem, 'key.pem');
    if (!read.ok) throw new Error(read.failure.say);
    expect(read.value.keyId).toBe(signature.keyId);
    expect(isSignedBy(read.value, signature, bytes)).toBe(true);
    expect(isSignedBy(read.value, signature, Buffer.from('What is signed'))).toBe(false);
    expect(isSignedBy(read.value, { ...signature, signature: '' }, bytes)).toBe(false);
    expect(isSignedBy(read.value, { ...signature, signature: Buffer.from('short').toString('base64') }, bytes)).toBe(false);
    const other = key.algorithm === 'ed25519' ? ('ecdsa-p256-sha256' as const) : ('ed25519' as const);
    expect(isSignedBy(read.value, { ...signature, algorithm: other }, bytes)).toBe(false);
    expect(JSON.parse(text(signatureBytes(signature)))).toEqual(signature);
  });

  it('is by no key of a kind that was never used', () => {
    const rsa = `-----BEGIN PUBLIC KEY-----
MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL0M2vF6xZ6kyQJ0vS1u0Wm0mZ1v1m9y
-----END PUBLIC KEY-----
`;
    expect(readPublicKey(rsa, 'rsa.pem')).toMatchObject({ failure: { say: /cannot be read/ } });
    expect(readPublicKey('hello', 'key.pem')).toMatchObject({ failure: { say: /key\.pem is no public key/ } });
  });
});
