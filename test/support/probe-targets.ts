import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';
import { createProbeSender, type ProbeSenderOptions } from '../../lib/adapters/probing/index.ts';
import type { Door } from '../../lib/core/probing/index.ts';
import type { ProbeSender } from '../../lib/ports/probe-sender.ts';

/** A server on loopback, and what it saw. */
export interface Target {
  readonly address: string;
  readonly port: number;
  /** Connections so far. */
  readonly connections: () => number;
  /** Everything received, as Latin-1 text. */
  readonly received: () => string;
  /** Bytes it could send before the other side had enough. */
  readonly sent: () => number;
  close(): Promise<void>;
}

export const doorOf = ({ address, port }: Pick<Target, 'address' | 'port'>, more: Partial<Door> = {}): Door => ({
  address,
  port,
  transport: 'tcp',
  place: 'node',
  subject: { kind: 'Node', name: 'worker' },
  owner: 'uid',
  hints: [],
  published: false,
  ...more,
});

/** Time-outs that a test can wait for; long enough for a busy machine where something is to answer. */
export const shortLimits = { connectMs: 5_000, answerMs: 400, wholeMs: 1_000, quietMs: 100, lateAlertMs: 300 };
/** For servers that answer: no time-out decides. */
export const patientLimits = { ...shortLimits, answerMs: 15_000, wholeMs: 20_000, lateAlertMs: 10_000 };

export const senderTo = (doors: readonly Door[], options: Partial<ProbeSenderOptions> = {}): ProbeSender =>
  createProbeSender({ scanId: 'scan-1', version: '1.2.3', vantage: 'external', doors, limits: patientLimits, ...options });

const watch = (server: net.Server, address: string, event: 'connection' | 'secureConnection'): Promise<Target> => {
  const sockets = new Set<Socket>();
  let connections = 0;
  let received = '';
  let sent = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      sent += socket.bytesWritten;
    });
  });
  server.on(event, (socket: Socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1');
    });
  });
  server.on('tlsClientError', () => {});
  const target = (): Target => ({
    address,
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    received: () => received,
    sent: () => sent + [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  });
  return new Promise((resolve) => server.listen(0, address, () => resolve(target())));
};

/** A TCP server. */
export const tcpTarget = (onConnection: (socket: Socket) => void = () => {}, address = '127.0.0.1'): Promise<Target> =>
  watch(net.createServer(onConnection), address, 'connection');

/** Answers the first bytes with these. */
export const saying = (bytes: string | Buffer): ((socket: Socket) => void) => {
  return (socket) => socket.once('data', () => socket.end(bytes));
};

/** Sends pieces for as long as the other side takes them. */
export const endlessly = (start: string | Buffer, piece: string | Buffer): ((socket: Socket) => void) => {
  return (socket) =>
    socket.once('data', () => {
      socket.write(start);
      const more = (): void => {
        while (!socket.destroyed && socket.write(piece));
      };
      socket.on('drain', more);
      more();
    });
};

/** A TLS server of Node. */
export const tlsTarget = (options: tls.TlsOptions, onConnection: (socket: tls.TLSSocket) => void = () => {}): Promise<Target> =>
  watch(tls.createServer({ ciphers: 'DEFAULT:@SECLEVEL=0', ...options }, onConnection), '127.0.0.1', 'secureConnection');
