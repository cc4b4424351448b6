import type { Evaluation, EvaluationCheck } from '../gate/evaluation.ts';
import { type Column, csv, documented } from '../reports/renderers/csv/table.ts';
import type { Rendered } from '../reports/renderers/renderer.ts';

interface Row {
  readonly evaluation: Evaluation;
  readonly check: EvaluationCheck;
}

const column = (name: string, meaning: string, of: Column<Row>['of']): Column<Row> => ({ name, meaning, of });

const columns: readonly Column<Row>[] = [
  column('schemaVersion', 'version of the model and of these columns', ({ evaluation }) => evaluation.schemaVersion),
  column('evaluationId', 'id of the evaluation', ({ evaluation }) => evaluation.id),
  column('clusterId', 'UID of the namespace kube-system, which a cluster keeps for life', ({ evaluation }) => evaluation.cluster.id),
  column('cluster', 'name of the cluster', ({ evaluation }) => evaluation.cluster.name),
  column('current', 'version the API server ran', ({ evaluation }) => evaluation.current),
  column('target', 'version asked for', ({ evaluation }) => evaluation.target),
  column('policy', 'name of the policy', ({ evaluation }) => evaluation.policy.name),
  column('policySha256', 'SHA-256 of the policy', ({ evaluation }) => evaluation.policy.sha256),
  column('evaluatedAt', 'when it was made, ISO 8601, UTC', ({ evaluation }) => evaluation.evaluatedAt),
  column('expiresAt', 'until when it holds', ({ evaluation }) => evaluation.expiresAt),
  column('verdict', 'deny, error, pending, warn or allow', ({ evaluation }) => evaluation.verdict),
  column('check', 'id of the check', ({ check }) => check.id),
  column('category', 'what it is about', ({ check }) => check.category),
  column('title', 'what holds when it passes', ({ check }) => check.title),
  column('outcome', 'pass, fail, unknown, not-applicable, error or manual', ({ check }) => check.outcome),
  column('required', 'true when it denies, false when it warns', ({ check }) => check.required),
  column('severity', 'critical, high, medium, low or info', ({ check }) => check.severity),
  column('message', 'what was found', ({ check }) => check.message),
  column('resources', 'objects in the way, as Kind namespace/name, joined by ;', ({ check }) =>
    check.resources.map(({ kind, namespace, name }) => `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`).join(';'),
  ),
  column('repair', 'how to repair it', ({ check }) => check.repair),
  column('waived', 'id of the waiver that accepts it, else empty', ({ check }) => check.waiver?.id),
  column('evidenceAt', 'when what it judges was observed', ({ check }) => check.evidenceAt),
];

/** Columns of evaluation.csv, in their order; the same promise as for report.csv. */
export const evaluationColumns = documented(columns);

/** One line per check. */
export const renderEvaluationCsv = (evaluation: Evaluation): Rendered =>
  csv(
    columns,
    Iterator.from(evaluation.checks).map((check) => ({ evaluation, check })),
  );
