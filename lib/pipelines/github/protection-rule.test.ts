import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  askedBy,
  check,
  evaluationOf,
  failureOf,
  genuine,
  github,
  now,
  recorded,
  requestOf,
  rules,
  sampleOf,
} from '../../../test/support/pipelines.ts';
import { verdicts } from '../../gate/evaluation.ts';
import { pendingStanding } from '../standing.ts';
import { signAppToken } from './app-token.ts';
import { answerProtectionRule, readProtectionRule } from './protection-rule.ts';

const sample = sampleOf('GitHub deployment protection rule');
const payload = recorded(sample.payload);
const request = askedBy(sample.read(genuine(sample))).request;
const context = { now, reportsSent: 0, link: 'https://gate.example.com/evaluations/evl-0001' };
const answer = (verdict: Parameters<typeof evaluationOf>[0], more = {}) =>
  answerProtectionRule(evaluationOf(verdict, more), request, github, context);
const deployment = payload.deployment as object;
const read = (changes: object) => sample.read(requestOf(sample, { ...payload, ...changes }));

describe('what GitHub asks', () => {
  it('keeps who asks, by id', () => {
    expect(request.source).toEqual({
      system: 'github',
      repository: 'example-org/fleet',
      repositoryId: '700100200',
      environment: 'production',
      run: '9876543210',
      sha: '5f2c1d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e',
      ref: 'main',
      actor: 'a-developer',
    });
    expect(request).toMatchObject({ policy: 'default', maxEvidenceAge: '1h' });
  });
  it.each([
    'https://evil.example/repos/example-org/fleet/actions/runs/9876543210/deployment_protection_rule',
    'https://api.github.com.evil.example/repos/example-org/fleet/actions/runs/9876543210/deployment_protection_rule',
    'https://api.github.com@evil.example/repos/example-org/fleet/actions/runs/9876543210/deployment_protection_rule',
    'http://api.github.com/repos/example-org/fleet/actions/runs/9876543210/deployment_protection_rule',
    'https://api.github.com/repos/example-org/other/actions/runs/9876543210/deployment_protection_rule',
    'https://api.github.com/repos/example-org/fleet/actions/runs/../../9/deployment_protection_rule',
    'https://api.github.com/repos/example-org/fleet/actions/runs/9876543210/deployment_protection_rule?x=1',
  ])('refuses the callback address %s', (deployment_callback_url) => {
    expect(failureOf(read({ deployment_callback_url }))).toBe('input-invalid');
  });
  it('reads the version of a payload that is text', () => {
    expect(
      askedBy(read({ deployment: { ...deployment, payload: '{"kubernetesVersion":"v1.36.3"}' } })).request.target.kubernetesVersion,
    ).toBe('v1.36.3');
  });
  it.each(['', '{', {}, null, { kubernetesVersion: '1.36' }, { kubernetesVersion: 'latest' }])(
    'asks nothing when the payload is %j',
    (given) => {
      expect(failureOf(read({ deployment: { ...deployment, payload: given } }))).toBe('input-invalid');
    },
  );
  it('does not let a request leave the version its rule names', () => {
    const narrow = rules.map((rule) => (rule.system === 'github' ? { ...rule, target: 'v1.35.9' } : rule));
    expect(failureOf(readProtectionRule(genuine(sample), github, narrow))).toBe('permission-missing');
  });
  it('knows no other repository or environment', () => {
    expect(failureOf(read({ environment: 'staging' }))).toBe('not-found');
    expect(failureOf(read({ repository: { ...(payload.repository as object), id: 1 } }))).toBe('not-found');
  });
  it('ignores other events and actions', () => {
    expect(read({ action: 'completed' })).toMatchObject({ ok: true, value: { kind: 'ignored' } });
    const raw = genuine(sample);
    expect(sample.read({ ...raw, headers: { ...raw.headers, 'x-github-event': 'ping' } })).toMatchObject({
      ok: true,
      value: { kind: 'ignored' },
    });
  });
  it('refuses what nobody waits for any more', () => {
    expect(failureOf(read({ deployment: { ...deployment, created_at: '2026-10-20T00:00:00Z' } }))).toBe('credential-refused');
    expect(failureOf(read({ deployment: { ...deployment, created_at: 'yesterday' } }))).toBe('credential-refused');
  });
  it('refuses a body that comes again under another delivery id', () => {
    const { delivery } = askedBy(sample.read(genuine(sample)));
    const raw = genuine(sample, { seen: (id) => id === delivery?.ids[1] });
    expect(failureOf(sample.read({ ...raw, headers: { ...raw.headers, 'x-github-delivery': 'another-id' } }))).toBe('conflict');
  });
  it('takes no signature by an empty or short secret', () => {
    for (const weak of ['', 'short'])
      expect(failureOf(readProtectionRule(genuine(sample), { ...github, webhookSecrets: [weak] }, rules))).toBe('credential-refused');
    expect(
      readProtectionRule(genuine(sample), { ...github, webhookSecrets: ['the-old-secret-0123', ...github.webhookSecrets] }, rules).ok,
    ).toBe(true);
  });
});

