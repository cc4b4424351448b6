import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { StoredCredential } from '../credential-file.ts';
import type { Transport } from '../http/transport.ts';
import { discover, postForm, readForm } from './issuer.ts';
import { candidatesOf, checkIdToken, Tokens } from './tokens.ts';

/** A new token for the refresh token of a sign-in. */
export const refresh = async (stored: StoredCredential, transport: Transport, now: string): Promise<Result<StoredCredential>> => {
  const { renewal } = stored;
  if (!renewal) throw new Error('there is nothing to renew this sign-in with');
  const issuer = await discover(renewal.issuer, renewal.clientId, transport);
  if (!issuer.ok) return issuer;
  const answer = await postForm(transport, issuer.value.token, {
    grant_type: 'refresh_token',
    refresh_token: renewal.refreshToken,
    client_id: renewal.clientId,
  });
  if (!answer.ok) return answer;
  const read = readForm(Tokens, answer.value, renewal.issuer);
  if ('error' in read) return failed('credential-refused', `The sign-in has ended (${read.say}); sign in again with gatehouse login.`);
  // an issuer that does not rotate refresh tokens sends none
  const tokens = { refresh_token: renewal.refreshToken, ...read.done };
  const checked = checkIdToken(tokens, issuer.value);
  if (!checked.ok) return checked;
  const found = candidatesOf(tokens, issuer.value, now).find((one) => one.renewal?.use === renewal.use);
  if (!found)
    return failed(
      'credential-refused',
      'The identity provider renewed the sign-in without a token for this service; sign in again with gatehouse login.',
    );
  return succeed({ ...found, ...(stored.caFile === undefined ? {} : { caFile: stored.caFile }) });
};

/** Tells the issuer that a refresh token is not wanted any more. Answers whether it took it. */
export const revoke = async ({ renewal }: StoredCredential, transport: Transport): Promise<boolean> => {
  if (!renewal) return false;
  const issuer = await discover(renewal.issuer, renewal.clientId, transport);
  if (!issuer.ok || !issuer.value.revocation) return false;
  const answer = await postForm(transport, issuer.value.revocation, {
    token: renewal.refreshToken,
    token_type_hint: 'refresh_token',
    client_id: renewal.clientId,
  });
  return answer.ok && answer.value.status === 200;
};
