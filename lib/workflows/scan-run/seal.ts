import type { Artefact, ScanRecord } from '../../fleet/scan.ts';
import { type ChainEntry, partitions } from '../../records/index.ts';
import {
  buildManifest,
  type Manifest,
  manifestName,
  type SealedManifest,
  sha256Of,
  signatureName,
} from '../../reports/evidence/manifest.ts';
import { signatureBytes } from '../../reports/evidence/signature.ts';
import type { DurableKind } from './kinds.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';
import { keepFile } from './store.ts';

interface SealInput {
  readonly scan: ScanRecord;
  readonly clusterName: string;
  readonly clusterUid: string | undefined;
  readonly kind: DurableKind;
  readonly artefacts: readonly Artefact[];
  readonly endedAt: string;
}

const manifestOf = (input: SealInput, version: string, sealedAt: string, previous: Manifest['previous']): SealedManifest => {
  const { scan, kind, artefacts, clusterName, clusterUid, endedAt } = input;
  return buildManifest({
    previous,
    project: { id: scan.projectId },
    cluster: { id: scan.clusterId, name: clusterName, ...(clusterUid === undefined ? {} : { uid: clusterUid }) },
    scan: {
      id: scan.id,
      kind: scan.kind,
      state: 'completed',
      ...(scan.startedAt === undefined ? {} : { startedAt: scan.startedAt }),
      endedAt,
    },
    trigger: scan.trigger,
    versions: {
      tool: version,
      scanner: kind.scanner.version,
      ...(scan.benchmark ? { benchmark: { framework: scan.benchmark.framework, version: scan.benchmark.version } } : {}),
    },
    artefacts: [...artefacts],
    sealedAt,
  });
};

/** The entry that an earlier try of this run put into the chain. Looks back as far as this run can have been at it. */
const earlierTry = async ({ records }: ScanRunPorts, { clusterId, id, queuedAt }: ScanRecord): Promise<ChainEntry | undefined> => {
  for await (const { value } of records.chain.all({ ...partitions.chain(clusterId), order: 'descending' })) {
    if (value.scanId === id) return value;
    const { sealedAt } = JSON.parse(value.manifest) as Manifest;
    if (Date.parse(sealedAt) < Date.parse(queuedAt)) return undefined;
  }
  return undefined;
};

/** Appends this run to the chain of its cluster: one manifest per place, whoever is faster. */
const takePlace = async (ports: ScanRunPorts, input: SealInput): Promise<ChainEntry> => {
  const { scan } = input;
  const earlier = await earlierTry(ports, scan);
  if (earlier) return earlier;
  const newest = await ports.records.chain.list({ ...partitions.chain(scan.clusterId), order: 'descending', limit: 1 });
  if (!newest.ok) throw new RetryThis(newest.failure.say);
  const head = newest.value.items[0]?.value;
  const previous = head ? { sequence: head.sequence, sha256: head.manifestSha256 } : null;
  const { manifest, bytes, sha256 } = manifestOf(input, ports.version, ports.clock.now(), previous);
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

/** Seals a run: its place in the chain, then the manifest and its signature beside the files. Every part can be repeated and arrives at the same bytes. */
export const seal = async (
  ports: ScanRunPorts,
  input: SealInput,
): Promise<{ manifest: Artefact & { sequence: number }; signature: Artefact }> => {
  const entry = await takePlace(ports, input);
  const bytes = Buffer.from(entry.manifest, 'utf8');
  const manifest = await keepFile(ports, input.scan, manifestName, 'application/json', bytes);
  if (manifest.sha256 !== sha256Of(bytes)) throw new Error(`${manifest.key} is not the manifest in the chain: somebody else wrote it`);
  const signed = await ports.signer.sign(bytes);
  if (!signed.ok) throw new RetryThis(signed.failure.say);
  const signature = await keepFile(ports, input.scan, signatureName, 'application/json', signatureBytes(signed.value));
  return { manifest: { ...manifest, sequence: entry.sequence }, signature };
};