describe('what GitHub is told', () => {
  it('asks for a token that is good for this repository only, then decides', () => {
    const [token, callback] = answer('allow');
    expect(token).toMatchObject({
      url: 'https://api.github.com/app/installations/55667788/access_tokens',
      authorization: { kind: 'app-token', connection: 'github', claims: { iss: '123456', iat: 1_795_856_340, exp: 1_795_856_940 } },
    });
    expect(JSON.parse(token?.body ?? '')).toEqual({ repository_ids: [700100200], permissions: { deployments: 'write' } });
    expect(callback).toMatchObject({
      method: 'POST',
      url: 'https://api.github.com/repos/example-org/fleet/actions/runs/9876543210/deployment_protection_rule',
      authorization: { kind: 'token-of-call-before' },
      success: [204],
    });
  });
  it.each([
    ['allow', 'approved'],
    ['warn', 'approved'],
    ['deny', 'rejected'],
    ['error', 'rejected'],
    ['pending', undefined],
  ] as const)('%s is %s', (verdict, state) => {
    const body = JSON.parse(answer(verdict)[1]?.body ?? '');
    expect(body).toMatchObject({ environment_name: 'production' });
    expect(body.state).toBe(state);
  });
  it('rejects what was allowed and has expired', () => {
    expect(JSON.parse(answer('allow', { expiresAt: '2026-11-28T08:59:59.000Z' })[1]?.body ?? '').state).toBe('rejected');
  });
  it('sends ten reports and no more', () => {
    const pending = pendingStanding('evl-0001', request, now);
    expect(answerProtectionRule(pending, request, github, { now, reportsSent: 9 })).toHaveLength(2);
    expect(answerProtectionRule(pending, request, github, { now, reportsSent: 10 })).toEqual([]);
    expect(answerProtectionRule(evaluationOf('allow'), request, github, { now, reportsSent: 10 })).toHaveLength(2);
  });
  it.each(verdicts)('keeps a comment on %s within 1,024 characters', (verdict) => {
    const checks = Array.from({ length: 200 }, (_, at) => check(`drain.check-${at}`, { message: `${'🚦'.repeat(150)} ${at}` }));
    const { comment } = JSON.parse(answer(verdict, { checks, summary: '🚦'.repeat(3000) })[1]?.body ?? '');
    expect(comment.length).toBeLessThanOrEqual(1024);
    expect(comment.isWellFormed()).toBe(true);
    expect(comment).toContain('and ');
    expect(comment).toContain(context.link);
  });
  it('makes nothing of names in a cluster', () => {
    const message = '@everyone ![x](https://evil.example/p.png) <img src=x> `code` Bearer abcdefgh12345678';
    const { comment } = JSON.parse(answer('deny', { checks: [check('drain.budgets', { message })] })[1]?.body ?? '');
    expect(comment).not.toMatch(/@everyone|!\[x\]|https:\/\/evil|(?<!\\)<img|abcdefgh12345678/);
  });
  it('refuses to answer through another App', () => {
    expect(() => answerProtectionRule(evaluationOf('allow'), request, { ...github, connection: 'other' }, context)).toThrow(
      'another GitHub App',
    );
  });
});

it('signs the token of the App with its key', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const [head = '', claims = '', signature = ''] = signAppToken({ iss: '123456', iat: 1, exp: 2 }, privateKey).split('.');
  const json = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
  expect(json(head)).toEqual({ alg: 'RS256', typ: 'JWT' });
  expect(json(claims)).toEqual({ iss: '123456', iat: 1, exp: 2 });
  const isGood = (text: string): boolean =>
    verify('sha256', Buffer.from(text), createPublicKey(publicKey), Buffer.from(signature, 'base64url'));
  expect(isGood(`${head}.${claims}`)).toBe(true);
  expect(isGood(`${head}.${claims}x`)).toBe(false);
});
