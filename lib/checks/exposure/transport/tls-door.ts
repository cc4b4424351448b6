import type { HelloAnswer, HelloRequest } from '../../../core/probing/index.ts';
import type { Asked, DoorRule, OpenDoor, ProbeVerdict } from '../probe.ts';

/** A door that turned the greeting down by an alert speaks TLS, too: perhaps an older one. */
const speaksTls = ({ greeting: { tls } }: OpenDoor): boolean =>
  tls !== undefined && (tls.accepted || tls.refusal === 'alert' || tls.refusal === 'client-certificate' || tls.chain.length > 0);

/** Every door that speaks TLS. */
export const tlsDoors: DoorRule = { places: ['api-server', 'node', 'published', 'service'], recognise: speaksTls };

/** Whether it shakes hands with anybody at all: else, that it turns weak offers down says nothing. */
export const shakesHands = ({ greeting: { tls } }: OpenDoor): boolean => tls?.accepted === true || tls?.refusal === 'client-certificate';

export interface Hello {
  readonly request: HelloRequest;
  readonly answer: HelloAnswer;
}

/** Offers that were answered; a suite that was not on offer is no answer. */
export const hellosOf = (asked: readonly Asked[]): readonly Hello[] =>
  asked.flatMap(({ request, answer }) =>
    request.is === 'hello' && answer.is === 'hello' && (!answer.accepted || request.suites.includes(answer.suite ?? -1))
      ? [{ request, answer }]
      : [],
  );

/** The verdict where an offer got no answer, or every handshake was turned down. */
export const couldNotOffer = (evidence: ProbeVerdict['evidence']): ProbeVerdict => ({
  outcome: 'unknown',
  message: 'It speaks TLS, but what it accepts could not be seen: offers got no answer, or every one was turned down.',
  evidence,
});
