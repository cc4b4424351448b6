import { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { secureUrl } from '../http/address.ts';
import { plain } from '../http/problem.ts';
import type { Pause } from '../http/repeat.ts';
import type { Transport } from '../http/transport.ts';
import { type Issuer, postForm, readForm } from './issuer.ts';
import { checkIdToken, Tokens } from './tokens.ts';

const Begun = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1).max(100),
  verification_uri: z.string(),
  verification_uri_complete: z.string().optional(),
  expires_in: z.number().positive(),
  interval: z.number().nonnegative().default(5),
});

export interface DeviceOptions {
  readonly issuer: Issuer;
  readonly scopes: readonly string[];
  readonly transport: Transport;
  readonly pause: Pause;
  /** Shows the person where to go. */
  readonly show: (address: string, code: string, complete: string | undefined) => void;
  /** Seconds after which we give up, though the issuer might wait longer. */
  readonly patience: number;
}

const grant = 'urn:ietf:params:oauth:grant-type:device_code';

const endings: Readonly<Record<string, Result<never>>> = {
  access_denied: failed('credential-refused', 'The sign-in was refused at the identity provider; nothing was stored.'),
  expired_token: failed('timed-out', 'The code was not confirmed in time; run gatehouse login again.'),
};

/** Asks until the person has confirmed, as slowly as the issuer wants it (RFC 8628, 3.5). */
const poll = async (
  options: DeviceOptions,
  device: URL,
  { device_code, interval, expires_in }: z.infer<typeof Begun>,
): Promise<Result<Tokens>> => {
  const { issuer, transport, pause, patience } = options;
  let seconds = Math.max(interval, 0.1);
  let left = Math.min(expires_in, patience);
  while (left > 0) {
    left -= seconds;
    if (!(await pause(1000 * seconds))) return failed('cancelled', 'Stopped; nothing was stored.');
    const answer = await postForm(transport, issuer.token, { grant_type: grant, device_code, client_id: issuer.clientId });
    if (!answer.ok) {
      if (answer.failure.code === 'cancelled') return answer;
      // the network is not well: ask half as often
      seconds *= 2;
      continue;
    }
    const read = readForm(Tokens, answer.value, issuer.issuer);
    if ('done' in read) {
      const checked = checkIdToken(read.done, issuer);
      return checked.ok ? succeed(read.done) : checked;
    }
    if (read.error === 'slow_down') seconds += 5;
    else if (read.error !== 'authorization_pending')
      return endings[read.error] ?? failed('credential-refused', `Cannot sign in at ${device.origin}: ${read.say}.`);
  }
  return endings.expired_token as Result<never>;
};

/** Signs in with a code that the person confirms in a browser anywhere (RFC 8628). */
export const signInByDevice = async (options: DeviceOptions, device: URL): Promise<Result<Tokens>> => {
  const { issuer, scopes, transport, show } = options;
  const answer = await postForm(transport, device, { client_id: issuer.clientId, scope: scopes.join(' ') });
  if (!answer.ok) return answer;
  const begun = readForm(Begun, answer.value, issuer.issuer);
  if ('error' in begun) return failed('credential-refused', `Cannot begin to sign in: ${begun.say}.`);
  const address = secureUrl(begun.done.verification_uri, 'The page for the code');
  if (!address.ok) return address;
  const complete = begun.done.verification_uri_complete && secureUrl(begun.done.verification_uri_complete, 'The page for the code');
  if (complete && !complete.ok) return complete;
  show(address.value.href, plain(begun.done.user_code), complete ? complete.value.href : undefined);
  return poll(options, device, begun.done);
};
