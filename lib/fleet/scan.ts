import { z } from 'zod';
import { Severity } from '../core/outcome.ts';
import { Benchmark, Counts, Coverage, ScanKind } from '../reports/report.ts';
import { ScanOptions } from './cluster.ts';
import { Actor, ClusterId, isoTime, ProjectId, ScanId } from './common.ts';
import { scanStates } from './scan-states.ts';

export { isDone, isFinal, mayFollow, nextStates, scanStates } from './scan-states.ts';

export const ScanState = z.enum(scanStates).meta({
  id: 'ScanState',
  description: '`queued` → `running` → one of the others, which are final. `skipped`: a condition did not hold, see `reason`.',
});
export type ScanState = z.infer<typeof ScanState>;

/** A stored file of a scan, as record and manifest name it. */
export const Artefact = z
  .object({
    name: z.string().describe('File name: `report.pdf`, `facts.json.gz`, …'),
    key: z.string().describe('Key in the evidence store.'),
    versionId: z.string().describe('Version in the evidence store.'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('SHA-256 of the bytes, hex.'),
    size: z.int().describe('Bytes.'),
    contentType: z.string().describe('Media type.'),
  })
  .meta({ id: 'Artefact', description: 'One stored file.' });
export type Artefact = z.infer<typeof Artefact>;

export const Trigger = z
  .object({
    type: z.enum(['schedule', 'person', 'pipeline']).describe('What started it.'),
    actor: Actor,
    slot: isoTime('For a schedule: the slot it was planned for').optional(),
  })
  .describe('What started the scan.');
export type Trigger = z.infer<typeof Trigger>;

export const ScanRecord = z
  .object({
    id: ScanId,
    projectId: ProjectId,
    clusterId: ClusterId,
    kind: ScanKind,
    state: ScanState,
    reason: z.string().optional().describe('Why it was skipped, failed, timed out or cancelled: one sentence that says what to do.'),
    trigger: Trigger,
    options: ScanOptions,
    queuedAt: isoTime('When it was asked for'),
    startedAt: isoTime('When it started').optional(),
    endedAt: isoTime('When it ended').optional(),
    progress: z
      .object({ done: z.int(), total: z.int(), doing: z.string().describe('A few words in the present tense.') })
      .optional()
      .describe('How far it is, while it runs.'),
    cancelRequested: z
      .object({ by: Actor, at: isoTime('When') })
      .optional()
      .describe('Somebody wants it to end.'),
    kubernetesVersion: z.string().optional().describe('Version of the cluster when it was scanned.'),
    benchmark: Benchmark.optional(),
    coverage: Coverage.optional(),
    counts: Counts.optional(),
    failed: z.partialRecord(Severity, z.int()).optional().describe('Failures that are not waived, by severity.'),
    changes: z
      .object({
        baseScanId: ScanId.describe('The scan it was compared with.'),
        new: z.int(),
        resolved: z.int(),
        persisting: z.int(),
        notComparable: z.int(),
      })
      .optional()
      .describe('What changed since the completed scan before it, in numbers.'),
    uncertain: z.string().optional().describe('Set when nodes came, went or changed their version while it ran: a sentence.'),
    artefacts: z.array(Artefact).describe('Its stored files.'),
    manifest: Artefact.extend({ sequence: z.int().describe('Its place in the chain of the cluster, from 1.') })
      .optional()
      .describe('The sealed manifest over all artefacts.'),
    unsealed: z
      .literal(true)
      .optional()
      .describe('How it ends is decided, and its manifest is still to be sealed; gone once `manifest` is there.'),
  })
  .meta({ id: 'ScanRecord', description: 'One run of one kind of scan on one cluster. Findings and files are apart.' });
export type ScanRecord = z.infer<typeof ScanRecord>;
