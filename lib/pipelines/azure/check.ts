import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { isAllowed } from '../../gate/evaluation.ts';
import { type EvaluationRequest, TargetVersion } from '../../gate/request.ts';
import { callbackOf, jsonResponse, type OutgoingCall, type RawRequest, type Reading, type ResponseBody } from '../adapter.ts';
import { askedOf } from '../shared/asked.ts';
import { checkFrame, header, readJson } from '../shared/body.ts';
import { baseOf } from '../shared/hosts.ts';
import { meaning, type PipelineRule } from '../shared/mapping.ts';
import { askWindow, isSecret, refused, type Secrets } from '../shared/sender.ts';
import { plainText } from '../shared/text.ts';
import { type Standing, standingAt } from '../standing.ts';

// Azure DevOps: "Invoke REST API" check of an environment. Nothing of it is signed: the check sends a secret of ours, from a variable or from a generic service connection.

export interface AzureConnection {
  /** Name of the connection. */
  readonly connection: string;
  /** Collections that answers may go to, as `system.CollectionUri` gives them: `https://dev.azure.com/fabrikam/`. */
  readonly collections: readonly string[];
  /** Secrets that the checks send: as `x-gatehouse-token`, or as password of a generic service connection. */
  readonly secrets: Secrets;
}

const guid = z.guid();
const Places = z.object({
  projectId: guid,
  hub: z.string().regex(/^[A-Za-z]{1,32}$/),
  planId: guid,
  jobId: guid,
  taskId: guid,
  token: z
    .string()
    .min(16)
    .max(16_384)
    .regex(/^[\x21-\x7e]+$/),
});

/** The body is whatever was typed into the check; these fields of it are read. */
const Body = z.object({ kubernetesVersion: TargetVersion.optional(), environment: z.string().min(1).max(255).optional() });

const passwordIn = (authorization: string | undefined): string | undefined => {
  const basic = /^Basic ([A-Za-z0-9+/]{1,2048}={0,2})$/.exec(authorization ?? '')?.[1];
  const text = basic === undefined ? '' : Buffer.from(basic, 'base64').toString();
  return text.includes(':') ? text.slice(text.indexOf(':') + 1) : undefined;
};

const isKnown = (raw: RawRequest, secrets: Secrets): boolean =>
  isSecret(secrets, header(raw, 'x-gatehouse-token')) || isSecret(secrets, passwordIn(header(raw, 'authorization')));

/** The collection as configured, if `PlanUrl` is it. Compared whole: the host alone is shared by everybody on Azure DevOps. */
const collectionOf = (raw: RawRequest, collections: readonly string[]): Result<string> => {
  const url = URL.parse(header(raw, 'planurl') ?? '');
  const shown = url === null ? '' : `${url.origin}${url.pathname.replace(/\/+$/, '')}${url.search}${url.hash}`;
  const isPlain = url !== null && url.username === '' && url.password === '';
  const known = isPlain ? collections.map(baseOf).find((base) => base.toLowerCase() === shown.toLowerCase()) : undefined;
  return known === undefined
    ? failed(
        'permission-missing',
        'PlanUrl is no collection that answers may go to; send $(system.CollectionUri), and have the collection allowed.',
      )
    : succeed(known);
};

const placesOf = (raw: RawRequest): Result<z.infer<typeof Places>> => {
  const [projectId, hub, planId, jobId, taskId, token] = ['projectid', 'hubname', 'planid', 'jobid', 'taskinstanceid', 'authtoken'].map(
    (name) => header(raw, name),
  );
  const places = Places.safeParse({ projectId, hub, planId, jobId, taskId, token });
  return places.success
    ? succeed(places.data)
    : failed(
        'input-invalid',
        'The headers ProjectId, HubName, PlanId, JobId, TaskInstanceId and AuthToken must be sent as Azure Pipelines fills them in by default.',
      );
};

/** Reads the call of a check. `mode` is that of the route: with `callback`, answer 200 within three seconds and call back; with `sync`, answer with `answerSyncCheck`. */
export const readCheck = (
  raw: RawRequest,
  connection: AzureConnection,
  rules: readonly PipelineRule[],
  mode: 'callback' | 'sync',
): Reading => {
  const frame = checkFrame(raw);
  if (!frame.ok) return frame;
  if (!isKnown(raw, connection.secrets))
    return refused('The check shows no known secret; send it as x-gatehouse-token, or use a generic service connection.');
  const collection = collectionOf(raw, connection.collections);
  if (!collection.ok) return collection;
  const read = placesOf(raw);
  if (!read.ok) return read;
  const body = readJson(raw.body, Body, 'The body of the check');
  if (!body.ok) return body;
  const { projectId, hub, planId, jobId, taskId, token } = read.value;
  const { environment, kubernetesVersion } = body.value;
  const meant = meaning(rules, { system: 'azure', from: projectId, environment, target: kubernetesVersion });
  if (!meant.ok) return meant;
  const isCallback = mode === 'callback';
  const request: EvaluationRequest = {
    ...meant.value,
    // a delivery that is repeated asks the same; a synchronous check asks again on purpose
    idempotencyKey: `azure-${planId}-${jobId}-${taskId}${isCallback ? '' : `-${askWindow(raw.now)}`}`,
    source: { system: 'azure', repositoryId: projectId, run: planId, ...(environment === undefined ? {} : { environment }) },
    ...(isCallback
      ? {
          callback: {
            type: 'azure',
            connection: connection.connection,
            collection: collection.value,
            projectId,
            hub,
            planId,
            jobId,
            taskId,
          },
        }
      : {}),
  };
  return askedOf(request, null, isCallback ? token : undefined);
};

/** The call that completes the check. Nothing while pending. */
export const answerCheck = (
  evaluation: Standing,
  request: EvaluationRequest,
  connection: AzureConnection,
  { now }: { readonly now: string },
): readonly OutgoingCall[] => {
  const { connection: name, collection, projectId, hub, planId, jobId, taskId } = callbackOf(request, 'azure');
  if (name !== connection.connection) throw new Error('the callback belongs to another Azure DevOps');
  const base = connection.collections.map(baseOf).find((one) => one === collection);
  const { verdict } = standingAt(evaluation, now);
  // asked again here: the list may have changed since
  if (verdict === 'pending' || base === undefined) return [];
  return [
    {
      method: 'POST',
      url: `${base}/${projectId}/_apis/distributedtask/hubs/${hub}/plans/${planId}/events?api-version=2.0-preview.1`,
      headers: { 'content-type': 'application/json', 'user-agent': 'gatehouse' },
      body: JSON.stringify({ name: 'TaskCompleted', taskId, jobId, result: isAllowed(verdict) ? 'succeeded' : 'failed' }),
      authorization: { kind: 'secret-of-request' },
      success: [200, 204],
      settled: [404],
    },
  ];
};

/** What a synchronous check is answered; its success criteria are `eq(root['allowed'], true)`. */
export const answerSyncCheck = (evaluation: Standing, { now }: { readonly now: string }): ResponseBody => {
  const standing = standingAt(evaluation, now);
  const { id, verdict } = standing;
  return jsonResponse({ id, verdict, allowed: isAllowed(verdict), summary: plainText(standing, 500) });
};
