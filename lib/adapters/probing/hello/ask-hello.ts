import type { Socket } from 'node:net';
import type { HelloAnswer, HelloRequest, NoAnswer } from '../../../core/probing/index.ts';
import { noAnswer, waitFor } from '../ending.ts';
import { serverName } from '../handshake.ts';
import { answerLimits, type Line, onConnection } from '../line.ts';
import { clientHello } from './client-hello.ts';
import { createRecordReader } from './record-reader.ts';
import { type Flight, readFlight } from './server-flight.ts';

const wrong = {
  malformed: noAnswer('malformed', 'what came is not TLS'),
  hostile: noAnswer('hostile', 'more than a first flight ever holds'),
};

const talk = (socket: Socket, request: HelloRequest, line: Line, flight: Flight): Promise<HelloAnswer | NoAnswer> =>
  waitFor<HelloAnswer>(answerLimits(line), ({ settle }) => {
    const reader = createRecordReader();
    let hasSpoken = false;
    socket.on('data', (bytes: Buffer) => {
      hasSpoken = true;
      const messages = reader.take(bytes);
      if (typeof messages === 'string') return settle(wrong[messages]);
      for (const message of messages) {
        const answer = flight.take(message);
        if (answer) return settle(answer);
      }
    });
    // hanging up at such an offer is a way of turning it down; doing so in the middle of a word is not
    socket.once('close', () =>
      settle(hasSpoken ? noAnswer('hung-up', 'the connection ended in the middle of the answer') : { is: 'hello', accepted: false }),
    );
    socket.once('end', () => socket.destroy());
    socket.write(clientHello(request, serverName(line)));
  });

/** A hand-built ClientHello; reads the first flight and closes. A ServerHello that came is an answer, even if the rest of the flight did not follow. */
export const askHello = (request: HelloRequest, line: Line): Promise<HelloAnswer | NoAnswer> =>
  onConnection(line, async (socket) => {
    const flight = readFlight(request);
    const answer = await talk(socket, request, line, flight);
    const isUnfinished = answer.is === 'none' && (answer.why === 'timed-out' || answer.why === 'hung-up');
    return isUnfinished ? (flight.answer() ?? answer) : answer;
  });
