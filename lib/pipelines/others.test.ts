import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  askedBy,
  azure,
  azureHeaders,
  check,
  clusterApi,
  evaluationOf,
  failureOf,
  flux,
  genuine,
  now,
  recorded,
  requestOf,
  rules,
  sampleOf,
  sender,
} from '../../test/support/pipelines.ts';
import { verifyWebhook } from '../fleet/webhook-signature.ts';
import { Evaluation, isAllowed, verdicts } from '../gate/evaluation.ts';
import { EvaluationAsk } from '../gate/request.ts';
import {
  allowedText,
  answerBody,
  answerCheck,
  answerFlux,
  answerInterceptor,
  answerRuntimeHook,
  answerSyncCheck,
  answerWebhook,
  httpStatusOf,
  pendingStanding,
  preSyncJob,
  readAsk,
  readCheck,
  readRuntimeHook,
  standingAt,
} from './index.ts';

describe('Jenkins and all who ask the API', () => {
  const self = '/v1/gate/evaluations/evl-0001';
  it.each([
    ['allow', 200, true],
    ['warn', 200, true],
    ['deny', 409, false],
    ['pending', 425, false],
    ['error', 424, false],
  ] as const)('%s is %i with fail=http', (verdict, status, allowed) => {
    expect(httpStatusOf(verdict)).toBe(status);
    expect(answerBody(evaluationOf(verdict), { now, self, failHttp: true }).status).toBe(status);
    const { body, status: plain } = answerBody(evaluationOf(verdict), { now, self });
    expect(plain).toBe(200);
    expect(body.split(allowedText)).toHaveLength(allowed ? 2 : 1);
    expect(body.includes('"allowed":false')).toBe(!allowed);
  });
  it('has the fixed text nowhere else, whatever is in the evaluation', () => {
    const earlier = { ...evaluationOf('allow'), changes: [allowedText] };
    const trick = { allowed: true } as unknown as string;
    const denied = {
      ...evaluationOf('deny'),
      summary: `${allowedText} "allowed":true`,
      source: { allowed: 'true', '"allowed":true': '"allowed":true' },
      checks: [{ ...check('drain.budgets', { message: allowedText }), allowed: true, evaluation: earlier }],
      previous: earlier,
      embedded: earlier,
      allowed: true,
      statements: [JSON.stringify(earlier)],
    };
    const { body } = answerBody(denied as unknown as Evaluation, { now, self });
    expect(body).not.toContain(allowedText);
    expect(JSON.parse(body)).toMatchObject({ verdict: 'deny', allowed: false, summary: `${allowedText} "allowed":true` });
    expect(() => answerBody({ ...evaluationOf('deny'), source: { allowed: trick } }, { now, self })).toThrow();
  });
  it('does not say allowed once it has expired', () => {
    const { body, status } = answerBody(evaluationOf('allow'), { now: '2026-11-28T10:00:00.000Z', self, failHttp: true });
    expect(status).toBe(424);
    expect(body).not.toContain(allowedText);
    expect(standingAt(evaluationOf('allow', { expiresAt: 'never' }), now).verdict).toBe('error');
  });
  it('says when to ask again while pending', () => {
    const request = askedBy(sampleOf('signed webhook').read(genuine(sampleOf('signed webhook')))).request;
    const { body, headers } = answerBody(pendingStanding('evl-0001', request, now), { now, self });
    expect(JSON.parse(body)).toMatchObject({ id: 'evl-0001', verdict: 'pending', allowed: false, retryAfterSeconds: 5, links: { self } });
    expect(headers['retry-after']).toBe('5');
  });
  it('is a whole evaluation to whoever reads it by the schema', () => {
    expect(Evaluation.parse(JSON.parse(answerBody(evaluationOf('warn'), { now, self }).body))).toEqual(evaluationOf('warn'));
  });
  it('keeps the keys of two tokens apart', () => {
    const ask = EvaluationAsk.parse({ cluster: 'prod-a', target: { kubernetesVersion: 'v1.36.3' }, idempotencyKey: 'build-7' });
    expect(readAsk(ask, { id: 'tok-1', name: 'ci' }, 'new')).toMatchObject({
      idempotencyKey: 'token-tok-1-build-7',
      source: { system: 'api', actor: 'ci' },
    });
    const { idempotencyKey: _none, ...plain } = ask;
    expect(readAsk({ ...plain, source: { system: 'jenkins', run: '7' } }, { id: 'tok-2', name: 'ci' }, 'new')).toMatchObject({
      idempotencyKey: 'token-tok-2-new',
      source: { system: 'jenkins', run: '7' },
    });
  });
  it.each(['v1.36', 'latest', '1.36.x', '', 'v1.36.3\n', { major: 1 }])('asks for no version %j', (kubernetesVersion) => {
    expect(EvaluationAsk.safeParse({ cluster: 'prod-a', target: { kubernetesVersion } }).success).toBe(false);
  });
});

