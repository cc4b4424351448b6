import type { Finding, Report, Scan } from '../../report.ts';
import type { Rendered } from '../renderer.ts';
import { controlIds, evidenceText } from '../words.ts';
import { type Column, csv, documented } from './table.ts';

interface Row {
  readonly schemaVersion: string;
  readonly scan: Scan;
  readonly finding: Finding;
}

const list = (texts: readonly (string | number | boolean)[]): string => texts.join(';');
const column = (name: string, meaning: string, of: Column<Row>['of']): Column<Row> => ({ name, meaning, of });

const columns: readonly Column<Row>[] = [
  column('schemaVersion', 'version of the report model and of these columns', ({ schemaVersion }) => schemaVersion),
  column('scanId', 'id of the scan', ({ scan }) => scan.id),
  column('clusterId', 'UID of the namespace kube-system, which a cluster keeps for life', ({ scan }) => scan.cluster.id),
  column('cluster', 'name of the cluster', ({ scan }) => scan.cluster.name),
  column('kubernetesVersion', 'version the API server reported', ({ scan }) => scan.cluster.kubernetesVersion),
  column('kind', 'kind of scan', ({ scan }) => scan.kind),
  column('startedAt', 'start of the scan, ISO 8601, UTC', ({ scan }) => scan.startedAt),
  column('tool', 'always gatehouse', ({ scan }) => scan.tool.name),
  column('toolVersion', 'version of Gatehouse', ({ scan }) => scan.tool.version),
  column('framework', 'id of the framework', ({ scan }) => scan.benchmark.framework),
  column('benchmark', 'version of the benchmark', ({ scan }) => scan.benchmark.version),
  column('benchmarkInRange', 'true when the benchmark is made for the version of the cluster', ({ scan }) => scan.benchmark.inRange),
  column('controls', 'control ids, joined by ;', ({ finding }) => list(controlIds(finding.controls))),
  column('levels', 'profile level of each control, joined by ;', ({ finding }) => list(finding.controls.map(({ level }) => level))),
  column('automated', 'true or false for each control: whether the framework calls it automated, joined by ;', ({ finding }) =>
    list(finding.controls.map(({ automated }) => automated)),
  ),
  column('check', 'id of the check', ({ finding }) => finding.check),
  column('title', 'what holds when the check passes', ({ finding }) => finding.title),
  column('severity', 'critical, high, medium, low or info', ({ finding }) => finding.severity),
  column(
    'outcome',
    'pass, fail, not-applicable, manual, unknown (could not look) or error; waived findings keep theirs',
    ({ finding }) => finding.outcome,
  ),
  column('waived', 'id of the waiver that accepts the finding, else empty', ({ finding }) => finding.waiver?.id),
  column('waiverOwner', 'who answers for the waiver', ({ finding }) => finding.waiver?.owner),
  column('waiverExpires', 'until when the waiver holds', ({ finding }) => finding.waiver?.expires),
  column('waiverApprover', 'who accepted the risk', ({ finding }) => finding.waiver?.approver),
  column('waiverReason', 'why the risk is accepted', ({ finding }) => finding.waiver?.reason),
  column('subjectKind', 'kind of the thing judged, e.g. Deployment, Node, File, Cluster', ({ finding }) => finding.subject.kind),
  column('namespace', 'namespace of the thing judged', ({ finding }) => finding.subject.namespace),
  column('name', 'name of the thing judged; the role, where several nodes share it', ({ finding }) => finding.subject.name),
  column('container', 'container in the workload', ({ finding }) => finding.subject.container),
  column('role', 'role of the nodes concerned', ({ finding }) => finding.subject.role),
  column('nodes', 'nodes concerned, joined by ;', ({ finding: { subject } }) =>
    list(subject.nodes ?? (subject.node === undefined ? [] : [subject.node])),
  ),
  column('inconsistent', 'nodes that differ from the most common outcome, as node=outcome, joined by ;', ({ finding }) =>
    list((finding.inconsistent?.deviating ?? []).map(({ node, outcome }) => `${node}=${outcome}`)),
  ),
  column('message', 'what holds or does not hold in this cluster', ({ finding }) => finding.message),
  column('evidence', 'what was looked at, what was found, and where, joined by ;', ({ finding }) => evidenceText(finding)),
  column('why', 'why it matters', ({ finding }) => finding.why),
  column('repair', 'how to repair it, or what a person must look at', ({ finding }) => finding.repair),
  column('fingerprint', 'equal in every scan of this cluster for the same check and subject', ({ finding }) => finding.fingerprint),
  column('port', 'port and transport of what listens, e.g. 10250/tcp', ({ finding }) => finding.subject.port),
  column('endpoints', 'addresses and ports at which it listens, joined by ;', ({ finding }) => list(finding.subject.endpoints ?? [])),
  column('vantages', 'penetration: from where it was seen, external or internal, joined by ;', ({ finding }) =>
    list(finding.vantages ?? []),
  ),
  column('certainty', 'penetration: confirmed (seen) or potential (concluded from a version alone)', ({ finding }) => finding.certainty),
  column('techniques', 'penetration: MITRE ATT&CK techniques, joined by ;', ({ finding }) => list(finding.techniques ?? [])),
  column('references', 'penetration: public pages to read on, joined by ;', ({ finding }) => list(finding.references ?? [])),
];

/** Columns of report.csv, in their order. New ones are added at the end; none is renamed or taken away while the schema version stays. */
export const reportColumns = documented(columns);

/** One line per finding, in the order of the report: worst first. */
export const renderCsv = ({ schemaVersion, scan, findings }: Report): Rendered =>
  csv(
    columns,
    Iterator.from(findings).map((finding) => ({ schemaVersion, scan, finding })),
  );
