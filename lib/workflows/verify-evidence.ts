import { failed, type Result, succeed } from '../core/failure.ts';
import type { EvidenceFile, EvidenceSource } from '../ports/evidence-source.ts';
import { manifestName, signatureName } from '../reports/evidence/manifest.ts';
import { folderOf } from '../reports/evidence/read-manifests.ts';
import { readPublicKey, type TrustedKey } from '../reports/evidence/signature.ts';
import { type Expectations, type FoundManifest, shown, type Verification } from '../reports/evidence/verification.ts';
import { verifyEvidence } from '../reports/evidence/verify.ts';

/** A longer manifest is none: what is cut off here cannot be read there. */
const mostManifestBytes = 4 * 1024 * 1024;
const mostSmallBytes = 16 * 1024;
const keyName = 'public-key.pem';

const isCalled = (name: string) => (file: EvidenceFile) => file.path === name || file.path.endsWith(`/${name}`);

const readFound = async (source: EvidenceSource, files: readonly EvidenceFile[]): Promise<Result<readonly FoundManifest[]>> => {
  const paths = new Set(files.map(({ path }) => path));
  const found: FoundManifest[] = [];
  for (const { path } of files.filter(isCalled(manifestName))) {
    const bytes = await source.read(path, mostManifestBytes);
    if (!bytes.ok) return bytes;
    const beside = `${folderOf(path)}${signatureName}`;
    const signature = paths.has(beside) ? await source.read(beside, mostSmallBytes) : undefined;
    if (signature?.ok === false) return signature;
    found.push({ path, bytes: bytes.value, signature: signature?.value });
  }
  return succeed(found);
};

/** Keys that came with the evidence. */
const readOwnKeys = async (source: EvidenceSource, files: readonly EvidenceFile[]): Promise<Result<readonly TrustedKey[]>> => {
  const keys: TrustedKey[] = [];
  for (const { path } of files.filter(isCalled(keyName))) {
    const bytes = await source.read(path, mostSmallBytes);
    if (!bytes.ok) return bytes;
    const key = readPublicKey(new TextDecoder().decode(bytes.value), shown(path));
    if (!key.ok) return key;
    keys.push(key.value);
  }
  return succeed(keys);
};

export interface VerifyOptions {
  readonly source: EvidenceSource;
  /** Keys the verifier has from elsewhere; without any, those that lie with the evidence are used. */
  readonly keys: readonly TrustedKey[];
  readonly expected: Expectations;
}

/** What verification found, and what it can say: keys that lie with the evidence show that it is whole, not whose it is. */
export interface VerifiedEvidence extends Verification {
  readonly shows: 'integrity and origin' | 'integrity only';
}

/** Verifies stored evidence. A failure means that it could not be verified; what does not fit is in the value. */
export const verifyStoredEvidence = async ({ source, keys, expected }: VerifyOptions): Promise<Result<VerifiedEvidence>> => {
  const files = await source.list();
  if (!files.ok) return files;
  const manifests = await readFound(source, files.value);
  if (!manifests.ok) return manifests;
  if (manifests.value.length === 0)
    return failed('not-found', `There is no ${manifestName} here; name a folder that sealed evidence was downloaded to.`);
  const trusted = keys.length > 0 ? succeed(keys) : await readOwnKeys(source, files.value);
  if (!trusted.ok) return trusted;
  if (trusted.value.length === 0)
    return failed('input-invalid', `There is no public key to verify with: name one with --key, or put ${keyName} into the folder.`);
  const verified = await verifyEvidence({
    files: files.value,
    manifests: manifests.value,
    keys: trusted.value,
    expected,
    digest: (path) => source.digest(path),
  });
  return verified.ok ? succeed({ ...verified.value, shows: keys.length > 0 ? 'integrity and origin' : 'integrity only' }) : verified;
};
