import { failed, succeed } from '../../../core/failure.ts';
import { timeOf } from '../../../core/time.ts';
import { answerText, exitOf } from '../gate-answer.ts';
import { inSession } from '../run.ts';
import type { PrintFlags } from '../session.ts';

/** Options of `gatehouse gate --server`. */
export interface AskGateFlags extends PrintFlags {
  readonly to: string;
  readonly cluster?: string;
  /** Name of a policy of the project. */
  readonly policy?: string;
  /** Seconds to wait for the verdict. */
  readonly wait?: number;
  readonly maxEvidenceAge?: string;
}

/** What one request waits at most. */
const longestWait = 25;

/** Asks a service, for pipelines that hold no kubeconfig. */
export const askGate = inSession<AskGateFlags>(async ({ client }, flags, terminal) => {
  const { cluster, to, policy, maxEvidenceAge, wait = 0 } = flags;
  if (cluster === undefined) return failed('input-invalid', 'Name the cluster with --cluster, as the service knows it.');
  const end = timeOf(terminal.now()) + 1000 * wait;
  const left = (): number => Math.max(0, Math.min(longestWait, Math.ceil((end - timeOf(terminal.now())) / 1000)));
  const body = {
    cluster,
    target: { kubernetesVersion: to },
    ...(policy === undefined ? {} : { policy }),
    ...(maxEvidenceAge === undefined ? {} : { maxEvidenceAge }),
  };
  let answer = await client.call('gate.evaluate', { body, query: { wait: left() } });
  while (answer.ok && answer.value.body.verdict === 'pending' && left() > 0 && !terminal.signal.aborted)
    answer = await client.call('gate.get', { params: { evaluationId: answer.value.body.id }, query: { wait: left() } });
  if (!answer.ok) return answer;
  const { verdict, id } = answer.value.body;
  const note =
    verdict === 'pending' ? `Not decided yet; ask again with: gatehouse evaluations show ${id}, or wait longer with --wait.` : undefined;
  return succeed({ json: answer.value.json, text: answerText(terminal, answer.value.body), note, exit: exitOf(verdict) });
});
