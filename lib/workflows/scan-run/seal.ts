import { hour, timeOf } from '../../core/time.ts';
import type { Artefact, ScanRecord } from '../../fleet/scan.ts';
import { type ChainEntry, partitions } from '../../records/index.ts';
import {
  buildManifest,
  endStates,
  type Manifest,
  manifestName,
  type SealedManifest,
  sha256Of,
  signatureName,
} from '../../reports/evidence/manifest.ts';
import { signatureBytes } from '../../reports/evidence/signature.ts';
import { leftFiles } from './left-files.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';
import { keepFile } from './store.ts';

/** What sealing works with. */
export type SealPorts = Pick<ScanRunPorts, 'version' | 'records' | 'objects' | 'signer' | 'clock'>;

/** The seal of a run, as its record names it. */
export interface Sealed {
  /** Files that the manifest names. */
  readonly artefacts: readonly Artefact[];
  readonly manifest: Artefact & { readonly sequence: number };
  readonly signature: Artefact;
}

/** How the run ended; one that is sealed while it is not final yet is about to be completed, see `decideCompleted`. */
const endOf = ({ state, endedAt, reason }: ScanRecord): Pick<Manifest['scan'], 'state' | 'endedAt' | 'reason'> => {
  const ended = endStates.find((one) => one === state) ?? 'completed';
  if (endedAt === undefined) throw new Error('a run is sealed before it was decided how it ends');
  // a sentence that was cut may end with half a character, which canonical JSON cannot hold
  return { state: ended, endedAt, ...(reason ? { reason: reason.toWellFormed() } : {}) };
};

const manifestOf = async (
  ports: SealPorts,
  scan: ScanRecord,
  scanner: number | undefined,
  previous: Manifest['previous'],
): Promise<SealedManifest> => {
  const { projectId, clusterId, startedAt, benchmark, trigger } = scan;
  const end = endOf(scan);
  const artefacts = end.state === 'completed' ? scan.artefacts : await leftFiles(ports, scan);
  const cluster = (await ports.records.clusters.get({ projectId, clusterId }))?.value;
  return buildManifest({
    previous,
    project: { id: projectId },
    cluster: { id: clusterId, name: cluster?.name.toWellFormed() ?? clusterId, ...(cluster?.uid ? { uid: cluster.uid } : {}) },
    scan: { id: scan.id, kind: scan.kind, queuedAt: scan.queuedAt, ...(startedAt ? { startedAt } : {}), ...end },
    trigger: { ...trigger, actor: { ...trigger.actor, name: trigger.actor.name.toWellFormed() } },
    versions: {
      tool: ports.version,
      ...(scanner === undefined ? {} : { scanner }),
      ...(benchmark ? { benchmark: { framework: benchmark.framework, version: benchmark.version } } : {}),
    },
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
const lookAtEnd = async ({ records }: SealPorts, { clusterId, id, queuedAt }: ScanRecord): Promise<Place> => {
  let head: ChainEntry | undefined;
  for await (const { value } of records.chain.all({ ...partitions.chain(clusterId), order: 'descending' })) {
    head ??= value;
    if (value.scanId === id) return { head, own: value };
    const { sealedAt } = JSON.parse(value.manifest) as Manifest;
    if (timeOf(sealedAt) < timeOf(queuedAt) - slack) break;
  }
  return head ? { head } : {};
};

/** Appends this run to the chain of its cluster: one manifest per place, whoever is faster. */
const takePlace = async (ports: SealPorts, scan: ScanRecord, scanner: number | undefined): Promise<ChainEntry> => {
  const { head, own } = await lookAtEnd(ports, scan);
  if (own) return own;
  const previous = head ? { sequence: head.sequence, sha256: head.manifestSha256 } : null;
  const { manifest, bytes, sha256 } = await manifestOf(ports, scan, scanner, previous);
  const entry: ChainEntry = {
    clusterId: scan.clusterId,
    sequence: manifest.sequence,
    scanId: scan.id,
    manifestSha256: sha256,
    manifest: Buffer.from(bytes).toString('utf8'),
  };
  const put = await ports.records.chain.create(entry);
  if (!put.ok) throw new RetryThis(put.failure.say);
  return entry;
};

/**
 * Seals a run whose end is decided: its place in the chain, then the manifest and its signature beside the files. Every part can be repeated, also by two processes at once, and arrives at the same bytes.
 * `scanner` is the version of the scanner, where it is known.
 */
export const seal = async (ports: SealPorts, scan: ScanRecord, scanner?: number): Promise<Sealed> => {
  const entry = await takePlace(ports, scan, scanner);
  const bytes = Buffer.from(entry.manifest, 'utf8');
  const manifest = await keepFile(ports, scan, manifestName, 'application/json', bytes);
  if (manifest.sha256 !== sha256Of(bytes)) throw new Error(`${manifest.key} is not the manifest in the chain: somebody else wrote it`);
  const signed = await ports.signer.sign(bytes);
  if (!signed.ok) throw new RetryThis(signed.failure.say);
  const signature = await keepFile(ports, scan, signatureName, 'application/json', signatureBytes(signed.value));
  const { artefacts } = JSON.parse(entry.manifest) as Manifest;
  return { artefacts, manifest: { ...manifest, sequence: entry.sequence }, signature };
};
