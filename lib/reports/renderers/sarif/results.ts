import type { Subject } from '../../../core/finding.ts';
import type { Outcome, Severity } from '../../../core/outcome.ts';
import type { Finding, Report } from '../../report.ts';
import { levelOfSeverity, securitySeverity, taxaOf, techniqueTag } from './rules.ts';

const kinds: Record<Outcome, string> = {
  pass: 'pass',
  fail: 'fail',
  'not-applicable': 'notApplicable',
  manual: 'review',
  unknown: 'open',
  error: 'open',
};

/** One segment of a path: `..` and friends must not climb. */
const segment = (text: string): string => encodeURIComponent(text.toWellFormed()).replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length));

const path = ({ kind, namespace, name }: Subject): readonly string[] => [
  ...(namespace === undefined ? [] : [namespace]),
  kind,
  // the path of a file on a node stays a path
  ...(kind === 'File' ? name.split('/').filter((part) => part !== '') : [name]),
];

/** GitHub shows nothing without a file, so the subject gets the path it would have in a repository of manifests. */
const location = (subject: Subject, cluster: string) => ({
  physicalLocation: {
    artifactLocation: { uri: ['clusters', cluster, ...path(subject)].map(segment).join('/') },
    region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
  },
  logicalLocations: [
    {
      name: subject.name,
      kind: 'resource',
      fullyQualifiedName: [cluster, ...path(subject), ...[subject.container, subject.port].filter((part) => part !== undefined)].join('/'),
    },
  ],
});

const suppressions = ({ waiver }: Finding) =>
  waiver
    ? [
        {
          kind: 'external',
          status: 'accepted',
          justification: waiver.reason,
          properties: { waiver: waiver.id, owner: waiver.owner, approver: waiver.approver, expires: waiver.expires },
        },
      ]
    : [];

/** What is known of a finding that was made over the network. The severity stands here where it is not that of the rule. */
const networkProperties = (
  { certainty, vantages, techniques, severity, subject: { endpoints } }: Finding,
  usual: Severity | undefined,
) => ({
  ...(certainty === undefined ? {} : { certainty }),
  ...(vantages === undefined ? {} : { vantages }),
  ...(endpoints === undefined ? {} : { endpoints }),
  ...(techniques === undefined || techniques.length === 0 ? {} : { tags: techniques.map(techniqueTag) }),
  ...(usual === undefined || usual === severity ? {} : { 'security-severity': securitySeverity[severity] }),
});

/** One finding. Where a report knows what is new, every failure says whether it is. */
export const result = (
  finding: Finding,
  report: Report,
  rulesOfChecks: ReadonlyMap<string, { readonly index: number; readonly severity: Severity }>,
  fresh: ReadonlySet<string>,
) => {
  const { check, subject, outcome, severity, message, fingerprint, evidence, inconsistent, repair } = finding;
  return {
    ruleId: check,
    ruleIndex: rulesOfChecks.get(check)?.index ?? -1,
    kind: kinds[outcome],
    level: outcome === 'fail' ? levelOfSeverity[severity] : 'none',
    message: { text: message },
    locations: [location(subject, report.scan.cluster.name)],
    // GitHub reads the first name only
    partialFingerprints: { primaryLocationLineHash: `${fingerprint.replace('sha256:', '')}:1`, 'gatehouse/v1': fingerprint },
    ...(fresh.has(fingerprint) ? { baselineState: 'new' } : {}),
    suppressions: suppressions(finding),
    taxa: taxaOf(finding, report),
    properties: {
      outcome,
      severity,
      subject,
      repair,
      evidence,
      ...(inconsistent ? { inconsistent } : {}),
      ...networkProperties(finding, rulesOfChecks.get(check)?.severity),
    },
  };
};
