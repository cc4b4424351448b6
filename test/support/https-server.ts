import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Pair } from './certificates.ts';

/** A request that a test server got. */
export interface Received {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Common name of the client certificate, if one was shown. */
  readonly client?: string;
}

export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Everything received so far, in order. */
  readonly received: readonly Received[];
  /** Number of connections made so far. */
  readonly connections: number;
  close(): Promise<void>;
}

export type Handler = (request: Received, response: ServerResponse, count: number) => void;

export interface ServerOptions {
  /** Serving certificate; plain HTTP without one. */
  readonly certificate?: Pair;
  /** PEM certificates sent after the serving certificate. */
  readonly chain?: string;
  readonly host?: string;
  /** More options of the TLS server. */
  readonly tls?: https.ServerOptions;
}

/** A real server on loopback. `count` tells the handler how many requests came before, this one included. */
export const startServer = async (handler: Handler, options: ServerOptions = {}): Promise<TestServer> => {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const subject = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate()?.subject : undefined;
      const one = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
        ...(subject !== undefined && { client: subject.replace('CN=', '') }),
      };
      received.push(one);
      handler(one, response, received.length);
    });
  };
  const { certificate, chain = '', host = '127.0.0.1' } = options;
  const server = certificate
    ? https.createServer(
        { key: certificate.key, cert: certificate.cert + chain, requestCert: true, rejectUnauthorized: false, ...options.tls },
        onRequest,
      )
    : createServer(onRequest);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http${certificate ? 's' : ''}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    received,
    get connections() {
      return connections;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

/** Sends a value as JSON. */
export const answerJson = (
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
};

/** Sends a failure as the API server does. */
export const answerStatus = (
  response: ServerResponse,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void => answerJson(response, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code }, code, headers);
