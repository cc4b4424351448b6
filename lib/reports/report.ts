import { z } from 'zod';
import { Certainty, Evidence, Subject, Vantage, Vulnerability } from '../core/finding.ts';
import { Outcome, Severity } from '../core/outcome.ts';
import { Exchange } from '../core/probing/sight.ts';

// The descriptions are what docs/generated/report.schema.json says of each field: they are written once, here.

const count = (description: string) => z.number().int().describe(description);
const isoTime = (description: string) => z.string().describe(`${description}; ISO 8601, UTC`);

export const scanKinds = ['configuration', 'penetration', 'conformance', 'sbom'] as const;
export const ScanKind = z.enum(scanKinds).describe('Kind of scan.');
export type ScanKind = z.infer<typeof ScanKind>;

export const ControlReference = z
  .object({
    framework: z.string().describe('Id of the framework, e.g. `cis-kubernetes`'),
    version: z.string().describe('Version of the framework'),
    id: z.string().describe('Control number in that version, as text: `5.10` is not `5.1`'),
    level: z.number().int().describe('Profile level in the framework'),
    automated: z.boolean().describe('Whether the framework calls its assessment automated; says nothing about how Gatehouse decided'),
  })
  .meta({ id: 'ControlReference', description: 'A control of a framework that a finding bears on.' });
export type ControlReference = z.infer<typeof ControlReference>;

export const WaiverMark = z
  .object({
    id: z.string().describe('Id of the waiver in its file'),
    reason: z.string().describe('Why the risk is accepted'),
    owner: z.string().describe('Who answers for it'),
    approver: z.string().describe('Who accepted it'),
    expires: z.string().describe('ISO 8601 date (the last day, UTC) or time until which it holds'),
  })
  .meta({ id: 'WaiverMark', description: 'The waiver that marks a finding as accepted. The finding is still evaluated and shown.' });
export type WaiverMark = z.infer<typeof WaiverMark>;

export const Inconsistency = z
  .object({
    mostCommon: Outcome.describe('The outcome most nodes have'),
    deviating: z
      .array(z.object({ node: z.string().describe('Name of the node'), outcome: Outcome.describe('Its outcome') }))
      .describe('The nodes that have another one'),
  })
  .meta({ id: 'Inconsistency', description: 'Nodes that disagree about one statement.' });
export type Inconsistency = z.infer<typeof Inconsistency>;

export const Finding = z
  .object({
    check: z.string().describe('Id of the check; stable across versions of Gatehouse and of benchmarks'),
    title: z.string().describe('Title of the check: what holds when it passes'),
    subject: Subject,
    outcome: Outcome,
    severity: Severity,
    message: z.string().describe('What holds or does not hold, in this cluster'),
    why: z.string().describe('Why it matters'),
    repair: z.string().describe('How to repair it, or what a person must look at'),
    evidence: z.array(Evidence).describe('What was looked at, and what was found'),
    controls: z.array(ControlReference).describe('Controls of the benchmark used for this scan'),
    fingerprint: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/)
      .describe('`sha256:` of cluster id, check id and stable subject: equal next week and after an upgrade'),
    waiver: WaiverMark.nullable().describe('The waiver that accepts it, or null'),
    inconsistent: Inconsistency.optional().describe('Set when nodes disagree'),
    certainty: Certainty.optional().describe('Penetration: whether it was seen or concluded from a version'),
    vantages: z.array(Vantage).optional().describe('Penetration: from where the outcome was seen'),
    vulnerability: Vulnerability.optional(),
    techniques: z.array(z.string()).optional().describe('MITRE ATT&CK techniques, e.g. `T1609`'),
    references: z.array(z.string()).optional().describe('Addresses of public pages to read on'),
  })
  .meta({ id: 'Finding', description: 'One check on one subject.' });
export type Finding = z.infer<typeof Finding>;

