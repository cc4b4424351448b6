/** A request as data: a probe says what it would send, the one sender sends it. No credential is ever part of it; see `withToken`. */
export type ProbeRequest = HttpRequest | TlsRequest | HelloRequest | TcpRequest | UdpRequest;

export interface HttpRequest {
  readonly is: 'http';
  readonly over: 'plain' | 'tls';
  readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT';
  /** Path with query, as sent. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes of the body that are read at most, after decompression; 64 KiB unless told otherwise. What is longer is cut, not refused. */
  readonly mostBytes?: number;
  /**
   * Ask as the account whose token the user gave for this. The sender adds it, over TLS, to the API server's own doors, and only after its certificate proved
   * who it is; everywhere else the request is forbidden.
   */
  readonly withToken?: true;
}

/** A handshake by Node's own TLS. The certificate is read, never trusted, and nothing is sent after it. */
export interface TlsRequest {
  readonly is: 'tls';
  readonly from: TlsVersion;
  readonly to: TlsVersion;
  /** OpenSSL names, joined by `:`; the library's default without. */
  readonly ciphers?: string;
  /** Leave SNI out though the door has a host. */
  readonly withoutServerName?: boolean;
}
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/**
 * A hand-built ClientHello, for what Node's TLS no longer offers (3DES, RC4, NULL, export ciphers) and for what it does not show (parameters of the key exchange, names of
 * acceptable client authorities). The server's first flight is read and the connection closed.
 */
export interface HelloRequest {
  readonly is: 'hello';
  readonly version: 'SSLv3' | 'TLSv1' | 'TLSv1.1' | 'TLSv1.2';
  /** Cipher suites by IANA number, in order of preference. */
  readonly suites: readonly number[];
}

/** Opens a connection, sends something or nothing, and reads what comes first. */
export interface TcpRequest {
  readonly is: 'tcp';
  readonly over: 'plain' | 'tls';
  /** Bytes to send, as hex; only waits for a greeting without. */
  readonly send?: string;
  /** Bytes that are read at most; 4 KiB unless told otherwise. */
  readonly mostBytes?: number;
}

/** Sends one datagram and waits for one. */
export interface UdpRequest {
  readonly is: 'udp';
  /** Bytes to send, as hex. */
  readonly send: string;
}

/** A request in a line, for the annex: `GET /pods`, `TLS 1.0`, `ClientHello with 0x0005`. */
export const requestText = (request: ProbeRequest): string => {
  switch (request.is) {
    case 'http':
      return `${request.method} ${request.path}${request.over === 'tls' ? ' over TLS' : ''}${request.withToken ? ' with the given token' : ''}`;
    case 'tls':
      return `TLS handshake ${request.from === request.to ? request.from : `${request.from} to ${request.to}`}${request.ciphers === undefined ? '' : ` with ${request.ciphers}`}`;
    case 'hello':
      return `ClientHello ${request.version} with ${request.suites.map((suite) => `0x${suite.toString(16).padStart(4, '0')}`).join(' ')}`;
    case 'tcp':
      return request.send === undefined
        ? 'wait for a greeting'
        : `${request.send.length / 2} bytes over ${request.over === 'tls' ? 'TLS' : 'TCP'}`;
    case 'udp':
      return `${request.send.length / 2} bytes over UDP`;
  }
};
