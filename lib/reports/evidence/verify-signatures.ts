import { signatureName } from './manifest.ts';
import type { ReadManifest } from './read-manifests.ts';
import { isSignedBy, ManifestSignature, type TrustedKey } from './signature.ts';
import { type Problem, shown } from './verification.ts';

const parse = (bytes: Uint8Array): ManifestSignature | undefined => {
  try {
    return ManifestSignature.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
};

const examine = ({ path, folder, bytes, signature }: ReadManifest, keys: readonly TrustedKey[]): Problem | { readonly keyId: string } => {
  const file = `${folder}${signatureName}`;
  const name = shown(file);
  if (signature === undefined) return { code: 'signature-missing', file, say: `${name} is missing, so nobody vouches for ${shown(path)}.` };
  const parsed = parse(signature);
  if (parsed === undefined) return { code: 'signature-unreadable', file, say: `${name} is no signature.` };
  const key = keys.find(({ keyId }) => keyId === parsed.keyId);
  if (key === undefined)
    return { code: 'key-unknown', file, say: `${name} is by key ${parsed.keyId}, which is none of the keys that are trusted.` };
  return isSignedBy(key, parsed, bytes)
    ? { keyId: key.keyId }
    : {
        code: 'signature-wrong',
        file: path,
        say: `${shown(path)} does not fit its signature: it was changed after it was signed, or ${name} was.`,
      };
};

/** Examines the signature of every manifest: which keys signed, or the first that does not fit. */
export const verifySignatures = (
  manifests: readonly ReadManifest[],
  keys: readonly TrustedKey[],
): { readonly keyIds: ReadonlyMap<ReadManifest, string> } | { readonly problem: Problem } => {
  const keyIds = new Map<ReadManifest, string>();
  for (const manifest of manifests) {
    const answer = examine(manifest, keys);
    if ('code' in answer) return { problem: answer };
    keyIds.set(manifest, answer.keyId);
  }
  return { keyIds };
};
