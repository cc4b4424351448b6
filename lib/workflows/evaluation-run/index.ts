import { createRetryStrategy, type DurableContext } from '@aws/durable-execution-sdk-js';
import { minute, timeOf } from '../../core/time.ts';
import { traceOf } from '../../core/trace.ts';
import { evaluationFileNames, evaluationFormats } from '../../evaluations/render.ts';
import type { EvaluationRecord } from '../../fleet/evaluation.ts';
import type { Artefact } from '../../fleet/scan.ts';
import type { Evaluation, Verdict } from '../../gate/evaluation.ts';
import type { EvaluationRun } from '../../ports/scan-starter.ts';
import type { Steps } from '../scan-run/breaking-off.ts';
import { tell } from '../scan-run/ending.ts';
import { RetryThis } from '../scan-run/ports.ts';
import type { Sealed } from '../scan-run/seal.ts';
import { keepFileIn, readFile, unpack } from '../scan-run/store.ts';
import { type Judged, judgeOnce, keepJudged, keptJudged, notEvaluated } from './judge.ts';
import type { EvaluationRunPorts } from './ports.ts';
import { sealEvaluation } from './seal.ts';
import { changeEvaluation, evaluationHome, readEvaluationRecord } from './store.ts';
import { decidedEvent } from './telling.ts';

export type { EvaluationRunPorts } from './ports.ts';

/** How a run ended, for whoever drives it. */
export interface EvaluationRunEnd {
  /** `over`: the record is gone, or was decided by another run. */
  readonly verdict: Verdict | 'over';
}

const strategy = (maxAttempts: number) =>
  createRetryStrategy({
    maxAttempts,
    initialDelay: { seconds: 1 },
    maxDelay: { seconds: 60 },
    backoffRate: 2,
    retryableErrorTypes: [RetryThis],
  });
const patient = { retryStrategy: strategy(8) };
/** Somebody waits for the answer: a key that is away for longer seals it later. */
const brief = { retryStrategy: strategy(3) };

/** How long scans on their way are waited for; then the answer stays `pending`, and nobody is let through by it. */
const patienceMinutes = 12 * 60;

type Looking = { readonly is: 'waiting' } | { readonly is: 'over' } | { readonly is: 'decided'; readonly file: Artefact };

const mediaTypes = { pdf: 'application/pdf', csv: 'text/csv', json: 'application/json' } as const;

/** A store that does not answer for a moment makes it look again. */
const lookOnce = async (ports: EvaluationRunPorts, run: EvaluationRun): Promise<Looking> => {
  try {
    return await lookAndKeep(ports, run);
  } catch (error) {
    if (error instanceof RetryThis) return { is: 'waiting' };
    throw error;
  }
};

/** One look: evaluates, and keeps what was judged unless evidence is on its way. */
const lookAndKeep = async (ports: EvaluationRunPorts, run: EvaluationRun): Promise<Looking> => {
  const record = await readEvaluationRecord(ports, run);
  if (record?.state !== 'queued') return { is: 'over' };
  const kept = await keptJudged(ports, record);
  if (kept.ok) return { is: 'decided', file: kept.value.file };
  const judged = await judgeOnce(ports, record);
  const waitsSince = timeOf(ports.clock.now()) - timeOf(record.requestedAt);
  if (judged.evaluation.verdict === 'pending' && waitsSince < patienceMinutes * minute) {
    const [{ summary }, lookedAt] = [judged.evaluation, ports.clock.now()];
    await changeEvaluation(ports, run, (now) => (now.state === 'queued' ? { ...now, summary, lookedAt } : now));
    return { is: 'waiting' };
  }
  return { is: 'decided', file: (await keepJudged(ports, record, judged)).file };
};

/** Makes the files of a decided evaluation. */
const render = async (ports: EvaluationRunPorts, run: EvaluationRun, judgedFile: Artefact): Promise<readonly Artefact[]> => {
  const record = await need(ports, run);
  const { evaluation } = await readJudged(ports, judgedFile);
  const files: Artefact[] = [judgedFile];
  for (const format of evaluationFormats) {
    const body = await ports.renderEvaluation(format, evaluation);
    files.push(await keepFileIn(ports, evaluationHome(record), evaluationFileNames[format], mediaTypes[format], body));
  }
  return files;
};

const need = async (ports: EvaluationRunPorts, run: EvaluationRun): Promise<EvaluationRecord> => {
  const record = await readEvaluationRecord(ports, run);
  if (!record) throw new Error('its record is gone');
  return record;
};

const readJudged = async (ports: EvaluationRunPorts, file: Artefact): Promise<Judged> => unpack<Judged>(await readFile(ports, file));

