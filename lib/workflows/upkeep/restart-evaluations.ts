import { minute, timeOf } from '../../core/time.ts';
import type { EvaluationRecord } from '../../fleet/evaluation.ts';
import { partitions } from '../../records/index.ts';
import { eachOf, orLog, type UpkeepPorts } from './ports.ts';

/** Minutes after which a question should have been looked at: whoever asked may have died before the run was started. A start that is repeated does nothing. */
const patienceMinutes = 2;
/** A run looks every five minutes at least while it waits, and evaluates for ten at most: one that was silent for longer is gone. */
const silentMinutes = 20;

/** Which try is due: none yet, the first one (again, because it may never have begun), or a further one by its number. */
const tryDue = ({ state, requestedAt, lookedAt, evaluatedAt }: EvaluationRecord, now: string): 'none' | 'first' | number => {
  const age = (timeOf(now) - timeOf(evaluatedAt ?? lookedAt ?? requestedAt)) / minute;
  if (age < patienceMinutes) return 'none';
  const again = Math.floor(age / silentMinutes);
  if (state === 'queued') return again === 0 ? 'first' : again;
  return again;
};

const lookAfter = async ({ starter }: UpkeepPorts, record: EvaluationRecord, now: string): Promise<void> => {
  const due = tryDue(record, now);
  if (due === 'none') return;
  const { projectId, clusterId, id: evaluationId } = record;
  const started = await starter.start({ projectId, clusterId, evaluationId, ...(due === 'first' ? {} : { again: due }) });
  if (!started.ok) throw new Error(started.failure.say);
};

/** Starts again what nobody evaluates any more, and has sealed what was decided without a seal: no question stays open for ever. Cheap: it reads what is open. */
export const restartEvaluations = async (ports: UpkeepPorts, projectId: string): Promise<void> => {
  const now = ports.clock.now();
  const open: EvaluationRecord[] = [];
  for await (const { value } of ports.records.evaluations.all(partitions.openEvaluations(projectId))) open.push(value);
  await eachOf(open, 8, (record) => orLog(ports, `evaluation ${record.id}`, () => lookAfter(ports, record, now)));
};
