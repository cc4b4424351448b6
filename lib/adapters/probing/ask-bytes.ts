import dgram from 'node:dgram';
import { isIPv6, type Socket } from 'node:net';
import type { BytesAnswer, NoAnswer, TcpRequest, UdpRequest } from '../../core/probing/index.ts';
import { noAnswer, waitFor } from './ending.ts';
import { onSecure, tlsEnd } from './handshake.ts';
import { answerLimits, type Line, noConnection, onConnection } from './line.ts';

/** Bytes that are read unless told otherwise. */
const usualBytes = 4_096;

const bytesAnswer = (bytes: Buffer): BytesAnswer => ({ is: 'bytes', bytes: bytes.toString('hex'), text: bytes.toString('latin1') });

const talk = async (socket: Socket, request: TcpRequest, line: Line): Promise<BytesAnswer | NoAnswer> => {
  const { send, mostBytes = usualBytes } = request;
  const chunks: Buffer[] = [];
  let length = 0;
  const answer = await waitFor<BytesAnswer>(answerLimits(line), ({ settle, begun }) => {
    // what has come is the answer, however the connection ends
    const finish = (otherwise: NoAnswer): void =>
      settle(length > 0 ? bytesAnswer(Buffer.concat(chunks).subarray(0, mostBytes)) : otherwise);
    const silence = noAnswer('hung-up', 'the connection ended without a word');
    let quiet: NodeJS.Timeout | undefined;
    socket.on('data', (chunk: Buffer) => {
      begun();
      clearTimeout(quiet);
      if (length >= mostBytes) return;
      chunks.push(chunk);
      length += chunk.length;
      if (length >= mostBytes) finish(silence);
      else quiet = setTimeout(() => finish(silence), line.limits.quietMs);
    });
    socket.once('error', (error) => finish(tlsEnd(error)));
    socket.once('close', () => {
      clearTimeout(quiet);
      finish(silence);
    });
    socket.once('end', () => finish(silence));
    if (send !== undefined) socket.write(Buffer.from(send, 'hex'));
  });
  return answer.is === 'none' && answer.why === 'timed-out' && length > 0
    ? bytesAnswer(Buffer.concat(chunks).subarray(0, mostBytes))
    : answer;
};

/** Sends some bytes or none, and reads what comes until it is quiet. */
export const askTcp = (request: TcpRequest, line: Line): Promise<BytesAnswer | NoAnswer> =>
  onConnection(line, (socket) =>
    request.over === 'tls' ? onSecure(socket, line, (secure) => talk(secure, request, line)) : talk(socket, request, line),
  );

/** Addresses are what they are. */
const asIs: NonNullable<dgram.SocketOptions['lookup']> = (address, _options, callback) => callback(null, address, isIPv6(address) ? 6 : 4);

/** Sends one datagram and waits for one from that very address and port. */
export const askUdp = async ({ send }: UdpRequest, line: Line): Promise<BytesAnswer | NoAnswer> => {
  const { address, port } = line.door;
  const socket = dgram.createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', lookup: asIs });
  try {
    return await waitFor<BytesAnswer>(answerLimits(line), ({ settle }) => {
      socket.on('error', (error) => settle(noConnection(error)));
      socket.once('message', (message) => settle(bytesAnswer(message)));
      // a connected socket hears of refusals, and of nobody else
      // without a callback, which would be called for faults, too
      socket.once('connect', () => socket.send(Buffer.from(send, 'hex')));
      socket.connect(port, address);
    });
  } finally {
    socket.close();
  }
};
