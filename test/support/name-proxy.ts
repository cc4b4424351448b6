import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy of HTTP (CONNECT) that knows a few names, each a server on loopback; it refuses all others. So tests can have hosts that are not this machine. */
export interface NameProxy {
  readonly url: URL;
  /** What it was asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export const startNameProxy = async (names: Readonly<Record<string, number>>): Promise<NameProxy> => {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket.on('error', () => socket.destroy()));
    return socket;
  };
  const proxy: Server = createServer();
  proxy.on('connect', (request, socket: Socket) => {
    keep(socket);
    asked.push(request.url ?? '');
    const port = names[request.url ?? ''];
    if (port === undefined) return socket.end('HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n');
    const onward = keep(connect(port, '127.0.0.1'));
    onward.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    return undefined;
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`),
    asked,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        proxy.close(() => resolve());
      }),
  };
};