const decidedAs = (
  record: EvaluationRecord,
  evaluation: Evaluation,
  files: readonly Artefact[],
  sealed: Sealed | undefined,
): EvaluationRecord => ({
  ...record,
  state: 'decided',
  policy: evaluation.policy,
  verdict: evaluation.verdict,
  allowed: evaluation.allowed,
  summary: evaluation.summary,
  current: evaluation.current,
  evaluatedAt: evaluation.evaluatedAt,
  expiresAt: evaluation.expiresAt,
  artefacts: [...files, ...(sealed ? [sealed.signature] : [])],
  ...(sealed ? { manifest: sealed.manifest } : {}),
});

/** Evidence that cannot be sealed for as long as it was tried is no reason to give no answer: upkeep tries again, because the record has no manifest. */
const orLater = async <T>({ log }: EvaluationRunPorts, { evaluationId }: EvaluationRun, work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work();
  } catch {
    log('EVALUATION_SEALED_LATER', { evaluationId });
    return undefined;
  }
};

/** A run of its own that does nothing but seal what another decided. */
const sealOnly = async (ports: EvaluationRunPorts, run: EvaluationRun): Promise<void> => {
  const record = await need(ports, run);
  if (record.state !== 'decided' || record.manifest || !record.policy || !record.evaluatedAt) return;
  const { policy, verdict, evaluatedAt } = record;
  const sealed = await sealEvaluation(ports, record, { policy, verdict, evaluatedAt });
  await changeEvaluation(ports, run, (now) =>
    now.manifest ? now : { ...now, artefacts: [...sealed.artefacts, sealed.signature], manifest: sealed.manifest },
  );
};

/** Writes the answer down, unless there is one. */
const settle = async (
  ports: EvaluationRunPorts,
  run: EvaluationRun,
  judged: Judged,
  files: readonly Artefact[],
  sealed?: Sealed,
): Promise<Verdict> => {
  const { evaluation } = judged;
  const done = await changeEvaluation(ports, run, (record) =>
    record.state === 'decided' ? record : decidedAs(record, evaluation, files, sealed),
  );
  return done?.verdict ?? evaluation.verdict;
};

/** What broke must not leave a question open for ever: its answer is `error`, and nobody is let through. */
const giveUp = async (ports: EvaluationRunPorts, run: EvaluationRun, error: unknown): Promise<Verdict | 'over'> => {
  ports.log('EVALUATION_BROKE_OFF', { evaluationId: run.evaluationId, ...traceOf(error) });
  const record = await readEvaluationRecord(ports, run);
  if (!record) return 'over';
  const say = `Something in Gatehouse is broken; whoever runs it finds more in the log, under EVALUATION_BROKE_OFF and ${run.evaluationId}.`;
  return settle(ports, run, notEvaluated(ports, record, undefined, say), []);
};

/** From the first look to the answer. */
const decide = async (ports: EvaluationRunPorts, run: EvaluationRun, context: Steps): Promise<Verdict | 'over'> => {
  const looked = await context.waitForCondition<Looking>('judge', () => lookOnce(ports, run), {
    initialState: { is: 'waiting' },
    waitStrategy: ({ is }, attempt) =>
      is === 'waiting' ? { shouldContinue: true, delay: { seconds: Math.min(10 * attempt, 300) } } : { shouldContinue: false },
  });
  if (looked.is !== 'decided') {
    await context.step('seal', () => sealOnly(ports, run), patient);
    return 'over';
  }
  const files = await context.step('render', () => render(ports, run, looked.file), patient);
  const sealed = await orLater(ports, run, () =>
    context.step(
      'seal',
      async () => sealEvaluation(ports, await need(ports, run), (await readJudged(ports, looked.file)).evaluation),
      brief,
    ),
  );
  return context.step('decide', async () => settle(ports, run, await readJudged(ports, looked.file), files, sealed), patient);
};

/**
 * One evaluation from end to end, as a durable run: every step can be repeated, what it made the first time is kept. Steps: judge, again while scans that the policy asks for are on their way → render → seal →
 * decide → tell. Code between the steps is replayed: no clock, no chance, no I/O there.
 */
export const makeEvaluationRun =
  (ports: EvaluationRunPorts) =>
  async (run: EvaluationRun, durable: Pick<DurableContext, 'step' | 'waitForCondition'>): Promise<EvaluationRunEnd> => {
    const context = durable as Steps;
    let verdict: Verdict | 'over';
    try {
      verdict = await decide(ports, run, context);
    } catch (error) {
      verdict = await context.step('give up', () => giveUp(ports, run, error), patient);
    }
    if (verdict !== 'over') await context.step('tell', async () => tell(ports, [decidedEvent(await need(ports, run))]), patient);
    return { verdict };
  };
