import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { addMinutes, timeOf } from '../../core/time.ts';
import { isAllowed } from '../../gate/evaluation.ts';
import type { CallbackOf, EvaluationRequest } from '../../gate/request.ts';
import { callbackOf, type OutgoingCall, type RawRequest, type Reading } from '../adapter.ts';
import { askedOf } from '../shared/asked.ts';
import { checkFrame, header, readJson } from '../shared/body.ts';
import { baseOf } from '../shared/hosts.ts';
import { meaning, type PipelineRule } from '../shared/mapping.ts';
import { fresh, isRecent, isSignedHex, refused, type Secrets, sha256Hex } from '../shared/sender.ts';
import { markdownText } from '../shared/text.ts';
import { type Standing, standingAt } from '../standing.ts';

// GitHub: custom deployment protection rule. GitHub asks by webhook and waits up to 30 days for a callback.

/** A GitHub App that is installed on the repositories. */
export interface GitHubApp {
  /** Name of the connection. */
  readonly connection: string;
  /** `https://api.github.com`, or `https://<host>/api/v3` of an Enterprise Server. */
  readonly apiBase: string;
  /** Id or client id of the App. */
  readonly appId: string;
  /** Secrets of its webhook that are good now. */
  readonly webhookSecrets: Secrets;
}

const waitsDays = 30;
/** How many reports without a decision GitHub takes for one deployment, and how long a comment may be. */
export const maxReports = 10;
export const maxComment = 1024;