export const ControlOutcome = z
  .object({
    framework: z.string().describe('Id of the framework'),
    version: z.string().describe('Version of the framework'),
    id: z.string().describe('Control number, as text'),
    title: z.string().describe('What the control demands, in our own words'),
    level: z.number().int().describe('Profile level in the framework'),
    automated: z.boolean().describe('Whether the framework calls its assessment automated'),
    outcome: Outcome.describe('The worst outcome of its findings; `unknown` when there are none'),
    findings: count('Number of findings, waived ones included'),
    waived: count('Number of those that are waived'),
  })
  .meta({ id: 'ControlOutcome', description: 'One control of the benchmark used, with the worst outcome of its findings.' });
export type ControlOutcome = z.infer<typeof ControlOutcome>;

export const Counts = z
  .object({
    pass: count('Read, and it holds'),
    fail: count('Read, and it does not hold'),
    'not-applicable': count('The thing the check speaks of does not exist in the cluster'),
    manual: count('Facts were collected; a person must look'),
    unknown: count('Nobody could look'),
    error: count('The check itself broke'),
    waived: count('Accepted, whatever the outcome'),
    potential: count('Of the manual ones, those concluded from a version alone; counted under `manual` too').optional(),
    skipped: count('Conformance: tests of the suite that did not run; no findings, so they are beside the sum').optional(),
  })
  .meta({
    id: 'Counts',
    description: 'Findings by outcome; waived ones are counted under `waived` only, so the numbers add up to the number of findings.',
  });
export type Counts = z.infer<typeof Counts>;

export const Coverage = z
  .object({
    total: count('Controls of the benchmark'),
    decided: count('Controls with outcome pass, fail or not-applicable'),
    manual: count('Controls that wait for a person'),
    unknown: count('Controls nobody could look at'),
    error: count('Controls whose check broke'),
    statements: z
      .array(z.string())
      .describe('Sentences a reader must know before trusting the numbers: benchmark out of range, nodes not reached, rights missing'),
  })
  .meta({ id: 'Coverage', description: 'Controls by what is known of them; `total` is the sum of the other four numbers.' });
export type Coverage = z.infer<typeof Coverage>;

const VantageCoverage = z
  .object({
    vantage: Vantage,
    targets: count('Nodes, API servers, published services and other things that were to be looked at'),
    reached: count('Those of which at least one port answered, if only by refusing'),
    ports: count('Ports that were tried; one address and port is one'),
    open: count('Ports that accepted a connection'),
    closed: count('Ports that refused'),
    filtered: count('Ports that gave no answer'),
    notAsked: count('Ports that were not tried, because the time of the scan was over').optional(),
    notAble: count('Ports that were not tried, because the machine that looked had no socket or no network for it').optional(),
    timedOut: count('Requests that got a connection and then no answer in time'),
    requests: count('Requests that were sent'),
  })
  .meta({ id: 'VantageCoverage', description: 'What one vantage tried and reached.' });

export const Network = z
  .object({
    vantages: z.array(VantageCoverage).describe('One for each vantage that looked'),
    refused: z
      .array(
        z.object({
          what: z.string().describe('What names the address'),
          address: z.string().describe('The address'),
          why: z.string().describe('Why nothing was sent there: one sentence'),
        }),
      )
      .describe('Addresses the cluster names and that nothing was sent to'),
    exchanges: z.array(Exchange.extend({ vantage: Vantage })).describe('Every request that was sent, in the order of sending'),
  })
  .meta({ id: 'Network', description: 'Penetration: what was tried over the network, whole.' });
export type Network = z.infer<typeof Network>;

