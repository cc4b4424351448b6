import { type ChangeKind, type ComparedFinding, type Comparison, changeKinds } from '../../comparison.ts';
import type { Rendered } from '../renderer.ts';
import { controlIds } from '../words.ts';
import { type Column, csv, documented } from './table.ts';

interface Row {
  readonly comparison: Comparison;
  readonly change: ChangeKind;
  readonly finding: ComparedFinding;
}

const column = (name: string, meaning: string, of: Column<Row>['of']): Column<Row> => ({ name, meaning, of });

const columns: readonly Column<Row>[] = [
  column('schemaVersion', 'version of the comparison model and of these columns', ({ comparison }) => comparison.schemaVersion),
  column('kind', 'kind of both scans', ({ comparison }) => comparison.kind),
  column('clusterId', 'UID of the namespace kube-system, which a cluster keeps for life', ({ comparison }) => comparison.cluster.id),
  column('cluster', 'name of the cluster', ({ comparison }) => comparison.cluster.name),
  column('baseScanId', 'id of the scan compared with', ({ comparison }) => comparison.base.scanId),
  column('baseStartedAt', 'its start, ISO 8601, UTC', ({ comparison }) => comparison.base.startedAt),
  column('headScanId', 'id of the scan looked at', ({ comparison }) => comparison.head.scanId),
  column('headStartedAt', 'its start, ISO 8601, UTC', ({ comparison }) => comparison.head.startedAt),
  column('change', 'new, notComparable, persisting or resolved', ({ change }) => change),
  column('severity', 'critical, high, medium, low or info', ({ finding }) => finding.severity),
  column('controls', 'control ids, joined by ;', ({ finding }) => controlIds(finding.controls).join(';')),
  column('check', 'id of the check', ({ finding }) => finding.check),
  column('title', 'what holds when the check passes', ({ finding }) => finding.title),
  column('subjectKind', 'kind of the thing judged', ({ finding }) => finding.subject.kind),
  column('namespace', 'namespace of the thing judged', ({ finding }) => finding.subject.namespace),
  column('name', 'name of the thing judged; the role, where several nodes share it', ({ finding }) => finding.subject.name),
  column('container', 'container in the workload', ({ finding }) => finding.subject.container),
  column('role', 'role of the nodes concerned', ({ finding }) => finding.subject.role),
  column('baseOutcome', 'outcome in the base scan; empty when it knew no such finding', ({ finding }) => finding.base?.outcome),
  column('headOutcome', 'outcome in the head scan; empty when it knew no such finding', ({ finding }) => finding.head?.outcome),
  column('baseWaived', 'id of the waiver that accepted it in the base scan', ({ finding }) => finding.base?.waiver?.id),
  column('headWaived', 'id of the waiver that accepts it in the head scan', ({ finding }) => finding.head?.waiver?.id),
  column('reason', 'why it counts as new, not comparable, persisting or resolved', ({ finding }) => finding.reason),
  column('changed', 'what else changed: waiver, severity', ({ finding }) => finding.changed.join(' ')),
  column('baseMessage', 'what the base scan said', ({ finding }) => finding.base?.message),
  column('headMessage', 'what the head scan said', ({ finding }) => finding.head?.message),
  column('fingerprint', 'equal in both scans', ({ finding }) => finding.fingerprint),
];

/** Columns of comparison.csv, in their order; the same promise as for report.csv. */
export const comparisonColumns = documented(columns);

function* rows(comparison: Comparison): Iterable<Row> {
  for (const change of changeKinds) for (const finding of comparison[change]) yield { comparison, change, finding };
}

/** One line per failure of either scan. */
export const renderComparisonCsv = (comparison: Comparison): Rendered => csv(columns, rows(comparison));
