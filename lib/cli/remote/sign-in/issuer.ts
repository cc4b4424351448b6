import { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { secureUrl } from '../http/address.ts';
import { plain } from '../http/problem.ts';
import type { Received, Transport } from '../http/transport.ts';

/** Bytes of what an issuer answers; it may be a stranger. */
const most = 1024 * 1024;

const Discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string(),
  device_authorization_endpoint: z.string().optional(),
  revocation_endpoint: z.string().optional(),
});
/** An OpenID Connect issuer as it describes itself. */
export interface Issuer {
  readonly issuer: string;
  readonly clientId: string;
  readonly token: URL;
  readonly authorization?: URL;
  readonly device?: URL;
  readonly revocation?: URL;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** What OAuth answers to a request that it refuses (RFC 6749, 5.2). */
export const OAuthError = z.object({ error: z.string().max(200), error_description: z.string().max(1000).optional() });

/** A text of an issuer for a sentence of ours. */
export const inSentence = (text: string): string =>
  plain(text)
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .slice(0, 300);

const bad = (issuer: string, what: string) =>
  failed('answer-invalid', `The identity provider ${issuer} ${what}; tell whoever runs the service.`);

/** Reads the discovery document. Whoever answers must call itself what the service calls it: else somebody stands in between. */
export const discover = async (issuer: string, clientId: string, transport: Transport): Promise<Result<Issuer>> => {
  const address = secureUrl(issuer, 'The identity provider');
  if (!address.ok) return address;
  const place = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const answer = await transport.ask(place, { method: 'GET', headers: { accept: 'application/json' } }, most);
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return bad(issuer, `has no discovery document (HTTP ${answer.value.status})`);
  const read = Discovery.safeParse(parse(answer.value.text));
  if (!read.success) return bad(issuer, 'answers a discovery document that cannot be read');
  if (read.data.issuer !== issuer) return bad(issuer, `calls itself ${inSentence(read.data.issuer)}`);
  const endpoints: Partial<Record<'token' | 'authorization' | 'device' | 'revocation', URL>> = {};
  for (const [name, text] of [
    ['token', read.data.token_endpoint],
    ['authorization', read.data.authorization_endpoint],
    ['device', read.data.device_authorization_endpoint],
    ['revocation', read.data.revocation_endpoint],
  ] as const) {
    if (text === undefined) continue;
    const url = secureUrl(text, `The ${name} endpoint of the identity provider`);
    if (!url.ok) return url;
    endpoints[name] = url.value;
  }
  return succeed({ issuer, clientId, ...endpoints } as Issuer);
};

/** Posts a form, as OAuth wants it. */
export const postForm = (transport: Transport, url: URL, fields: Readonly<Record<string, string>>): Promise<Result<Received>> =>
  transport.ask(
    url,
    {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    },
    most,
  );

/** The JSON of an answer, or what OAuth says went wrong. */
export const readForm = <T>(
  schema: z.ZodType<T>,
  { status, text }: Received,
  issuer: string,
): { readonly done: T } | { readonly error: string; readonly say: string } => {
  const json = parse(text);
  if (status >= 200 && status < 300) {
    const read = schema.safeParse(json);
    return read.success ? { done: read.data } : { error: 'unreadable', say: `${issuer} answered something that cannot be read` };
  }
  const refused = OAuthError.safeParse(json);
  if (!refused.success) return { error: 'unreadable', say: `${issuer} answered HTTP ${status}` };
  const { error, error_description: description } = refused.data;
  return { error, say: `${issuer} refused it: ${inSentence(description ? `${error}, ${description}` : error)}` };
};
