import { expect, it } from 'vitest';
import { asks } from '../doors.ts';
import type { Greeting, OpenDoor } from '../probe.ts';
import { nodeExporter } from './node-exporter.probe.ts';
import { otherMetrics } from './other-metrics.probe.ts';
import { ssh } from './ssh.probe.ts';
import { sshAlgorithms } from './ssh-algorithms.probe.ts';

const door = (greeting: Greeting): OpenDoor => ({
  address: '10.0.0.4',
  port: 12_345,
  transport: 'tcp',
  place: 'node',
  subject: { kind: 'Node', name: 'cp1', port: '12345/tcp' },
  owner: 'uid-1',
  hints: [],
  published: false,
  vantage: 'external',
  now: '2026-01-01T00:00:00Z',
  greeting,
});
const page = (body: string): Greeting => ({ http: 'plain', page: { is: 'http', status: 200, headers: {}, body, isCut: false } });

it('knows SSH on a port of its own by what it says first', () => {
  for (const probe of [ssh, sshAlgorithms]) {
    expect(asks(probe, door({ banner: 'SSH-2.0-OpenSSH_9.2p1\r\n' }))).toBe(true);
    expect(asks(probe, door({ banner: '220 mail.example ESMTP\r\n' }))).toBe(false);
    expect(asks(probe, door({}))).toBe(false);
  }
});

it('knows the node exporter on a port of its own by its front page', () => {
  expect(asks(nodeExporter, door(page('<head><title>Node Exporter</title></head>')))).toBe(true);
  expect(asks(nodeExporter, door(page('<title>Shop</title>')))).toBe(false);
});

it('asks whatever speaks HTTP on a node for figures', () => {
  expect(asks(otherMetrics, door(page('404 page not found\n')))).toBe(true);
  expect(asks(otherMetrics, door({ banner: 'SSH-2.0-OpenSSH_9.2p1\r\n' }))).toBe(false);
});