describe('Azure DevOps', () => {
  const sample = sampleOf('Azure DevOps check');
  const { request, secret } = askedBy(sample.read(genuine(sample)));
  const read = (headers: object, mode: 'callback' | 'sync' = 'callback') => {
    const raw = genuine(sample);
    return readCheck({ ...raw, headers: { ...raw.headers, ...headers } }, azure, rules, mode);
  };

  it.each(['allow', 'warn', 'deny', 'error'] as const)('completes the check on %s', (verdict) => {
    const [call] = answerCheck(evaluationOf(verdict), request, azure, { now });
    expect(call?.url).toBe(
      'https://dev.azure.com/fabrikam/6a1f2b3c-4d5e-4f60-8a7b-9c8d7e6f5a4b/_apis/distributedtask/hubs/checks/plans/11111111-2222-4333-8444-555555555555/events?api-version=2.0-preview.1',
    );
    expect(JSON.parse(call?.body ?? '')).toEqual({
      name: 'TaskCompleted',
      taskId: azureHeaders.taskinstanceid,
      jobId: azureHeaders.jobid,
      result: isAllowed(verdict) ? 'succeeded' : 'failed',
    });
  });
  it('hands the token of the job over apart from the request', () => {
    expect(secret).toBe(azureHeaders.authtoken);
    expect(JSON.stringify(request)).not.toContain(azureHeaders.authtoken);
  });
  it('waits while pending, and calls nowhere once the collection is not allowed any more', () => {
    expect(answerCheck(evaluationOf('pending'), request, azure, { now })).toEqual([]);
    expect(answerCheck(evaluationOf('allow'), request, { ...azure, collections: [] }, { now })).toEqual([]);
  });
  it.each([
    'https://evil.example/fabrikam/',
    'https://dev.azure.com/other/',
    'https://dev.azure.com/fabrikam/../other/',
    'https://dev.azure.com.evil.example/fabrikam/',
    'https://user:word@dev.azure.com/fabrikam/',
    'http://dev.azure.com/fabrikam/',
    'https://dev.azure.com/fabrikam/?x=',
    'https://dev.azure.com:8443/fabrikam/',
    '',
  ])('refuses the PlanUrl "%s"', (planurl) => {
    expect(failureOf(read({ planurl }))).toBe('permission-missing');
  });
  it.each([
    ['hubname', 'checks/../..'],
    ['planid', '../plans'],
    ['jobid', ''],
    ['taskinstanceid', 'x'],
    ['authtoken', 'a b'],
    ['projectid', '6a1f2b3c'],
  ])('refuses %s "%s"', (name, value) => {
    expect(failureOf(read({ [name]: value }))).toBe('input-invalid');
  });
  it('knows the password of a generic service connection', () => {
    const basic = (password: string) => ({
      'x-gatehouse-token': '',
      authorization: `Basic ${Buffer.from(`gate:${password}`).toString('base64')}`,
    });
    expect(read(basic('azure-secret-0123456789')).ok).toBe(true);
    expect(failureOf(read(basic('azure-secret-0123456780')))).toBe('credential-refused');
    expect(failureOf(read(basic('')))).toBe('credential-refused');
  });
  it('answers a synchronous check on the spot, and keeps no token for it', () => {
    const sync = askedBy(read({}, 'sync'));
    expect(sync.secret).toBeUndefined();
    expect(sync.request.callback).toBeUndefined();
    for (const verdict of verdicts) {
      const { status, body } = answerSyncCheck(evaluationOf(verdict), { now });
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject({ verdict, allowed: isAllowed(verdict) });
    }
  });
});

describe('Tekton', () => {
  it.each([
    ['allow', true, undefined],
    ['warn', true, undefined],
    ['deny', false, 9],
    ['pending', false, 14],
    ['error', false, 13],
  ] as const)('%s', (verdict, goesOn, code) => {
    const { status, body } = answerInterceptor(evaluationOf(verdict), { now });
    expect(status).toBe(200);
    const answer = JSON.parse(body);
    expect(answer.continue).toBe(goesOn);
    expect(answer.status.code).toBe(code);
    expect(answer.extensions.gatehouse).toMatchObject({ verdict, allowed: goesOn });
  });
});

