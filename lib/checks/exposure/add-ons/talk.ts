import type { BytesAnswer, TcpRequest } from '../../../core/probing/index.ts';
import type { Asked, OpenDoor, ProbeVerdict } from '../probe.ts';
import { hex, latin1 } from './bytes.ts';

/** Sends bytes to a door in the way it listens: over TLS where a handshake succeeds. Nothing where HTTP is spoken: that is other software. */
export const talk = (door: OpenDoor, ...bytes: readonly (readonly number[] | string)[]): readonly TcpRequest[] =>
  door.greeting.http !== undefined
    ? []
    : bytes.map((one) => ({
        is: 'tcp',
        over: door.greeting.tls?.accepted === true ? 'tls' : 'plain',
        send: hex(typeof one === 'string' ? latin1(one) : one),
      }));

/** The answers that brought bytes. */
export const bytesOf = (asked: readonly Asked[]): readonly { readonly asked: Asked; readonly bytes: BytesAnswer }[] =>
  asked.flatMap((one) => (one.answer.is === 'bytes' ? [{ asked: one, bytes: one.answer }] : []));

/** Whether a door asks for a client certificate before anything is said. */
export const asksForCertificate = ({ greeting: { tls } }: OpenDoor): boolean => tls?.refusal === 'client-certificate';

export const behindCertificate: ProbeVerdict = {
  outcome: 'pass',
  message: 'It asks for a client certificate before anything is said.',
  evidence: [{ looked: 'TLS handshake', found: 'a client certificate is asked for' }],
};
