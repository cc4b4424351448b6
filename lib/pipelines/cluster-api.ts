import { z } from 'zod';
import { failed, type Result, succeed } from '../core/failure.ts';
import { isAllowed, type Verdict } from '../gate/evaluation.ts';
import { type EvaluationRequest, TargetVersion } from '../gate/request.ts';
import { type Asked, type Ignored, jsonResponse, type RawRequest, type Replied, type ResponseBody } from './adapter.ts';
import { askedOf } from './shared/asked.ts';
import { checkFrame, readJson } from './shared/body.ts';
import { meaning, type PipelineRule } from './shared/mapping.ts';
import { askWindow, isSecret, refused, type Secrets } from './shared/sender.ts';
import { plainText } from './shared/text.ts';
import { type Standing, standingAt } from './standing.ts';

// Cluster API: runtime hooks. The management cluster asks before it changes a version, and asks again while the answer tells it to.

export interface ClusterApiConnection {
  /** Secrets, sent as the setting `token` of the ExtensionConfig. */
  readonly secrets: Secrets;
  /** Whether the caller showed a client certificate that the server trusts: then no token is needed. */
  readonly isClientVerified?: boolean;
}

const apiVersion = 'hooks.runtime.cluster.x-k8s.io/v1alpha1';
// No hook before a deletion: an outage of ours must not stop anybody from deleting a cluster.
const hooks = ['BeforeClusterUpgrade', 'BeforeControlPlaneUpgrade'] as const;
type Hook = (typeof hooks)[number];
const handlerName = (hook: Hook): string => (hook === 'BeforeClusterUpgrade' ? 'before-cluster-upgrade' : 'before-control-plane-upgrade');
/** Cluster API takes 10 s unless told otherwise, and 30 s at most. */
const timeoutSeconds = 10;

const Discovery = z.object({ apiVersion: z.literal(apiVersion), kind: z.literal('DiscoveryRequest') });
const HookRequest = z.object({
  apiVersion: z.literal(apiVersion),
  kind: z.string().max(64),
  settings: z.object({ token: z.string().max(1024).optional() }).nullish(),
  cluster: z.object({
    metadata: z.object({
      name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,252}$/),
      namespace: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
      uid: z.guid(),
    }),
  }),
  fromKubernetesVersion: TargetVersion,
  toKubernetesVersion: TargetVersion,
});

const response = (hook: Hook | 'Discovery', value: object): ResponseBody => jsonResponse({ apiVersion, kind: `${hook}Response`, ...value });

const discovery = (): ResponseBody =>
  response('Discovery', {
    status: 'Success',
    message: '',
    handlers: hooks.map((hook) => ({ name: handlerName(hook), requestHook: { apiVersion, hook }, timeoutSeconds, failurePolicy: 'Fail' })),
  });

/** Which hook a path names, behind whatever prefix the service gives it. */
const hookIn = (path: string): Hook | 'Discovery' | undefined => {
  const [, hook, name] = /\/hooks\.runtime\.cluster\.x-k8s\.io\/v1alpha1\/([a-z]+)(?:\/([a-z0-9-]+))?$/.exec(path) ?? [];
  if (hook === 'discovery' && name === undefined) return 'Discovery';
  return hooks.find((one) => one.toLowerCase() === hook && handlerName(one) === name);
};

const readHook = (
  raw: RawRequest,
  hook: Hook,
  { secrets, isClientVerified = false }: ClusterApiConnection,
  rules: readonly PipelineRule[],
): Result<Asked> => {
  const body = readJson(raw.body, HookRequest, `The request of ${hook}`);
  if (!body.ok) return body;
  const { kind, settings, cluster, fromKubernetesVersion: from, toKubernetesVersion: to } = body.value;
  if (!isClientVerified && !isSecret(secrets, settings?.token))
    return refused('The hook shows no known secret; give the ExtensionConfig the setting "token".');
  if (kind !== `${hook}Request`) return failed('input-invalid', `The body is no ${hook}Request.`);
  const { name, namespace, uid } = cluster.metadata;
  const meant = meaning(rules, { system: 'cluster-api', from: `${namespace}/${name}`, target: to });
  if (!meant.ok) return meant;
  const request: EvaluationRequest = {
    ...meant.value,
    idempotencyKey: `cluster-api-${uid}-${hook}-${from}-${to}-${askWindow(raw.now)}`,
    source: { system: 'cluster-api', repository: `${namespace}/${name}`, repositoryId: uid, run: hook },
  };
  return askedOf(request, null);
};

/** Reads a call of the Runtime SDK. Discovery is answered at once and needs no secret: Cluster API has none to send, and it tells but two names. */
export const readRuntimeHook = (
  raw: RawRequest,
  connection: ClusterApiConnection,
  rules: readonly PipelineRule[],
): Result<Asked | Ignored | Replied> => {
  const frame = checkFrame(raw, { mayOmitType: true });
  if (!frame.ok) return frame;
  const hook = hookIn(raw.path);
  if (hook === undefined)
    return failed('not-found', `This address is none of the hooks that are served: discovery, ${hooks.map(handlerName).join(', ')}.`);
  if (hook !== 'Discovery') return readHook(raw, hook, connection, rules);
  const body = readJson(raw.body, Discovery, 'The DiscoveryRequest');
  return body.ok ? succeed({ kind: 'replied', response: discovery() }) : body;
};

const retry: Readonly<Record<Verdict, number>> = { allow: 0, warn: 0, pending: 15, error: 60, deny: 120 };

/** What a hook is answered. Blocked is a success that asks to be called again: a failure would only be repeated ever faster. */
export const answerRuntimeHook = (evaluation: Standing, request: EvaluationRequest, { now }: { readonly now: string }): ResponseBody => {
  const standing = standingAt(evaluation, now);
  const hook = hooks.find((one) => one === request.source.run);
  if (hook === undefined) throw new Error('the request is none of a runtime hook');
  const message = isAllowed(standing.verdict) ? '' : plainText(standing, 1000);
  return response(hook, { status: 'Success', message, retryAfterSeconds: retry[standing.verdict] });
};
