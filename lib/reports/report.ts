import { z } from 'zod';
import { Evidence, Subject } from '../core/finding.ts';
import { Outcome, Severity } from '../core/outcome.ts';

export const scanKinds = ['configuration', 'penetration', 'conformance', 'sbom'] as const;
/** Kind of scan. */
export const ScanKind = z.enum(scanKinds);
export type ScanKind = z.infer<typeof ScanKind>;

/** A control of a framework that a finding bears on. */
export const ControlReference = z.object({
  framework: z.string(),
  /** Version of the framework. */
  version: z.string(),
  /** Control number in that version, as text: `5.10` is not `5.1`. */
  id: z.string(),
  /** Profile level in the framework. */
  level: z.number().int(),
  /** Whether the framework calls its assessment automated; says nothing about how Gatehouse decided. */
  automated: z.boolean(),
});
export type ControlReference = z.infer<typeof ControlReference>;

/** The waiver that marks a finding as accepted. The finding is still evaluated and shown. */
export const WaiverMark = z.object({
  id: z.string(),
  reason: z.string(),
  owner: z.string(),
  approver: z.string(),
  /** ISO 8601 date or time until which it holds. */
  expires: z.string(),
});
export type WaiverMark = z.infer<typeof WaiverMark>;

/** Nodes that disagree about one statement. */
export const Inconsistency = z.object({
  /** The outcome most nodes have. */
  mostCommon: Outcome,
  /** The nodes that have another one. */
  deviating: z.array(z.object({ node: z.string(), outcome: Outcome })),
});
export type Inconsistency = z.infer<typeof Inconsistency>;

/** One check on one subject. */
export const Finding = z.object({
  /** Id of the check; stable across versions of Gatehouse and of benchmarks. */
  check: z.string(),
  /** Title of the check: what holds when it passes. */
  title: z.string(),
  subject: Subject,
  outcome: Outcome,
  severity: Severity,
  /** What holds or does not hold, in this cluster. */
  message: z.string(),
  /** Why it matters. */
  why: z.string(),
  /** How to repair it, or what a person must look at. */
  repair: z.string(),
  evidence: z.array(Evidence),
  /** Controls of the benchmark used for this scan. */
  controls: z.array(ControlReference),
  /** `sha256:` of cluster id, check id and stable subject: equal next week and after an upgrade. */
  fingerprint: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  waiver: WaiverMark.nullable(),
  /** Set when nodes disagree. */
  inconsistent: Inconsistency.optional(),
});
export type Finding = z.infer<typeof Finding>;

/** One control of the benchmark used, with the worst outcome of its findings. */
export const ControlOutcome = z.object({
  framework: z.string(),
  version: z.string(),
  id: z.string(),
  /** In our own words. */
  title: z.string(),
  level: z.number().int(),
  automated: z.boolean(),
  outcome: Outcome,
  /** Number of findings, waived ones included. */
  findings: z.number().int(),
  /** Number of those that are waived. */
  waived: z.number().int(),
});
export type ControlOutcome = z.infer<typeof ControlOutcome>;

/** Findings by outcome; waived ones are counted under `waived` only, so the numbers add up to the number of findings. */
export const Counts = z.object({
  pass: z.number().int(),
  fail: z.number().int(),
  'not-applicable': z.number().int(),
  manual: z.number().int(),
  unknown: z.number().int(),
  error: z.number().int(),
  waived: z.number().int(),
});
export type Counts = z.infer<typeof Counts>;

/** Controls by what is known of them; `total` is the sum of the other four. */
export const Coverage = z.object({
  total: z.number().int(),
  /** pass, fail or not-applicable. */
  decided: z.number().int(),
  manual: z.number().int(),
  unknown: z.number().int(),
  error: z.number().int(),
  /** Sentences a reader must know before trusting the numbers: benchmark out of range, nodes not reached, rights missing. */
  statements: z.array(z.string()),
});
export type Coverage = z.infer<typeof Coverage>;

/** Which table of controls was used, and whether it is meant for the cluster's version. */
export const Benchmark = z.object({
  framework: z.string(),
  version: z.string(),
  /** Kubernetes minors the benchmark is meant for, e.g. `1.34-1.35`. */
  range: z.string(),
  inRange: z.boolean(),
});
export type Benchmark = z.infer<typeof Benchmark>;

/** The run itself. */
export const Scan = z.object({
  id: z.string(),
  kind: ScanKind,
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  /** ISO 8601, UTC. */
  endedAt: z.string(),
  /** What started it: `command line`, `schedule …`, `replay of …`. */
  trigger: z.string(),
  /** Who started it, as far as known: the user name the cluster knows the credential by. */
  actor: z.string(),
  cluster: z.object({
    /** UID of the namespace kube-system. */
    id: z.string(),
    name: z.string(),
    kubernetesVersion: z.string(),
    /** Nodes as they were when the scan looked. */
    nodes: z.array(z.object({ name: z.string(), role: z.string(), kubeletVersion: z.string(), osImage: z.string() })),
  }),
  tool: z.object({
    name: z.literal('gatehouse'),
    version: z.string(),
    /** Raised when the same cluster would be judged differently. */
    scannerVersion: z.number().int(),
  }),
  benchmark: Benchmark,
});
export type Scan = z.infer<typeof Scan>;

/** A waiver as the scan found it: used, expired or matching nothing. */
export const WaiverUse = WaiverMark.extend({
  /** `used`: marks findings; `expired`: would have, but is past its date; `unused`: matches no finding that can be accepted. */
  state: z.enum(['used', 'expired', 'unused']),
  /** Number of findings it marks, or would have marked. */
  findings: z.number().int(),
});
export type WaiverUse = z.infer<typeof WaiverUse>;

/** What changed since the previous scan of the same cluster and kind, in short; the comparison itself is a document of its own. */
export const ChangeSummary = z.object({
  /** The previous scan. */
  base: z.object({ scanId: z.string(), startedAt: z.string() }),
  new: z.number().int(),
  resolved: z.number().int(),
  persisting: z.number().int(),
  notComparable: z.number().int(),
  /** Fingerprints of the new failures. */
  newFindings: z.array(z.string()),
  /** Failures that are gone: check, subject and severity as the previous scan had them. */
  resolvedFindings: z.array(z.object({ check: z.string(), subject: Subject, severity: Severity })),
  /** Failures of either scan of which nobody can say what became of them, with the reason; `failsNow` when this scan sees them fail. */
  notComparableFindings: z.array(
    z.object({ check: z.string(), subject: Subject, severity: Severity, reason: z.string(), failsNow: z.boolean() }),
  ),
});
export type ChangeSummary = z.infer<typeof ChangeSummary>;

/** The report: the stored truth from which every format is rendered. */
export const Report = z.object({
  schemaVersion: z.literal('1'),
  scan: Scan,
  coverage: Coverage,
  counts: Counts,
  controls: z.array(ControlOutcome),
  findings: z.array(Finding),
  /** Every waiver of the waiver file, with what became of it. */
  waivers: z.array(WaiverUse),
  /** Changes since the previous scan; `null` when there is none to compare with. */
  changes: ChangeSummary.nullable(),
});
export type Report = z.infer<typeof Report>;
