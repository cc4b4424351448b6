import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildManifest, type Link, type ManifestParts, type SealedManifest, sha256Of } from '../../lib/reports/evidence/manifest.ts';
import { type ManifestSignature, signatureBytes } from '../../lib/reports/evidence/signature.ts';

/** A key pair as signers keep it. */
export interface SigningKey {
  readonly algorithm: ManifestSignature['algorithm'];
  readonly keyId: string;
  readonly privateKey: KeyObject;
  /** SPKI PEM. */
  readonly pem: string;
}

const named = (
  algorithm: SigningKey['algorithm'],
  { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject },
): SigningKey => ({
  algorithm,
  keyId: `sha256:${createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')}`,
  privateKey,
  pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
});
export const ed25519Key = (): SigningKey => named('ed25519', generateKeyPairSync('ed25519'));
export const p256Key = (): SigningKey => named('ecdsa-p256-sha256', generateKeyPairSync('ec', { namedCurve: 'P-256' }));

export const signWith = ({ algorithm, keyId, privateKey }: SigningKey, bytes: Uint8Array): ManifestSignature => ({
  algorithm,
  keyId,
  signature: sign(algorithm === 'ed25519' ? null : 'sha256', bytes, privateKey).toString('base64'),
});

export const clusterId = 'cls-0123456789ab';

/** Folder of the scan with this number, as the store names it. */
export const scanFolder = (number: number, cluster = clusterId): string =>
  `projects/default/clusters/${cluster}/scans/configuration/2026112${number}T020000Z-cfg-000000000000000${number}`;

/** Contents of the files of a scan. */
export const contentsOf = (number: number): Readonly<Record<string, string>> => ({
  'report.json': `{"scan":${number}}\n`,
  'report.pdf': `%PDF-1.7 of scan ${number}\n`,
  'facts.json.gz': `facts ${number}`,
});

export const manifestParts = (number: number, previous: Link | null, cluster = clusterId): ManifestParts => ({
  previous,
  project: { id: 'default' },
  cluster: { id: cluster, name: 'production', uid: '6f1c1d5e-0000-4000-8000-000000000001' },
  scan: {
    id: `2026112${number}T020000Z-cfg-000000000000000${number}`,
    kind: 'configuration',
    state: 'completed',
    startedAt: `2026-11-2${number}T02:00:01.000Z`,
    endedAt: `2026-11-2${number}T02:00:02.250Z`,
  },
  trigger: {
    type: 'schedule',
    actor: { type: 'schedule', id: 'sch-0123456789ab', name: 'every night' },
    slot: `2026-11-2${number}T02:00:00.000Z`,
  },
  versions: { tool: '0.1.0', scanner: 1, benchmark: { framework: 'cis-kubernetes', version: '2.0.1' } },
  artefacts: Object.entries(contentsOf(number)).map(([name, text]) => ({
    name,
    key: `${scanFolder(number, cluster)}/${name}`,
    versionId: `v${number}`,
    sha256: sha256Of(Buffer.from(text)),
    size: Buffer.byteLength(text),
    contentType: 'application/octet-stream',
  })),
  sealedAt: `2026-11-2${number}T02:00:03.000Z`,
});

/** Writes one sealed scan into a folder. */
export const writeScan = async (
  folder: string,
  number: number,
  { manifest, bytes }: Pick<SealedManifest, 'manifest' | 'bytes'>,
  key: SigningKey,
) => {
  const there = join(folder, scanFolder(number, manifest.cluster.id));
  await mkdir(there, { recursive: true });
  for (const [name, text] of Object.entries(contentsOf(number))) await writeFile(join(there, name), text);
  await writeFile(join(there, 'manifest.json'), bytes);
  await writeFile(join(there, 'manifest.sig.json'), signatureBytes(signWith(key, bytes)));
};

/** Writes a chain of one scan per key and answers its manifests. */
export const writeChain = async (folder: string, keys: readonly SigningKey[], cluster = clusterId): Promise<readonly SealedManifest[]> => {
  const chain: SealedManifest[] = [];
  for (const [index, key] of keys.entries()) {
    const before = chain.at(-1);
    const previous = before ? { sequence: before.manifest.sequence, sha256: before.sha256 } : null;
    const sealed = buildManifest(manifestParts(index + 1, previous, cluster));
    await writeScan(folder, index + 1, sealed, key);
    chain.push(sealed);
  }
  return chain;
};
