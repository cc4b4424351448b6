import type { Result } from '../../core/failure.ts';
import type { Connection, ConnectionSystem } from '../../fleet/connection.ts';
import type { EvaluationRequest } from '../../gate/request.ts';
import {
  type Asked,
  answerBody,
  answerInterceptor,
  answerRuntimeHook,
  answerSyncCheck,
  type Ignored,
  jsonResponse,
  type RawRequest,
  type Replied,
  type ResponseBody,
  readCheck,
  readDeploymentApproval,
  readFluxEvent,
  readInterceptor,
  readProtectionRule,
  readRuntimeHook,
  readStatusCheck,
  readWebhook,
  type Standing,
} from '../../pipelines/index.ts';
import {
  azure,
  type ConnectionTo,
  clusterApi,
  flux,
  gitHubApp,
  gitLab,
  tekton,
  webhookSender,
} from '../../workflows/pipelines/adapters.ts';

export interface AnswerContext {
  readonly now: string;
  /** Path of the evaluation. */
  readonly self: string;
}

/** One protocol by which a release system asks: who may call it, how its request is read, and how it is answered. */
export interface HookKind {
  readonly system: ConnectionSystem;
  read(raw: RawRequest, connection: Connection, secrets: readonly string[]): Result<Asked | Ignored | Replied>;
  /** Seconds that the caller is kept waiting for the verdict; `asked`: as long as it asks for. */
  readonly waits: 'no' | 'yes' | 'asked';
  answer(standing: Standing, request: EvaluationRequest, context: AnswerContext): ResponseBody;
}

/** For systems that are told later: that it was taken, and where to look. */
const taken =
  (status: 200 | 202) =>
  ({ id, verdict, summary }: Standing, _request: EvaluationRequest, { self }: AnswerContext): ResponseBody =>
    jsonResponse({ id, verdict, summary, links: { self } }, status);

const kind = <System extends ConnectionSystem>(given: {
  readonly system: System;
  read(raw: RawRequest, connection: ConnectionTo<System>, secrets: readonly string[]): Result<Asked | Ignored | Replied>;
  readonly waits?: HookKind['waits'];
  readonly answer: HookKind['answer'];
}): HookKind => ({
  waits: 'no',
  ...given,
  // who calls has seen that the connection is to this system
  read: (raw, connection, secrets) => given.read(raw, connection as ConnectionTo<System>, secrets),
});

/** Every protocol, by its name in logs and audit records. */
export const hookKinds = {
  github: kind({
    system: 'github',
    read: (raw, connection, secrets) => readProtectionRule(raw, gitHubApp(connection, secrets), connection.rules),
    answer: taken(202),
  }),
  'gitlab-status': kind({
    system: 'gitlab',
    read: (raw, connection, secrets) => readStatusCheck(raw, gitLab(connection, secrets), connection.rules),
    answer: taken(202),
  }),
  'gitlab-deployment': kind({
    system: 'gitlab',
    read: (raw, connection, secrets) => readDeploymentApproval(raw, gitLab(connection, secrets), connection.rules),
    answer: taken(202),
  }),
  azure: kind({
    system: 'azure',
    read: (raw, connection, secrets) => readCheck(raw, azure(connection, secrets), connection.rules, 'callback'),
    // anything but 200 fails the check
    answer: taken(200),
  }),
  'azure-sync': kind({
    system: 'azure',
    waits: 'yes',
    read: (raw, connection, secrets) => readCheck(raw, azure(connection, secrets), connection.rules, 'sync'),
    answer: (standing, _request, context) => answerSyncCheck(standing, context),
  }),
  tekton: kind({
    system: 'tekton',
    waits: 'yes',
    read: (raw, connection, secrets) => readInterceptor(raw, tekton(connection, secrets), connection.rules),
    answer: (standing, _request, context) => answerInterceptor(standing, context),
  }),
  'cluster-api': kind({
    system: 'cluster-api',
    waits: 'yes',
    read: (raw, connection, secrets) => readRuntimeHook(raw, clusterApi(connection, secrets), connection.rules),
    answer: answerRuntimeHook,
  }),
  flux: kind({
    system: 'flux',
    read: (raw, connection, secrets) => readFluxEvent(raw, flux(connection, secrets), connection.rules),
    answer: taken(202),
  }),
  webhook: kind({
    system: 'webhook',
    waits: 'asked',
    read: (raw, connection, secrets) => readWebhook(raw, webhookSender(connection, secrets)),
    answer: (standing, _request, context) => {
      const answer = answerBody(standing, context);
      return standing.verdict === 'pending' ? { ...answer, status: 202 } : answer;
    },
  }),
} satisfies Readonly<Record<string, HookKind>>;
export type HookName = keyof typeof hookKinds;
