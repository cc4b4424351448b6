import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Connection } from '../../fleet/connection.ts';
import type { EvaluationRecord } from '../../fleet/evaluation.ts';
import type { Evaluation } from '../../gate/evaluation.ts';
import {
  answerCheck,
  answerDeploymentApproval,
  answerFlux,
  answerProtectionRule,
  answerStatusCheck,
  answerWebhook,
  type OutgoingCall,
  type Standing,
} from '../../pipelines/index.ts';
import { partitions, type Records } from '../../records/index.ts';
import { azure, flux, gitHubApp, gitLab, isTo, webhookSender } from './adapters.ts';

export interface CallContext {
  readonly now: string;
  /** Address of the evaluation, for people and programs. */
  readonly self: string;
}

const gone = failed('not-found', 'The connection was removed or switched off, so nobody was told.');

/** Whether answers of a signed webhook may go to the host of an address. */
const reaches = (connection: Connection, url: string): boolean =>
  isTo(connection, 'webhook') &&
  connection.settings.hosts.some((pattern) => {
    const host = URL.parse(url)?.host ?? '';
    return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
  });

/** The connection whose keys and hosts are used: the one that asked; where something else asked for a webhook, the first of the project that reaches its host. */
export const connectionOf = async (
  records: Pick<Records, 'connections'>,
  { projectId, request: { callback }, requestedBy }: EvaluationRecord,
): Promise<Result<Connection>> => {
  if (!callback) return failed('input-invalid', 'Nobody waits for this answer.');
  const id = callback.type === 'webhook' ? requestedBy.id : callback.connection;
  const own = /^con-/.test(id) ? (await records.connections.get({ projectId, id }))?.value : undefined;
  if (own) return own.active ? succeed(own) : gone;
  if (callback.type !== 'webhook') return gone;
  for await (const { value } of records.connections.all(partitions.connections(projectId)))
    if (value.active && reaches(value, callback.url)) return succeed(value);
  return failed(
    'permission-missing',
    'No connection of this project to a signed webhook lists the host of the callback, so nobody was told.',
  );
};

/** The calls that tell the system that asked. None: there is nothing to tell it, or it may not be told there any more. */
export const callsOf = (
  { request }: EvaluationRecord,
  answer: Evaluation | Standing,
  connection: Connection,
  { now, self }: CallContext,
): readonly OutgoingCall[] => {
  const type = request.callback?.type;
  if (type === 'github' && isTo(connection, 'github'))
    return answerProtectionRule(answer, request, gitHubApp(connection, []), { now, reportsSent: 0, link: self });
  if (type === 'gitlab-status' && isTo(connection, 'gitlab')) return answerStatusCheck(answer, request, gitLab(connection, []), { now });
  if (type === 'gitlab-deployment' && isTo(connection, 'gitlab')) {
    const { representedAs } = connection.settings;
    return answerDeploymentApproval(answer, request, gitLab(connection, []), {
      now,
      ...(representedAs === undefined ? {} : { representedAs }),
    });
  }
  if (type === 'azure' && isTo(connection, 'azure')) return answerCheck(answer, request, azure(connection, []), { now });
  if (type === 'flux' && isTo(connection, 'flux')) return answerFlux(answer, request, flux(connection, []), { now });
  if (type === 'webhook' && isTo(connection, 'webhook'))
    return answerWebhook(answer, request, webhookSender(connection, []), { now, self });
  return [];
};

/** What is tried again as a whole: a call, with the one before where it lives on its answer. */
export const unitsOf = (calls: readonly OutgoingCall[]): readonly (readonly OutgoingCall[])[] => {
  const units: OutgoingCall[][] = [];
  for (const call of calls) {
    const last = units.at(-1);
    if (call.authorization.kind === 'token-of-call-before' && last) last.push(call);
    else units.push([call]);
  }
  return units;
};