export const Conformance = z
  .object({
    engine: z.enum(['direct']).describe('How the suite was run'),
    mode: z.enum(['quick', 'non-disruptive', 'certified', 'custom']).describe('How much of the suite was chosen'),
    focus: z.string().describe('Regular expression over the names of the tests that were chosen'),
    skip: z.string().describe('Regular expression over the names of those left out; empty when none were'),
    image: z.string().describe('Image of the suite'),
    isWhole: z.boolean().describe('Whether the run came to its end; else the numbers are those until it was cut off'),
    selected: count('Tests that were to run, as far as the suite said').optional(),
    passed: count('Tests that passed; where the run was cut off, they have no findings'),
    failed: count('Tests that failed'),
    skipped: count('Tests of the suite that were not chosen, or skipped themselves'),
    seconds: z.number().describe('How long the tests took'),
    leftovers: z
      .array(z.string())
      .describe('What came into the cluster while the suite ran, has no namespace, and was still there at the end'),
  })
  .meta({ id: 'Conformance', description: 'Conformance: what ran, and how it went.' });
export type Conformance = z.infer<typeof Conformance>;

const ScannedImage = z
  .object({
    repository: z.string().describe('Full name without tag and digest'),
    digest: z.string().describe('Digest of what runs, as the nodes say; the name where they do not'),
    names: z.array(z.string()).describe('As pods name it'),
    platform: z.string().describe('`linux/amd64`'),
    os: z.string().optional().describe('The distribution it says it is'),
    packages: count('Packages that were found in it').optional(),
    unread: z.string().optional().describe('Why it could not be read: one sentence'),
    contexts: z
      .array(
        z.object({
          namespace: z.string().describe('Namespace of the pod'),
          pod: z.string().describe('The pod'),
          workload: z.string().describe('Who owns it: `Deployment front`'),
          container: z.string().describe('The container'),
          kind: z.enum(['container', 'init', 'ephemeral']).describe('What kind of container'),
        }),
      )
      .describe('Every container that runs it'),
  })
  .meta({ id: 'ScannedImage', description: 'One image that runs in the cluster, once, with everything that runs it.' });

const AdvisoryData = z
  .object({
    ecosystem: z.string().describe('With the release: `Debian:12`'),
    packages: count('Packages that were compared with it'),
    dataDate: z.string().nullable().describe('As of when the advisories are; null when nobody says so'),
    stale: z.boolean().describe('Older than five days when the scan ran, or of an unknown date'),
  })
  .meta({ id: 'AdvisoryData', description: 'Advisories that were compared with, and how old they are.' });

export const Sbom = z
  .object({
    scope: z.string().describe('Which pods: `cluster`, `namespace shop`, `namespace shop, label selector app=front`, `pod shop/front-1`'),
    images: z.array(ScannedImage).describe('Every image of the scope, once'),
    advisories: z.array(AdvisoryData).describe('The advisories that packages were compared with'),
    unscored: count('Failures that nobody rated; they are counted as medium, too'),
    fixable: count('Failures of which a fixed version exists'),
    epssDate: z.string().optional().describe('Of the EPSS scores'),
    exploitedDate: z.string().optional().describe('Of the catalogue of known exploited vulnerabilities'),
  })
  .meta({ id: 'Sbom', description: 'SBOM: which images were looked at, and with which advisories.' });
export type Sbom = z.infer<typeof Sbom>;

export const Benchmark = z
  .object({
    framework: z.string().describe('Id of the framework'),
    version: z.string().describe('Version of the framework'),
    range: z.string().describe('Kubernetes minors the benchmark is meant for, e.g. `1.34-1.35`'),
    inRange: z.boolean().describe("Whether the cluster's version is one of them"),
  })
  .meta({ id: 'Benchmark', description: "Which table of controls was used, and whether it is meant for the cluster's version." });
export type Benchmark = z.infer<typeof Benchmark>;

const ScannedNode = z
  .object({
    name: z.string().describe('Name of the node'),
    role: z.string().describe('`control-plane` or `worker`'),
    kubeletVersion: z.string().describe('Version of its kubelet'),
    osImage: z.string().describe('Its operating system'),
  })
  .describe('A node as it was when the scan looked.');

