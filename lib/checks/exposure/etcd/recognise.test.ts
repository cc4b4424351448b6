import { expect, it } from 'vitest';
import { asks } from '../doors.ts';
import type { OpenDoor } from '../probe.ts';
import { readableKeys } from './readable-keys.probe.ts';

const door = (more: Partial<OpenDoor>, status = 404, body = '404 page not found\n'): OpenDoor => ({
  address: '10.0.0.4',
  port: 12_379,
  transport: 'tcp',
  place: 'node',
  subject: { kind: 'Node', name: 'cp1', port: '12379/tcp' },
  owner: 'uid-1',
  hints: [],
  published: false,
  vantage: 'external',
  now: '2026-01-01T00:00:00Z',
  greeting: { http: 'plain', page: { is: 'http', status, headers: {}, body, isCut: false } },
  ...more,
});

it('asks a port of a node that answers as etcd does whether it is one', () => {
  expect(asks(readableKeys, door({}))).toBe(true);
  expect(asks(readableKeys, door({}, 404, 'no such page'))).toBe(false);
  expect(asks(readableKeys, door({}, 200))).toBe(false);
  expect(asks(readableKeys, door({ greeting: {} }))).toBe(false);
});

it('asks nothing of what is published, unless the cluster says that its port is one of etcd', () => {
  expect(asks(readableKeys, door({ place: 'published' }))).toBe(false);
  expect(asks(readableKeys, door({ place: 'published', hints: [2379] }))).toBe(true);
});