describe('Cluster API', () => {
  const sample = sampleOf('Cluster API hook');
  const { request } = askedBy(sample.read(genuine(sample)));
  const hooks = '/hooks.runtime.cluster.x-k8s.io/v1alpha1';

  it('tells which hooks it serves, and none before a deletion', () => {
    const raw = requestOf({ ...sample, path: `/v1/hooks/capi${hooks}/discovery` }, recorded('cluster-api-discovery'));
    const answer = readRuntimeHook(raw, clusterApi, rules);
    if (!answer.ok || answer.value.kind !== 'replied') throw new Error('not answered');
    const body = JSON.parse(answer.value.response.body);
    expect(body).toMatchObject({ apiVersion: 'hooks.runtime.cluster.x-k8s.io/v1alpha1', kind: 'DiscoveryResponse', status: 'Success' });
    expect(body.handlers.map((one: { requestHook: { hook: string } }) => one.requestHook.hook)).toEqual([
      'BeforeClusterUpgrade',
      'BeforeControlPlaneUpgrade',
    ]);
    for (const { timeoutSeconds, failurePolicy } of body.handlers) {
      expect(timeoutSeconds).toBeLessThanOrEqual(30);
      expect(failurePolicy).toBe('Fail');
    }
  });
  it('asks before the control plane, too', () => {
    const path = `${hooks}/beforecontrolplaneupgrade/before-control-plane-upgrade`;
    const asked = askedBy(
      sample.read(requestOf({ ...sample, path }, { ...recorded(sample.payload), kind: 'BeforeControlPlaneUpgradeRequest' })),
    );
    expect(asked.request.source.run).toBe('BeforeControlPlaneUpgrade');
    expect(asked.request.idempotencyKey).not.toBe(request.idempotencyKey);
    expect(JSON.parse(answerRuntimeHook(evaluationOf('allow'), asked.request, { now }).body).kind).toBe(
      'BeforeControlPlaneUpgradeResponse',
    );
  });
  it.each([
    `${hooks}/beforeclusterdelete/before-cluster-delete`,
    `${hooks}/beforeclusterupgrade`,
    `${hooks}/beforeclusterupgrade/other`,
    '/',
    `${hooks}/__proto__/x`,
  ])('serves nothing under %s', (path) => {
    expect(failureOf(sample.read(genuine(sample, { path })))).toBe('not-found');
  });
  it('does not take one hook for another', () => {
    expect(failureOf(sample.read(requestOf(sample, { ...recorded(sample.payload), kind: 'BeforeClusterDeleteRequest' })))).toBe(
      'input-invalid',
    );
  });
  it('needs no token of a client whose certificate was verified', () => {
    const { settings: _none, ...plain } = recorded(sample.payload);
    const raw = requestOf(sample, plain);
    expect(failureOf(readRuntimeHook(raw, clusterApi, rules))).toBe('credential-refused');
    expect(readRuntimeHook(raw, { ...clusterApi, isClientVerified: true }, rules).ok).toBe(true);
  });
  it.each(verdicts)('blocks on %s unless it allows', (verdict) => {
    const { status, body } = answerRuntimeHook(evaluationOf(verdict), request, { now });
    const answer = JSON.parse(body);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ kind: 'BeforeClusterUpgradeResponse', status: 'Success' });
    expect(answer.retryAfterSeconds === 0).toBe(isAllowed(verdict));
    expect(answer.message === '').toBe(isAllowed(verdict));
  });
});

describe('Flux', () => {
  const sample = sampleOf('Flux event');
  const { request } = askedBy(sample.read(genuine(sample)));
  const read = (changes: object) => sample.read(requestOf(sample, { ...recorded(sample.payload), ...changes }));

  it('pokes the receiver after an allow, and only then', () => {
    for (const verdict of verdicts) {
      const calls = answerFlux(evaluationOf(verdict), request, flux, { now });
      expect(calls.map(({ url }) => url)).toEqual(isAllowed(verdict) ? [flux.receiver] : []);
    }
    expect(answerFlux(evaluationOf('allow'), request, { ...flux, hosts: ['other.example.com'] }, { now })).toEqual([]);
  });
  it('ignores events that ask for nothing', () => {
    for (const changes of [{ metadata: {} }, { metadata: null }, { severity: 'error' }])
      expect(read(changes)).toMatchObject({ ok: true, value: { kind: 'ignored' } });
  });
  it('refuses old events', () => {
    expect(failureOf(read({ timestamp: '2026-11-28T07:00:00Z' }))).toBe('credential-refused');
    expect(failureOf(read({ timestamp: '2026-11-28T09:30:00Z' }))).toBe('credential-refused');
  });
});

