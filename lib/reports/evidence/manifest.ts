import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ScanKind } from '../report.ts';
import { canonicalBytes } from './canonical.ts';

// The descriptions are what a published schema says of each field: they are written once, here.

/** Names of the two files that seal a scan; they lie beside its artefacts. */
export const manifestName = 'manifest.json';
export const signatureName = 'manifest.sig.json';

const Text = z.string().min(1);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits');
const isoTime = (what: string) => z.iso.datetime({ offset: false }).describe(`${what}; ISO 8601, UTC`);
/** One path segment: a name or an id from a manifest becomes a path, and a word in a sentence, on the machine of an auditor. */
const FileName = z
  .string()
  .max(255)
  .regex(/^(?!\.{1,2}$)[A-Za-z0-9._=-]+$/, 'must be a file name of letters, digits and . _ = -');

export const SealedArtefact = z.object({
  name: FileName.describe('File name; the file lies beside the manifest'),
  key: Text.describe('Key in the evidence store'),
  versionId: z.string().describe('Version in the evidence store'),
  sha256: Sha256.describe('SHA-256 of the bytes, hex'),
  size: z.int().nonnegative().describe('Bytes'),
  contentType: Text.describe('Media type'),
});
export type SealedArtefact = z.infer<typeof SealedArtefact>;

export const Link = z.object({
  sequence: z.int().positive().describe('Its sequence'),
  sha256: Sha256.describe("SHA-256 of that manifest's bytes, hex"),
});
export type Link = z.infer<typeof Link>;

const SealedTrigger = z.object({
  type: z.enum(['schedule', 'person', 'pipeline']).describe('What started it'),
  actor: z
    .object({
      type: z.enum(['person', 'token', 'pipeline', 'schedule', 'service']).describe('What kind of actor it is'),
      id: z.string().describe('Stable id'),
      name: z.string().describe('Name for people'),
    })
    .describe('Who started it'),
  slot: isoTime('For a schedule: the slot it was planned for').optional(),
});

const Versions = z.object({
  tool: Text.describe('Version of Gatehouse'),
  scanner: z.int().optional().describe('Version of the scanner; raised when the same cluster would be judged differently'),
  benchmark: z
    .object({ framework: Text.describe('Id of the framework'), version: Text.describe('Its version') })
    .optional()
    .describe('The table of controls that was used'),
  policy: z.string().optional().describe('The policy that was used: its name, its version where it has one, and its SHA-256'),
});

/** How a run can end; each end is sealed. */
export const endStates = ['completed', 'failed', 'timed-out', 'cancelled', 'skipped'] as const;
export type EndState = (typeof endStates)[number];

const SealedScan = z.object({
  id: FileName.describe('Id of the scan'),
  kind: ScanKind,
  state: z.enum(endStates).describe('How it ended'),
  reason: Text.optional().describe('Why it did not complete, as a sentence; absent when it did'),
  queuedAt: isoTime('When it was asked for; absent in older manifests').optional(),
  startedAt: isoTime('When it started; absent when it never did').optional(),
  endedAt: isoTime('When it ended'),
});

const SealedEvaluation = z.object({
  id: FileName.describe('Id of the evaluation'),
  target: Text.describe('Version that was asked about'),
  verdict: z.enum(['deny', 'error', 'pending', 'warn', 'allow']).describe('What the gate said'),
  requestedAt: isoTime('When it was asked'),
  evaluatedAt: isoTime('When it was decided'),
});

/** What a manifest says, before it is put into canonical order. */
export const Manifest = z
  .object({
    schemaVersion: z.literal('1').describe('Version of this model; fields may join under the same version'),
    sequence: z.int().positive().describe('Place in the chain of the cluster, from 1 and without gaps'),
    previous: Link.nullable().describe('The manifest before it in the chain; null for the first'),
    project: z.object({ id: FileName.describe('Id of the project') }),
    cluster: z.object({
      id: FileName.describe('Id of the cluster in Gatehouse: a chain is about one cluster'),
      name: Text.describe('Its name'),
      uid: Text.optional().describe('UID of the namespace kube-system: the cluster id in reports; absent when it was never reached'),
    }),
    scan: SealedScan.optional().describe('The scan that is sealed'),
    evaluation: SealedEvaluation.optional().describe('The evaluation of the gate that is sealed, in place of a scan'),
    trigger: SealedTrigger,
    versions: Versions,
    artefacts: z
      .array(SealedArtefact)
      .describe(
        'Every file that the scan or evaluation left besides manifest and signature, by name; none is left by a scan that never looked',
      ),
    sealedAt: isoTime('When it was sealed'),
  })
  .check((context) => {
    const { sequence, previous, artefacts, scan, evaluation } = context.value;
    const say = (message: string, path: readonly PropertyKey[]) =>
      context.issues.push({ code: 'custom', message, input: context.value, path: [...path] });
    if ((scan === undefined) === (evaluation === undefined)) say('must be about a scan or about an evaluation', ['scan']);
    if ((previous === null) !== (sequence === 1)) say('must be null for sequence 1, and only there', ['previous']);
    const seen = new Set<string>([manifestName, signatureName]);
    for (const [index, { name, key }] of artefacts.entries()) {
      if (key !== name && !key.endsWith(`/${name}`)) say('must end with the name', ['artefacts', index, 'key']);
      if (seen.has(name)) say(`"${name}" is there twice, or is a name of the seal itself`, ['artefacts', index, 'name']);
      seen.add(name);
    }
  });
export type Manifest = z.infer<typeof Manifest>;

/** A manifest with the bytes that are stored, signed and chained. */
export interface SealedManifest {
  readonly manifest: Manifest;
  readonly bytes: Uint8Array;
  /** Hex; what the next manifest names as `previous`. */
  readonly sha256: string;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What a manifest is made of: the sequence follows from `previous`. */
export type ManifestParts = Omit<Manifest, 'schemaVersion' | 'sequence'>;

/** Makes the manifest that follows `previous`: artefacts by name, canonical bytes. The same parts give the same bytes. Throws on parts that make no manifest. */
export const buildManifest = (parts: ManifestParts): SealedManifest => {
  const manifest = Manifest.parse({
    ...parts,
    schemaVersion: '1',
    sequence: (parts.previous?.sequence ?? 0) + 1,
    artefacts: parts.artefacts.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  });
  const bytes = canonicalBytes(manifest);
  return { manifest, bytes, sha256: sha256Of(bytes) };
};
