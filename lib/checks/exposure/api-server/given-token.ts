import type { HttpRequest } from '../../../core/probing/index.ts';
import type { Asked, DoorRule, OpenDoor, ProbeVerdict } from '../probe.ts';
import type { ApiRequest } from './kubernetes.ts';

/** The API server itself, from here: a token goes nowhere else, and no pod is given it. */
export const tokenDoors: DoorRule = { places: ['api-server'] };

/** A request as the account of the given token. */
export const asGiven = (request: ApiRequest): ApiRequest => ({ ...request, withToken: true });

/** Questions are put only where there is a token, and only over TLS. */
export const whereGiven = (door: OpenDoor, ask: () => readonly HttpRequest[]): readonly HttpRequest[] =>
  door.hasToken && door.greeting.http === 'tls' ? ask() : [];

/** What is said where nothing was asked with a token. */
export const notGiven = ({ hasToken, greeting }: OpenDoor): ProbeVerdict | undefined => {
  if (!hasToken)
    return {
      outcome: 'not-applicable',
      message: 'No token of a low account was given (`--probe-token`), so none was tried.',
      evidence: [{ looked: 'given token', found: 'none' }],
    };
  if (greeting.http === 'tls') return undefined;
  return {
    outcome: 'unknown',
    message: 'The given token was not shown to it, because it spoke no HTTP over TLS.',
    evidence: [{ looked: 'GET / over TLS', found: 'no answer' }],
  };
};

/** The API server would not take it: then nobody tried anything. */
export const isRefusedToken = (asked: readonly Asked[]): boolean =>
  asked.length > 0 && asked.every(({ answer }) => answer.is === 'http' && answer.status === 401);
export const refusedToken = {
  outcome: 'unknown',
  message: 'The API server does not take the given token, so what its account may do was not tried.',
} as const;
