import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Result } from '../../lib/core/failure.ts';
import { signWebhook } from '../../lib/fleet/webhook-signature.ts';
import { type Evaluation, type EvaluationCheck, isAllowed, type Verdict } from '../../lib/gate/evaluation.ts';
import type {
  Asked,
  AzureConnection,
  ClusterApiConnection,
  FluxConnection,
  GitHubApp,
  GitLabConnection,
  Ignored,
  PipelineRule,
  RawRequest,
  Replied,
  TektonConnection,
  WebhookSender,
} from '../../lib/pipelines/index.ts';
import * as pipelines from '../../lib/pipelines/index.ts';

/** When the recorded payloads arrive. */
export const now = '2026-11-28T09:00:00.000Z';
const secret = (of: string): string => `${of}-secret-0123456789`;
/** 32 bytes. */
export const webhookKey = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

export const github: GitHubApp = {
  connection: 'github',
  apiBase: 'https://api.github.com',
  appId: '123456',
  webhookSecrets: [secret('github')],
};
export const gitlab: GitLabConnection = {
  connection: 'gitlab',
  apiBase: 'https://gitlab.example.com/api/v4',
  statusCheckSecrets: [secret('gitlab')],
  signingTokens: [webhookKey],
  secretTokens: [secret('gitlab-token')],
};
export const azure: AzureConnection = { connection: 'azure', collections: ['https://dev.azure.com/fabrikam/'], secrets: [secret('azure')] };
export const tekton: TektonConnection = { secrets: [secret('tekton')] };
export const clusterApi: ClusterApiConnection = { secrets: [secret('cluster-api')] };
export const flux: FluxConnection = {
  connection: 'flux',
  secrets: [secret('flux')],
  receiver: 'https://flux.example.com/hook/0123456789abcdef',
  hosts: ['flux.example.com'],
};
export const sender: WebhookSender = { connection: 'ci', secrets: [webhookKey], clusters: ['prod-a'], hosts: ['ci.example.com'] };

export const rules: readonly PipelineRule[] = [
  { system: 'github', from: '700100200', environment: 'production', cluster: 'prod-a', policy: 'default', maxEvidenceAge: '1h' },
  { system: 'gitlab', from: '3141', environment: 'upgrade prod-a', cluster: 'prod-a' },
  { system: 'gitlab', from: '3141', environment: 'production', cluster: 'prod-a', target: 'v1.36.3' },
  { system: 'azure', from: '6a1f2b3c-4d5e-4f60-8a7b-9c8d7e6f5a4b', environment: 'production', cluster: 'prod-a' },
  { system: 'tekton', from: 'namespaces/ci/triggers/upgrade-prod-a', cluster: 'prod-a' },
  { system: 'cluster-api', from: 'fleet/prod-a', cluster: 'prod-a' },
  { system: 'flux', from: 'Kustomization/flux-system/prod-a', cluster: 'prod-a' },
];

