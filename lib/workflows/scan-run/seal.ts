import { hour, timeOf } from '../../core/time.ts';
import type { Artefact } from '../../fleet/scan.ts';
import { type ChainEntry, partitions } from '../../records/index.ts';
import {
  buildManifest,
  type Manifest,
  type ManifestParts,
  manifestName,
  type SealedManifest,
  sha256Of,
  signatureName,
} from '../../reports/evidence/manifest.ts';
import { signatureBytes } from '../../reports/evidence/signature.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';
import { type EvidenceHome, keepFileIn } from './store.ts';

/** What sealing works with. */
export type SealPorts = Pick<ScanRunPorts, 'version' | 'records' | 'objects' | 'signer' | 'clock'>;

/** The seal of a run, as its record names it. */
export interface Sealed {
  /** Files that the manifest names. */
  readonly artefacts: readonly Artefact[];
  readonly manifest: Artefact & { readonly sequence: number };
  readonly signature: Artefact;
}

/** What can be sealed: a scan or an evaluation, once it is decided how it ends. */
export interface Sealable {
  readonly id: string;
  readonly clusterId: string;
  readonly home: EvidenceHome;
  /** What the manifest says of it. */
  parts(): Promise<Pick<ManifestParts, 'scan' | 'evaluation' | 'trigger' | 'versions'> & { readonly artefacts: readonly Artefact[] }>;
}

const manifestOf = async (ports: SealPorts, one: Sealable, previous: Manifest['previous']): Promise<SealedManifest> => {
  const { clusterId } = one;
  const { projectId } = one.home;
  const { artefacts, trigger, ...parts } = await one.parts();
  const cluster = (await ports.records.clusters.get({ projectId, clusterId }))?.value;
  return buildManifest({
    previous,
    project: { id: projectId },
    cluster: { id: clusterId, name: cluster?.name.toWellFormed() ?? clusterId, ...(cluster?.uid ? { uid: cluster.uid } : {}) },
    ...parts,
    trigger: { ...trigger, actor: { ...trigger.actor, name: trigger.actor.name.toWellFormed() } },
    artefacts: [...artefacts],
    sealedAt: ports.clock.now(),
  });
};

/** Clocks of two machines differ, and a clock may be set back: so much further than a run was asked for is looked for an earlier try of it. */
const slack = hour;

interface Place {
  readonly head?: ChainEntry;
  /** What an earlier try, or another process that seals the same run, has put into the chain. */
  readonly own?: ChainEntry;
}

/** One look at the end of the chain. That the run is not in it holds up to this head, and only what follows this very head is written: so a run never gets two places. */
const lookAtEnd = async ({ records }: SealPorts, { clusterId, id, home }: Sealable): Promise<Place> => {
  let head: ChainEntry | undefined;
  for await (const { value } of records.chain.all({ ...partitions.chain(clusterId), order: 'descending' })) {
    head ??= value;
    if (value.scanId === id) return { head, own: value };
    const { sealedAt } = JSON.parse(value.manifest) as Manifest;
    if (timeOf(sealedAt) < timeOf(home.since) - slack) break;
  }
  return head ? { head } : {};
};

/** Appends this run to the chain of its cluster: one manifest per place, whoever is faster. */
const takePlace = async (ports: SealPorts, one: Sealable): Promise<ChainEntry> => {
  const { head, own } = await lookAtEnd(ports, one);
  if (own) return own;
  const previous = head ? { sequence: head.sequence, sha256: head.manifestSha256 } : null;
  const { manifest, bytes, sha256 } = await manifestOf(ports, one, previous);
  const entry: ChainEntry = {
    clusterId: one.clusterId,
    sequence: manifest.sequence,
    scanId: one.id,
    manifestSha256: sha256,
    manifest: Buffer.from(bytes).toString('utf8'),
  };
  const put = await ports.records.chain.create(entry);
  if (!put.ok) throw new RetryThis(put.failure.say);
  return entry;
};

/**
 * Seals what is decided: its place in the chain, then the manifest and its signature beside the files. Every part can be repeated, also by two processes at once, and arrives at the same bytes.
 */
export const sealIt = async (ports: SealPorts, one: Sealable): Promise<Sealed> => {
  const entry = await takePlace(ports, one);
  const bytes = Buffer.from(entry.manifest, 'utf8');
  const manifest = await keepFileIn(ports, one.home, manifestName, 'application/json', bytes);
  if (manifest.sha256 !== sha256Of(bytes)) throw new Error(`${manifest.key} is not the manifest in the chain: somebody else wrote it`);
  const signed = await ports.signer.sign(bytes);
  if (!signed.ok) throw new RetryThis(signed.failure.say);
  const signature = await keepFileIn(ports, one.home, signatureName, 'application/json', signatureBytes(signed.value));
  const { artefacts } = JSON.parse(entry.manifest) as Manifest;
  return { artefacts, manifest: { ...manifest, sequence: entry.sequence }, signature };
};
