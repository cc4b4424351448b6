// The external vantage over real sockets on loopback addresses, at the default rate: node test/bench/penetration.ts
import { spawn } from 'node:child_process';
import { createServer as createHttp } from 'node:http';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createProbeSender } from '../../lib/adapters/probing/index.ts';
import { probes } from '../../lib/checks/exposure/all-probes.ts';
import { nodePorts } from '../../lib/checks/exposure/doors.ts';
import type { Door, Sight } from '../../lib/core/probing/index.ts';
import { look } from '../../lib/scanners/penetration/vantage/look.ts';
import { compareWithTarget } from './measure.ts';

const ports = nodePorts(probes, 'tcp');
/** NodePorts that Services declare: every node has them, and behind the first one a page answers. */
const declared = Array.from({ length: 10 }, (_, index) => 30_000 + index);
/** Below 1024 only root may listen; that nobody does needs no right. */
const mayListen = (port: number): boolean => port > 1024 || process.getuid?.() === 0;
const addressOf = (node: number): string => `127.1.${node >> 8}.${(node & 255) + 1}`;
const doorOf = (node: number, port: number): Door => {
  const isDeclared = declared.includes(port);
  return {
    address: addressOf(node),
    port,
    transport: 'tcp',
    place: isDeclared ? 'published' : 'node',
    subject: isDeclared
      ? { kind: 'Service', namespace: 'shop', name: `front-${port}`, port: `${port}/tcp` }
      : { kind: 'Node', name: `node-${node}`, node: `node-${node}`, role: 'worker', port: `${port}/tcp` },
    owner: isDeclared ? `service-${port}` : `uid-${node}`,
    hints: isDeclared ? [80, 8080] : [],
    published: isDeclared,
  };
};
const doorsOf = (nodes: number): readonly Door[] =>
  Array.from({ length: nodes }, (_, node) => [...ports, ...declared].map((port) => doorOf(node, port))).flat();

/** The last sight, as a scan holds it. */
let held: Sight | undefined;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const lookAt = async (doors: readonly Door[]): Promise<{ readonly seconds: number; readonly text: string }> => {
  const { signal } = new AbortController();
  const sender = createProbeSender({ scanId: 'bench', version: '0', vantage: 'external', doors, signal });
  const started = performance.now();
  const sight = await look({
    vantage: 'external',
    doors,
    probes,
    sender,
    now: new Date().toISOString(),
    signal,
    progress: () => undefined,
  });
  const seconds = (performance.now() - started) / 1000;
  held = sight;
  sender.close();
  const count = (wanted: string): number => sight.doors.filter(({ state }) => state === wanted).length;
  return {
    seconds,
    text: `${doors.length} ports: ${count('open')} open, ${count('closed')} closed, ${count('filtered')} filtered; ${sight.exchanges.length} requests`,
  };
};

/** A kubelet that asks for a login, and a page behind a NodePort, on every node: the doors that answer. */
const kubelets = async (nodes: number): Promise<() => void> => {
  const answers = [
    [10250, 401, 'Unauthorized'],
    [declared[0] ?? 0, 200, '<html><title>Shop</title></html>'],
  ] as const;
  const servers = await Promise.all(
    Array.from({ length: nodes }, (_, node) =>
      answers.map(async ([port, status, text]) => {
        const server = createHttp((_request, response) => void response.writeHead(status).end(text));
        await new Promise<void>((resolve) => server.listen(port, addressOf(node), resolve));
        return server;
      }),
    ).flat(),
  );
  return () => {
    for (const server of servers) server.close().closeAllConnections();
  };
};

/**
 * Ports that answer nothing, without root: a process listens with the shortest queue and stands still, and a few connections fill the queue, after which the kernel drops what comes.
 */
const filtered = async (nodes: number, some: readonly number[]): Promise<() => void> => {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'stand-still', String(nodes), some.join()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  const filling: Socket[] = [];
  for (let node = 0; node < nodes; node += 1)
    for (const port of some)
      for (let time = 0; time < 8; time += 1) filling.push(connect(port, addressOf(node)).on('error', () => undefined));
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return () => {
    for (const socket of filling) socket.destroy();
    child.kill('SIGKILL');
  };
};

const standStill = async (nodes: number, some: readonly number[]): Promise<void> => {
  const { createServer } = await import('node:net');
  for (let node = 0; node < nodes; node += 1)
    for (const port of some)
      await new Promise<void>((resolve) => createServer().listen({ port, host: addressOf(node), backlog: 1 }, resolve));
  process.stdout.write('ready');
  setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50);
};

const [mode, count = '0', list = ''] = process.argv.slice(2);
if (mode === 'stand-still') await standStill(Number(count), list.split(',').map(Number));
else {
  const close = await kubelets(3);
  const answering = await lookAt(doorsOf(3));
  const silent = await filtered(
    3,
    [...ports, ...declared.slice(1)].filter((port, index) => index % 2 === 0 && port !== 10250 && mayListen(port)),
  );
  const half = await lookAt(doorsOf(3));
  silent();
  close();
  const closeAll = await kubelets(200);
  const doors = doorsOf(200);
  collect();
  const before = process.memoryUsage();
  const many = await lookAt(doors);
  const grown = (process.memoryUsage().rss - before.rss) / 1_048_576;
  collect();
  // what is kept until the report is made: doors with their states, notes, the annex; the rest of the growth is what nobody has swept up yet
  const kept = (process.memoryUsage().heapUsed - before.heapUsed) / 1_048_576;
  closeAll();
  for (const { text } of [answering, half, many]) console.log(text);
  compareWithTarget('3 nodes, everything answers or refuses', answering.seconds, 's', 10);
  compareWithTarget('3 nodes, half of the ports filtered', half.seconds, 's', 60);
  compareWithTarget('200 nodes at the default rate', many.seconds, 's', 300);
  compareWithTarget('memory that 200 nodes add', grown, 'MiB', 256);
  compareWithTarget('of which is kept: doors, notes, annex', kept, 'MiB', 64);
  process.exit(held ? 0 : 1);
}
