import type { Evidence, Judgement, Subject } from '../../lib/core/finding.ts';
import type { Outcome, Severity } from '../../lib/core/outcome.ts';
import type { Control, Framework } from '../../lib/frameworks/framework.ts';
import { type CheckText, finish, type JudgedCheck } from '../../lib/reports/finish/index.ts';
import type { Report, Scan } from '../../lib/reports/report.ts';
import type { Waiver } from '../../lib/reports/waiver.ts';

/** A scan of a small cluster; `change` replaces what a test is about. */
export const aScan = (change: Partial<Scan> = {}): Scan => ({
  id: 'scan-2',
  kind: 'configuration',
  startedAt: '2026-06-08T10:00:00.000Z',
  endedAt: '2026-06-08T10:00:01.250Z',
  trigger: 'command line',
  actor: 'kubernetes-admin',
  cluster: {
    id: '6f1c1d5e-0000-4000-8000-000000000001',
    name: 'plain',
    kubernetesVersion: 'v1.36.3',
    nodes: [
      { name: 'cp1', role: 'control-plane', kubeletVersion: 'v1.36.3', osImage: 'Debian GNU/Linux 12' },
      { name: 'w1', role: 'worker', kubeletVersion: 'v1.36.3', osImage: 'Debian GNU/Linux 12' },
      { name: 'w2', role: 'worker', kubeletVersion: 'v1.36.3', osImage: 'Debian GNU/Linux 12' },
      { name: 'w3', role: 'worker', kubeletVersion: 'v1.36.3', osImage: 'Debian GNU/Linux 12' },
    ],
  },
  tool: { name: 'gatehouse', version: '0.1.0', scannerVersion: 1 },
  benchmark: { framework: 'cis-kubernetes', version: '2.0.1', range: '1.34-1.35', inRange: false },
  ...change,
});

export const aCheck = (id: string, change: Partial<CheckText> = {}): CheckText => ({
  id,
  title: `Statement of ${id} holds`,
  severity: 'medium',
  why: `Somebody who reaches ${id} could read or change more than they should.`,
  repair: `Set the flag of ${id} to false in its manifest on every control-plane node.`,
  ...change,
});

export const clusterWide: Subject = { kind: 'Cluster', name: 'plain' };
export const workload = (name: string, namespace = 'shop', container = 'main'): Subject => ({
  kind: 'Deployment',
  namespace,
  name,
  container,
});
export const onNode = (node: string, role = 'worker'): Subject => ({ kind: 'Node', name: node, role, node });

export const judged = (subject: Subject, outcome: Outcome, change: Partial<Judgement> = {}): Judgement => ({
  subject,
  outcome,
  message: `${subject.kind} ${subject.name} is judged ${outcome}.`,
  evidence: [
    { source: `${subject.kind} ${subject.namespace ?? ''}/${subject.name}`, looked: 'spec.hostNetwork', found: outcome },
  ] satisfies Evidence[],
  ...change,
});

export const aControl = (id: string, checks: readonly string[], change: Partial<Control> = {}): Control => ({
  id,
  title: `Control ${id} in our own words`,
  level: 1,
  automated: true,
  checks,
  ...change,
});

export const aFramework = (controls: readonly Control[], change: Partial<Framework> = {}): Framework => ({
  id: 'cis-kubernetes',
  version: '2.0.1',
  minors: [34, 35],
  controls,
  ...change,
});

export interface ReportParts {
  readonly scan?: Partial<Scan>;
  /** Check with what it said; a text stands for `aCheck(text)`. */
  readonly judged?: readonly (readonly [string | CheckText, ...Judgement[]])[];
  readonly controls?: readonly Control[];
  readonly waivers?: readonly Waiver[];
  readonly statements?: readonly string[];
}

/** A report made the way real ones are, from a few judgements. Without `controls`, every check gets one: 1.1.1, 1.1.2 … */
export const buildReport = ({ scan = {}, judged: given = [], controls, waivers = [], statements = [] }: ReportParts = {}): Report => {
  const checks: readonly JudgedCheck[] = given.map(([check, ...judgements]) => ({
    check: typeof check === 'string' ? aCheck(check) : check,
    judgements,
  }));
  const framework = aFramework(controls ?? checks.map(({ check }, index) => aControl(`1.1.${index + 1}`, [check.id])));
  return finish({ scan: aScan(scan), framework, judged: checks, waivers, statements });
};

export const aWaiver = (id: string, check: string, change: Partial<Waiver> = {}): Waiver => ({
  id,
  match: { check },
  reason: 'The vendor needs it until its next release.',
  owner: 'Platform team',
  approver: 'Chief security officer',
  expires: '2026-12-31',
  ...change,
});

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/**
 * A report of a cluster in which much is wrong, with `number` findings of workloads: half of them fail, the rest pass, or could not be looked at. Built from
 * counters, so it is the same every time.
 */
export const largeReport = (number: number): Report => {
  const checks = Array.from({ length: 20 }, (_, index) =>
    aCheck(`pods/statement-${index}`, { severity: severities[index % severities.length] as Severity }),
  );
  const perCheck = Math.ceil(number / checks.length);
  const given = checks.map((check, checkIndex): readonly [CheckText, ...Judgement[]] => [
    check,
    ...Array.from({ length: Math.min(perCheck, number - checkIndex * perCheck) }, (_, index): Judgement => {
      const outcome: Outcome = index % 2 === 0 ? 'fail' : index % 20 === 1 ? 'unknown' : 'pass';
      const subject = workload(`application-${checkIndex}-${index}`, `team-${index % 40}`, `container-${index % 3}`);
      return judged(subject, outcome, {
        message: `Container ${subject.container} of Deployment ${subject.namespace}/${subject.name} may write to the host.`,
        evidence: [
          {
            source: `Deployment ${subject.namespace}/${subject.name}`,
            looked: `spec.containers[${index % 3}].securityContext.privileged`,
            found: outcome === 'fail' ? 'true' : 'not set, default false',
          },
        ],
      });
    }),
  ]);
  return buildReport({
    judged: given,
    controls: checks.map(({ id }, index) => aControl(`5.2.${index + 1}`, [id])),
    statements: ['Files and processes on the nodes were not looked at.'],
  });
};
