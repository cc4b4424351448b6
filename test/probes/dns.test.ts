import { expect, it } from 'vitest';
import type { Door } from '../../lib/core/probing/index.ts';
import { freePort, makeFolder, type Running, startProgram } from './programs.ts';
import { addOns, lookAt } from './seen.ts';

const zone = `$TTL 60
@ IN SOA ns.cluster.local. admin.cluster.local. 1 60 60 60 60
@ IN NS ns
ns IN A 10.96.0.10
front.shop.svc IN A 10.96.0.20
`;
const startBind = async (options: string, records = ''): Promise<Running> => {
  const port = await freePort();
  const config = `options { directory "."; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none; recursion no; dnssec-validation no; ${options} };
controls { };
zone "cluster.local" { type primary; file "zone"; };
`;
  return startProgram('usr/sbin/named', port, makeFolder({ 'named.conf': config, zone: zone + records }), [
    '-g',
    '-n',
    '1',
    '-c',
    'named.conf',
  ]);
};

const udp: Partial<Door> = { transport: 'udp', place: 'dns', hints: [53] };
const tcp: Partial<Door> = { place: 'dns', hints: [53] };

it('finds a DNS server that tells its version, its zone and Services by wildcard', async () => {
  await using server = await startBind('allow-transfer { any; };', 'any.any.svc IN A 10.96.0.20\n');
  const seen = await lookAt(server.port, udp);
  expect(seen.failed.toSorted()).toEqual(['add-ons/dns-version', 'add-ons/dns-wildcard']);
  expect(seen.note('add-ons/dns-version')?.evidence[0]?.found).toMatch(/version\.bind is 9\.\d+/);
  expect(addOns((await lookAt(server.port, tcp)).failed)).toEqual(['add-ons/dns-zone-transfer']);
});

it('says nothing against one that tells nothing', async () => {
  await using server = await startBind('version none; allow-transfer { none; };');
  expect((await lookAt(server.port, udp)).passed.toSorted()).toEqual(['add-ons/dns-version', 'add-ons/dns-wildcard']);
  expect(addOns((await lookAt(server.port, tcp)).passed)).toEqual(['add-ons/dns-zone-transfer']);
});
