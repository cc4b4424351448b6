import { failed, type Result, succeed } from '../core/failure.ts';
import { timeOf } from '../core/time.ts';
import { type EvaluationAsk, EvaluationRequest, type EvaluationSource } from '../gate/request.ts';
import type { TrustRule } from '../gate/trust-rule.ts';
import { conform } from './shared/body.ts';
import { refused } from './shared/sender.ts';

export { TrustRule } from '../gate/trust-rule.ts';

// Pipelines that show an OIDC token: GitHub Actions and GitLab jobs. Whoever calls has checked the signature by the issuer's keys; what the claims are good for is decided here.

const who = { github: { id: 'repository_id' }, gitlab: { id: 'project_id' } } as const;

/** Claims of a token whose signature was checked by the keys of its issuer. */
export type VerifiedClaims = Readonly<Record<string, unknown>>;

/** How far clocks may be apart, in seconds. */
const leeway = 60;
/** A token of a job is good for minutes; one that says a day is none of a job. */
const longest = 24 * 3600;

const claim = (claims: VerifiedClaims, name: string): string | undefined => {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return typeof value === 'string' ? value : Number.isSafeInteger(value) || typeof value === 'boolean' ? String(value) : undefined;
};
const seconds = (claims: VerifiedClaims, name: string): number | undefined => {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

const isTimely = (claims: VerifiedClaims, now: string): boolean => {
  const [at, issued, expires, from] = [timeOf(now) / 1000, seconds(claims, 'iat'), seconds(claims, 'exp'), seconds(claims, 'nbf')];
  if (issued === undefined || expires === undefined) return false;
  return expires > at - leeway && issued <= at + leeway && expires - issued <= longest && (from ?? issued) <= at + leeway;
};

const isFor = (claims: VerifiedClaims, audience: string): boolean => {
  const said = Object.hasOwn(claims, 'aud') ? claims.aud : undefined;
  return said === audience || (Array.isArray(said) && said.includes(audience));
};

const fits = (claims: VerifiedClaims, { issuer, audience, system, repositoryId, claims: wanted }: TrustRule): boolean =>
  claim(claims, 'iss') === issuer &&
  isFor(claims, audience) &&
  claim(claims, who[system].id) === repositoryId &&
  Object.entries(wanted).every(([name, value]) => claim(claims, name) === value);

/** The rules that these claims satisfy. None is a refusal that tells nothing of the rules. */
export const trust = (claims: VerifiedClaims, rules: readonly TrustRule[], now: string): Result<readonly TrustRule[]> => {
  if (!isTimely(claims, now))
    return refused('The token of the job has expired, is from the future or says no times; get a new one right before asking.');
  const fitting = rules.filter((rule) => fits(claims, rule));
  return fitting.length > 0
    ? succeed(fitting)
    : refused(
        'No trust rule fits the token of this job: its issuer, audience, repository and claims must all be as an administrator wrote them.',
      );
};

const sources: Readonly<Record<TrustRule['system'], Readonly<Record<Exclude<keyof EvaluationSource, 'system'>, string>>>> = {
  github: {
    repository: 'repository',
    repositoryId: 'repository_id',
    environment: 'environment',
    run: 'run_id',
    ref: 'ref',
    sha: 'sha',
    actor: 'actor',
  },
  gitlab: {
    repository: 'project_path',
    repositoryId: 'project_id',
    environment: 'environment',
    run: 'pipeline_id',
    ref: 'ref',
    sha: 'sha',
    actor: 'user_login',
  },
};

const attempts = { github: ['run_id', 'run_attempt'], gitlab: ['pipeline_id', 'job_id'] } as const;

const sourceOf = (claims: VerifiedClaims, system: TrustRule['system']): EvaluationSource => ({
  system,
  ...Object.fromEntries(
    Object.entries(sources[system]).flatMap(([field, name]) => {
      const value = claim(claims, name);
      return value === undefined || value === '' || value.length > 256 ? [] : [[field, value]];
    }),
  ),
});

/** What a job asks: the question is its own, who asks comes from the claims alone. */
export const readJob = (
  ask: EvaluationAsk,
  claims: VerifiedClaims,
  rules: readonly TrustRule[],
  now: string,
): Result<EvaluationRequest> => {
  const trusted = trust(claims, rules, now);
  if (!trusted.ok) return trusted;
  const rule = trusted.value.find(({ clusters }) => clusters.includes(ask.cluster));
  if (!rule)
    return failed(
      'permission-missing',
      `This job may not ask about ${ask.cluster}; ask an administrator to add the cluster to its trust rule.`,
    );
  const { source: _said, idempotencyKey, ...question } = ask;
  const [run, attempt] = attempts[rule.system].map((name) => claim(claims, name));
  const key = idempotencyKey ?? (run === undefined ? undefined : `${run}-${attempt ?? '1'}`);
  if (key === undefined) return failed('input-invalid', 'The token names no run; send an idempotencyKey.');
  // two repositories never share a key, whatever they send
  const request = { ...question, idempotencyKey: `${rule.system}-${rule.repositoryId}-${key}`, source: sourceOf(claims, rule.system) };
  return conform(EvaluationRequest, request, 'The request');
};