export const Scan = z
  .object({
    id: z.string().describe('Id of the scan'),
    kind: ScanKind,
    startedAt: isoTime('Start of the scan'),
    endedAt: isoTime('End of the scan'),
    trigger: z.string().describe('What started it: `command line`, `schedule …`, `replay of …`'),
    actor: z.string().describe('Who started it, as far as known: the user name the cluster knows the credential by'),
    cluster: z
      .object({
        id: z.string().describe('UID of the namespace kube-system, which a cluster keeps for life'),
        name: z.string().describe('Name of the cluster in the kubeconfig, unless the user gave another'),
        kubernetesVersion: z.string().describe('Version the API server reported'),
        nodes: z.array(ScannedNode).describe('Its nodes'),
      })
      .describe('The cluster that was scanned.'),
    tool: z
      .object({
        name: z.literal('gatehouse').describe('Always `gatehouse`'),
        version: z.string().describe('Version of Gatehouse'),
        scannerVersion: z.number().int().describe('Raised when the same cluster would be judged differently'),
      })
      .describe('What scanned it.'),
    benchmark: Benchmark,
  })
  .meta({ id: 'Scan', description: 'The run itself.' });
export type Scan = z.infer<typeof Scan>;

export const WaiverUse = WaiverMark.extend({
  match: z
    .object({
      check: z.string().describe('Check id or pattern'),
      kind: ScanKind.optional(),
      subject: z.string().optional().describe('Pattern of the subject; any, when left out'),
      cluster: z.string().optional().describe('Pattern of the name of the cluster; any, when left out'),
    })
    .describe('What the waiver is about.'),
  state: z
    .enum(['used', 'expired', 'unused'])
    .describe(
      '`used`: marks findings; `expired`: would have, but is past its date, or there is a fix that it waited for; `unused`: matches no finding that can be accepted',
    ),
  findings: count('Number of findings it marks, or would have marked'),
}).meta({ id: 'WaiverUse', description: 'A waiver as the scan found it: used, expired or matching nothing.' });
export type WaiverUse = z.infer<typeof WaiverUse>;

const Gone = z.object({
  check: z.string().describe('Id of the check'),
  subject: Subject,
  severity: Severity,
});

export const ChangeSummary = z
  .object({
    base: z.object({ scanId: z.string().describe('Its id'), startedAt: isoTime('Its start') }).describe('The previous scan.'),
    new: count('Failures that the previous scan looked for and did not see'),
    resolved: count('Failures of the previous scan that this one looked for and does not see'),
    persisting: count('Failures of both scans'),
    notComparable: count('Failures of which nobody can say what became of them'),
    newFindings: z.array(z.string()).describe('Fingerprints of the new failures'),
    resolvedFindings: z.array(Gone).describe('The resolved ones, as the previous scan had them'),
    notComparableFindings: z
      .array(
        Gone.extend({
          reason: z.string().describe('Why they cannot be compared: one sentence'),
          failsNow: z.boolean().describe('Whether this scan sees it fail'),
        }),
      )
      .describe('The failures of either scan that cannot be compared'),
  })
  .meta({
    id: 'ChangeSummary',
    description:
      'What changed since the previous scan of the same cluster and kind, in short; the comparison itself is a document of its own.',
  });
export type ChangeSummary = z.infer<typeof ChangeSummary>;

export const Report = z
  .object({
    schemaVersion: z.literal('1').describe('Version of this model; fields may join under the same version'),
    scan: Scan,
    coverage: Coverage,
    counts: Counts,
    controls: z.array(ControlOutcome).describe('Every control of the benchmark used, once'),
    findings: z.array(Finding).describe('Everything that was judged, the worst first'),
    waivers: z.array(WaiverUse).describe('Every waiver of the waiver file, with what became of it'),
    changes: ChangeSummary.nullable().describe('Changes since the previous scan; null when there is none to compare with'),
    network: Network.optional(),
    conformance: Conformance.optional(),
    sbom: Sbom.optional(),
  })
  .describe('The report of one scan: the stored truth from which every format is rendered.');
export type Report = z.infer<typeof Report>;
