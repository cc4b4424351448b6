import { type Subject, subjectName } from '../../../core/finding.ts';
import type { Outcome } from '../../../core/outcome.ts';
import type { Finding, Report } from '../../report.ts';
import { subjectLine } from '../words.ts';
import { clusterUuid, listOf, observationUuid, originsOf, propsOf, proseOf, titleOf, uuidOf } from './parts.ts';

/** How OSCAL calls the way somebody looked; what nobody could look at is not called a test. */
const methods: Record<Outcome, string> = {
  pass: 'TEST',
  fail: 'TEST',
  'not-applicable': 'TEST',
  manual: 'EXAMINE',
  unknown: 'UNKNOWN',
  error: 'UNKNOWN',
};

const subjectUuid = (subject: Subject, report: Report): string =>
  uuidOf('subject', report.scan.cluster.id, subjectName(subject), subject.role ?? '');

const subjectProps = ({ kind, namespace, name, container, port, endpoints, role, node, nodes }: Subject) =>
  propsOf({ kind, namespace, name, container, port, endpoints: endpoints?.join(', '), 'node-role': role, node, nodes: nodes?.join(', ') });

/** Everything that was judged, once, as an inventory of the cluster. */
export function* inventoryOf(report: Report) {
  const seen = new Set<string>();
  for (const { subject } of report.findings) {
    const uuid = subjectUuid(subject, report);
    if (seen.has(uuid)) continue;
    seen.add(uuid);
    const { node: _node, nodes: _nodes, endpoints: _endpoints, ...stable } = subject;
    yield {
      uuid,
      description: proseOf(subjectLine(stable)),
      props: subjectProps(stable),
      'implemented-components': [{ 'component-uuid': clusterUuid(report) }],
    };
  }
}

const waiverProps = ({ waiver }: Finding) =>
  waiver
    ? propsOf({
        waiver: waiver.id,
        'waiver-owner': waiver.owner,
        'waiver-approver': waiver.approver,
        'waiver-expires': waiver.expires,
        'waiver-reason': waiver.reason,
      })
    : [];

/** What is known of a finding that was made over the network. */
export const networkProps = ({ certainty, vantages, techniques }: Finding) =>
  propsOf({ certainty, vantages: vantages?.join(', '), 'attack-techniques': techniques?.join(', ') });
/** Public pages to read on. */
export const referenceLinks = ({ references = [] }: Finding) => references.map((href) => ({ href, rel: 'reference' }));

const disagreement = ({ inconsistent }: Finding): string | undefined =>
  inconsistent &&
  `Nodes disagree; most common: ${inconsistent.mostCommon}, deviating: ${inconsistent.deviating.map(({ node, outcome }) => `${node} (${outcome})`).join(', ')}`;

/** One finding of ours, which is an observation to OSCAL: what was looked at on one subject, and what was seen. */
export const observationOf = (finding: Finding, report: Report, fresh: ReadonlySet<string>) => {
  const { check, title, subject, outcome, severity, message, fingerprint, evidence } = finding;
  const remark = disagreement(finding);
  return {
    uuid: observationUuid(finding, report),
    title: titleOf(title),
    description: proseOf(message),
    props: [
      ...propsOf({ check, outcome, severity, fingerprint, change: fresh.has(fingerprint) ? 'new' : undefined }),
      ...networkProps(finding),
      ...waiverProps(finding),
    ],
    ...listOf('links', referenceLinks(finding)),
    methods: [methods[outcome]],
    types: ['finding'],
    origins: originsOf(report),
    subjects: [
      {
        'subject-uuid': subjectUuid(subject, report),
        type: 'inventory-item',
        title: titleOf(subjectLine(subject)),
        props: subjectProps(subject),
      },
    ],
    ...listOf(
      'relevant-evidence',
      evidence.map(({ source, looked, found, nodes, endpoints }) => ({
        description: proseOf(`${looked}: ${found}`),
        ...listOf('props', propsOf({ source, looked, found, nodes: nodes?.join(', '), endpoints: endpoints?.join(', ') })),
      })),
    ),
    collected: report.scan.endedAt,
    ...(remark === undefined ? {} : { remarks: proseOf(remark) }),
  };
};
