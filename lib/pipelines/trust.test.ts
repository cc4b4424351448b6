import { describe, expect, it } from 'vitest';
import { failureOf, now, recorded } from '../../test/support/pipelines.ts';
import { EvaluationAsk } from '../gate/request.ts';
import { readJob, TrustRule } from './trust.ts';

const rules: readonly TrustRule[] = [
  {
    name: 'fleet on GitHub',
    system: 'github',
    issuer: 'https://token.actions.githubusercontent.com',
    audience: 'https://gate.example.com',
    repositoryId: '700100200',
    claims: { environment: 'production', ref: 'refs/heads/main' },
    clusters: ['prod-a'],
  },
  {
    name: 'fleet on GitLab',
    system: 'gitlab',
    issuer: 'https://gitlab.example.com',
    audience: 'https://gate.example.com',
    repositoryId: '3141',
    claims: { ref: 'main', ref_protected: 'true' },
    clusters: ['prod-a'],
  },
];
const ask = EvaluationAsk.parse({ cluster: 'prod-a', target: { kubernetesVersion: 'v1.36.3' } });

describe.each(['github-oidc-claims', 'gitlab-oidc-claims'])('%s', (name) => {
  const claims = recorded(name);
  const read = (changes: object, at = now, question = ask) => readJob(question, { ...claims, ...changes }, rules, at);
  const project = name.startsWith('github') ? 'repository_id' : 'project_id';

  it('asks, with a source from the claims alone', () => {
    const answer = readJob({ ...ask, source: { system: 'api', repository: 'somebody/else', actor: 'root' } }, claims, rules, now);
    expect(answer).toMatchObject({
      ok: true,
      value: { cluster: 'prod-a', source: { repositoryId: claims[project], environment: 'production' } },
    });
    expect(JSON.stringify(answer)).not.toContain('somebody/else');
    expect(JSON.stringify(answer)).not.toContain('"root"');
  });
  it('has one key for each attempt, and never the key of another repository', () => {
    const keyOf = (answer: ReturnType<typeof readJob>): string => (answer.ok ? answer.value.idempotencyKey : answer.failure.say);
    expect(keyOf(read({}))).toBe(name.startsWith('github') ? 'github-700100200-9876543210-2' : 'gitlab-3141-574-302');
    expect(keyOf(read({}, now, { ...ask, idempotencyKey: 'mine' }))).toBe(
      `${name.startsWith('github') ? 'github-700100200' : 'gitlab-3141'}-mine`,
    );
  });
  it.each([
    ['an expired token', { exp: 1_795_856_300, iat: 1_795_856_000, nbf: 1_795_856_000 }],
    ['a token from the future', { iat: 1_795_857_000, nbf: 1_795_857_000, exp: 1_795_858_000 }],
    ['a token not valid yet', { nbf: 1_795_857_000 }],
    ['a token without an end', { exp: undefined }],
    ['a token whose end is text', { exp: '1795860000' }],
    ['a token without a beginning', { iat: undefined }],
    ['a token for years', { exp: 1_895_860_000 }],
    ['another audience', { aud: 'https://other.example.com' }],
    ['no audience', { aud: undefined }],
    ['an audience that contains ours', { aud: 'https://gate.example.com.evil.example' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['an issuer with a slash more', { iss: `${claims.iss}/` }],
    ['another repository', { [project]: '1' }],
    ['the same name, another id', { [project]: '999', repository: 'example-org/fleet' }],
    ['no id', { [project]: undefined }],
    ['another branch', { ref: 'refs/heads/feature' }],
    ['a claim that is an object', { ref: { toString: 'main' } }],
  ])('refuses %s', (_what, changes) => {
    expect(failureOf(read(changes))).toBe('credential-refused');
  });
  it('takes one audience of several', () => {
    expect(read({ aud: ['https://other.example.com', 'https://gate.example.com'] }).ok).toBe(true);
  });
  it('may not ask about another cluster', () => {
    for (const cluster of ['prod-b', 'PROD-A', '__proto__'])
      expect(failureOf(read({}, now, { ...ask, cluster }))).toBe('permission-missing');
  });
  it('has no rule when there are none', () => {
    expect(failureOf(readJob(ask, claims, [], now))).toBe('credential-refused');
  });
  it('takes no claim that is only inherited', () => {
    expect(failureOf(readJob(ask, Object.create(claims), rules, now))).toBe('credential-refused');
  });
});

it('wants a rule to name more than a repository', () => {
  expect(TrustRule.safeParse(rules[0]).success).toBe(true);
  expect(TrustRule.safeParse({ ...rules[0], claims: {} }).success).toBe(false);
  expect(TrustRule.safeParse({ ...rules[0], repositoryId: 'example-org/fleet' }).success).toBe(false);
  expect(TrustRule.safeParse({ ...rules[0], issuer: 'http://token.example.com' }).success).toBe(false);
});
