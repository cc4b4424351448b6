import { z } from 'zod';
import { Subject } from '../core/finding.ts';
import { Outcome, Severity } from '../core/outcome.ts';
import { Benchmark, ControlReference, Counts, ScanKind, WaiverMark } from './report.ts';

/** The four answers of a comparison, in the order in which readers need them. */
export const changeKinds = ['new', 'notComparable', 'persisting', 'resolved'] as const;
/** What became of a failure between two scans. */
export type ChangeKind = (typeof changeKinds)[number];

/** One of the two scans, as far as a reader of the comparison needs it. */
export const ComparedScan = z.object({
  scanId: z.string(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  kubernetesVersion: z.string(),
  toolVersion: z.string(),
  /** Raised when the same cluster would be judged differently. */
  scannerVersion: z.number().int(),
  benchmark: Benchmark,
  /** Findings by outcome, waived ones apart. */
  counts: Counts,
});
export type ComparedScan = z.infer<typeof ComparedScan>;

/** What one of the two scans said of the subject. */
export const Seen = z.object({
  outcome: Outcome,
  message: z.string(),
  waiver: WaiverMark.nullable(),
});
export type Seen = z.infer<typeof Seen>;

/** A check on a subject that fails in one of the two scans, or in both. */
export const ComparedFinding = z.object({
  /** The same in both scans. */
  fingerprint: z.string(),
  check: z.string(),
  title: z.string(),
  /** As in the head scan, or in the base scan when the head scan does not know the finding. */
  severity: Severity,
  subject: Subject,
  /** Controls of the scan that names the finding last. */
  controls: z.array(ControlReference),
  /** `null` when the base scan has no such finding. */
  base: Seen.nullable(),
  /** `null` when the head scan has no such finding. */
  head: Seen.nullable(),
  /** Why it counts as new, resolved, persisting or not comparable: one sentence. */
  reason: z.string(),
  /** What else changed: waiver, severity. Sentences; mostly none. */
  changed: z.array(z.string()),
});
export type ComparedFinding = z.infer<typeof ComparedFinding>;

/**
 * Two reports of one cluster and kind. Every failure of either report is in exactly one of the four lists. A failure of the head report is `new`
 * only if the base scan conclusively looked, and a failure of the base report `resolved` only if the head scan did; else it is `notComparable`.
 */
export const Comparison = z.object({
  schemaVersion: z.literal('1'),
  kind: ScanKind,
  cluster: z.object({ id: z.string(), name: z.string() }),
  base: ComparedScan,
  head: ComparedScan,
  /** Head minus base, by outcome. */
  delta: Counts,
  /** Sentences a reader must know before trusting the lists: other scanner, other benchmark, order of time. */
  statements: z.array(z.string()),
  /** Fails now; did not when the base scan looked. */
  new: z.array(ComparedFinding),
  /** Fails in one scan, and the other one could not say. Those with a head outcome of `fail` are failures of today. */
  notComparable: z.array(ComparedFinding),
  /** Fails in both. */
  persisting: z.array(ComparedFinding),
  /** Failed; the head scan looked and it does not fail any more. */
  resolved: z.array(ComparedFinding),
});
export type Comparison = z.infer<typeof Comparison>;