export const recorded = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../data/pipelines/${name}.json`, import.meta.url), 'utf8'));

const hex = (key: string, body: Uint8Array): string => createHmac('sha256', key).update(body).digest('hex');
type Headers = Readonly<Record<string, string | readonly string[]>>;
const standard = (body: Uint8Array): Headers => ({ ...signWebhook(webhookKey, 'msg_0001', now, Buffer.from(body).toString()) });

export const azureHeaders = {
  planurl: 'https://dev.azure.com/fabrikam/',
  projectid: '6a1f2b3c-4d5e-4f60-8a7b-9c8d7e6f5a4b',
  hubname: 'checks',
  planid: '11111111-2222-4333-8444-555555555555',
  jobid: '22222222-3333-4444-8555-666666666666',
  taskinstanceid: '33333333-4444-4555-8666-777777777777',
  timelineid: '44444444-5555-4666-8777-888888888888',
  authtoken: 'job-access-token-0123456789',
  'x-gatehouse-token': secret('azure'),
};

/** An adapter, a recorded payload, and how its sender signs. */
export interface Sample {
  readonly name: string;
  readonly payload: string;
  readonly path?: string;
  readonly sign: (body: Uint8Array) => Headers;
  readonly read: (raw: RawRequest) => Result<Asked | Ignored | Replied>;
  /** Fields without which nothing can be asked. */
  readonly needs: readonly string[];
  /** Whether body and signature belong together: else only a secret proves the sender. */
  readonly isSigned: boolean;
  /** Whether a delivery is refused the second time; else repeating asks the same. */
  readonly isOnce: boolean;
  readonly mayOmitType?: boolean;
}

export const samples: readonly Sample[] = [
  {
    name: 'GitHub deployment protection rule',
    payload: 'github-deployment-protection-rule',
    sign: (body) => ({
      'x-github-event': 'deployment_protection_rule',
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      'x-hub-signature-256': `sha256=${hex(secret('github'), body)}`,
    }),
    read: (raw) => pipelines.readProtectionRule(raw, github, rules),
    needs: [
      'environment',
      'deployment_callback_url',
      'deployment',
      'deployment.id',
      'deployment.sha',
      'deployment.created_at',
      'repository.id',
      'installation',
    ],
    isSigned: true,
    isOnce: true,
  },
  {
    name: 'GitLab status check',
    payload: 'gitlab-status-check',
    sign: (body) => ({ 'x-gitlab-signature': hex(secret('gitlab'), body) }),
    read: (raw) => pipelines.readStatusCheck(raw, gitlab, rules),
    needs: ['object_kind', 'project.id', 'object_attributes.iid', 'object_attributes.last_commit', 'external_approval_rule.id'],
    isSigned: true,
    isOnce: false,
  },
  {
    name: 'GitLab deployment approval',
    payload: 'gitlab-deployment-blocked',
    sign: (body) => ({ 'x-gitlab-event': 'Deployment Hook', ...standard(body) }),
    read: (raw) => pipelines.readDeploymentApproval(raw, gitlab, rules),
    needs: ['status', 'deployment_id', 'environment', 'project.id'],
    isSigned: true,
    isOnce: true,
  },
  {
    name: 'Azure DevOps check',
    payload: 'azure-check',
    sign: () => azureHeaders,
    read: (raw) => pipelines.readCheck(raw, azure, rules, 'callback'),
    needs: ['kubernetesVersion', 'environment'],
    isSigned: false,
    isOnce: false,
  },
  {
    name: 'Tekton interceptor',
    payload: 'tekton-interceptor-request',
    sign: () => ({}),
    read: (raw) => pipelines.readInterceptor(raw, tekton, rules),
    needs: ['interceptor_params', 'interceptor_params.token', 'context', 'context.event_id', 'context.trigger_id'],
    isSigned: false,
    isOnce: false,
    mayOmitType: true,
  },
  {
    name: 'Cluster API hook',
    payload: 'cluster-api-before-cluster-upgrade',
    path: '/v1/hooks/capi/hooks.runtime.cluster.x-k8s.io/v1alpha1/beforeclusterupgrade/before-cluster-upgrade',
    sign: () => ({}),
    read: (raw) => pipelines.readRuntimeHook(raw, clusterApi, rules),
    needs: ['kind', 'apiVersion', 'settings', 'cluster', 'cluster.metadata.uid', 'fromKubernetesVersion', 'toKubernetesVersion'],
    isSigned: false,
    isOnce: false,
    mayOmitType: true,
  },
  {
    name: 'Flux event',
    payload: 'flux-event',
    sign: (body) => ({ 'gotk-component': 'kustomize-controller', 'x-signature': `sha256=${hex(secret('flux'), body)}` }),
    read: (raw) => pipelines.readFluxEvent(raw, flux, rules),
    needs: ['involvedObject', 'severity', 'timestamp', 'reason'],
    isSigned: true,
    isOnce: true,
  },
  {
    name: 'signed webhook',
    payload: 'webhook-question',
    sign: standard,
    read: (raw) => pipelines.readWebhook(raw, sender),
    needs: ['cluster', 'target', 'target.kubernetesVersion'],
    isSigned: true,
    isOnce: true,
  },
];
export const sampleOf = (name: string): Sample => {
  const found = samples.find((one) => one.name === name);
  if (!found) throw new Error(`no sample ${name}`);
  return found;
};

/** The request as its sender would send it, over whatever body. */
export const requestOf = (
  { sign, path = '/v1/hooks', mayOmitType }: Sample,
  payload: unknown,
  more: Partial<RawRequest> = {},
): RawRequest => {
  const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return {
    method: 'POST',
    path,
    headers: { ...(mayOmitType ? {} : { 'content-type': 'application/json' }), ...sign(body) },
    body,
    now,
    ...more,
  };
};
export const genuine = (sample: Sample, more: Partial<RawRequest> = {}): RawRequest => requestOf(sample, recorded(sample.payload), more);

/** What was asked; the test fails when nothing was. */
export const askedBy = (answer: Result<Asked | Ignored | Replied>): Asked => {
  if (!answer.ok) throw new Error(answer.failure.say);
  if (answer.value.kind !== 'asked') throw new Error(`${answer.value.kind}, nothing asked`);
  return answer.value;
};
export const failureOf = (answer: Result<unknown>): string => (answer.ok ? 'no failure' : answer.failure.code);

export const check = (id: string, more: Partial<EvaluationCheck> = {}): EvaluationCheck => ({
  id,
  category: 'drain',
  title: 'Budgets allow a disruption',
  outcome: 'fail',
  required: true,
  severity: 'high',
  message: 'The budget shop/front allows no disruption.',
  resources: [],
  why: 'A node that cannot be drained is not replaced.',
  repair: 'Run one more replica.',
  links: [],
  evidenceAt: '2026-11-28T08:59:59.000Z',
  waiver: null,
  ...more,
});

export const evaluationOf = (verdict: Verdict, more: Partial<Evaluation> = {}): Evaluation => ({
  schemaVersion: '1',
  id: 'evl-0001',
  action: 'upgrade',
  cluster: { id: 'uid-1', name: 'prod-a' },
  current: 'v1.35.4',
  target: 'v1.36.3',
  policy: { name: 'default', sha256: 'ab'.repeat(32) },
  requestedBy: 'ci',
  evaluatedAt: '2026-11-28T09:00:00.000Z',
  expiresAt: '2026-11-28T10:00:00.000Z',
  verdict,
  allowed: isAllowed(verdict),
  summary: verdict === 'deny' ? 'Not now: a budget allows no disruption.' : `The verdict is ${verdict}.`,
  statements: [],
  checks: verdict === 'deny' ? [check('drain.budgets')] : [],
  evidence: [],
  evidenceHash: 'cd'.repeat(32),
  plan: { path: ['v1.35.4', 'v1.36.3'], inPlace: [], repave: [] },
  previous: null,
  tool: { name: 'gatehouse', version: '0.1.0', dataAsOf: '2026-11-23' },
  ...more,
});
