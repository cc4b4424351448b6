import type { Result } from '../../core/failure.ts';
import { succeed } from '../../core/failure.ts';
import { manifestName, type SealedArtefact, signatureName } from './manifest.ts';
import { clusterOfPath, folderOf, type ReadManifest } from './read-manifests.ts';
import { type GivenEvidence, type Problem, shown } from './verification.ts';

const numberText = (number: number): string => `${number} byte${number === 1 ? '' : 's'}`;

const changed = (file: string, say: string): Problem => ({ code: 'artefact-changed', file, say: `${shown(file)} was changed: ${say}.` });

const examine = async (
  file: string,
  artefact: SealedArtefact,
  listed: number | undefined,
  digest: GivenEvidence['digest'],
): Promise<Result<Problem | undefined>> => {
  if (listed === undefined)
    return succeed({
      code: 'artefact-missing',
      file,
      say: `${shown(file)} is missing: its manifest names it, with ${numberText(artefact.size)}.`,
    });
  if (listed !== artefact.size) return succeed(changed(file, `it has ${numberText(listed)}, and its manifest says ${artefact.size}`));
  const answer = await digest(file);
  if (!answer.ok) return answer;
  const { sha256, size } = answer.value;
  if (size !== artefact.size) return succeed(changed(file, `it has ${numberText(size)}, and its manifest says ${artefact.size}`));
  return succeed(
    sha256 === artefact.sha256 ? undefined : changed(file, `its SHA-256 is ${sha256}, and its manifest says ${artefact.sha256}`),
  );
};

/** Reads every artefact of every manifest, in the order of the chain: the first that does not fit, or how much there was. */
export const verifyArtefacts = async (
  manifests: readonly ReadManifest[],
  { files, digest }: Pick<GivenEvidence, 'files' | 'digest'>,
): Promise<Result<{ readonly problem: Problem } | { readonly artefacts: number; readonly bytes: number }>> => {
  const sizes = new Map(files.map(({ path, size }) => [path, size]));
  let [artefacts, bytes] = [0, 0];
  for (const { folder, manifest } of manifests)
    for (const artefact of manifest.artefacts) {
      const path = `${folder}${artefact.name}`;
      const answer = await examine(path, artefact, sizes.get(path), digest);
      if (!answer.ok) return answer;
      if (answer.value) return succeed({ problem: answer.value });
      artefacts += 1;
      bytes += artefact.size;
    }
  return succeed({ artefacts, bytes });
};

/** The manifest in whose folder, or below, a file lies. */
const ownerOf = (path: string, byFolder: ReadonlyMap<string, ReadManifest>): ReadManifest | undefined => {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder.slice(0, -1))) {
    const owner = byFolder.get(folder);
    if (owner) return owner;
  }
  return byFolder.get('');
};

const isKey = (path: string): boolean => path === 'public-key.pem' || path.endsWith('/public-key.pem');

/** Files that no manifest covers: the first one in a folder of a scan, or how many lie elsewhere and are no evidence. */
export const verifyOtherFiles = (
  manifests: readonly ReadManifest[],
  { files, expected }: Pick<GivenEvidence, 'files' | 'expected'>,
): { readonly problem: Problem } | { readonly others: number } => {
  const byFolder = new Map(manifests.map((one) => [one.folder, one]));
  const sealed = new Set(
    manifests.flatMap(({ folder, manifest }) =>
      [manifestName, signatureName, ...manifest.artefacts.map(({ name }) => name)].map((name) => `${folder}${name}`),
    ),
  );
  const concerned = files.filter(
    ({ path }) => expected.cluster === undefined || (clusterOfPath(path) ?? expected.cluster) === expected.cluster,
  );
  let others = 0;
  for (const { path } of concerned) {
    if (sealed.has(path) || isKey(path)) continue;
    if (ownerOf(path, byFolder))
      return {
        problem: { code: 'file-extra', file: path, say: `${shown(path)} lies with sealed evidence, but its manifest does not name it.` },
      };
    if (/(?:^|\/)(?:scans\/[^/]+|evaluations)\/[^/]+\/./.test(path))
      return {
        problem: {
          code: 'file-unsealed',
          file: path,
          say: `${shown(path)} is covered by no manifest: what it belongs to is not sealed yet, or ${manifestName} was removed.`,
        },
      };
    others += 1;
  }
  return { others };
};
