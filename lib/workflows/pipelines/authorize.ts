import { createHash, createHmac } from 'node:crypto';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { type Connection, connectionSecret } from '../../fleet/connection.ts';
import { secretsIn } from '../../fleet/connection-rules.ts';
import { evaluationSecret } from '../../fleet/evaluation.ts';
import { signWebhook } from '../../fleet/webhook-signature.ts';
import { type OutgoingCall, signAppToken } from '../../pipelines/index.ts';
import type { SecretStore } from '../../ports/secret-store.ts';

export interface AuthorizationContext {
  readonly secrets: Pick<SecretStore, 'get'>;
  readonly connection: Connection;
  readonly evaluationId: string;
  readonly now: string;
  /** The answer of the call before. */
  readonly before: string | undefined;
}
type Headers = Readonly<Record<string, string>>;

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
const refused = (say: string) => failed('credential-refused', say);

/** The same for every try, so that receivers can drop repeats. */
const messageId = (evaluationId: string): string =>
  `msg_${createHash('sha256').update(`callback ${evaluationId}`).digest('hex').slice(0, 32)}`;

const appToken = (claims: Readonly<Record<string, string | number>>, key: string): Result<Headers> => {
  try {
    return succeed(bearer(signAppToken(claims, key)));
  } catch {
    return refused('The private key of the GitHub App cannot be used; store it again.');
  }
};

const tokenIn = (answer: string | undefined): string | undefined => {
  try {
    const { token } = JSON.parse(answer ?? '') as { token?: unknown };
    return typeof token === 'string' && /^[\x21-\x7e]{1,4096}$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
};

/** The headers that prove who we are. `timed-out` and the like may be tried again. */
export const authorize = async (
  { authorization, body }: OutgoingCall,
  { secrets, connection, evaluationId, now, before }: AuthorizationContext,
): Promise<Result<Headers>> => {
  const stored = (part: 'secret' | 'credential') => secrets.get(connectionSecret(connection.id, part));
  switch (authorization.kind) {
    case 'app-token': {
      const key = await stored('credential');
      return key.ok ? appToken(authorization.claims, key.value) : key;
    }
    case 'token-of-call-before': {
      const token = tokenIn(before);
      return token === undefined ? refused('GitHub gave no token in its answer, so the decision was not sent.') : succeed(bearer(token));
    }
    case 'stored-token': {
      const token = await stored('credential');
      return token.ok ? succeed({ [authorization.header]: token.value }) : token;
    }
    case 'secret-of-request': {
      const token = await secrets.get(evaluationSecret(evaluationId));
      return token.ok ? succeed(bearer(token.value)) : token;
    }
    case 'hex-signature': {
      const there = await stored('secret');
      const [newest] = there.ok ? secretsIn(there.value) : [];
      if (!there.ok || newest === undefined) return there.ok ? refused('The secret of the connection is not there; replace it.') : there;
      return succeed({ [authorization.header]: `sha256=${createHmac('sha256', newest).update(body).digest('hex')}` });
    }
    case 'webhook-signature': {
      const there = await stored('secret');
      const signed = there.ok ? signWebhook(there.value, messageId(evaluationId), now, body) : undefined;
      return there.ok ? (signed ? succeed(signed) : refused('The secret of the connection cannot sign; replace it.')) : there;
    }
  }
};
