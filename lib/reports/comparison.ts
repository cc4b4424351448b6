import { z } from 'zod';
import { Subject } from '../core/finding.ts';
import { Outcome, Severity } from '../core/outcome.ts';
import { Benchmark, ControlReference, Counts, ScanKind, WaiverMark } from './report.ts';

/** The four answers of a comparison, in the order in which readers need them. */
export const changeKinds = ['new', 'notComparable', 'persisting', 'resolved'] as const;
/** What became of a failure between two scans. */
export type ChangeKind = (typeof changeKinds)[number];

export const ComparedScan = z
  .object({
    scanId: z.string().describe('Id of the scan'),
    startedAt: z.string().describe('Start of the scan; ISO 8601, UTC'),
    kubernetesVersion: z.string().describe('Version the API server reported'),
    toolVersion: z.string().describe('Version of Gatehouse'),
    scannerVersion: z.number().int().describe('Raised when the same cluster would be judged differently'),
    benchmark: Benchmark,
    counts: Counts,
  })
  .meta({ id: 'ComparedScan', description: 'One of the two scans, as far as a reader of the comparison needs it.' });
export type ComparedScan = z.infer<typeof ComparedScan>;

export const Seen = z
  .object({
    outcome: Outcome,
    message: z.string().describe('What it said of the subject'),
    waiver: WaiverMark.nullable().describe('The waiver that accepted it, or null'),
  })
  .meta({ id: 'Seen', description: 'What one of the two scans said of the subject.' });
export type Seen = z.infer<typeof Seen>;

export const ComparedFinding = z
  .object({
    fingerprint: z.string().describe('The same in both scans'),
    check: z.string().describe('Id of the check'),
    title: z.string().describe('Title of the check: what holds when it passes'),
    severity: Severity.describe('As in the head scan, or in the base scan when the head scan does not know the finding'),
    subject: Subject,
    controls: z.array(ControlReference).describe('Controls of the scan that names the finding last'),
    base: Seen.nullable().describe('What the base scan said; null when it has no such finding'),
    head: Seen.nullable().describe('What the head scan said; null when it has no such finding'),
    reason: z.string().describe('Why it counts as new, resolved, persisting or not comparable: one sentence'),
    changed: z.array(z.string()).describe('What else changed: waiver, severity; sentences, mostly none'),
  })
  .meta({ id: 'ComparedFinding', description: 'A check on a subject that fails in one of the two scans, or in both.' });
export type ComparedFinding = z.infer<typeof ComparedFinding>;

export const Comparison = z
  .object({
    schemaVersion: z.literal('1').describe('Version of this model; fields may join under the same version'),
    kind: ScanKind,
    cluster: z
      .object({
        id: z.string().describe('UID of the namespace kube-system, which a cluster keeps for life'),
        name: z.string().describe('Its name in the head scan'),
      })
      .describe('The cluster of both scans.'),
    base: ComparedScan.describe('The scan compared with'),
    head: ComparedScan.describe('The scan looked at'),
    delta: Counts.describe('Head minus base, by outcome'),
    statements: z
      .array(z.string())
      .describe('Sentences a reader must know before trusting the lists: other scanner, other benchmark, order of time'),
    new: z.array(ComparedFinding).describe('Fails now; did not when the base scan looked'),
    notComparable: z
      .array(ComparedFinding)
      .describe('Fails in one scan, and the other one could not say; those with a head outcome of `fail` are failures of today'),
    persisting: z.array(ComparedFinding).describe('Fails in both'),
    resolved: z.array(ComparedFinding).describe('Failed; the head scan looked and it does not fail any more'),
  })
  .describe(
    'Two reports of one cluster and kind. Every failure of either report is in exactly one of the four lists. A failure of the head report is `new` only if the base scan conclusively looked, and a failure of the base report `resolved` only if the head scan did; else it is `notComparable`.',
  );
export type Comparison = z.infer<typeof Comparison>;