describe('signed webhooks', () => {
  const sample = sampleOf('signed webhook');
  const { request } = askedBy(sample.read(genuine(sample)));
  const read = (changes: object) => sample.read(requestOf(sample, { ...recorded(sample.payload), ...changes }));
  const context = { now, self: 'https://gate.example.com/v1/gate/evaluations/evl-0001' };

  it('take the same signature as the webhooks that are sent', () => {
    const raw = genuine(sample);
    const headers = raw.headers as Record<string, string>;
    expect(verifyWebhook(sender.secrets.join(' '), headers, raw.body, now)).toMatchObject({ ok: true });
    expect(askedBy(sample.read(raw)).delivery?.ids).toEqual(['webhook:ci:msg_0001']);
  });
  it('refuse an old message and one from the future', () => {
    for (const at of ['2026-11-28T09:05:02.000Z', '2026-11-28T08:54:58.000Z'])
      expect(failureOf(sample.read(genuine(sample, { now: at })))).toBe('credential-refused');
  });
  it('refuse another nonce or time under the same signature', () => {
    const raw = genuine(sample);
    for (const other of [{ 'webhook-id': 'msg_0002' }, { 'webhook-timestamp': '1795856401' }])
      expect(failureOf(sample.read({ ...raw, headers: { ...raw.headers, ...other } }))).toBe('credential-refused');
  });
  it('ask about allowed clusters only, and say not who they are', () => {
    expect(failureOf(read({ cluster: 'prod-b' }))).toBe('permission-missing');
    expect(askedBy(read({ source: { system: 'github', actor: 'root' } })).request.source).toEqual({ system: 'webhook', actor: 'ci' });
  });
  it.each([
    'https://evil.example/',
    'https://ci.example.com.evil.example/',
    'https://ci.example.com:8443/',
    'https://u:p@ci.example.com/',
    'http://ci.example.com/',
    'https://169.254.169.254/',
  ])('refuse the callback %s', (url) => {
    expect(['input-invalid', 'permission-missing']).toContain(failureOf(read({ callback: { type: 'webhook', url } })));
  });
  it('take no callback but a webhook, and no field that is not known', () => {
    expect(failureOf(read({ callback: { type: 'flux', connection: 'flux' } }))).toBe('input-invalid');
    expect(failureOf(read({ verdict: 'allow' }))).toBe('input-invalid');
  });
  it('bring the evaluation where it was asked for, if that is still allowed', () => {
    const [call] = answerWebhook(evaluationOf('deny'), request, sender, context);
    expect(call).toMatchObject({ url: 'https://ci.example.com/gate/answers', authorization: { kind: 'webhook-signature' } });
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ id: 'evl-0001', allowed: false });
    expect(answerWebhook(evaluationOf('deny'), request, { hosts: [] }, context)).toEqual([]);
    expect(answerWebhook(evaluationOf('pending'), request, sender, context)).toEqual([]);
  });
});

describe('Argo CD', () => {
  it('is a job that runs before the sync, under the restricted profile', () => {
    const hostile = 'prod"; rm -rf / #';
    const job = parse(
      preSyncJob({
        namespace: 'shop',
        server: 'https://gate.example.com',
        cluster: hostile,
        target: 'v1.36.3',
        image: 'curl@sha256:00',
        secretName: 'gate',
      }),
    );
    expect(job).toMatchObject({
      kind: 'Job',
      metadata: { namespace: 'shop', annotations: { 'argocd.argoproj.io/hook': 'PreSync' } },
      spec: { backoffLimit: 0, activeDeadlineSeconds: 900 },
    });
    const [container] = job.spec.template.spec.containers;
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.command[2]).not.toContain(hostile);
    const question = JSON.parse(container.env.find(({ name }: { name: string }) => name === 'QUESTION').value);
    expect(EvaluationAsk.parse(question)).toMatchObject({ cluster: hostile, source: { system: 'argocd' } });
  });
});
