import { failed, type Result, succeed } from '../../../core/failure.ts';

/** An Authorization header from a token; `what` names the token in the sentence for one that cannot stand in a header. */
export const bearer = (token: string, what: string): Result<string> => {
  const bare = token.trim();
  return /^[\x21-\x7e]+$/.test(bare)
    ? succeed(`Bearer ${bare}`)
    : failed('kubeconfig-invalid', `${what} is empty or holds blanks or characters that no token has; get it anew.`);
};

/** When the JSON Web Token in an Authorization header expires, as ISO 8601; `undefined` for other credentials and tokens that do not say. */
export const tokenExpiry = (authorization: string | undefined): string | undefined => {
  const payload = authorization?.match(/^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/)?.[1];
  if (payload === undefined) return undefined;
  const seconds = /"exp"\s*:\s*(\d{1,12})\b/.exec(Buffer.from(payload, 'base64url').toString('utf8'))?.[1];
  return seconds === undefined ? undefined : new Date(Number(seconds) * 1_000).toISOString();
};
