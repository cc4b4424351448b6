import { clock } from '../../lib/adapters/aws/deployed/index.ts';
import { optionalSetting } from '../../lib/core/environment.ts';
import type { Authenticator } from '../../lib/http/access.ts';
import { createAuthenticator } from '../../lib/http/authenticator.ts';
import type { NamedAdmin } from '../../lib/http/holder.ts';
import type { Oidc, TrustedIssuer } from '../../lib/http/oidc.ts';
import type { FetchDocument } from '../../lib/http/oidc-keys.ts';
import type { PipelineIdentity } from '../../lib/http/pipeline-identity.ts';
import type { Records } from '../../lib/records/index.ts';
import type { SignInSettings } from '../../lib/service/index.ts';

const setting = (name: Parameters<typeof optionalSetting>[1]): string | undefined => optionalSetting(process.env, name);

/** Where people sign in, for the command line. */
export const signIn: SignInSettings = {
  issuer: setting('issuer') ?? null,
  clientId: setting('clientId') ?? null,
  scopes: ['openid', 'profile', 'email'],
};

/** The first admin of the tenant: an address that the issuer vouches for, or its subject. */
export const adminsOf = (issuer: string | undefined, person: string | undefined): readonly NamedAdmin[] => {
  if (issuer === undefined || person === undefined) return [];
  return [person.includes('@') ? { issuer, email: person } : { issuer, subject: person }];
};

/** Loaded with the first sign-in token: where programs call with API tokens, never. */
const oidcOf = (issuers: readonly TrustedIssuer[]): Oidc => {
  let loaded: Promise<Oidc> | undefined;
  const load = async (): Promise<Oidc> => {
    const [{ createOidc }, { remoteKeys }] = [await import('../../lib/http/oidc.ts'), await import('../../lib/http/oidc-keys.ts')];
    return createOidc({ issuers, keysOf: remoteKeys(clock), clock });
  };
  return async (token) => {
    loaded ??= load();
    return (await loaded)(token);
  };
};

/** Loaded with the first token that is no API token. */
const pipelinesOf = (records: Records, fetchDocument: FetchDocument): PipelineIdentity => {
  let loaded: Promise<PipelineIdentity> | undefined;
  const load = async (): Promise<PipelineIdentity> => {
    const [{ createPipelineIdentity }, { remoteKeys }] = await Promise.all([
      import('../../lib/http/pipeline-identity.ts'),
      import('../../lib/http/oidc-keys.ts'),
    ]);
    return createPipelineIdentity({ records, clock, keysOf: remoteKeys(clock, fetchDocument) });
  };
  return async (token) => {
    loaded ??= load();
    return (await loaded)(token);
  };
};

/** API tokens, tokens of the issuer that was named at deployment, and tokens of jobs that trust rules know. */
export const authenticatorOver = (records: Records, fetchDocument: FetchDocument): Authenticator => {
  const [issuer, audience, groupsClaim] = [setting('issuer'), setting('audience'), setting('groupsClaim')];
  const issuers = issuer && audience ? [{ issuer, audience, ...(groupsClaim ? { groupsClaim } : {}) }] : [];
  return createAuthenticator({
    records,
    clock,
    admins: adminsOf(issuer, setting('firstAdmin')),
    ...(issuers.length > 0 ? { oidc: oidcOf(issuers) } : {}),
    pipelines: pipelinesOf(records, fetchDocument),
  });
};