const id = z.int().positive();
const Payload = z.object({
  action: z.string().max(64),
  environment: z.string().min(1).max(255),
  deployment_callback_url: z.string().max(1024),
  deployment: z.object({
    id,
    sha: z.string().regex(/^[0-9a-f]{40,64}$/),
    ref: z.string().max(255),
    created_at: z.string().max(40),
    // what the workflow or the API gave along: an object, or the text of one
    payload: z.unknown(),
    creator: z.object({ login: z.string().max(100) }).nullish(),
  }),
  repository: z.object({ id, full_name: z.string().regex(/^[A-Za-z0-9-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/) }),
  installation: z.object({ id }),
});
type Payload = z.infer<typeof Payload>;

/** The run stands nowhere but in the address. It is read only if all else of the address is as we would write it. */
const runIn = ({ deployment_callback_url, repository }: Payload, apiBase: string): Result<string> => {
  const start = `${baseOf(apiBase)}/repos/${repository.full_name}/actions/runs/`;
  const run = /^([1-9]\d{0,19})\/deployment_protection_rule$/.exec(
    deployment_callback_url.startsWith(start) ? deployment_callback_url.slice(start.length) : '',
  )?.[1];
  return run === undefined
    ? failed(
        'input-invalid',
        'deployment_callback_url is not the address of a run of that repository on the configured GitHub; nothing was sent there.',
      )
    : succeed(run);
};

const Target = z.object({ kubernetesVersion: z.string().max(64) });
const targetIn = (payload: unknown): string | undefined => {
  let value = payload;
  try {
    if (typeof value === 'string') value = JSON.parse(value);
  } catch {
    return undefined;
  }
  return Target.safeParse(value).data?.kubernetesVersion;
};

const requestOf = (payload: Payload, app: GitHubApp, rules: readonly PipelineRule[]): Result<EvaluationRequest> => {
  const { environment, deployment, repository, installation } = payload;
  const run = runIn(payload, app.apiBase);
  if (!run.ok) return run;
  const repositoryId = String(repository.id);
  const meant = meaning(rules, { system: 'github', from: repositoryId, environment, target: targetIn(deployment.payload) });
  if (!meant.ok) return meant;
  return succeed({
    ...meant.value,
    // only what GitHub signed: a redelivery asks the same
    idempotencyKey: `github-${repositoryId}-${run.value}-${deployment.id}-${sha256Hex(environment).slice(0, 16)}`,
    source: {
      system: 'github',
      repository: repository.full_name,
      repositoryId,
      environment,
      run: run.value,
      sha: deployment.sha,
      ...(deployment.ref === '' ? {} : { ref: deployment.ref }),
      ...(deployment.creator?.login ? { actor: deployment.creator.login } : {}),
    },
    callback: {
      type: 'github',
      connection: app.connection,
      repository: repository.full_name,
      repositoryId,
      installationId: String(installation.id),
      runId: run.value,
      environment,
    },
  });
};

/** Reads a delivery of the App's webhook. Answer 202 as soon as it was stored. */
export const readProtectionRule = (raw: RawRequest, app: GitHubApp, rules: readonly PipelineRule[]): Reading => {
  const frame = checkFrame(raw);
  if (!frame.ok) return frame;
  const signature = header(raw, 'x-hub-signature-256');
  if (!isSignedHex(app.webhookSecrets, raw.body, signature?.startsWith('sha256=') ? signature.slice(7) : undefined))
    return refused('The signature of the delivery does not fit its body; check the webhook secret of the GitHub App.');
  const event = header(raw, 'x-github-event');
  if (event !== 'deployment_protection_rule')
    return succeed({ kind: 'ignored', because: 'Only deployment_protection_rule asks the gate.' });
  const delivery = header(raw, 'x-github-delivery');
  if (delivery === undefined || !/^[0-9A-Za-z-]{1,64}$/.test(delivery))
    return failed('input-invalid', 'The header X-GitHub-Delivery is missing or is no id.');
  const payload = readJson(raw.body, Payload, 'The delivery');
  if (!payload.ok) return payload;
  if (payload.value.action !== 'requested') return succeed({ kind: 'ignored', because: 'Only the action "requested" asks the gate.' });
  const days = waitsDays * 24 * 60;
  if (!isRecent(payload.value.deployment.created_at, raw.now, days))
    return refused(`The deployment was made more than ${waitsDays} days ago, or later than now: nobody waits for an answer.`);
  // the id of the delivery is not signed, so the signed body is remembered as well
  const once = fresh(raw, [`github:${delivery}`, `github-body:${sha256Hex(raw.body)}`], days);
  if (!once.ok) return once;
  const request = requestOf(payload.value, app, rules);
  return request.ok ? askedOf(request.value, once.value) : request;
};

const headers = {
  accept: 'application/vnd.github+json',
  'content-type': 'application/json',
  'x-github-api-version': '2022-11-28',
  'user-agent': 'gatehouse',
};

/** Ten minutes are the most GitHub takes; a minute back, because clocks differ. */
const appClaims = (appId: string, now: string) => {
  const seconds = Math.floor(timeOf(now) / 1000);
  return { iss: appId, iat: seconds - 60, exp: Math.floor(timeOf(addMinutes(now, 9)) / 1000) };
};

const tokenCall = ({ connection, apiBase, appId }: GitHubApp, callback: CallbackOf<'github'>, now: string): OutgoingCall => ({
  method: 'POST',
  url: `${baseOf(apiBase)}/app/installations/${callback.installationId}/access_tokens`,
  headers,
  // no more than this one answer needs
  body: JSON.stringify({ repository_ids: [Number(callback.repositoryId)], permissions: { deployments: 'write' } }),
  authorization: { kind: 'app-token', connection, claims: appClaims(appId, now) },
  success: [201],
  settled: [],
});

export interface ProtectionRuleContext {
  readonly now: string;
  /** How many reports were sent for this deployment. */
  readonly reportsSent: number;
  /** Page of the evaluation, for people. */
  readonly link?: string;
}

/** The calls that tell GitHub: first for a token, then the decision; while pending a report, ten at most. Empty: nothing to tell. */
export const answerProtectionRule = (
  evaluation: Standing,
  request: EvaluationRequest,
  app: GitHubApp,
  { now, reportsSent, link }: ProtectionRuleContext,
): readonly OutgoingCall[] => {
  const callback = callbackOf(request, 'github');
  if (callback.connection !== app.connection) throw new Error('the callback belongs to another GitHub App');
  const standing = standingAt(evaluation, now);
  const isPending = standing.verdict === 'pending';
  if (isPending && reportsSent >= maxReports) return [];
  const decision = isPending ? {} : { state: isAllowed(standing.verdict) ? 'approved' : 'rejected' };
  return [
    tokenCall(app, callback, now),
    {
      method: 'POST',
      url: `${baseOf(app.apiBase)}/repos/${callback.repository}/actions/runs/${callback.runId}/deployment_protection_rule`,
      headers,
      body: JSON.stringify({ environment_name: callback.environment, ...decision, comment: markdownText(standing, maxComment, link) }),
      authorization: { kind: 'token-of-call-before' },
      success: [204],
      settled: [404, 422],
    },
  ];
};
