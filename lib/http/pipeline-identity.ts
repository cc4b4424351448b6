import { createHash } from 'node:crypto';
import { decodeJwt, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { failed, type Result, succeed } from '../core/failure.ts';
import { toDate } from '../core/time.ts';
import type { Actor } from '../fleet/common.ts';
import type { TrustRuleRecord } from '../fleet/connection.ts';
import { type TrustRule, trust, type VerifiedClaims } from '../pipelines/trust.ts';
import type { Clock } from '../ports/clock.ts';
import { partitions, type Records } from '../records/index.ts';
import type { Caller, PipelineCaller } from '../service/handler.ts';

export interface PipelineIdentityOptions {
  readonly records: Pick<Records, 'trustRules'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Public keys of an issuer; asked only for issuers that a stored rule names. */
  keysOf(issuer: string): JWTVerifyGetKey;
}
/** Who shows the token of a job. `undefined`: it is none of a job of an issuer that is trusted here, and somebody else may know it. */
export type PipelineIdentity = (token: string) => Promise<Result<Caller> | undefined>;

/** What GitHub and GitLab sign with; never a shared secret. */
const algorithms = ['RS256', 'PS256', 'ES256'];
/** As lib/pipelines/trust.ts takes it: it looks at the times again. */
const leeway = 60;
const notTaken =
  'The token of this job is not taken: it must be signed by an issuer that a trust rule names, for the audience of that rule, and be new. Get a new one right before asking.';

const systemOf = (claims: VerifiedClaims): TrustRule['system'] | undefined =>
  claims.repository_id !== undefined ? 'github' : claims.project_id !== undefined ? 'gitlab' : undefined;

const claimsIn = (token: string): VerifiedClaims | undefined => {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
};

const rulesOf = async ({ records }: PipelineIdentityOptions, issuer: string): Promise<readonly TrustRuleRecord[]> => {
  const rules: TrustRuleRecord[] = [];
  for await (const { value } of records.trustRules.all({ ...partitions.allTrustRules, limit: 1000 }))
    if (value.issuer === issuer) rules.push(value);
  return rules;
};

const ruleOf = ({ id: _, createdAt: __, ...rule }: TrustRuleRecord) => rule;

/** Numeric ids first, for names are given to others; then what the job is. Too long a subject is hashed, not cut. */
const actorOf = (claims: VerifiedClaims, { system, repositoryId }: TrustRule): Actor => {
  const subject = String(claims.sub ?? '');
  const whole = `${system}:${repositoryId}:${subject}`;
  const id = whole.length <= 256 ? whole : `${system}:${repositoryId}:${createHash('sha256').update(subject).digest('hex')}`;
  const repository = String(claims[system === 'github' ? 'repository' : 'project_path'] ?? repositoryId);
  const name = `${repository} on ${system}`.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  return { type: 'pipeline', id, name: name.slice(0, 256) };
};

/** No role holds for a job: it may ask what its rules say, and look at what it asked. */
const nothing: Caller['grants'] = { may: () => false, sees: () => false, list: () => [] };

const callerOf = (pipeline: PipelineCaller): Caller => {
  const [rule] = pipeline.rules;
  if (!rule) throw new Error('a job without a rule that fits');
  const actor = actorOf(pipeline.claims, rule);
  return { actor, personId: actor.id, grants: nothing, pipeline };
};

/** Verifies tokens of jobs: the signature by the keys of an issuer that a stored rule names, then claim by claim by those rules. */
export const createPipelineIdentity = (options: PipelineIdentityOptions): PipelineIdentity => {
  const { clock, keysOf } = options;
  return async (token) => {
    const shown = claimsIn(token);
    if (shown === undefined || typeof shown.iss !== 'string' || systemOf(shown) === undefined) return undefined;
    const rules = await rulesOf(options, shown.iss);
    if (rules.length === 0) return undefined;
    const verified = await jwtVerify(token, keysOf(shown.iss), {
      issuer: shown.iss,
      audience: [...new Set(rules.map(({ audience }) => audience))],
      algorithms,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: leeway,
      currentDate: toDate(clock.now()),
    }).catch(() => undefined);
    if (!verified) return failed('credential-refused', notTaken);
    const claims: VerifiedClaims = verified.payload;
    const fitting = trust(claims, rules.map(ruleOf), clock.now());
    // the rules come back as they went in
    return fitting.ok ? succeed(callerOf({ claims, rules: fitting.value as readonly ReturnType<typeof ruleOf>[] })) : fitting;
  };
};
